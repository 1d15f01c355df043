"""What a recipe may say: each field is checked before anything is accepted."""

from __future__ import annotations

import math
import re

from atelier.orchestrator.v1.orchestrator_pb2 import Recipe
from atelier.type.v1.recipe_pb2 import Purpose

from services.kit.errors import Reason, invalid_field
from services.kit.limits import check_range, check_text
from services.orchestrator.formats import MAX_PIXELS, MIN_PIXELS, NAMED, size_of
from services.orchestrator.style_checks import read_reference

MAX_STYLE = 500
MAX_NEGATIVE_PROMPT = 500
MAX_POLICY = 64
MAX_VARIANTS = 8
MAX_FORMATS = 8
MAX_QUALITY = 100
MAX_SEED = 2_147_483_639
MEDIA_TYPES = ("", "image/png", "image/jpeg", "image/webp", "image/avif")

# Language, and then script, region and variants as far as their shape goes.
_LANGUAGE = re.compile(r"(?=.{2,35}\Z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def check_recipe(recipe: Recipe) -> None:
    """Check everything that is read of a recipe.

    Raises:
        ServiceError: FIELD_INVALID with the field and its limit.
    """
    check_range(_field("variant_count"), recipe.variant_count, at_least=0, at_most=MAX_VARIANTS)
    check_range(_field("seed"), recipe.seed, at_least=0, at_most=MAX_SEED)
    check_range(_field("quality"), recipe.quality, at_least=1, at_most=MAX_QUALITY)
    _check_words("style", recipe.style, MAX_STYLE)
    _check_words("negative_prompt", recipe.negative_prompt, MAX_NEGATIVE_PROMPT)
    _check_words("policy", recipe.policy, MAX_POLICY)
    check_choice(_field("media_type"), recipe.media_type, MEDIA_TYPES)
    if recipe.purpose not in Purpose.values():
        known = ", ".join(Purpose.keys())
        raise invalid_field(_field("purpose"), f"is {recipe.purpose}; it takes {known}", known)
    _check_size(recipe)
    _check_formats(recipe)
    if recipe.brand_style:
        read_reference(_field("brand_style"), recipe.brand_style)
    check_language(_field("language"), recipe.language)
    check_amount(_field("max_cost_usd"), recipe.max_cost_usd)


def check_amount(field: str, usd: float) -> None:
    """Raise FIELD_INVALID unless so much money can be spent."""
    if not math.isfinite(usd) or usd < 0:
        limit = "0 or more US dollars"
        raise invalid_field(field, f"is {usd}; it takes {limit}", limit)


def check_choice(field: str, value: str, choices: tuple[str, ...]) -> None:
    """Raise FIELD_INVALID unless the value is one of the choices."""
    if value not in choices:
        known = ", ".join(choice or '""' for choice in choices)
        raise invalid_field(field, f"is {value[:100]!r}; it takes {known}", known)


def check_language(field: str, tag: str) -> None:
    """Raise FIELD_INVALID unless the text has the shape of a BCP 47 tag, or is empty."""
    if tag and not _LANGUAGE.fullmatch(tag):
        limit = "a BCP 47 tag of 2 to 35 signs"
        raise invalid_field(field, f"is {tag[:100]!r}; it takes {limit}", limit)


def _field(name: str) -> str:
    return f"asset.recipe.{name}"


def _check_words(name: str, text: str, max_length: int) -> None:
    check_text(_field(name), text, max_length=max_length, reason=Reason.FIELD_INVALID, required=False)


def _check_size(recipe: Recipe) -> None:
    check_range(_field("width"), recipe.width, at_least=MIN_PIXELS, at_most=MAX_PIXELS)
    check_range(_field("height"), recipe.height, at_least=MIN_PIXELS, at_most=MAX_PIXELS)
    if (recipe.width == 0) != (recipe.height == 0):
        lone = "height" if recipe.width == 0 else "width"
        raise invalid_field(_field(lone), "is set alone; width and height go together", "both or neither")


def _check_formats(recipe: Recipe) -> None:
    if not recipe.formats:
        return
    if recipe.width:
        raise invalid_field(_field("formats"), "is set together with width and height", "either of the two")
    if len(recipe.formats) > MAX_FORMATS:
        limit = f"at most {MAX_FORMATS} formats"
        raise invalid_field(_field("formats"), f"names {len(recipe.formats)} formats; it takes {limit}", limit)
    sizes = set()
    for name in recipe.formats:
        size = size_of(name)
        if size is None:
            limit = f"{', '.join(NAMED)}, or WIDTHxHEIGHT with sides of {MIN_PIXELS} to {MAX_PIXELS} pixels"
            raise invalid_field(_field("formats"), f"names {name[:100]!r}; it takes {limit}", limit)
        if size in sizes:
            limit = "different formats"
            raise invalid_field(_field("formats"), f"names {size.width}x{size.height} twice, the last as {name}", limit)
        sizes.add(size)
