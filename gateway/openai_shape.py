"""OpenAI's image API in Atelier's terms, both ways: its request as ours, our results and errors as its own. No I/O.

Field names, event names and error codes are those that the official `openai` client reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway.problems import HttpReason, Problem
from services.kit.errors import Reason, ServiceError, invalid_field

# What a client may say without any effect here, because it only steers OpenAI's own models and books.
WITHOUT_EFFECT = {"moderation", "partial_images", "quality", "safety_identifier", "user"}
KNOWN = WITHOUT_EFFECT | {"background", "model", "n", "prompt", "response_format", "size", "stream", "style"}
KNOWN |= {"output_compression", "output_format"}
MAX_N = 8
DONE = b"data: [DONE]\n\n"
ERROR = b"event: error\n"

CODES: Mapping[str, str] = {
    HttpReason.KEY_MISSING: "invalid_api_key",
    HttpReason.KEY_REFUSED: "invalid_api_key",
    HttpReason.SCOPE_MISSING: "insufficient_permissions",
    HttpReason.RATE_LIMITED: "rate_limit_exceeded",
    HttpReason.JOBS_LIMITED: "rate_limit_exceeded",
    Reason.SERVER_BUSY: "rate_limit_exceeded",
    Reason.MODEL_QUOTA: "insufficient_quota",
    Reason.BUDGET_EXCEEDED: "insufficient_quota",
    Reason.MODEL_REFUSED: "moderation_blocked",
}
TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


@dataclass(frozen=True, slots=True)
class ImageOrder:
    """A request for pictures: our request, and how the answer is wanted."""

    request: pb.CreateAssetRequest
    as_url: bool
    stream: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """One finished picture; `image` is its bytes in Base64, `url` where they can be fetched."""

    variant: pb.Variant
    image: str
    url: str


def read(body: bytes, idempotency_key: str) -> ImageOrder:
    """The request that a body asks for.

    Raises:
        ServiceError: FIELD_INVALID for what cannot be carried out; a parameter is refused rather than passed over.
    """
    fields = _fields(body)
    prompt = _text(fields, "prompt", "")
    recipe = pb.Recipe(variant_count=_count(fields), style=_choice(fields, "style", ("", "vivid", "natural")))
    _choice(fields, "background", ("", "auto", "opaque"))
    _text(fields, "model", "")
    recipe.width, recipe.height = _size(_text(fields, "size", "auto"))
    if kind := _choice(fields, "output_format", ("", "png", "jpeg", "webp")):
        recipe.media_type = f"image/{kind}"
    recipe.quality = _quality(fields)
    form = _choice(fields, "response_format", ("b64_json", "url"))
    stream = fields.get("stream", False)
    if not isinstance(stream, bool):
        raise invalid_field("stream", "is no truth value", "true or false")
    request = pb.CreateAssetRequest(asset=pb.Asset(content=prompt, recipe=recipe), request_id=idempotency_key)
    return ImageOrder(request, form == "url", stream)


def answer(asset: pb.Asset, pictures: Sequence[Picture], calls: Sequence[pb.AssetEvent]) -> dict[str, object]:
    """The answer to a request that was not streamed."""
    data = [
        {
            **({"url": picture.url} if picture.url else {"b64_json": picture.image}),
            "revised_prompt": picture.variant.prompt.text,
        }
        for picture in pictures
    ]
    shape = pictures[0].variant.image
    return {
        "created": asset.create_time.seconds,
        "data": data,
        "size": f"{shape.width}x{shape.height}",
        "output_format": output_format(shape.blob.media_type),
        "usage": usage(calls),
    }


def completed(picture: Picture, created_s: int, calls: Sequence[pb.AssetEvent]) -> bytes:
    """The server-sent event of one finished picture."""
    image = picture.variant.image
    event = {
        "type": "image_generation.completed",
        "b64_json": picture.image,
        "created_at": created_s,
        "size": f"{image.width}x{image.height}",
        "output_format": output_format(image.blob.media_type),
        "quality": "auto",
        "background": "opaque",
        "usage": usage(calls),
    }
    return b"event: image_generation.completed\ndata: %s\n\n" % orjson.dumps(event)


def usage(events: Sequence[pb.AssetEvent]) -> dict[str, object]:
    """The tokens that text models read and wrote for an asset; image models count none."""
    read_tokens = written_tokens = 0
    for event in events:
        message = getattr(event, event.WhichOneof("kind") or "", None)
        call = getattr(message, "call", None)
        if call is not None:
            read_tokens += call.input_tokens
            written_tokens += call.output_tokens
    return {
        "input_tokens": read_tokens,
        "input_tokens_details": {"text_tokens": read_tokens, "image_tokens": 0},
        "output_tokens": written_tokens,
        "total_tokens": read_tokens + written_tokens,
    }


def output_format(media_type: str) -> str:
    """OpenAI's word for a media type."""
    return media_type.rpartition("/")[2]


