"""What the stack tells its processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.image.sizing import Size, can_make
from services.local.stack import plan
from services.workers_ai.catalogue import image_model

EYES = "ATELIER_MODERATION_IMAGE_MODEL"
PAINTERS = "ATELIER_IMAGE_MODEL"
ACCOUNT = {"CLOUDFLARE_ACCOUNT_ID": "0" * 32, "CLOUDFLARE_API_TOKEN": "secret"}


@pytest.mark.parametrize(
    ("environ", "eyes"),
    [
        ({}, "@cf/cloudflare/clef-flash"),
        ({EYES: "@cf/cloudflare/clef"}, "@cf/cloudflare/clef"),
        ({EYES: ""}, ""),
        # An account pays for each look, so there the operator decides.
        (ACCOUNT, None),
    ],
)
def test_pictures_are_looked_at_where_that_costs_nothing(environ: dict[str, str], eyes: str | None) -> None:
    environments = plan(environ, Path("data")).environments
    assert environments["moderation"].get(EYES) == eyes
    assert environments["image"].get(EYES) == environ.get(EYES)


def test_some_model_makes_any_size_where_that_costs_nothing() -> None:
    first, second = plan({}, Path("data")).environments["image"][PAINTERS].split(",")
    assert not can_make(image_model(first).sizes, Size(1536, 512))
    assert can_make(image_model(second).sizes, Size(1536, 512))


@pytest.mark.parametrize("environ", [ACCOUNT, {PAINTERS: "@cf/lykon/dreamshaper-8-lcm"}])
def test_who_pays_or_says_so_decides_which_models_paint(environ: dict[str, str]) -> None:
    assert plan(environ, Path("data")).environments["image"].get(PAINTERS) == environ.get(PAINTERS)
