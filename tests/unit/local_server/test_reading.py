"""Reading requests: chats, forms, faults, Clef's questions, tokens."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.local import tokens
from services.local.chat import read_chat
from services.local.clef import confidence
from services.local.clef_questions import asks_for_safety, harm_of_option, hazards_asked, is_about_safety
from services.local.errors import CloudflareError
from services.local.faults import NONE, Fault, FaultBox
from services.local.forms import is_multipart, read_form
from services.local.models_hosted import HOSTED
from services.local.picture_schemas import FLUX_2_FORM

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LLAMA = HOSTED.find("@cf/meta/llama-3.3-70b-instruct-fp8-fast")
GEMMA = HOSTED.find("@cf/google/gemma-4-26b-a4b-it")


@UNTIMED
@given(st.text())
def test_pieces_of_a_text_give_the_text_again(text):
    assert "".join(tokens.pieces(text)) == text


def test_a_classic_chat_has_256_tokens_and_a_newer_one_more():
    assert read_chat(LLAMA, {"prompt": "x"}, openai=False).request.max_tokens == 256
    assert read_chat(GEMMA, {"prompt": "x"}, openai=False).request.max_tokens == 2048
    body = {"prompt": "x", "max_tokens": 5, "max_completion_tokens": 7}
    assert read_chat(GEMMA, body, openai=False).request.max_tokens == 7


def test_a_bare_schema_is_kept_and_a_wrapped_one_unwrapped_only_where_openai_is_spoken():
    inner = {"type": "object"}
    wrapped = {"prompt": "x", "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": inner}}}
    assert read_chat(LLAMA, wrapped, openai=True).request.json_schema == inner
    assert read_chat(GEMMA, wrapped, openai=False).request.json_schema == inner
    assert read_chat(LLAMA, wrapped, openai=False).request.json_schema == {"name": "n", "schema": inner}
    bare = {"prompt": "x", "response_format": {"type": "json_schema", "json_schema": inner}}
    assert read_chat(GEMMA, bare, openai=False).request.json_schema == inner


def test_a_form_keeps_bytes_and_turns_numbers_into_numbers():
    raw = (
        b'--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\n7\r\n'
        b'--b\r\nContent-Disposition: form-data; name="width"\r\n\r\n512\r\n'
        b'--b\r\nContent-Disposition: form-data; name="guidance"\r\n\r\n2.5\r\n'
        b'--b\r\nContent-Disposition: form-data; name="input_image_1"; filename="a"\r\n\r\n\x00\r\n\xff\r\n'
        b'--b\r\nContent-Disposition: form-data; name="input_image_0"; filename="b"\r\n\r\nfirst\r\n--b--\r\n'
    )
    assert is_multipart('Multipart/Form-Data; boundary="b"')
    form = read_form('multipart/form-data; boundary="b"', raw, FLUX_2_FORM)
    assert form.fields == {"prompt": "7", "width": 512, "guidance": 2.5}
    assert form.references == (b"first", b"\x00\r\n\xff")


@UNTIMED
@given(st.binary(max_size=200))
def test_a_body_that_is_no_form_is_refused_and_never_crashes(raw):
    with pytest.raises(CloudflareError, match="5006"):
        read_form("multipart/form-data; boundary=boundary", raw, FLUX_2_FORM)


@UNTIMED
@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_part_of_any_bytes_is_read_or_refused(head, value):
    with contextlib.suppress(CloudflareError):
        read_form(
            "multipart/form-data; boundary=b", b"--b\r\n" + head + b"\r\n\r\n" + value + b"\r\n--b--", FLUX_2_FORM
        )


def test_a_fault_is_counted_down_and_dropped():
    box = FaultBox()
    box.replace([Fault(model="a", times=2), Fault(model="b")])
    assert [box.take("a", b"").model for _ in range(3)] == ["a", "a", "*"]
    assert box.take("a", b"") is NONE
    assert [box.take("b", b"").model for _ in range(3)] == ["b", "b", "b"]


@pytest.mark.parametrize(
    ("name", "question", "codes"),
    [
        ("S9", "anything", ("S9",)),
        ("has_S12", "anything", ("S12",)),
        ("q", "Does it fall under S1 or S10?", ("S1", "S10")),
        ("q", "Is it about hate?", ("S10",)),
        ("q", "Are there non-violent crimes such as fraud?", ("S2",)),
        ("q", "Is it about violent crime?", ("S1",)),
        ("q", "Is it about the sea?", ()),
    ],
)
def test_a_question_names_its_hazards(name, question, codes):
    assert hazards_asked(name, question) == codes


def test_a_question_about_safety_is_known_and_which_way_it_asks():
    assert is_about_safety("Does it violate our policy?")
    assert not is_about_safety("Is it about the sea?")
    assert asks_for_safety("Is this safe to publish?")
    assert not asks_for_safety("Is this unsafe?")
    assert [harm_of_option(word, "") for word in ("approve", "hold", "remove", "blue")] == [0.0, 0.5, 1.0, None]


@pytest.mark.parametrize(("odds", "value"), [([0.5, 0.5], 0), ([1, 0, 0], 1), ([0.75, 0.25], 0.25)])
def test_confidence_is_zero_for_even_odds_and_one_for_certainty(odds, value):
    assert confidence(odds) == pytest.approx(value)
