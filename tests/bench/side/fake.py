"""A Workers AI that does nothing but answer, after fixed latencies: `python -m tests.bench.side.fake PORT MS MS MS`.

Latencies are milliseconds. It serves every way alike and costs as little as it can, so that the ways can be compared.
"""

from __future__ import annotations

import asyncio
import functools
import io
import re
import sys
from collections.abc import Mapping

import numpy as np
import orjson
import pybase64
import uvloop
from aiohttp import web
from PIL import Image

TEXT = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"
CONTENT = "Fishermen mend their nets on a misty harbour at dawn while gulls circle overhead. " * 12
PROMPT = (
    "Fishermen mending nets on a misty harbour at dawn, gulls circling above the moored boats, soft golden light on "
    "wet stone, muted blues, wide editorial photograph"
)


@functools.cache
def picture() -> bytes:
    """A JPEG of 1024 x 1024 pixels and about 300 KB: a gradient with noise."""
    chance = np.random.default_rng(7)
    ramp = np.linspace(40, 215, 1024)
    pixels = ramp[None, :, None] + chance.normal(0, 18, (1024, 1024, 3))
    output = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(output, "JPEG", quality=76)
    return output.getvalue()


# How the prompt service says how many prompts it wants, in the JSON of its request.
WANTED = re.compile(rb"Number of prompts: ([1-8])")
PROMPTS = (
    PROMPT,
    "An old man repairs a torn net beside stacked lobster pots, pale fog over the water, one lamp, loose watercolour",
    "Trawlers moored in rows seen from above, red and white buoys along the pier, flat morning light, aerial photo",
    "Weathered hands draw twine through mesh, salt on woollen sleeves, shallow depth of field, close-up in warm tones",
)


def answers(prompts: int = 1) -> Mapping[str, bytes]:
    """The body of each model's answer; the text model writes so many prompts, up to 4."""
    item = {
        "negative_prompt": "text, watermark",
        "alt_text": "Fishermen mending nets in a misty harbour.",
        "caption": "Fishermen mend their nets before the boats go out.",
        "language": "en",
    }
    usage = {"prompt_tokens": 400, "completion_tokens": 90, "total_tokens": 490}
    results = {
        TEXT: {
            "response": {"prompts": [{"prompt": text, **item} for text in PROMPTS[:prompts]]},
            "usage": usage,
        },
        GUARD: {"response": "safe", "usage": usage},
        IMAGE: {"image": pybase64.b64encode(picture()).decode()},
    }
    return {
        model: orjson.dumps({"result": result, "success": True, "errors": [], "messages": []})
        for model, result in results.items()
    }


def app(latencies_s: Mapping[str, float]) -> web.Application:
    """The server; every model list is empty."""
    bodies = [answers(prompts) for prompts in range(1, len(PROMPTS) + 1)]

    async def run(request: web.Request) -> web.Response:
        wanted = WANTED.search(await request.read())
        prompts = min(int(wanted[1]), len(PROMPTS)) if wanted else 1
        model = request.match_info["model"].replace("%2F", "/")
        if wait_s := latencies_s[model]:
            await asyncio.sleep(wait_s)
        return web.Response(body=bodies[prompts - 1][model], content_type="application/json")

    async def models(request: web.Request) -> web.Response:
        return web.json_response({"result": [], "success": True, "errors": [], "messages": []})

    made = web.Application(client_max_size=2**24)
    made.router.add_post("/client/v4/accounts/{account}/ai/run/{model:.+}", run)
    made.router.add_get("/client/v4/accounts/{account}/ai/models/search", models)
    return made


def main() -> None:
    """Serve until killed."""
    port, *latencies_ms = map(int, sys.argv[1:])
    latencies_s = dict(zip((TEXT, GUARD, IMAGE), (ms / 1000 for ms in latencies_ms), strict=True))
    uvloop.install()
    web.run_app(app(latencies_s), host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main()
