"""Reads a prompt into a scene brief: where, when, in which light and look, and which things are surely named."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.local.illustrator import nouns, words
from services.local.illustrator.palette import NAMED

_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_IRREGULAR = {
    "men": "man", "women": "woman", "fishermen": "fisherman", "children": "child", "people": "people", "leaves": "leaf", "wolves": "wolf",
    "geese": "goose", "mice": "mouse", "businessmen": "businessman", "craftsmen": "craftsman", "loaves": "loaf", "firemen": "fireman", "glass": "glass",
    "bus": "bus", "buses": "bus", "canvas": "canvas", "tennis": "tennis", "chess": "chess", "business": "business", "this": "this", "us": "us", "is": "is",
    "was": "was", "lens": "lens", "less": "less", "across": "across", "grass": "grass", "always": "always", "iris": "iris", "gas": "gas", "moss": "moss",
    "cosmos": "cosmos", "columns": "column", "species": "species", "series": "series", "oasis": "oasis", "cactus": "cactus", "octopus": "octopus",
    "campus": "campus", "atlas": "atlas", "compass": "compass", "christmas": "christmas", "process": "process", "progress": "progress", "success": "success", "shelves": "shelf", "knives": "knife",
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "solitary": 1, "two": 2, "pair": 2, "couple": 2, "both": 2, "three": 3, "trio": 3, "four": 4, "five": 5,
    "several": 4, "many": 5, "row": 4, "flock": 6, "fleet": 4, "herd": 4, "school": 6, "dozens": 6, "colony": 6, "few": 3, "shoal": 6, "rows": 5,
}  # fmt: skip
_REFUSALS = {"no", "without", "not", "never", "avoid", "excluding", "minus"}
# Words that are colours only beside other words of colour; elsewhere they are fish, fruit, flowers and metals.
_AMBIGUOUS = {
    "coral", "salmon", "peach", "rose", "gold", "golden", "silver", "copper", "bronze", "olive", "plum", "lemon", "lime", "mint", "sage", "sand", "slate",
    "chocolate", "cream", "lavender", "lilac", "orange", "amber", "rust", "tan", "violet", "mustard", "tangerine", "emerald", "ivory", "charcoal", "magenta",
}  # fmt: skip
_COLOUR_TALK = {
    "palette",
    "tone",
    "hue",
    "shade",
    "colour",
    "color",
    "accent",
    "tint",
    "pastel",
    "background",
    "scheme",
    "highlight",
    "gradient",
    "light",
    "deep",
    "pale",
    "soft",
    "muted",
    "bright",
    "dark",
    "warm",
    "monochrome",
}
_BEFORE_PLACE = {
    "in",
    "on",
    "at",
    "over",
    "across",
    "along",
    "beside",
    "near",
    "through",
    "into",
    "inside",
    "by",
    "onto",
    "above",
    "around",
    "under",
    "from",
    "against",
    "overlooking",
}
_OUTLOOK = {"overlooking", "window", "outside", "view", "beyond", "windows"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing the prompt names: the drawing's name, its role, how many, its own colour ("" if none), how sure (0 to 1).

    A `theme` is an idea that the drawing stands for, rather than the thing itself.
    """

    name: str
    role: str = ""
    count: int = 1
    colour: str = ""
    confidence: float = 1.0
    position: int = 0
    theme: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """What is to be painted; an empty string means that the prompt does not say."""

    setting: str
    season: str
    weather: str
    hour: str
    mood: str
    look: str
    framing: str
    colours: tuple[str, ...]
    subjects: tuple[Mention, ...]
    outlook: str = ""
    aurora: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    start: int
    end: int
    role: str = ""


