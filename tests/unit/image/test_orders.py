"""Orders: every field of a request is checked, and the error names the field and its limit."""

from __future__ import annotations

import pytest
from atelier.image.v1 import image_pb2

from services.image.orders import Order, check_reference, read_order
from services.image.sizing import Size
from services.image.store import check_digest
from services.kit.errors import Reason, ServiceError


def request(**fields: object) -> image_pb2.GenerateImageRequest:
    return image_pb2.GenerateImageRequest(**{"prompt": "a red bicycle", **fields})  # type: ignore[arg-type]


def test_a_full_request_becomes_an_order() -> None:
    asked = request(negative_prompt="text", width=640, height=480, seed=7, reference="assets/x/variants/0")
    assert read_order(asked) == Order("a red bicycle", "text", Size(640, 480), 7, "assets/x/variants/0")


def test_what_is_not_said_is_left_to_the_model() -> None:
    assert read_order(request()) == Order("a red bicycle", "", None, 0, "")


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
