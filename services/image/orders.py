"""What a GenerateImage request asks for, checked field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from atelier.image.v1 import image_pb2
from atelier.type.v1 import recipe_pb2

from services.image.checking import FORMATS
from services.image.fitting import Wish
from services.image.labels import Label, read_label
from services.image.saliency import Corner
from services.image.sizing import Size
from services.kit.errors import Reason, invalid_field
from services.kit.limits import check_range, check_text

MAX_PROMPT_LENGTH = 2048
MAX_REFERENCE_LENGTH = 256
MIN_SIDE, MAX_SIDE = 256, 2048
MAX_SEED = 2**31 - 1
MAX_QUALITY = 100
# A preview in an answer is part of one message, which has a limit; larger ones are read.
MIN_PREVIEW, MAX_PREVIEW = 64, 1024
DEFAULT_LIFETIME_S, MAX_LIFETIME_S = 3600.0, 7 * 86_400.0
# The last second that a `google.protobuf.Timestamp` can name.
MAX_TIME_S = 253_402_300_799

_CORNERS = {
    recipe_pb2.SAFE_AREA_UNSPECIFIED: None,
    recipe_pb2.SAFE_AREA_TOP_LEFT: Corner.TOP_LEFT,
    recipe_pb2.SAFE_AREA_TOP_RIGHT: Corner.TOP_RIGHT,
    recipe_pb2.SAFE_AREA_BOTTOM_LEFT: Corner.BOTTOM_LEFT,
    recipe_pb2.SAFE_AREA_BOTTOM_RIGHT: Corner.BOTTOM_RIGHT,
}


@dataclass(frozen=True, slots=True)
class Order:
    """One picture to make; `wish.size` None leaves the size to the model, seed 0 leaves the seed to it.

    `preview_side` is 0 where no preview is wanted.
    """

    prompt: str
    negative_prompt: str
    wish: Wish
    seed: int
    reference: str
    label: Label
    preview_side: int = 0


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
    check_range("preview_side", request.preview_side, at_least=MIN_PREVIEW, at_most=MAX_PREVIEW)
    check_reference(request.reference, required=False)
    return Order(
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        wish=_wish(request),
        seed=request.seed,
        reference=request.reference,
        label=read_label(request.provenance),
        preview_side=request.preview_side,
    )


def _wish(request: image_pb2.GenerateImageRequest) -> Wish:
    if request.media_type and request.media_type not in FORMATS:
        limit = ", ".join(FORMATS)
        raise invalid_field("media_type", f"is {request.media_type[:100]!r}; it takes {limit}", limit)
    if request.safe_area not in _CORNERS:
        raise invalid_field("safe_area", f"is {request.safe_area}, which is no safe area")
    check_range("quality", request.quality, at_least=1, at_most=MAX_QUALITY)
    size = _size(request.width, request.height)
    return Wish(size, request.media_type, request.quality, _CORNERS[request.safe_area])


def read_lifetime(request: image_pb2.SignImageUrlRequest) -> float:
    """How long a link is to work, in seconds.

    Raises:
        ServiceError: FIELD_INVALID where it is no time that links may have.
    """
    if not request.HasField("lifetime"):
        return DEFAULT_LIFETIME_S
    seconds = request.lifetime.seconds + request.lifetime.nanos / 1e9
    if not 1 <= seconds <= MAX_LIFETIME_S:
        raise invalid_field("lifetime", f"is {seconds:g} s; it takes 1 s to 7 days", "1 s to 7 days")
    return seconds


def read_stored_until(request: image_pb2.DeleteImageRequest) -> float | None:
    """The time after which a reference that was stored anew stays, in seconds since 1970; None where none is named.

    Raises:
        ServiceError: FIELD_INVALID where it is no time.
    """
    if not request.HasField("stored_until"):
        return None
    time = request.stored_until
    if not 0 <= time.seconds <= MAX_TIME_S or not 0 <= time.nanos < 1_000_000_000:
        raise invalid_field("stored_until", "is no time from 1970 to 9999", "1970-01-01 to 9999-12-31")
    return time.ToNanoseconds() / 1e9


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
