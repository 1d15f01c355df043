"""Reviews, new texts, links and brand styles as requests write them."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway import changes
from gateway.keys import Principal, Scope
from services.kit.errors import Reason, ServiceError

NOBODY = Principal()
REVIEWER = Principal("3f9c1b7a22de", frozenset({Scope.REVIEW}), "Picture desk")


@pytest.mark.parametrize("word", ["approve", "APPROVE", "DECISION_APPROVE"])
def test_a_decision_is_taken_in_any_spelling(word: str) -> None:
    body = b'{"variant": 0, "decision": "%s", "reviewer": "Ada", "note": "A toy."}' % word.encode()
    assert changes.read_review("assets/a", body, NOBODY) == pb.ReviewVariantRequest(
        name="assets/a", variant=0, decision=pb.Review.DECISION_APPROVE, reviewer="Ada", note="A toy."
    )


def test_without_a_variant_a_decision_is_about_the_content() -> None:
    request = changes.read_review("assets/a", b'{"decision": "reject", "reviewer": "Ada"}', NOBODY)
    assert not request.HasField("variant")


@pytest.mark.parametrize(
    ("reviewer", "recorded"),
    [
        ("", "Picture desk (key 3f9c1b7a22de)"),
        ("Ada", "Ada (key 3f9c1b7a22de)"),
        ("A" * 200, "A" * 81 + " (key 3f9c1b7a22de)"),
    ],
)
def test_the_record_names_the_key_whatever_the_reviewer_says(reviewer: str, recorded: str) -> None:
    body = b'{"decision": "approve", "reviewer": "%s"}' % reviewer.encode()
    assert changes.read_review("assets/a", body, REVIEWER).reviewer == recorded
    assert len(recorded) <= 100


def test_new_texts_tell_what_is_kept_from_what_is_emptied() -> None:
    request = changes.read_update("assets/a", b'{"variant": 1, "caption": ""}')
    assert (request.variant, request.HasField("caption"), request.HasField("alt_text")) == (1, True, False)


@pytest.mark.parametrize(("text", "seconds"), [("3600", 3600), ("60s", 60), ("604800", 604800)])
def test_a_lifetime_is_a_number_of_seconds(text: str, seconds: int) -> None:
    found = changes.read_lifetime([("lifetime", text)])
    assert found is not None
    assert found.seconds == seconds


def test_tags_of_styles_go_both_ways() -> None:
    style = changes.read_style(b'{"guide": {"palette": ["#0a2540"]}, "version": 3}', "styles/acme")
    assert style.name == "styles/acme"
    assert changes.read_version(changes.version_tag(style)) == 3
    assert changes.read_version("*") == changes.read_version("") == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (lambda: changes.read_review("assets/a", b'{"decision": "perhaps"}', NOBODY), "decision"),
        (lambda: changes.read_review("assets/a", b'{"name": "assets/b"}', NOBODY), "name"),
        (lambda: changes.read_update("assets/a", b'{"variant": "x"}'), "variant"),
        (lambda: changes.read_update("assets/a", b"[]"), "body"),
        (lambda: changes.read_lifetime([("lifetime", "0")]), "lifetime"),
        (lambda: changes.read_lifetime([("lifetime", "604801")]), "lifetime"),
        (lambda: changes.read_style(b'{"name": "styles/other"}', "styles/acme"), "name"),
        (lambda: changes.read_style(b'{"owner": "me"}'), "owner"),
        (lambda: changes.read_version('W/"3"'), "If-Match"),
        (lambda: changes.read_usage([("from", "2026-11-01")]), "from"),
        (lambda: changes.read_style_version([("version", "-1")]), "version"),
    ],
)
def test_mistakes_name_their_field(wrong: object, field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        wrong()  # type: ignore[operator]
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)
