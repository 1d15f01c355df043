"""Policy documents: what may stand in one, how one extends another, and the policy that comes out.

A document is checked, brought into one canonical form in which everything is written out, laid over the document that
it extends, and only then read. The canonical form is a document itself: it is what gets published and digested.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from services.moderation.actions import ACTIONS, OF_MODEL, Action, Ladder, Place
from services.moderation.checks import (
    chains_of,
    fields_of,
    flag_of,
    list_of,
    mapping_of,
    name_of,
    number_of,
    text_of,
    version_of,
    word_of,
)
from services.moderation.policy import Policy, Rule
from services.moderation.strict_yaml import PolicyError, read_yaml, write_yaml
from services.workers_ai.hazards import HAZARDS

Document = dict[str, object]
Steps = dict[str, float] | str

FIELDS = (
    "name",
    "version",
    "description",
    "extends",
    "overlap",
    "models",
    "image_models",
    "vote",
    "places",
    "categories",
    "rules",
    "allow",
)
OTHERS = "others"
PLACES = tuple(place.value for place in Place)
RESERVED = ("default",)

# What holds where neither a document nor one that it extends says anything: the careful choice.
_BASE: Document = {
    "overlap": False,
    "models": [],
    "image_models": [],
    "vote": "any",
    "places": {"content": False, "prompt": True, "image": {"judge": True, "required": False}},
    "categories": {OTHERS: dict.fromkeys(PLACES, "block")},
    "rules": {},
    "allow": [],
}
_MAX_RULES = 40
_MAX_PHRASES = 200
_MAX_QUESTION = 500


def read_document(text: str) -> Document:
    """A checked document in canonical form; what it leaves out is left out.

    Raises:
        PolicyError: it is no policy; the message names the path and what may stand there.
    """
    raw = fields_of(read_yaml(text), "", FIELDS, required=("name", "version", "description"))
    document: Document = {
        "name": name_of(raw["name"], "name"),
        "version": version_of(raw["version"], "version"),
        "description": text_of(raw["description"], "description", at_most=300),
    }
    if document["name"] in RESERVED:
        raise PolicyError(f"name: {document['name']!r} means the server's default policy; choose another")
    readers: Mapping[str, Callable[[object, str], object]] = {
        "extends": name_of,
        "overlap": flag_of,
        "models": lambda value, path: chains_of(value, path, sees=False),
        "image_models": lambda value, path: chains_of(value, path, sees=True),
        "vote": lambda value, path: word_of(value, path, ("any", "all")),
        "places": _places,
        "categories": _categories,
        "rules": _rules,
        "allow": _allow,
    }
    return document | {name: read(raw[name], name) for name, read in readers.items() if name in raw}


def extended(document: Document, base: Document | None = None) -> Document:
    """The document laid over another, or over what holds without one.

    Mappings are laid over each other key by key, allowed phrases are added, and anything else is put in place.
    """
    under = _BASE if base is None else base
    merged = {name: _laid(under.get(name), document.get(name)) for name in FIELDS if name in under or name in document}
    merged["allow"] = list(dict.fromkeys((*list_of(under["allow"]), *list_of(document.get("allow", [])))))
    merged.pop("extends", None)
    merged["categories"] = _in_order(mapping_of(merged["categories"]), (OTHERS, *HAZARDS))
    for name, rule in mapping_of(merged["rules"]).items():
        if "question" not in mapping_of(rule):
            raise PolicyError(f"rules.{name}.question: is missing")
    return merged


def policy_of(document: Document) -> Policy:
    """The policy that a document stands for in which nothing is left out."""
    text = write_yaml(document)
    categories = mapping_of(document["categories"])
    others = mapping_of(categories[OTHERS])
    places = mapping_of(document["places"])
    image = mapping_of(places["image"])
    judged = {Place.CONTENT: places["content"], Place.PROMPT: places["prompt"], Place.IMAGE: image["judge"]}
    return Policy(
        name=str(document["name"]),
        version=f"{document['version']}+sha256:{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        description=str(document["description"]),
        document=text,
        places=frozenset(place for place, judge in judged.items() if judge),
        categories={code: _ladders(others | mapping_of(categories.get(code, {}))) for code in HAZARDS},
        rules={name: _rule(mapping_of(rule)) for name, rule in mapping_of(document["rules"]).items()},
        allow=tuple(str(phrase) for phrase in list_of(document["allow"])),
        models=_chains(document["models"]),
        image_models=_chains(document["image_models"]),
        vote="all" if document["vote"] == "all" else "any",
        overlap=document["overlap"] is True,
        required=image["required"] is True,
    )


def _places(value: object, path: str) -> Document:
    raw = fields_of(value, path, PLACES)
    places: Document = {name: flag_of(raw[name], f"{path}.{name}") for name in ("content", "prompt") if name in raw}
    if "image" in raw and isinstance(raw["image"], bool):
        places["image"] = {"judge": raw["image"]}
    elif "image" in raw:
        image = fields_of(raw["image"], f"{path}.image", ("judge", "required"))
        places["image"] = {name: flag_of(flag, f"{path}.image.{name}") for name, flag in image.items()}
    return places


def _categories(value: object, path: str) -> Document:
    raw = fields_of(value, path, (OTHERS, *HAZARDS))
    return {code: _ladder_by_place(actions, f"{path}.{code}") for code, actions in raw.items()}


def _rules(value: object, path: str) -> Document:
    raw = mapping_of(value, path)
    if len(raw) > _MAX_RULES:
        raise PolicyError(f"{path}: has {len(raw)} rules; it takes at most {_MAX_RULES}")
    return {name_of(name, path, of="rule"): _own_rule(rule, f"{path}.{name}") for name, rule in raw.items()}


def _own_rule(value: object, path: str) -> Document:
    raw = fields_of(value, path, ("question", *PLACES))
    question = (
        {"question": text_of(raw["question"], f"{path}.question", at_most=_MAX_QUESTION)} if "question" in raw else {}
    )
    return question | {place: _steps(raw[place], f"{path}.{place}") for place in PLACES if place in raw}


def _allow(value: object, path: str) -> list[str]:
    phrases = list_of(value, path)
    if len(phrases) > _MAX_PHRASES:
        raise PolicyError(f"{path}: has {len(phrases)} phrases; it takes at most {_MAX_PHRASES}")
    return [text_of(phrase, f"{path}[{index}]", at_least=3, at_most=100) for index, phrase in enumerate(phrases)]


def _ladder_by_place(value: object, path: str) -> Document:
    """Actions by place; a single one holds at every place."""
    if isinstance(value, str):
        return dict.fromkeys(PLACES, _steps(value, path))
    raw = fields_of(value, path, PLACES)
    return {place: _steps(raw[place], f"{path}.{place}") for place in PLACES if place in raw}


def _steps(value: object, path: str) -> Steps:
    """An action, or thresholds by action, which have to rise as the actions do."""
    if not isinstance(value, dict):
        return word_of(value, path, tuple(ACTIONS))
    raw = fields_of(value, path, tuple(name for name in ACTIONS if name != "allow"))
    if not raw:
        raise PolicyError(f"{path}: is empty; it takes an action, or actions with thresholds")
    steps = {name: number_of(raw[name], f"{path}.{name}") for name in ACTIONS if name in raw}
    if list(steps.values()) != sorted(set(steps.values())):
        told = ", ".join(f"{name} from {threshold}" for name, threshold in steps.items())
        raise PolicyError(f"{path}: {told}: a graver action takes a higher threshold than a milder one")
    return steps


def _laid(under: object, over: object) -> object:
    if over is None:
        return under
    if isinstance(under, dict) and isinstance(over, dict) and not _is_ladder(over):
        return {
            key: _laid(under.get(key), over.get(key)) for key in (*under, *(key for key in over if key not in under))
        }
    return over


def _in_order(categories: Document, codes: Sequence[str]) -> Document:
    """The same categories in one order, whichever documents they come from: the digest depends on it."""
    places = {code: mapping_of(categories[code]) for code in codes if code in categories}
    return {code: {place: at[place] for place in PLACES if place in at} for code, at in places.items()}


def _is_ladder(value: Mapping[str, object]) -> bool:
    return bool(value) and all(isinstance(threshold, float) for threshold in value.values())


def _ladders(by_place: Mapping[str, object]) -> dict[Place, Ladder]:
    return {place: _ladder(by_place[place.value]) for place in Place}


def _ladder(steps: object) -> Ladder:
    if isinstance(steps, str):
        return Ladder(((ACTIONS[steps], OF_MODEL),))
    return Ladder(tuple((ACTIONS[name], number_of(at, name)) for name, at in mapping_of(steps).items()))


def _rule(rule: Mapping[str, object]) -> Rule:
    unasked = Ladder.of(Action.ALLOW)
    return Rule(str(rule["question"]), {p: _ladder(rule[p.value]) if p.value in rule else unasked for p in Place})


def _chains(value: object) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(name) for name in list_of(chain)) for chain in list_of(value))
