"""Recipes from JSON, from queries and from forms mean the same."""

from __future__ import annotations

import pytest
from atelier.type.v1.recipe_pb2 import PURPOSE_SOCIAL

from gateway import intake, recipes
from services.kit.errors import Reason, ServiceError

PAIRS = [
    ("variantCount", "2"),
    ("purpose", "social"),
    ("formats", "square"),
    ("formats", "banner, 640x360"),
    ("media_type", "image/avif"),
    ("quality", "70"),
    ("negativePrompt", "text"),
    ("brandStyle", "styles/acme@3"),
    ("language", "pt-BR"),
    ("overlap", "true"),
    ("maxCostUsd", "0.25"),
    ("policy", "strict"),
]
BODY = (
    b'{"content": "x", "recipe": {"variantCount": 2, "purpose": "PURPOSE_SOCIAL",'
    b' "formats": ["square", "banner", "640x360"],'
    b' "mediaType": "image/avif", "quality": 70, "negativePrompt": "text", "brandStyle": "styles/acme@3",'
    b' "language": "pt-BR", "overlap": true, "maxCostUsd": 0.25, "policy": "strict"}}'
)


def test_a_query_says_what_a_body_says() -> None:
    recipe = recipes.from_pairs(PAIRS)
    assert recipe == intake.read_request("application/json", BODY, [], "").asset.recipe
    assert (recipe.purpose, list(recipe.formats)) == (PURPOSE_SOCIAL, ["square", "banner", "640x360"])


def test_purposes_are_taken_as_people_write_them_in_json_too() -> None:
    body = b'{"content": "x", "recipe": {"purpose": "Social"}}'
    assert intake.read_request("application/json", body, [], "").asset.recipe.purpose == PURPOSE_SOCIAL


@pytest.mark.parametrize(
    ("name", "value"), [("purpose", "party"), ("overlap", "maybe"), ("quality", "much"), ("maxCostUsd", "cheap")]
)
def test_a_value_that_cannot_be_read_names_its_field(name: str, value: str) -> None:
    with pytest.raises(ServiceError) as caught:
        recipes.from_pairs([(name, value)])
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, name)


@pytest.mark.parametrize(
    ("query", "wanted"), [("", True), ("true", True), ("1", True), ("false", False), ("0", False), (None, False)]
)
def test_validate_only_is_taken_out_of_the_query(query: str | None, wanted: bool) -> None:
    pairs = [("style", "ink")] + ([("validateOnly", query)] if query is not None else [])
    assert intake.take_validate_only(pairs) == ([("style", "ink")], wanted)
