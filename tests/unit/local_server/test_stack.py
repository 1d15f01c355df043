"""What the stack tells its processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.local.stack import plan

EYES = "ATELIER_MODERATION_IMAGE_MODEL"
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
