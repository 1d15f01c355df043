"""Text-to-image models: requests as JSON or as a form, answers as base64 in JSON or as plain bytes."""

from __future__ import annotations

import pybase64

from services.kit.errors import invalid_field
from services.kit.limits import check_range, check_text
from services.workers_ai.errors import unreadable
from services.workers_ai.media import media_type_of
from services.workers_ai.models import ImageModel
from services.workers_ai.values import ImageRequest
from services.workers_ai.wire import (
    JSON_TYPE,
    Answer,
    Request,
    form_request,
    json_request,
    raise_for_failure,
    result_of,
)


def image_request(model: ImageModel, request: ImageRequest) -> Request:
    """The request for one picture, with the fields that this model takes and that say something.

    A seed is folded into the model's range, the same one always to the same value; a size goes to the nearest multiple
    that the model can make.

    Raises:
        ServiceError: CONTENT_LENGTH or FIELD_INVALID naming the field and the model's limit.
    """
    fields = image_fields(model, request)
    if model.body == "multipart":
        return form_request([(name, _plain(value)) for name, value in fields.items()])
    return json_request(fields)


def image_fields(model: ImageModel, request: ImageRequest) -> dict[str, str | int | float]:
    """The fields of a request by the names that the model gives them."""
    check_text("prompt", request.prompt, max_length=model.max_prompt_length)
    fields: dict[str, str | int | float] = {"prompt": request.prompt}
    if model.negative_prompt and request.negative_prompt.strip():
        check_text("negative_prompt", request.negative_prompt, max_length=model.max_prompt_length)
        fields["negative_prompt"] = request.negative_prompt
    fields.update(_size(model, request))
    if sends_seed(model, request) and model.seed is not None:
        fields["seed"] = request.seed % (model.seed + 1)
    fields.update(_steps(model, request))
    fields.update(_guidance(model, request))
    return fields


def sends_seed(model: ImageModel, request: ImageRequest) -> bool:
    """Whether the request's seed reaches the model."""
    return model.seed is not None and request.seed != 0


def _size(model: ImageModel, request: ImageRequest) -> dict[str, int]:
    if model.sizes is None:
        return {}
    sides: dict[str, int] = {}
    for name, value in (("width", request.width), ("height", request.height)):
        check_range(name, value, at_least=max(1, model.sizes.at_least), at_most=model.sizes.at_most)
        if value:
            sides[name] = round(value / model.sizes.multiple) * model.sizes.multiple
    return sides


def _steps(model: ImageModel, request: ImageRequest) -> dict[str, int]:
    if model.steps is None or request.steps == 0:
        return {}
    check_range("steps", request.steps, at_least=model.steps.at_least, at_most=model.steps.at_most)
    return {model.steps.field: request.steps}


def _guidance(model: ImageModel, request: ImageRequest) -> dict[str, float]:
    if model.guidance is None or request.guidance == 0:
        return {}
    low, high = model.guidance.at_least, model.guidance.at_most
    if not low <= request.guidance <= high:
        limit = f"{low:g} to {high:g}, or 0 for the default"
        raise invalid_field("guidance", f"is {request.guidance:g}; {model.name} takes {limit}", limit)
    return {"guidance": request.guidance}


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else format(value, "g") if isinstance(value, float) else str(value)


def read_image(model: str, answer: Answer, *, now_s: float) -> tuple[bytes, str, object]:
    """Bytes and media type of the picture in an answer, and the JSON result it came in, None for plain bytes.

    JSON is read where the header says so or the bytes look like it; the media type comes from the bytes and is "" where
    they are no known format.

    Raises:
        WorkersAIError: the failure that the answer reports, or MODEL_OUTPUT where it holds no bytes.
    """
    raise_for_failure(model, answer, now_s=now_s)
    kind = media_type_of(answer.body)
    looks_like_json = not kind and answer.body[:64].lstrip().startswith(b"{")
    if (answer.content_type == JSON_TYPE and not kind) or looks_like_json:
        result = result_of(model, answer, now_s=now_s)
        data = _decoded(result)
        return data, media_type_of(data), result
    if not answer.body:
        raise unreadable("the answer is empty")
    if not kind and not answer.content_type.startswith(("image/", "application/octet-stream")):
        raise unreadable("the answer is neither JSON nor a picture")
    return answer.body, kind, None


def _decoded(result: object) -> bytes:
    image = result.get("image") if isinstance(result, dict) else None
    if not isinstance(image, str) or not image:
        raise unreadable("the answer has no `image`")
    if image.startswith("data:"):
        image = image.partition(",")[2]
    try:
        data = pybase64.b64decode(image.encode(), validate=True)
    except ValueError:
        raise unreadable("`image` is not base64") from None
    if not data:
        raise unreadable("`image` is empty")
    return data
