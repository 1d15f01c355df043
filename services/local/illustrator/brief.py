"""Reads a prompt into a scene brief: where, when, in which light and look, and which things are surely named."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from services.local.illustrator import company, cues, grammar, staging
from services.local.illustrator.banned import Banned, read_banned
from services.local.illustrator.language import Found, find
from services.local.illustrator.mention import Mention
from services.local.illustrator.mentions import PEOPLE, mentions, without_doubles
from services.local.illustrator.palette import NAMED
from services.local.illustrator.senses import NoSenses, Senses


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
    surface: str = ""
    indoors: bool = False


_CERTAIN = ("night", "dusk", "dawn", "sunset")


def _first(found: list[Found], refused: Set[int]) -> str:
    """The name that comes first; a word that fixes the hour comes before one that only describes the light."""
    allowed = [f for f in found if f.start not in refused]
    return min(allowed, key=lambda f: (f.name not in _CERTAIN, f.start)).name if allowed else ""


def _setting(lemmas: list[str], found: list[Found], refused: Set[int], people: bool) -> tuple[str, str]:
    """The place and what is seen from it; `people` are not put into a kitchen for the one word "table"."""
    scores: dict[str, float] = {}
    outlook = ""
    for hit in found:
        if hit.start in refused:
            continue
        before = lemmas[max(hit.start - 4, 0) : hit.start]
        if cues.OUTLOOK.intersection(before) and "from" not in before and "wide" not in before:
            outlook = outlook or hit.name
            continue
        if hit.end - hit.start == 1 and lemmas[hit.start] in cues.WEAK:
            scores[hit.name] = scores.get(hit.name, 0.0) + 0.4
            continue
        place = 1.2 if cues.BEFORE_PLACE.intersection(before) else 0.0
        scores[hit.name] = scores.get(hit.name, 0.0) + 1 + 0.5 * (hit.end - hit.start - 1) + place - 0.01 * hit.start
    if not scores or (people and max(scores.values()) < 0.8):
        return "", outlook
    for water in ("lake", "river"):
        if water in scores and scores.keys() & {"mountains", "forest"}:
            return water, outlook
    return max(scores, key=lambda name: scores[name]), outlook


def _is_colour(raw: list[str], lemmas: list[str], at: int, scenery: set[int]) -> bool:
    """Whether a word is meant as a colour of the picture; `scenery` holds the places before words of setting."""
    if (
        raw[at] not in NAMED
        or lemmas[at : at + 2] == ["green", "energy"]
        or lemmas[at + 1 : at + 2] in (["hour"], ["sky"], ["house"])
    ):
        return False
    if raw[at] not in cues.AMBIGUOUS:
        return at not in scenery
    near = [*range(max(at - 3, 0), at), *range(at + 1, min(at + 4, len(raw)))]
    return any(lemmas[i] in cues.COLOUR_TALK or (raw[i] in NAMED and raw[i] not in cues.AMBIGUOUS) for i in near)


def _hits(reading: grammar.Reading) -> dict[str, list[Found]]:
    """The phrases of every table that the prompt uses in that table's sense."""
    lemmas = reading.lemmas
    masked = {i for hit in find(lemmas, "idle", set()) for i in range(hit.start, hit.end)}
    looks = find(lemmas, "look", set())
    masked |= {i for hit in looks for i in range(hit.start, hit.end)}
    told = {"setting", "subject"}
    found = {
        kind: find(lemmas, kind, masked | reading.manner if kind in told else masked)
        for kind in ("setting", "season", "weather", "hour", "mood", "framing", "subject")
    }
    found["look"] = looks
    lighting = {i for hit in found["hour"] for i in range(hit.start, hit.end)}
    found["mood"] = [hit for hit in found["mood"] if hit.start not in lighting]
    sky = {hit.start for kind in ("weather", "hour") for hit in found[kind] if hit.end - hit.start == 1} | {
        i for hit in found["weather"] for i in range(hit.start, hit.end)
    }
    found["subject"] = [hit for hit in found["subject"] if hit.end - hit.start > 1 or hit.start not in sky]
    whole = {i for hit in found["subject"] if hit.end - hit.start > 1 for i in range(hit.start, hit.end)}
    found["setting"] = [
        hit
        for hit in found["setting"]
        if (hit.end - hit.start > 1 or hit.start not in whole)
        and hit.start not in reading.likened
        and not grammar.is_expanse(reading, hit)
        and not _is_modifier(reading, hit, found["setting"])
    ]
    return found


def _is_modifier(reading: grammar.Reading, hit: Found, found: list[Found]) -> bool:
    """Whether another word of place follows at once: a city street is a street."""
    followed = hit.end not in reading.breaks and any(other.start == hit.end for other in found)
    return followed and reading.lemmas[hit.end - 1] not in cues.REGIONS


def _not_shown(reading: grammar.Reading, places: list[Found], setting: str, named: list[Mention]) -> list[Mention]:
    """The mentions without those that the setting shows by itself."""
    shown = {
        i
        for hit in places
        if hit.name == setting and hit.name in staging.SELF_SHOWN and hit.start not in reading.refused
        for i in range(hit.start, hit.end)
    }
    return [m for m in named if m.position not in shown or m.name in PEOPLE]


def _colours(
    reading: grammar.Reading, found: dict[str, list[Found]], owned: Set[int], banned: Banned
) -> tuple[str, ...]:
    raw, lemmas = reading.raw, reading.lemmas
    lighting = {i for hit in found["hour"] for i in range(hit.start, hit.end)}
    scenery = {hit.start - 1 for kind in ("setting", "weather") for hit in found[kind]}
    left_out = owned | reading.refused | lighting
    meant = (w for i, w in enumerate(raw) if i not in left_out and _is_colour(raw, lemmas, i, scenery))
    return tuple(dict.fromkeys(w for w in meant if w not in banned.colours))[:4]


def read_brief(prompt: str, negative_prompt: str = "", senses: Senses | None = None) -> Brief:
    """The brief of a prompt; what `negative_prompt` names is left out of it.

    `senses` tells words of several senses apart; without it they name nothing.
    """
    reading, banned = grammar.read(prompt), read_banned(negative_prompt)
    found = {kind: [hit for hit in hits if hit.name not in banned.of(kind)] for kind, hits in _hits(reading).items()}
    named, owned = mentions(reading, found["subject"], senses or NoSenses())
    stage, surface = staging.staged(prompt)
    people = bool(named) and named[0].leading and named[0].name in PEOPLE
    setting, outlook = _setting(reading.lemmas, found["setting"], reading.refused, people)
    # An idea needs no emblem where there is a place to see.
    named = [m for m in named if not (m.theme and setting and not stage)]
    named = named if stage else _not_shown(reading, found["setting"], setting, named)
    refused = reading.refused
    shown = company.kept_together(reading, without_doubles(reading, named, banned.colours))
    return Brief(
        setting=stage or setting or staging.void(prompt),
        season=_first(found["season"], refused),
        weather=_first(found["weather"], refused),
        hour=_first(found["hour"], refused),
        mood=_first(found["mood"], refused),
        look=_first(found["look"], refused),
        framing=_first(found["framing"], refused),
        colours=_colours(reading, found, owned, banned),
        subjects=tuple(company.with_named_tools(reading, shown)),
        outlook=outlook,
        aurora="aurora" in reading.lemmas or "northern lights" in prompt.lower(),
        surface=surface,
        indoors=staging.lit_by_a_window(prompt),
    )
