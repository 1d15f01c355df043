"""Neurons from the price list."""

from __future__ import annotations

import pytest

from services.local.models_hosted import HOSTED
from services.local.pricing import FREE, picture_neurons, text_neurons, tiles


@pytest.mark.parametrize(("size", "count"), [((1, 1), 1), ((512, 512), 1), ((513, 512), 2), ((1024, 768), 4)])
def test_a_picture_is_covered_by_tiles(size, count):
    assert tiles(*size) == count


@pytest.mark.parametrize(
    ("model", "size", "steps", "inputs", "neurons"),
    [
        ("@cf/black-forest-labs/flux-1-schnell", (1024, 1024), 4, 0, 172.80),
        ("@cf/black-forest-labs/flux-2-dev", (512, 512), 10, 1, 562.5),
        ("@cf/black-forest-labs/flux-2-klein-4b", (1024, 1024), 4, 0, 104.2),
        ("@cf/black-forest-labs/flux-2-klein-9b", (1000, 1000), 4, 0, 1363.64),
        ("@cf/black-forest-labs/flux-2-klein-9b", (1920, 1920), 4, 0, 1363.64 + 3 * 181.82),
        ("@cf/leonardo/lucid-origin", (1024, 1024), 10, 0, 2664),
    ],
)
def test_a_picture_costs_what_the_list_says(model, size, steps, inputs, neurons):
    assert picture_neurons(HOSTED.find(model).price, *size, steps, inputs) == pytest.approx(neurons)


def test_a_million_tokens_cost_the_listed_price_and_free_costs_nothing():
    price = HOSTED.find("@cf/meta/llama-guard-3-8b").price
    assert text_neurons(price, 1_000_000, 1_000_000) == pytest.approx(44003 + 2730)
    assert picture_neurons(FREE, 2048, 2048, 20) == 0
