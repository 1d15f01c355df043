"""What a GenerateImage request asks for, checked field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from atelier.image.v1 import image_pb2

from services.image.sizing import Size
from services.kit.errors import Reason, invalid_field
from services.kit.limits import check_range, check_text

MAX_PROMPT_LENGTH = 2048
MAX_REFERENCE_LENGTH = 256
MIN_SIDE, MAX_SIDE = 256, 2048
MAX_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Order:
    """One picture to make; `size` None leaves the size to the model, seed 0 leaves the seed to it."""

    prompt: str
    negative_prompt: str
    size: Size | None
    seed: int
    reference: str


def read_order(request: image_pb2.GenerateImageRequest) -> Order:
    """The order that a request holds.

    Raises:
        ServiceError: FIELD_INVALID with the field and its limit.
    """
    check_text("prompt", request.prompt, max_length=MAX_PROMPT_LENGTH, reason=Reason.FIELD_INVALID)
    check_text(
        "negative_prompt",
        request.negative_prompt,
        max_length=MAX_PROMPT_LENGTH,
        reason=Reason.FIELD_INVALID,
        required=False,
    )
    check_range("seed", request.seed, at_least=0, at_most=MAX_SEED)
    check_reference(request.reference, required=False)
    return Order(
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        size=_size(request.width, request.height),
        seed=request.seed,
        reference=request.reference,
    )


def check_reference(reference: str, *, required: bool) -> None:
    """Raise FIELD_INVALID unless the name is printable and short enough; it may be empty where not `required`."""
    limit = f"{int(required)} to {MAX_REFERENCE_LENGTH} printable characters"
    if required and not reference:
        raise invalid_field("reference", f"is empty; it takes {limit}", limit)
    if len(reference) > MAX_REFERENCE_LENGTH:
        raise invalid_field("reference", f"has {len(reference)} characters; it takes {limit}", limit)
    if not reference.isprintable():
        raise invalid_field("reference", f"has characters that cannot be printed; it takes {limit}", limit)


def _size(width: int, height: int) -> Size | None:
    check_range("width", width, at_least=MIN_SIDE, at_most=MAX_SIDE)
    check_range("height", height, at_least=MIN_SIDE, at_most=MAX_SIDE)
    if bool(width) != bool(height):
        missing, given = ("height", "width") if width else ("width", "height")
        limit = f"{MIN_SIDE} to {MAX_SIDE}, set together with {given}"
        raise invalid_field(missing, f"is 0 although {given} is set; it takes {limit}", limit)
    return Size(width, height) if width else None
