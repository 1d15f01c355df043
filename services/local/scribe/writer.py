"""Turns a brief into prompts: every variant gets its own idea, light, mood, colours and style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from services.local.scribe.art import Art, Craft, Light
from services.local.scribe.brief import Brief, digest
from services.local.scribe.candidates import indefinite
from services.local.scribe.depiction import Depiction, depict
from services.local.scribe.direction import Direction
from services.local.scribe.ideas import IDEAS
from services.local.scribe.lexicon import Lexicon
from services.local.scribe.scene import Idea, Scene
from services.local.scribe.text import shorten

MAX_WORDS = 60
MIN_WORDS = 20
MAX_ALT = 200
MAX_STYLE = 160

_HARMLESS = ("animal", "plant", "food", "thing", "vehicle")
_SHOWING = ("hero", "wide", "people", "metaphor", "detail", "still", "aerial", "abstract")
_THINKING = ("metaphor", "hero", "still", "people", "wide", "detail", "abstract", "aerial")
_EMPTY = ("abstract", "metaphor", "still", "wide", "detail", "hero", "people", "aerial")
# Ideas that a presentation shows before a plain ground instead of in their setting.
_ON_GROUND = ("hero", "people", "still", "detail")
_PHOTOGRAPHIC = re.compile(r"photo|cinematic|drone|macro|lens|film|35 ?mm|reportage|documentary|realis", re.I)
_COLOURS = re.compile(r"monochrom|black.and.white|\bcolou?r|palette|sepia|pastel|neon|gr[ae]yscale|duotone", re.I)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt, with an English alternative text and what other languages describe it by."""

    prompt: str
    negative_prompt: str
    alt_text: str
    shows: Depiction


