from __future__ import annotations

import base64

import orjson
import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import IMAGE_MODELS, image_model
from services.workers_ai.images import image_fields, image_request, read_image, sends_seed
from services.workers_ai.values import ImageRequest
from services.workers_ai.wire import Answer

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 32
FULL = ImageRequest("a red kite", "text", 512, 768, 42, 4, 5.0)
FLUX = "@cf/black-forest-labs/flux-1-schnell"
FLUX_2 = "@cf/black-forest-labs/flux-2-dev"
KLEIN = "@cf/black-forest-labs/flux-2-klein-4b"
LUCID = "@cf/leonardo/lucid-origin"
PHOENIX = "@cf/leonardo/phoenix-1.0"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"


def fields(model: str, request: ImageRequest = FULL) -> dict[str, object]:
    return dict(image_fields(image_model(model), request))


def test_flux_1_gets_prompt_and_steps_alone() -> None:
    assert fields(FLUX) == {"prompt": "a red kite", "steps": 4}
    assert not sends_seed(image_model(FLUX), FULL)


def test_flux_2_gets_a_form_with_sizes_seed_and_guidance() -> None:
    assert fields(FLUX_2) == {
        "prompt": "a red kite",
        "width": 512,
        "height": 768,
        "seed": 42,
        "steps": 4,
        "guidance": 5.0,
    }
    request = image_request(image_model(FLUX_2), FULL)
    assert request.content_type.startswith("multipart/form-data; boundary=")
    assert b'name="guidance"\r\n\r\n5\r\n' in request.body


def test_the_steps_of_klein_are_fixed() -> None:
    assert "steps" not in fields(KLEIN)


def test_the_leonardo_and_stable_diffusion_models_count_num_steps() -> None:
    for model in (LUCID, PHOENIX, SDXL):
        assert fields(model)["num_steps"] == 4
        assert "steps" not in fields(model)


def test_a_negative_prompt_goes_where_it_is_taken_and_never_empty() -> None:
    assert fields(PHOENIX)["negative_prompt"] == "text"
    assert "negative_prompt" not in fields(LUCID)
    assert "negative_prompt" not in fields(PHOENIX, ImageRequest("x", ""))
    assert "negative_prompt" not in fields(PHOENIX, ImageRequest("x", "  "))


@pytest.mark.parametrize("model", IMAGE_MODELS)
def test_what_is_left_to_the_model_is_not_sent(model: str) -> None:
    assert fields(model, ImageRequest("x")) == {"prompt": "x"}


@pytest.mark.parametrize("seed", [1, 2**32 - 1, 2**32, 2**63 - 1, -1, -(2**63)])
def test_any_seed_is_folded_into_the_range(seed: int) -> None:
    sent = fields(SDXL, ImageRequest("x", seed=seed))["seed"]
    assert isinstance(sent, int)
    assert 0 <= sent < 2**32


def test_sizes_go_to_the_nearest_that_stable_diffusion_can_make() -> None:
    sent = fields(SDXL, ImageRequest("x", width=1001, height=2047))
    assert (sent["width"], sent["height"]) == (1000, 2048)


@pytest.mark.parametrize(
    ("model", "request_", "field"),
    [
        (FLUX, ImageRequest(""), "prompt"),
        (FLUX, ImageRequest("x" * 2049), "prompt"),
        (FLUX, ImageRequest("x", steps=9), "steps"),
        (FLUX_2, ImageRequest("x", width=1921), "width"),
        (FLUX_2, ImageRequest("x", height=255), "height"),
        (LUCID, ImageRequest("x", width=2501), "width"),
        (LUCID, ImageRequest("x", steps=41), "steps"),
        (PHOENIX, ImageRequest("x", guidance=1.5), "guidance"),
        (PHOENIX, ImageRequest("x", guidance=float("nan")), "guidance"),
        (SDXL, ImageRequest("x", height=2049), "height"),
        (SDXL, ImageRequest("x", width=-8), "width"),
    ],
)
def test_values_outside_the_models_limits_are_refused_by_field(model: str, request_: ImageRequest, field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        image_request(image_model(model), request_)
    assert caught.value.field == field
    assert caught.value.limit


def answer(body: bytes, content_type: str = "application/json", status: int = 200) -> Answer:
    return Answer(status, body, {"content-type": content_type})


def enveloped(image: object) -> bytes:
    return orjson.dumps({"result": {"image": image}, "success": True, "errors": [], "messages": []})


@pytest.mark.parametrize(
    ("given", "data", "media_type"),
    [
        (answer(enveloped(base64.b64encode(JPEG).decode())), JPEG, "image/jpeg"),
        (answer(enveloped("data:image/png;base64," + base64.b64encode(JPEG).decode())), JPEG, "image/jpeg"),
        (answer(orjson.dumps({"image": base64.b64encode(PNG).decode()})), PNG, "image/png"),
        (answer(PNG, "image/png"), PNG, "image/png"),
        (answer(JPEG, "image/png"), JPEG, "image/jpeg"),
        (answer(PNG, "application/json; charset=utf-8"), PNG, "image/png"),
        (answer(PNG, ""), PNG, "image/png"),
        (answer(PNG, "text/html"), PNG, "image/png"),
        (answer(enveloped(base64.b64encode(PNG).decode()), "image/png"), PNG, "image/png"),
        (answer(enveloped(base64.b64encode(b"no picture").decode())), b"no picture", ""),
        (answer(b"no picture", "image/png"), b"no picture", ""),
    ],
)
def test_a_picture_is_read_in_either_form_and_its_type_from_its_bytes(
    given: Answer, data: bytes, media_type: str
) -> None:
    assert read_image(FLUX, given, now_s=0)[:2] == (data, media_type)


@pytest.mark.parametrize(
    "given",
    [
        answer(b""),
        answer(b"", "image/png"),
        answer(b"{}"),
        answer(enveloped(None)),
        answer(enveloped("")),
        answer(enveloped("not base64!")),
        answer(enveloped("AAA")),
        answer(enveloped("data:image/png;base64,")),
        answer(enveloped(["AAAA"])),
        answer(b'{"result":{"image":"AAAA'),
        answer(b"<html>sorry</html>", "text/html"),
        answer(b"[]"),
    ],
)
def test_an_answer_without_a_picture_is_unreadable(given: Answer) -> None:
    with pytest.raises(ServiceError) as caught:
        read_image(FLUX, given, now_s=0)
    assert caught.value.reason is Reason.MODEL_OUTPUT


def test_an_error_is_an_error_in_whatever_dress() -> None:
    error = {"errors": [{"message": "AiError: Input prompt contains NSFW content", "code": 3030}], "success": False}
    for given in (answer(orjson.dumps(error), "application/json", 400), answer(orjson.dumps(error), "image/png")):
        with pytest.raises(ServiceError) as caught:
            read_image(FLUX, given, now_s=0)
        assert caught.value.reason is Reason.MODEL_REFUSED
