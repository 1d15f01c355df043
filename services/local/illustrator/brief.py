"""Reads a prompt into a scene brief: where, when, in which light and look, and which things are surely named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from services.local.illustrator import cues, nouns, staging, themes
from services.local.illustrator.language import NUMBERS, Found, find, lemma, tokens
from services.local.illustrator.palette import NAMED
from services.local.illustrator.senses import is_meant
from services.local.illustrator.subjects import ANIMALS


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing the prompt names: the drawing's name, its role, how many, its own colour ("" if none), how sure.

    `confidence` is 0 to 1. A `theme` is an idea that the drawing stands for, rather than the thing itself.
    """

    name: str
    role: str = ""
    count: int = 1
    colour: str = ""
    confidence: float = 1.0
    position: int = 0
    theme: bool = False
    far: bool = False
    central: bool = False


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


_CERTAIN = ("night", "dusk", "dawn", "sunset")


def _first(found: list[Found], refused: set[int]) -> str:
    """The name that comes first; a word that fixes the hour comes before one that only describes the light."""
    allowed = [f for f in found if f.start not in refused]
    return min(allowed, key=lambda f: (f.name not in _CERTAIN, f.start)).name if allowed else ""


def _breaks(text: str) -> set[int]:
    """Places of the words before which a clause ends."""
    breaks, at = set(), 0
    for piece in re.split(r"[,.;:!?\n]", text.lower().replace("’", "'")):
        at += len(tokens(piece))
        breaks.add(at)
    return breaks


_MANNER = re.compile(
    r"\b(?:colou?rs of|photograph\w*|illustration|painting|portrait|lens|focus|print|study|abstraction|grain|render)\b|"
    r"^\s*(?:an? )?(?:sense of|air of|mood of|\w+ (?:and \w+ )?mood|tense stillness|peaceful stillness)"
)


def _manner(text: str) -> set[int]:
    """Places of the words of later sentences that only say in which mood, colours and technique to paint."""
    places: set[int] = set()
    at = 0
    for number, sentence in enumerate(re.split(r"(?<=[.!?])\s+", text.lower().replace("’", "'"))):
        length = len(tokens(sentence))
        if number and _MANNER.search(sentence):
            places.update(range(at, at + length))
        at += length
    return places


def _refused(raw: list[str], breaks: set[int]) -> set[int]:
    """Places of the words that stand behind a "no" or "without", up to the end of the clause."""
    refused: set[int] = set()
    for i, word in enumerate(raw):
        if word in cues.REFUSALS:
            for j in range(i + 1, min(i + 5, len(raw))):
                if j in breaks or raw[j] in {"but", "with", "only", "on", "in", "at"}:
                    break
                refused.add(j)
    return refused


def _setting(lemmas: list[str], found: list[Found], refused: set[int]) -> tuple[str, str]:
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
    if not scores:
        return "", outlook
    if "lake" in scores and scores.keys() & {"mountains", "forest"}:
        return "lake", outlook
    return max(scores, key=lambda name: scores[name]), outlook


def _mentions(
    raw: list[str], lemmas: list[str], found: list[Found], refused: set[int], breaks: set[int]
) -> tuple[list[Mention], set[int]]:
    mentions: dict[str, Mention] = {}
    used_colours: set[int] = set()
    for number, hit in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if hit.start in refused or not is_meant(hit, following, raw, lemmas, breaks):
            continue
        after = " ".join(raw[hit.end : hit.end + 8])
        before = range(max(hit.start - 2, 0), hit.start)
        colour_at = next((i for i in reversed(before) if raw[i] in NAMED), None)
        if colour_at is not None:
            used_colours.add(colour_at)
        head = raw[hit.start : hit.end].index("of") - 1 if "of" in raw[hit.start : hit.end] else -1
        last = raw[hit.start : hit.end][head]
        numbers = [NUMBERS[raw[i]] for i in range(max(hit.start - 3, 0), hit.start) if raw[i] in NUMBERS]
        plural = lemma(last) != last and hit.name not in cues.TOGETHER
        plural = plural or last in cues.SAME_IN_PLURAL
        numbers = [] if hit.name in cues.TOGETHER else numbers
        count = max(numbers) if numbers and max(numbers) > 1 else 3 if plural else 1
        theme = " ".join(lemmas[hit.start : hit.end]) in themes.THEMES
        colour = raw[colour_at] if colour_at is not None else ""
        mention = Mention(
            hit.name, hit.role, count, colour, 1.0, hit.start, theme, staging.is_far(after), staging.is_central(after)
        )
        key = hit.name + hit.role
        if key not in mentions or (mentions[key].theme and not theme):
            mentions[key] = mention
    return sorted(mentions.values(), key=lambda m: m.position), used_colours


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


_GENERAL = {
    "bird": {"puffin", "seabird"},
    "seabird": {"puffin"},
    "boat": {"sailboat", "rowing boat"},
    "tall ship": {"cargo ship"},
    "plate": {"bread", "cake", "vegetables", "croissant", "fruit bowl"},
    "computer": {"laptop"},
    "bicycle": {"cyclist"},
    "book": {"books"},
    "tree": {"blossom tree", "spruce", "palm"},
    "fruit bowl": {"market stall", "apple"},
    "vegetables": {"market stall"},
    "flower": {"sunflower", "vase"},
    "robot": {"robot arm"},
    "car": {"lorry", "bus"},
    "factory": {"robot arm"},
    "bread": {"cake", "croissant"},
}
_PEOPLE = {"person", "child", "group", "team", "handshake", "cyclist"}


