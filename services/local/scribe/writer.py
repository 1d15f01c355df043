"""Turns a brief into prompts: every variant gets its own idea, light, mood, colours and style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from services.local.scribe.art import Art, Craft, Light
from services.local.scribe.brief import Brief, digest
from services.local.scribe.candidates import indefinite
from services.local.scribe.ideas import IDEAS
from services.local.scribe.lexicon import Lexicon
from services.local.scribe.purpose import read_look
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
_PHOTOGRAPHIC = re.compile(r"photo|cinematic|drone|macro|lens|film|35 ?mm|reportage|documentary|realis", re.I)
_COLOURS = re.compile(r"monochrom|black.and.white|\bcolou?r|palette|sepia|pastel|neon|gr[ae]yscale|duotone", re.I)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One answer to the prompt service."""

    prompt: str
    negative_prompt: str
    alt_text: str


class Writer:
    """Writes prompts from briefs; pure and thread-safe."""

    def __init__(self, art: Art, lexicon: Lexicon) -> None:
        self._art = art
        self._lexicon = lexicon

    def write(self, brief: Brief, count: int, style: str, seed: int) -> list[Prompt]:
        """`count` prompts with different ideas; up to eight are of different kinds, more begin the round again."""
        random = Random(digest(f"{brief.digest}|{style}|{seed}"))
        turn = random.randrange(12)
        order = self.order(brief)
        return [self._one(brief, order[number % len(order)], style, random, turn + number) for number in range(count)]

    def calm(self, brief: Brief, style: str, seed: int, opening: str) -> Prompt | None:
        """A wide view of the setting with harmless things in it; None where nothing is left to show."""
        if brief.setting.key == "abstract" and not brief.subjects:
            return None
        random = Random(digest(f"{brief.digest}|{style}|{seed}|calm"))
        things = [indefinite(s, self._lexicon) for s in brief.subjects if s.category in _HARMLESS][:2]
        detail = random.choice(brief.setting.details)
        core = f"{brief.setting.wide.replace('{in}', '')}, with {' and '.join(things) if things else detail}"
        light = random.choice(self._art.lights["time"][1].outdoor)
        look = self.look(read_look(style).style, "wide", random)
        return Prompt(
            prompt=f"{opening} {core}, {light}. A peaceful stillness, soft natural colours. {_sentence(look)}",
            negative_prompt=f"{self.base_negative}, weapons, violence",
            alt_text=_alt_text(Idea(core), ""),
        )

    @property
    def base_negative(self) -> str:
        """What no picture should show."""
        return self._art.craft.negative["base"]

    def look(self, style: str, kind: str, random: Random) -> str:
        """The closing words of a prompt: the given style, or one that fits the kind of idea."""
        return _given(style, self._art.craft) if style else random.choice(self._art.craft.styles[kind])

    def order(self, brief: Brief) -> Sequence[str]:
        """Kinds of ideas, the most fitting first: what can hardly be shown is better said in a metaphor."""
        if brief.topic is None and not brief.subjects and brief.setting.key == "abstract":
            return _EMPTY
        abstract_topic = brief.topic is not None and brief.topic.key in self._art.craft.conceptual
        return _THINKING if abstract_topic and not brief.acts else _SHOWING

    def _one(self, brief: Brief, kind: str, style: str, random: Random, turn: int) -> Prompt:
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
        idea = IDEAS[kind](scene)
        overhead = kind == "aerial" and brief.setting.kind == "indoor"
        wanted = read_look(style)
        look = self.look(wanted.style, "overhead" if overhead else kind, random)
        light, weather, alt_light = self._light(brief, kind, turn, idea.outdoors)
        mood = brief.mood.phrases[turn % len(brief.mood.phrases)]
        palette = "" if _COLOURS.search(look) else brief.mood.palette[turn % len(brief.mood.palette)]
        return Prompt(
            prompt=_assemble(idea, light, weather, mood, palette, wanted.composition, look),
            negative_prompt=self._negative(brief, look),
            alt_text=_alt_text(idea, alt_light),
        )

    def _light(self, brief: Brief, kind: str, turn: int, outdoors: bool) -> tuple[str, str, str]:
        """Words for the light and the weather, and words for the light in the alternative text."""
        if kind == "metaphor":
            return "", "", ""
        if kind == "abstract" or brief.setting.kind == "void":
            return self._art.craft.void[turn % len(self._art.craft.void)], "", ""
        times = self._art.lights["time"]
        time = brief.time or times[turn % (len(times) - 1)]
        if kind in ("still", "detail"):
            return time.indoor[turn % len(time.indoor)], "", ""
        if brief.setting.key == "stage":
            return self._art.craft.spot[turn % len(self._art.craft.spot)], "", ""
        if brief.setting.kind == "indoor" and not outdoors:
            return time.indoor[turn % len(time.indoor)], "", time.alt
        weather = self._weather(brief, time, turn)
        gloomy = weather.key in ("rain", "snow", "mist")
        phrases = [phrase for phrase in time.outdoor if not (gloomy and "sun" in phrase)]
        return phrases[turn % len(phrases)], weather.outdoor[turn % len(weather.outdoor)], time.alt

    def _weather(self, brief: Brief, time: Light, turn: int) -> Light:
        known = [light for light in (brief.weather, brief.season) if light is not None]
        if {light.key for light in known} & {"snow", "winter"} and {light.key for light in known} & {"summer", "heat"}:
            known = known[:1]
        fitting = "mist" if time.key in ("dawn", "morning") and turn % 2 else "clear"
        known = known or [light for light in self._art.lights["weather"] if light.key == fitting]
        return known[turn % len(known)]

    def _negative(self, brief: Brief, look: str) -> str:
        table = self._art.craft.negative
        categories = dict.fromkeys(subject.category for subject in brief.subjects[:3] if subject.category)
        if brief.acts or not categories:
            categories = {"person": None, **categories}
        kinds = [*list(categories)[:2], "photograph" if _PHOTOGRAPHIC.search(look) else "drawn"]
        parts = [table["base"], *(table[kind] for kind in kinds if kind in table)]
        return ", ".join(dict.fromkeys(item for part in parts for item in part.split(", ")))


def _given(style: str, craft: Craft) -> str:
    """The asked-for style as the closing words of a prompt."""
    clean = shorten(" ".join(style.split()).strip(" .,;:"), MAX_STYLE)
    known = {word.strip(",.").lower() for word in clean.split()} & craft.media
    return clean if known or "," in clean else f"{clean} style"


def _assemble(idea: Idea, light: str, weather: str, mood: str, palette: str, composition: str, look: str) -> str:
    """Two or three sentences; what matters least is dropped first until they fit."""
    scene = f"{idea.core} {idea.where}".strip()
    optional = [idea.around, light, weather]
    colours = f", colours of {palette}" if palette else ""
    while True:
        first = ", ".join(part for part in (scene, *optional) if part)
        space = f" {_sentence(composition)}" if composition else ""
        prompt = f"{_sentence(first)} {_sentence(mood + colours)}{space} {_sentence(look)}"
        if len(prompt.split()) < MIN_WORDS:
            prompt += " A balanced composition with one clear focal point and room to breathe."
        if len(prompt.split()) <= MAX_WORDS or not any((*optional, colours)):
            return prompt
        if optional[2]:
            optional[2] = ""
        elif colours:
            colours = ""
        else:
            optional[0 if optional[0] else 1] = ""


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
