"""What a call costs in neurons, from the public price list: pure arithmetic.

1,000 neurons cost 0.011 USD. Text is priced by the million tokens, pictures by tiles of 512 x 512 pixels, steps or
megapixels. How the step price of flux-1-schnell counts (for each tile) follows from one observed header: 172.80
neurons for 1024 x 1024 in 4 steps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

USD_PER_NEURON = 0.011 / 1000
_TILE = 512
_MEGAPIXEL = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """Neurons of one model; parts that a model does not charge are 0.

    `input_m` and `output_m` count a million tokens. The others count a picture: a `tile` once, a `tile_step` for each
    tile and step, a `step` once, an `input_tile` for each tile of a reference picture (`input_tile_step`: and step),
    the first and every further megapixel.
    """

    input_m: float = 0
    output_m: float = 0
    tile: float = 0
    tile_step: float = 0
    step: float = 0
    input_tile: float = 0
    input_tile_step: float = 0
    first_megapixel: float = 0
    more_megapixels: float = 0


FREE = Price()


def text_neurons(price: Price, input_tokens: int, output_tokens: int) -> float:
    """Neurons of a text, classification or embedding call."""
    return (price.input_m * input_tokens + price.output_m * output_tokens) / 1_000_000


def picture_neurons(price: Price, width: int, height: int, steps: int, input_tiles: int = 0) -> float:
    """Neurons of one picture made in `steps` steps, with `input_tiles` tiles of reference pictures."""
    made = tiles(width, height)
    total = made * (price.tile + price.tile_step * steps) + price.step * steps
    total += input_tiles * (price.input_tile + price.input_tile_step * steps)
    further = max(0, math.ceil(width * height / _MEGAPIXEL) - 1)
    return total + price.first_megapixel + price.more_megapixels * further


def tiles(width: int, height: int) -> int:
    """How many tiles of 512 x 512 pixels cover a picture."""
    return math.ceil(width / _TILE) * math.ceil(height / _TILE)
