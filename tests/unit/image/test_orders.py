"""Orders: every field of a request is checked, and the error names the field and its limit."""

from __future__ import annotations

import pytest
from atelier.image.v1 import image_pb2
from atelier.type.v1 import provenance_pb2, recipe_pb2, verdict_pb2

from services.image.fitting import Wish
from services.image.labels import Label, read_label
from services.image.orders import Order, check_reference, read_order
from services.image.saliency import Corner
from services.image.sizing import Size
from services.image.store import check_digest
from services.kit.errors import Reason, ServiceError

PROVENANCE = provenance_pb2.Provenance(
    alt_text="A red bicycle leans on a blue wall.",
    caption="Bicycle & <wall>",
    language="en-GB",
    credit="The Harbour Press",
    asset="assets/x",
    content_digest="sha256:" + "a" * 64,
    policy=verdict_pb2.PolicyVersion(name="default", version="3"),
    decision=verdict_pb2.Verdict.DECISION_ALLOWED,
    prompt_model="@cf/meta/llama-3.3-70b-instruct-fp8-fast",
)
LABEL = Label(
    alt_text="A red bicycle leans on a blue wall.",
    caption="Bicycle & <wall>",
    language="en-GB",
    credit="The Harbour Press",
    asset="assets/x",
    content_digest="sha256:" + "a" * 64,
    policy_name="default",
    policy_version="3",
    decision="allowed",
    prompt_model="@cf/meta/llama-3.3-70b-instruct-fp8-fast",
)


def request(**fields: object) -> image_pb2.GenerateImageRequest:
    return image_pb2.GenerateImageRequest(**{"prompt": "a red bicycle", **fields})  # type: ignore[arg-type]


def test_a_full_request_becomes_an_order() -> None:
    asked = request(
        negative_prompt="text",
        width=640,
        height=480,
        seed=7,
        reference="assets/x/variants/0",
        media_type="image/webp",
        quality=80,
        safe_area=recipe_pb2.SAFE_AREA_TOP_RIGHT,
        provenance=PROVENANCE,
    )
    wish = Wish(Size(640, 480), "image/webp", 80, Corner.TOP_RIGHT)
    assert read_order(asked) == Order("a red bicycle", "text", wish, 7, "assets/x/variants/0", LABEL)


def test_a_label_says_the_same_as_the_message_it_was_read_from() -> None:
    assert read_label(PROVENANCE) == LABEL
    assert LABEL.to_proto() == PROVENANCE
    assert Label().to_proto() == provenance_pb2.Provenance()


def test_an_edited_label_keeps_what_the_editor_left_empty() -> None:
    edited = LABEL.edited(Label(alt_text="Another", decision="review", asset="ignored"))
    assert (edited.alt_text, edited.caption, edited.decision) == ("Another", LABEL.caption, "review")
    assert (edited.asset, edited.content_digest) == (LABEL.asset, LABEL.content_digest)


def test_what_is_not_said_is_left_to_the_model() -> None:
    assert read_order(request()) == Order("a red bicycle", "", Wish(), 0, "", Label())


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": "x" * 2048},
        {"prompt": "🚲" * 2048},
        {"negative_prompt": "x" * 2048},
        {"width": 256, "height": 2048},
        {"seed": 2**31 - 1},
        {"reference": "ä" * 256},
    ],
)
def test_the_limits_themselves_are_taken(fields: dict[str, object]) -> None:
    assert isinstance(read_order(request(**fields)), Order)


@pytest.mark.parametrize(
    ("fields", "field", "limit"),
    [
        ({"prompt": ""}, "prompt", "1 to 2048"),
        ({"prompt": " \n"}, "prompt", "1 to 2048"),
        ({"prompt": "x" * 2049}, "prompt", "1 to 2048"),
        ({"negative_prompt": "x" * 2049}, "negative_prompt", "0 to 2048"),
        ({"width": 255, "height": 256}, "width", "256 to 2048"),
        ({"width": 2049, "height": 256}, "width", "256 to 2048"),
        ({"width": 256, "height": 2049}, "height", "256 to 2048"),
        ({"width": -1, "height": 256}, "width", "256 to 2048"),
        ({"width": 512}, "height", "set together with width"),
        ({"height": 512}, "width", "set together with height"),
        ({"seed": -1}, "seed", "0 to 2147483647"),
        ({"seed": 2**31}, "seed", "0 to 2147483647"),
        ({"reference": "x" * 257}, "reference", "0 to 256"),
        ({"reference": "a\nb"}, "reference", "printable"),
        ({"reference": "a\0b"}, "reference", "printable"),
        ({"media_type": "image/gif"}, "media_type", "image/png"),
        ({"quality": 101}, "quality", "1 to 100"),
        ({"quality": -1}, "quality", "1 to 100"),
        ({"provenance": {"alt_text": "x" * 501}}, "provenance.alt_text", "0 to 500"),
        ({"provenance": {"caption": "x" * 501}}, "provenance.caption", "0 to 500"),
        ({"provenance": {"credit": "x" * 201}}, "provenance.credit", "0 to 200"),
        ({"provenance": {"alt_text": "a\0b"}}, "provenance.alt_text", "without control characters"),
        ({"provenance": {"language": "en<script>"}}, "provenance.language", "pt-BR"),
        ({"provenance": {"content_digest": "sha256:1"}}, "provenance.content_digest", "64 lower-case"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(fields: dict[str, object], field: str, limit: str) -> None:
    with pytest.raises(ServiceError) as caught:
        read_order(request(**fields))
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)
    assert limit in caught.value.limit


def test_a_reference_to_delete_has_to_be_named() -> None:
    with pytest.raises(ServiceError) as caught:
        check_reference("", required=True)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "reference")


@pytest.mark.parametrize(
    "digest",
    [
        "",
        "sha256:",
        "sha256:" + "A" * 64,
        "sha256:" + "a" * 63,
        "sha256:" + "a" * 65,
        "sha256:" + "a" * 64 + "\n",
        "sha256:../../../../etc/passwd",
        "sha256:" + "../" * 21 + "a",
        "md5:" + "a" * 64,
        "a" * 64,
        "sha256:" + "٣" * 64,
    ],
)
def test_nothing_but_a_digest_passes_for_one(digest: str) -> None:
    with pytest.raises(ServiceError) as caught:
        check_digest(digest)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "digest")


def test_a_digest_passes() -> None:
    check_digest("sha256:" + "0123456789abcdef" * 4)