def failure(asset: pb.Asset) -> ServiceError:
    """Why an asset has no picture at all."""
    if asset.state == pb.Asset.STATE_NEEDS_REVIEW:
        message = f"a person has to decide before the pictures are given out; see /v1/{asset.name}"
        return ServiceError(Reason.MODEL_REFUSED, message, field="prompt")
    if asset.state == pb.Asset.STATE_BLOCKED:
        verdicts = [variant.verdict for variant in asset.variants]
        verdicts += [rendition.verdict for variant in asset.variants for rendition in variant.renditions]
        found = sorted({finding.category for verdict in verdicts for finding in verdict.findings})
        found = sorted({finding.category for finding in asset.content_verdict.findings} | set(found))
        message = f"the policy refused the content, or every prompt or picture made for it ({', '.join(found)})"
        return ServiceError(Reason.MODEL_REFUSED, message, field="prompt")
    if asset.state == pb.Asset.STATE_CANCELLED:
        return ServiceError(Reason.CANCELLED, f"{asset.name} was cancelled")
    return ServiceError.from_status(asset.error)


def error(problem: Problem) -> dict[str, object]:
    """A problem in OpenAI's shape."""
    reason = str(problem.body.get("reason", ""))
    fallback = "server_error" if problem.status >= 500 else "invalid_request_error"
    field = str(problem.body.get("field", "")).rpartition(".")[2]
    return {
        "error": {
            "message": f"{problem.body['title']}: {problem.body['detail']}",
            "type": TYPES.get(problem.status, fallback),
            "param": {"content": "prompt", "variant_count": "n", "width": "size", "height": "size"}.get(field, field)
            or None,
            "code": CODES.get(reason, reason.lower()) or None,
        }
    }


def error_event(problem: Problem) -> bytes:
    """The server-sent event that ends a stream with an error."""
    return ERROR + b"data: %s\n\n" % orjson.dumps(error(problem))


def _fields(body: bytes) -> dict[str, object]:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        raise invalid_field("body", f"is no valid JSON: {problem}", "a JSON object in UTF-8") from None
    if not isinstance(document, dict):
        raise invalid_field("body", "is no JSON object", 'an object such as {"prompt": "..."}')
    for name, value in document.items():
        if name not in KNOWN and value is not None:
            raise invalid_field(str(name)[:100], "is not supported here", ", ".join(sorted(KNOWN)))
    return {name: value for name, value in document.items() if value is not None}


def _text(fields: Mapping[str, object], name: str, default: str) -> str:
    value = fields.get(name, default)
    if not isinstance(value, str):
        raise invalid_field(name, "is no text", "text")
    return value


def _choice(fields: Mapping[str, object], name: str, choices: tuple[str, ...]) -> str:
    value = _text(fields, name, choices[0])
    if value not in choices:
        known = ", ".join(choice for choice in choices if choice)
        raise invalid_field(name, f"is {value[:100]!r}; it takes {known}", known)
    return value


def _quality(fields: Mapping[str, object]) -> int:
    """OpenAI's compression is the quality of a lossy encoding; 0 would mean the server's default here."""
    if "output_compression" not in fields:
        return 0
    value = fields["output_compression"]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
        raise invalid_field("output_compression", "takes 0 to 100", "0 to 100")
    return max(1, value)


def _count(fields: Mapping[str, object]) -> int:
    count = fields.get("n", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_N:
        raise invalid_field("n", f"takes 1 to {MAX_N}", f"1 to {MAX_N}")
    return count


def _size(text: str) -> tuple[int, int]:
    """Width and height, 0 and 0 for the model's own; whether they are in range the orchestrator says."""
    if text == "auto":
        return 0, 0
    found = re.fullmatch(r"([1-9][0-9]{0,4})x([1-9][0-9]{0,4})", text)
    if found is None:
        raise invalid_field("size", f"is {text[:100]!r}", "auto, or WIDTHxHEIGHT such as 1024x768")
    return int(found[1]), int(found[2])