class Writer:
    """Writes prompts from briefs; pure and thread-safe."""

    def __init__(self, art: Art, lexicon: Lexicon) -> None:
        self._art = art
        self._lexicon = lexicon

    def write(self, brief: Brief, count: int, direction: Direction, seed: int) -> list[Prompt]:
        """`count` prompts with different ideas; up to eight are of different kinds, more begin the round again."""
        random = Random(digest(f"{brief.digest}|{direction.style}|{seed}"))
        turn = random.randrange(12)
        order = self.order(brief, direction)
        return [self._allowed(brief, order, number, direction, random, turn + number) for number in range(count)]

    def calm(self, brief: Brief, direction: Direction, seed: int, opening: str) -> Prompt | None:
        """A wide view of the setting with harmless things in it; None where nothing is left to show."""
        if brief.setting.key == "abstract" and not brief.subjects:
            return None
        random = Random(digest(f"{brief.digest}|{direction.style}|{seed}|calm"))
        seen = tuple(s for s in brief.subjects if s.category in _HARMLESS)[:2]
        things = [indefinite(subject, self._lexicon) for subject in seen]
        detail = random.choice(brief.setting.details)
        core = f"{brief.setting.wide.replace('{in}', '')}, with {' and '.join(things) if things else detail}"
        light = random.choice(self._art.lights["time"][1].outdoor)
        look = self.look(direction, "wide", random, seed)
        idea = Idea(core, seen=seen)
        brand = " ".join(_sentence(text) for text in (direction.colours(), direction.corner()) if text)
        prompt = f"{opening} {core}, {light}. A peaceful stillness, soft natural colours. {brand} {_sentence(look)}"
        return Prompt(
            prompt=" ".join(prompt.split()),
            negative_prompt=", ".join((self.base_negative, "weapons, violence", *direction.brand.avoid)),
            alt_text=_alt_text(idea, ""),
            shows=depict(brief, "wide", idea, ""),
        )

    @property
    def base_negative(self) -> str:
        """What no picture should show."""
        return self._art.craft.negative["base"]

    def look(self, direction: Direction, kind: str, random: Random, turn: int) -> str:
        """The closing words of a prompt: the given style, or one that fits the purpose or the kind of idea."""
        if direction.style:
            return _given(direction.style, self._art.craft)
        purpose = direction.purpose
        if purpose is not None and (kind not in ("metaphor", "abstract") or purpose.ground):
            return purpose.styles[turn % len(purpose.styles)]
        return random.choice(self._art.craft.styles[kind])

    def order(self, brief: Brief, direction: Direction) -> Sequence[str]:
        """Kinds of ideas, the most fitting first: what can hardly be shown is better said in a metaphor."""
        if brief.topic is None and not brief.subjects and brief.setting.key == "abstract":
            return _EMPTY
        if direction.purpose is not None:
            return direction.purpose.order
        abstract_topic = brief.topic is not None and brief.topic.key in self._art.craft.conceptual
        return _THINKING if abstract_topic and not brief.acts else _SHOWING

    def _allowed(
        self, brief: Brief, order: Sequence[str], number: int, direction: Direction, random: Random, turn: int
    ) -> Prompt:
        """The prompt of the next idea that does without the words to avoid."""
        prompt = self._one(brief, order[number % len(order)], direction, random, turn)
        for further in range(1, len(order)):
            if not direction.avoided(prompt.prompt):
                break
            prompt = self._one(brief, order[(number + further) % len(order)], direction, random, turn + further)
        return prompt

    def _one(self, brief: Brief, kind: str, direction: Direction, random: Random, turn: int) -> Prompt:
        scene = Scene(
            brief,
            self._art.craft,
            self._lexicon,
            random,
            turn,
            hero_fits=self._art.suits(self._art.hero_rows, brief.topic, brief.setting),
            people_fit=brief.setting.kind != "void"
            and self._art.suits(self._art.people_rows, brief.topic, brief.setting),
        )
        idea = _directed(IDEAS[kind](scene), kind, direction)
        overhead = kind == "aerial" and brief.setting.kind == "indoor"
        look = self.look(direction, "overhead" if overhead else kind, random, turn)
        light, weather, time = self._light(brief, kind, turn, idea.outdoors)
        purpose = direction.purpose
        if purpose is not None and purpose.bare:
            weather = ""
        if purpose is not None and purpose.ground and kind in _ON_GROUND:
            light, time = "in soft, even light", None
        moods = purpose.moods if purpose is not None and purpose.moods else brief.mood.phrases
        palette = "" if _COLOURS.search(look) or direction.brand.palette else brief.mood.palette[turn % 3]
        framing = direction.framing(kind, turn)
        parts = _Parts(idea, framing, light, weather, moods[turn % len(moods)], palette, direction.layout(turn), look)
        return Prompt(
            prompt=self._assembled(parts, direction),
            negative_prompt=self._negative(brief, look, direction),
            alt_text=_alt_text(idea, time.alt if time else ""),
            shows=depict(brief, kind, idea, time.key if time else ""),
        )

    def _assembled(self, parts: _Parts, direction: Direction) -> str:
        """The sentences of a prompt; what matters least is dropped first until they fit."""
        fixed = [direction.colours(), direction.corner()]
        kept = [_unless(direction, text) for text in (parts.idea.around, parts.light, parts.weather)]
        colours = f", colours of {parts.palette}" if _unless(direction, parts.palette) else ""
        mood, layout = _unless(direction, parts.mood), _unless(direction, parts.layout)
        scene = f"{parts.idea.core} {parts.idea.where}".strip()
        scene = f"{scene}, {parts.framing}" if _unless(direction, parts.framing) else scene
        while True:
            first = ", ".join(part for part in (scene, *kept) if part)
            body = [first, mood + colours if mood else colours.strip(", "), layout, *fixed, parts.look]
            prompt = " ".join(_sentence(text) for text in body if text)
            prompt += f" {_sentence(words)}" if (words := direction.character(prompt, self._lexicon)) else ""
            if len(prompt.split()) < MIN_WORDS:
                prompt += " A balanced composition with one clear focal point and room to breathe."
            if len(prompt.split()) <= MAX_WORDS or not any((*kept, colours)):
                return prompt
            if kept[2]:
                kept[2] = ""
            elif colours:
                colours = ""
            else:
                kept[0 if kept[0] else 1] = ""

    def _light(self, brief: Brief, kind: str, turn: int, outdoors: bool) -> tuple[str, str, Light | None]:
        """Words for the light and the weather, and the time of day where it is to be seen."""
        if kind == "metaphor":
            return "", "", None
        if kind == "abstract" or brief.setting.kind == "void":
            return self._art.craft.void[turn % len(self._art.craft.void)], "", None
        times = self._art.lights["time"]
        time = brief.time or times[turn % (len(times) - 1)]
        if kind in ("still", "detail"):
            return time.indoor[turn % len(time.indoor)], "", None
        if brief.setting.key == "stage":
            return self._art.craft.spot[turn % len(self._art.craft.spot)], "", None
        if brief.setting.kind == "indoor" and not outdoors:
            return time.indoor[turn % len(time.indoor)], "", time
        weather = self._weather(brief, time, turn)
        gloomy = weather.key in ("rain", "snow", "mist")
        phrases = [phrase for phrase in time.outdoor if not (gloomy and "sun" in phrase)]
        return phrases[turn % len(phrases)], weather.outdoor[turn % len(weather.outdoor)], time

    def _weather(self, brief: Brief, time: Light, turn: int) -> Light:
        known = [light for light in (brief.weather, brief.season) if light is not None]
        if {light.key for light in known} & {"snow", "winter"} and {light.key for light in known} & {"summer", "heat"}:
            known = known[:1]
        fitting = "mist" if time.key in ("dawn", "morning") and turn % 2 else "clear"
        known = known or [light for light in self._art.lights["weather"] if light.key == fitting]
        return known[turn % len(known)]

    def _negative(self, brief: Brief, look: str, direction: Direction) -> str:
        table = self._art.craft.negative
        categories = dict.fromkeys(subject.category for subject in brief.subjects[:3] if subject.category)
        if brief.acts or not categories:
            categories = {"person": None, **categories}
        kinds = [*list(categories)[:2], "photograph" if _PHOTOGRAPHIC.search(look) else "drawn"]
        parts = [table["base"], *(table[kind] for kind in kinds if kind in table), *direction.brand.avoid]
        return ", ".join(dict.fromkeys(item for part in parts for item in part.split(", ")))


