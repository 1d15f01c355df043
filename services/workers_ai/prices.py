"""The price list: what each model of the catalogue charges, in neurons. Dated; change rows and date together.

Text is priced by the million tokens; pictures by tiles of 512 x 512 pixels, by steps, or by megapixels. That the step
price of flux-1-schnell counts for each tile follows from an observed header: 172.80 neurons for 1024 x 1024 in 4 steps.
The Stable Diffusion family is in beta and charged nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

PRICES_AS_OF = "2026-10-09"
PRICES_SOURCE = "https://developers.cloudflare.com/workers-ai/platform/pricing/"
USD_PER_NEURON = 0.011 / 1000

_TILE_SIDE = 512
_MEGAPIXEL = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """Neurons of one model; a part that it does not charge is 0.

    `input_m` and `output_m` count a million tokens. The others count a picture: a `tile` once, a `tile_step` for each
    tile and step, a `step` once each, the first megapixel and every further one.
    """

    input_m: float = 0.0
    output_m: float = 0.0
    tile: float = 0.0
    tile_step: float = 0.0
    step: float = 0.0
    first_megapixel: float = 0.0
    more_megapixels: float = 0.0


FREE = Price()

PRICES: Mapping[str, Price] = {
    "@cf/meta/llama-3.3-70b-instruct-fp8-fast": Price(26668, 204805),
    "@cf/meta/llama-3.1-8b-instruct-fast": Price(4119, 34868),
    "@cf/meta/llama-3.1-8b-instruct-fp8-fast": Price(4119, 34868),
    "@cf/meta/llama-3.2-1b-instruct": Price(2457, 18252),
    "@cf/meta/llama-3.2-3b-instruct": Price(4625, 30475),
    "@cf/meta/llama-4-scout-17b-16e-instruct": Price(24545, 77273),
    "@cf/mistralai/mistral-small-3.1-24b-instruct": Price(31876, 50488),
    "@cf/ibm-granite/granite-4.0-h-micro": Price(1542, 10158),
    "@cf/qwen/qwen3-30b-a3b-fp8": Price(4625, 30475),
    "@cf/openai/gpt-oss-20b": Price(18182, 27273),
    "@cf/openai/gpt-oss-120b": Price(31818, 68182),
    "@cf/google/gemma-4-26b-a4b-it": Price(9091, 27273),
    "@cf/zai-org/glm-4.7-flash": Price(5500, 36400),
    "@cf/meta/llama-guard-3-8b": Price(44003, 2730),
    "@cf/cloudflare/clef": Price(21818),
    "@cf/cloudflare/clef-flash": Price(3455),
    "@cf/cloudflare/clef-omni": Price(13636),
    "@cf/huggingface/distilbert-sst-2-int8": Price(2394),
    "@cf/black-forest-labs/flux-1-schnell": Price(tile=4.80, tile_step=9.60),
    "@cf/black-forest-labs/flux-2-dev": Price(tile_step=37.50),
    "@cf/black-forest-labs/flux-2-klein-4b": Price(tile=26.05),
    "@cf/black-forest-labs/flux-2-klein-9b": Price(first_megapixel=1363.64, more_megapixels=181.82),
    "@cf/leonardo/lucid-origin": Price(tile=636, step=12),
    "@cf/leonardo/phoenix-1.0": Price(tile=530, step=10),
    "@cf/stabilityai/stable-diffusion-xl-base-1.0": FREE,
    "@cf/bytedance/stable-diffusion-xl-lightning": FREE,
    "@cf/lykon/dreamshaper-8-lcm": FREE,
    "@cf/runwayml/stable-diffusion-v1-5-img2img": FREE,
    "@cf/runwayml/stable-diffusion-v1-5-inpainting": FREE,
}


@dataclass(frozen=True, slots=True)
class Use:
    """What one call uses: tokens of a text, or a picture of a size in pixels made in so many steps."""

    input_tokens: int = 0
    output_tokens: int = 0
    width: int = 0
    height: int = 0
    steps: int = 0


def neurons_of(model: str, use: Use) -> float:
    """What the list charges for a call; 0 for a model that it does not name."""
    price = PRICES.get(model, FREE)
    text = (price.input_m * use.input_tokens + price.output_m * use.output_tokens) / 1_000_000
    return round(text + (_picture(price, use) if use.width else 0.0), 6)


def _picture(price: Price, use: Use) -> float:
    tiles = math.ceil(use.width / _TILE_SIDE) * math.ceil(use.height / _TILE_SIDE)
    further = max(0, math.ceil(use.width * use.height / _MEGAPIXEL) - 1)
    by_tile = tiles * (price.tile + price.tile_step * use.steps) + price.step * use.steps
    return by_tile + price.first_megapixel + price.more_megapixels * further