def _banned(text: str) -> tuple[set[str], set[str]]:
    """Drawings and colours that a negative prompt names; "people" bans every drawing with people."""
    raw = tokens(text)
    lemmas = [lemma(word) for word in raw]
    masked = {i for hit in find(lemmas, "idle", set()) for i in range(hit.start, hit.end)}
    names = {hit.name for hit in find(lemmas, "subject", masked)}
    if names & {"person", "group"} and not any(hit.role for hit in find(lemmas, "subject", set())):
        names |= _PEOPLE
    for word, group in nouns.KINDS.items():
        if word in lemmas:
            names |= set(group)
    if "animal" in lemmas:
        names |= ANIMALS
    return names, {word for word in raw if word in NAMED}


def read_brief(prompt: str, negative_prompt: str = "") -> Brief:
    """The brief of a prompt; what `negative_prompt` names is left out of it."""
    raw = tokens(prompt)
    lemmas = [lemma(word) for word in raw]
    breaks = _breaks(prompt)
    manner = _manner(prompt)
    refused = _refused(raw, breaks)
    masked = {i for hit in find(lemmas, "idle", set()) for i in range(hit.start, hit.end)}
    looks = find(lemmas, "look", set())
    masked |= {i for hit in looks for i in range(hit.start, hit.end)}
    told = {"setting", "subject"}
    found = {
        kind: find(lemmas, kind, masked | manner if kind in told else masked)
        for kind in ("setting", "season", "weather", "hour", "mood", "framing", "subject")
    }
    lighting = {i for hit in found["hour"] for i in range(hit.start, hit.end)}
    found["mood"] = [hit for hit in found["mood"] if hit.start not in lighting]
    sky = {hit.start for kind in ("weather", "hour") for hit in found[kind] if hit.end - hit.start == 1} | {
        i for hit in found["weather"] for i in range(hit.start, hit.end)
    }
    found["subject"] = [hit for hit in found["subject"] if hit.end - hit.start > 1 or hit.start not in sky]
    whole = {i for hit in found["subject"] if hit.end - hit.start > 1 for i in range(hit.start, hit.end)}
    found["setting"] = [hit for hit in found["setting"] if hit.end - hit.start > 1 or hit.start not in whole]
    banned, banned_colours = _banned(negative_prompt)
    mentions, owned = _mentions(raw, lemmas, found["subject"], refused, breaks)
    mentions = [m for m in mentions if m.name not in banned]
    setting, outlook = _setting(lemmas, found["setting"], refused)
    shown = {
        i
        for hit in found["setting"]
        if hit.name == setting and hit.name in staging.SELF_SHOWN
        for i in range(hit.start, hit.end)
    }
    mentions = [m for m in mentions if m.position not in shown]
    if staging.in_a_room(setting):
        mentions = [m for m in mentions if m.name not in staging.FIXTURES or m.central]
    stage, surface = staging.staged(prompt)
    setting = stage or setting
    scenery = {hit.start - 1 for kind in ("setting", "weather") for hit in found[kind]}
    left_out = owned | refused | lighting
    meant = (w for i, w in enumerate(raw) if i not in left_out and _is_colour(raw, lemmas, i, scenery))
    colours = tuple(dict.fromkeys(w for w in meant if w not in banned_colours))
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
        surface=surface,
    )


# What a figure in a role already has in its hands.
_CARRIES = {
    "musician": "guitar",
    "singer": "microphone",
    "traveller": "suitcase",
    "photographer": "camera",
    "fisherman": "fishing net",
    "farmer": "shovel",
    "scientist": "flask",
    "winner": "trophy",
    "doctor": "stethoscope",
    "reader": "book",
    "baker": "bread",
    "diver": "",
    "barista": "coffee cup",
}


_EMPTY_HANDED = {"", "business", "walker", "waver", "speaker", "traveller", "elder"}


def _with_book(mentions: list[Mention]) -> list[Mention]:
    """Puts a book into the hands of a person of no other calling."""
    if not any(m.name == "book" for m in mentions):
        return mentions
    return [replace(m, role="reader") if m.name == "person" and not m.role else m for m in mentions]


def _with_umbrella(mentions: list[Mention]) -> list[Mention]:
    """Puts an umbrella into the hands of the person beside it."""
    umbrella = next((m for m in mentions if m.name == "umbrella"), None)
    holder = next((m for m in mentions if m.name == "person" and m.role in _EMPTY_HANDED), None)
    if umbrella is None or holder is None:
        return mentions
    held = replace(holder, role="umbrella", colour=umbrella.colour or holder.colour)
    return [held if m is holder else m for m in mentions if m is not umbrella]


def _without_doubles(mentions: list[Mention], banned_colours: set[str]) -> list[Mention]:
    """The mentions without themes beside things, and without general words for what a closer word names already."""
    if any(not m.theme for m in mentions):
        mentions = [m for m in mentions if not m.theme]
    elif mentions:
        mentions = mentions[:1]
    mentions = _with_book(_with_umbrella(mentions))
    roles = any(m.role for m in mentions)
    names = {m.name for m in mentions} | {_CARRIES.get(m.role, "") for m in mentions}
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.name == kept[-1].name == "person" and mention.position == kept[-1].position + 1:
            continue
        if (
            mention.name == "person"
            and not mention.role
            and (roles or names & {"team", "handshake", "cyclist", "group"})
        ):
            continue
        if (
            mention.name in _CARRIES.values()
            and mention.name not in {m.name for m in mentions if m.position < mention.position}
            and any(_CARRIES.get(m.role) == mention.name for m in mentions)
        ):
            continue
        if mention.name == "group" and (roles or names & {"team", "child", "handshake"}):
            continue
        if mention.name in _GENERAL and names & _GENERAL[mention.name]:
            continue
        if mention.colour in banned_colours:
            mention = replace(mention, colour="")
        kept.append(mention)
    return kept[:7]
