"""Names sort by time, and only tokens that were given out are taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator import names

TIMES = st.integers(0, 2**63 - 1)
BITS = st.integers(0, 2**64 - 1)


@given(first=TIMES, second=TIMES, bits=st.tuples(BITS, BITS))
def test_names_sort_by_the_time_of_creation(first, second, bits):
    if first < second:
        assert names.asset_name(first, bits[0]) < names.asset_name(second, bits[1])


@given(now=TIMES, bits=BITS)
def test_a_token_leads_back_to_its_asset(now, bits):
    name = names.asset_name(now, bits)
    assert names.check_name(name) == name
    assert names.read_page_token(names.page_token(name)) == name


def test_the_empty_token_is_the_first_page():
    assert names.read_page_token("") == ""


@given(st.text(min_size=1, max_size=80))
def test_a_token_of_somebody_else_is_refused(token):
    with pytest.raises(ServiceError) as caught:
        names.read_page_token(token)
    assert caught.value.reason is Reason.FIELD_INVALID


def test_a_changed_token_is_refused():
    token = names.page_token(names.asset_name(1, 2))
    other = names.page_token(names.asset_name(3, 4))
    with pytest.raises(ServiceError):
        names.read_page_token(token[:10] + other[10:])


def test_an_empty_name_is_invalid_and_a_malformed_one_unknown():
    with pytest.raises(ServiceError) as caught:
        names.check_name("")
    assert caught.value.reason is Reason.FIELD_INVALID
    for name in ("x", "assets/", "assets/xyz", "assets/" + "0" * 33, "assets/" + "A" * 32, "assets/" + "0" * 32 + "\n"):
        with pytest.raises(ServiceError) as caught:
            names.check_name(name)
        assert caught.value.reason is Reason.ASSET_UNKNOWN