def _given(style: str, craft: Craft) -> str:
    """The asked-for style as the closing words of a prompt."""
    clean = shorten(" ".join(style.split()).strip(" .,;:"), MAX_STYLE)
    known = {word.strip(",.").lower() for word in clean.split()} & craft.media
    return clean if known or "," in clean else f"{clean} style"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a prompt is put together from; all but the idea may be ""."""

    idea: Idea
    framing: str
    light: str
    weather: str
    mood: str
    palette: str
    layout: str
    look: str


def _directed(idea: Idea, kind: str, direction: Direction) -> Idea:
    """The idea as its purpose shows it."""
    purpose = direction.purpose
    if purpose is None:
        return idea
    where = purpose.ground if purpose.ground and kind in _ON_GROUND else idea.where
    return replace(idea, where=where, around="" if purpose.bare else idea.around)


def _unless(direction: Direction, text: str) -> str:
    return "" if direction.avoided(text) else text


def _alt_text(idea: Idea, light: str) -> str:
    around = f", {idea.around}" if idea.around else ""
    lit = "" if "," in idea.core and not idea.where else light
    full = " ".join(part for part in (idea.core, idea.where, lit) if part)
    for text in (full + around, full, f"{idea.core} {idea.where}", idea.core):
        sentence = _sentence(text.replace(": ", ", ", 1))
        if len(sentence) <= MAX_ALT:
            return sentence
    return _sentence(shorten(idea.core, MAX_ALT - 1))


def _sentence(text: str) -> str:
    clean = " ".join(text.split()).strip(" ,;")
    return clean[:1].upper() + clean[1:] + ("" if clean.endswith((".", "!", "?")) else ".")
