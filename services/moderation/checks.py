"""Checks of single values in a policy document; each error begins with the path of the value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.kit.errors import ServiceError
from services.moderation.strict_yaml import PolicyError
from services.workers_ai.catalogue import guard_model

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")
_MAX_NAME = 40
_MAX_CHAIN = 4

# In place of a chain: the models that the server is set to use.
SERVER = "server"


def fields_of(value: object, path: str, allowed: Sequence[str], required: Sequence[str] = ()) -> dict[str, object]:
    """A mapping that holds none but the allowed keys, and all those required."""
    mapping = mapping_of(value, path)
    inside = f"{path}." if path else ""
    for key in mapping:
        if key not in allowed:
            raise PolicyError(f"{inside}{key[:100]}: is not known; {path or 'a policy'} takes {', '.join(allowed)}")
    for key in required:
        if key not in mapping:
            raise PolicyError(f"{inside}{key}: is missing")
    return mapping


def mapping_of(value: object, path: str = "") -> dict[str, object]:
    """A mapping with texts for keys."""
    if not isinstance(value, dict):
        raise PolicyError(f"{path or 'the document'}: is {_shown(value)}; it takes a mapping")
    return value


def list_of(value: object, path: str = "") -> list[object]:
    """A list."""
    if not isinstance(value, list):
        raise PolicyError(f"{path}: is {_shown(value)}; it takes a list")
    return value


def text_of(value: object, path: str, *, at_least: int = 1, at_most: int) -> str:
    """A text on one line, of so many code points."""
    text = " ".join(value.split()) if isinstance(value, str) else None
    if text is None or not at_least <= len(text) <= at_most:
        raise PolicyError(f"{path}: is {_shown(value)}; it takes a text of {at_least} to {at_most} characters")
    return text


def name_of(value: object, path: str, of: str = "policy") -> str:
    """The name of a policy or a rule."""
    if not isinstance(value, str) or len(value) > _MAX_NAME or not _NAME.fullmatch(value):
        what = f"{path}: {_shown(value)} is no name of a {of}"
        raise PolicyError(f"{what}; it takes lower case letters, digits, - and _, at most {_MAX_NAME}")
    return value


def version_of(value: object, path: str) -> str:
    """A version, as the document states it."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _VERSION.fullmatch(text):
        raise PolicyError(
            f"{path}: is {_shown(value)}; it takes a number or a word like 2026-11, at most 20 characters"
        )
    return text


def flag_of(value: object, path: str) -> bool:
    """On or off."""
    if not isinstance(value, bool):
        raise PolicyError(f"{path}: is {_shown(value)}; it takes on or off")
    return value


def word_of(value: object, path: str, words: Sequence[str]) -> str:
    """One of some words."""
    if not isinstance(value, str) or value not in words:
        raise PolicyError(f"{path}: is {_shown(value)}; it takes {', '.join(words)}")
    return value


def number_of(value: object, path: str) -> float:
    """A threshold: above 0, because everything has some probability, up to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise PolicyError(f"{path}: is {_shown(value)}; it takes a threshold above 0, up to 1")
    return float(value)


def chains_of(value: object, path: str, *, sees: bool) -> list[object]:
    """Voters: models, lists of models of which the first that answers votes, or "server" for the server's own."""
    return [_chain(chain, f"{path}[{index}]", sees) for index, chain in enumerate(list_of(value, path))]


def _chain(value: object, path: str, sees: bool) -> list[str]:
    if value in (SERVER, [SERVER]):
        return [SERVER]
    names = value if isinstance(value, list) else [value]
    if not 1 <= len(names) <= _MAX_CHAIN:
        raise PolicyError(f"{path}: has {len(names)} models; it takes 1 to {_MAX_CHAIN}")
    return [_model(name, path, sees) for name in names]


def _model(value: object, path: str, sees: bool) -> str:
    if not isinstance(value, str):
        raise PolicyError(f"{path}: is {_shown(value)}; it takes the name of a model")
    try:
        row = guard_model(value)
    except ServiceError as error:
        raise PolicyError(f"{path}: {error.message}") from None
    if sees and not row.sees:
        raise PolicyError(f"{path}: {value} sees no pictures; set @cf/cloudflare/clef-flash")
    return value


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "empty" if value is None else repr(value)[:100]
