"""Recipes as requests hold them: a JSON object, or fields of a query or form. No I/O.

Purposes may be written as people do, "marketing" for PURPOSE_MARKETING, and in a query a list may be given as
repeated fields or with commas. What the values mean, and whether they are in range, is the orchestrator's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.recipe_pb2 import Purpose

from gateway.messages import names_of, one_each, parse, refuse_unknown, truth

NAMES = names_of(pb.Recipe.DESCRIPTOR)
LISTS = ("formats",)
PURPOSES = {name.removeprefix("PURPOSE_").lower(): name for name in Purpose.keys()[1:]}


def from_json(document: Mapping[str, object]) -> dict[str, object]:
    """The recipe of a JSON body in the spelling of protobuf's JSON.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    refuse_unknown(document, NAMES, "recipe.")
    return _spelled(document)


def from_pairs(pairs: Iterable[tuple[str, str]]) -> pb.Recipe:
    """The recipe of a query or a form.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    values = one_each(pairs, LISTS)
    refuse_unknown(values, NAMES)
    if isinstance(overlap := values.get("overlap"), str):
        values["overlap"] = truth("overlap", overlap)
    recipe = pb.Recipe()
    parse(_spelled(values), recipe, "query")
    return recipe


def _spelled(document: Mapping[str, object]) -> dict[str, object]:
    purpose = document.get("purpose")
    known = PURPOSES.get(purpose.lower()) if isinstance(purpose, str) else None
    return {**document, "purpose": known} if known else dict(document)
