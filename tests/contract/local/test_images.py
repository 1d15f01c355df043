"""Text-to-image: every model's request form, wrapping, format, size and price."""

from __future__ import annotations

import base64
import io

import aiohttp
import pytest
from PIL import Image

BASE64 = [
    ("@cf/black-forest-labs/flux-1-schnell", {"steps": 4}, (1024, 1024), 172.80),
    ("@cf/leonardo/lucid-origin", {"width": 512, "height": 512, "steps": 10}, (512, 512), 756.0),
    ("@cf/leonardo/lucid-origin", {"width": 0, "num_steps": 1}, (1120, 1120), 9 * 636 + 12),
]
RAW = [
    ("@cf/leonardo/phoenix-1.0", {}, (1024, 1024), "image/jpeg", "JPEG", 4 * 530 + 250),
    ("@cf/stabilityai/stable-diffusion-xl-base-1.0", {"width": 256, "height": 320}, (256, 320), "image/png", "PNG", 0),
    ("@cf/bytedance/stable-diffusion-xl-lightning", {}, (1024, 1024), "image/png", "JPEG", 0),
    ("@cf/lykon/dreamshaper-8-lcm", {"negative_prompt": ""}, (512, 512), "image/png", "PNG", 0),
    ("@cf/runwayml/stable-diffusion-v1-5-img2img", {"seed": -3}, (512, 512), "image/png", "PNG", 0),
    ("@cf/runwayml/stable-diffusion-v1-5-inpainting", {}, (512, 512), "image/png", "PNG", 0),
]
FLUX_2 = [
    ("@cf/black-forest-labs/flux-2-dev", {}, (1024, 768), 37.50 * 4 * 25),
    ("@cf/black-forest-labs/flux-2-klein-4b", {"width": "1024", "height": "1024"}, (1024, 1024), 26.05 * 4),
    ("@cf/black-forest-labs/flux-2-klein-9b", {"width": "1024", "height": "1024"}, (1024, 1024), 1363.64 + 181.82),
]


def form(**fields: object) -> aiohttp.FormData:
    data = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        if isinstance(value, bytes):
            data.add_field(name, value, filename="reference.png")
        else:
            data.add_field(name, value)
    return data


def png(side: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(("model", "more", "size", "neurons"), BASE64)
async def test_a_base64_picture_comes_in_the_envelope(api, model, more, size, neurons):
    reply = await api.run(model, {"prompt": "a quiet harbour", **more})
    assert reply.headers["Content-Type"] == "application/json"
    picture = Image.open(io.BytesIO(base64.b64decode(reply.json()["result"]["image"], validate=True)))
    assert (picture.format, picture.size) == ("JPEG", size)
    assert float(reply.headers["cf-ai-neurons"]) == pytest.approx(neurons)


@pytest.mark.parametrize(("model", "more", "size", "declared", "actual", "neurons"), RAW)
async def test_a_raw_picture_comes_as_bytes(api, model, more, size, declared, actual, neurons):
    reply = await api.run(model, {"prompt": "a quiet harbour", **more})
    assert reply.headers["Content-Type"] == declared
    picture = Image.open(io.BytesIO(reply.body))
    assert (picture.format, picture.size) == (actual, size)
    assert float(reply.headers["cf-ai-neurons"]) == pytest.approx(neurons)


@pytest.mark.parametrize(("model", "more", "size", "neurons"), FLUX_2)
async def test_flux_2_takes_a_form(api, model, more, size, neurons):
    reply = await api.send("POST", f"{api.ai}/run/{model}", data=form(prompt="a quiet harbour", **more))
    picture = Image.open(io.BytesIO(base64.b64decode(reply.json()["result"]["image"])))
    assert (picture.format, picture.size) == ("JPEG", size)
    assert float(reply.headers["cf-ai-neurons"]) == pytest.approx(neurons, abs=0.01)


async def test_a_form_is_checked_like_any_body(api):
    url = f"{api.ai}/run/@cf/black-forest-labs/flux-2-klein-4b"
    assert "'prompt'" in (await api.send("POST", url, data=form(width="512"))).message
    assert "'/width' must be >= 256" in (await api.send("POST", url, data=form(prompt="x", width="255"))).message
    assert "Type mismatch of '/width'" in (await api.send("POST", url, data=form(prompt="x", width="wide"))).message


async def test_reference_pictures_cost_and_have_a_largest_size(api):
    url = f"{api.ai}/run/@cf/black-forest-labs/flux-2-klein-4b"
    good = await api.send("POST", url, data=form(prompt="x", input_image_0=png(64), input_image_1=png(512)))
    assert float(good.headers["cf-ai-neurons"]) == pytest.approx(26.05 * 4 + 5.37 * 2, abs=0.01)
    large = await api.send("POST", url, data=form(prompt="x", input_image_0=png(513)))
    assert (large.status, large.code) == (400, 3030)
    none = await api.send("POST", url, data=form(prompt="x", input_image_0=b"no picture"))
    assert none.code == 3030


async def test_a_form_that_breaks_off_is_bad_input(api):
    url = f"{api.ai}/run/@cf/black-forest-labs/flux-2-dev"
    head = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await api.send("POST", url, data=b"--b\r\n", headers=head)).code == 5006


async def test_the_flux_filter_refuses_and_other_models_do_not(api):
    reply = await api.run("@cf/black-forest-labs/flux-1-schnell", {"prompt": "a nude statue"})
    assert (reply.status, reply.code) == (400, 3030)
    assert "Input prompt contains NSFW content" in reply.message
    assert (await api.run("@cf/leonardo/lucid-origin", {"prompt": "a nude statue"})).status == 200