def lemma(word: str) -> str:
    """The dictionary form of an English noun, roughly: plural endings and possessives off."""
    word = re.sub(r"['’]s$", "", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def tokens(text: str) -> list[str]:
    """The lower-case words of a text."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(lemma(word) for word in tokens(text))


@functools.cache
def _table(kind: str) -> dict[tuple[str, ...], tuple[str, str]]:
    sources: dict[str, Mapping[str, str]] = {
        "setting": words.SETTINGS, "season": words.SEASONS, "weather": words.WEATHER, "hour": words.HOURS, "mood": words.MOODS,
        "look": words.LOOKS, "framing": words.FRAMINGS, "subject": nouns.SUBJECTS, "idle": {"idle": words.IDLE},
    }  # fmt: skip
    table: dict[tuple[str, ...], tuple[str, str]] = {}
    for name, listed in sources[kind].items():
        for entry in listed.split(","):
            word, _, role = entry.strip().partition(":")
            table.setdefault(_phrase(word), (name, role))
    return table


def _find(lemmas: list[str], kind: str, masked: set[int]) -> list[_Found]:
    table = _table(kind)
    found, at = [], 0
    while at < len(lemmas):
        for length in (4, 3, 2, 1):
            span = range(at, at + length)
            hit = table.get(tuple(lemmas[at : at + length])) if at + length <= len(lemmas) else None
            if hit and not masked.intersection(span):
                found.append(_Found(hit[0], at, at + length, hit[1]))
                at += length - 1
                break
        at += 1
    return found


_CERTAIN = ("night", "dusk", "dawn", "sunset")


def _first(found: list[_Found], refused: set[int]) -> str:
    """The name that comes first; a word that fixes the hour comes before one that only describes the light."""
    allowed = [f for f in found if f.start not in refused]
    return min(allowed, key=lambda f: (f.name not in _CERTAIN, f.start)).name if allowed else ""


def _refused(raw: list[str], text: str) -> set[int]:
    """Places of the words that stand behind a "no" or "without", up to the end of the clause."""
    breaks, at = set(), 0
    for piece in re.split(r"[,.;:!?\n]", text.lower().replace("’", "'")):
        at += len(_WORD.findall(piece))
        breaks.add(at)
    refused: set[int] = set()
    for i, word in enumerate(raw):
        if word in _REFUSALS:
            for j in range(i + 1, min(i + 5, len(raw))):
                if j in breaks or raw[j] in {"but", "with", "only", "on", "in", "at"}:
                    break
                refused.add(j)
    return refused


def _setting(lemmas: list[str], found: list[_Found], refused: set[int]) -> tuple[str, str]:
    scores: dict[str, float] = {}
    outlook = ""
    for hit in found:
        if hit.start in refused:
            continue
        before = lemmas[max(hit.start - 4, 0) : hit.start]
        if _OUTLOOK.intersection(before):
            outlook = outlook or hit.name
            continue
        place = 1.2 if _BEFORE_PLACE.intersection(before) else 0.0
        scores[hit.name] = scores.get(hit.name, 0.0) + 1 + 0.5 * (hit.end - hit.start - 1) + place - 0.01 * hit.start
    if not scores:
        return "", outlook
    return max(scores, key=lambda name: scores[name]), outlook


def _mentions(
    raw: list[str], lemmas: list[str], found: list[_Found], refused: set[int]
) -> tuple[list[Mention], set[int]]:
    mentions: dict[str, Mention] = {}
    used_colours: set[int] = set()
    for hit in found:
        if hit.start in refused:
            continue
        before = range(max(hit.start - 2, 0), hit.start)
        colour_at = next((i for i in reversed(before) if raw[i] in NAMED), None)
        if colour_at is not None:
            used_colours.add(colour_at)
        last = raw[hit.end - 1]
        numbers = [_NUMBERS[raw[i]] for i in range(max(hit.start - 3, 0), hit.start) if raw[i] in _NUMBERS]
        plural = lemma(last) != last and hit.name not in ("group", "team")
        count = max(numbers) if numbers and max(numbers) > 1 else 3 if plural else 1
        theme = " ".join(lemmas[hit.start : hit.end]) in nouns.THEMES
        colour = raw[colour_at] if colour_at is not None else ""
        mention = Mention(hit.name, hit.role, count, colour, 1.0, hit.start, theme)
        key = hit.name + hit.role
        if key not in mentions:
            mentions[key] = mention
    return sorted(mentions.values(), key=lambda m: m.position), used_colours


def _is_colour(raw: list[str], lemmas: list[str], at: int) -> bool:
    """Whether the word at a place is meant as a colour."""
    if (
        raw[at] not in NAMED
        or lemmas[at : at + 2] == ["green", "energy"]
        or lemmas[at + 1 : at + 2] in (["hour"], ["sky"], ["house"])
    ):
        return False
    if raw[at] not in _AMBIGUOUS:
        return True
    near = [*range(max(at - 3, 0), at), *range(at + 1, min(at + 4, len(raw)))]
    return any(lemmas[i] in _COLOUR_TALK or (raw[i] in NAMED and raw[i] != raw[at]) for i in near)


_GENERAL = {
    "bird": {"puffin", "seabird"}, "seabird": {"puffin"}, "boat": {"sailboat", "rowing boat"}, "tall ship": {"cargo ship"},
    "plate": {"bread", "cake", "vegetables", "croissant", "fruit bowl"}, "computer": {"laptop"}, "bicycle": {"cyclist"}, "book": {"books"}, "tree": {"blossom tree", "spruce", "palm"},
    "fruit bowl": {"market stall", "apple"}, "vegetables": {"market stall"}, "flower": {"sunflower", "vase"}, "robot": {"robot arm"}, "car": {"lorry", "bus"}, "factory": {"robot arm"}, "bread": {"cake", "croissant"},
}  # fmt: skip
_PEOPLE = {"person", "child", "group", "team", "handshake", "cyclist"}


def _banned(text: str) -> tuple[set[str], set[str]]:
    """Drawings and colours that a negative prompt names; "people" bans every drawing with people."""
    raw = tokens(text)
    lemmas = [lemma(word) for word in raw]
    names = {hit.name for hit in _find(lemmas, "subject", set())}
    if names & {"person", "group"} and not any(hit.role for hit in _find(lemmas, "subject", set())):
        names |= _PEOPLE
    for word, group in nouns.KINDS.items():
        if word in lemmas:
            names |= set(group)
    return names, {word for word in raw if word in NAMED}


def read_brief(prompt: str, negative_prompt: str = "") -> Brief:
    """The brief of a prompt; what `negative_prompt` names is left out of it."""
    raw = tokens(prompt)
    lemmas = [lemma(word) for word in raw]
    refused = _refused(raw, prompt)
    masked = {i for hit in _find(lemmas, "idle", set()) for i in range(hit.start, hit.end)}
    looks = _find(lemmas, "look", set())
    masked |= {i for hit in looks for i in range(hit.start, hit.end)}
    found = {
        kind: _find(lemmas, kind, masked)
        for kind in ("setting", "season", "weather", "hour", "mood", "framing", "subject")
    }
    lighting = {i for hit in found["hour"] for i in range(hit.start, hit.end)}
    found["mood"] = [hit for hit in found["mood"] if hit.start not in lighting]
    banned, banned_colours = _banned(negative_prompt)
    mentions, owned = _mentions(raw, lemmas, found["subject"], refused)
    mentions = [m for m in mentions if m.name not in banned]
    setting, outlook = _setting(lemmas, found["setting"], refused)
    colours = tuple(
        dict.fromkeys(
            w for i, w in enumerate(raw) if w in NAMED and i not in owned | refused | masked and w not in banned_colours
        )
    )
    return Brief(
        setting=setting,
        season=_first(found["season"], refused),
        weather=_first(found["weather"], refused),
        hour=_first(found["hour"], refused),
        mood=_first(found["mood"], refused),
        look=looks[0].name if looks else "",
        framing=_first(found["framing"], refused),
        colours=colours[:4],
        subjects=tuple(_without_doubles(mentions, banned_colours)),
        outlook=outlook,
        aurora=any(word in lemmas for word in ("aurora",)) or "northern lights" in prompt.lower(),
    )


def _without_doubles(mentions: list[Mention], banned_colours: set[str]) -> list[Mention]:
    """The mentions without themes beside things, and without general words for what a closer word names already."""
    if any(not m.theme for m in mentions):
        mentions = [m for m in mentions if not m.theme]
    elif mentions:
        mentions = mentions[:1]
    roles = any(m.role for m in mentions)
    names = {m.name for m in mentions}
    kept = []
    for mention in mentions:
        if (
            mention.name == "person"
            and not mention.role
            and (roles or names & {"team", "handshake", "cyclist", "group"})
        ):
            continue
        if mention.name == "group" and (roles or names & {"team", "child"}):
            continue
        if mention.name in _GENERAL and names & _GENERAL[mention.name]:
            continue
        if mention.colour in banned_colours:
            mention = replace(mention, colour="")
        kept.append(mention)
    return kept[:6]
