"""Turns a brief into prompts: every variant gets its own idea, light, mood, colours and style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from services.local.scribe.art import Art, Craft, Light
from services.local.scribe.brief import Brief, digest
from services.local.scribe.candidates import indefinite
from services.local.scribe.ideas import IDEAS, Idea, Scene
from services.local.scribe.lexicon import Lexicon
from services.local.scribe.text import shorten

MAX_WORDS = 60
MAX_ALT = 200
MAX_STYLE = 160

_HARMLESS = ("animal", "plant", "food", "vehicle", "building", "nature", "place", "thing")
_SHOWING = ("hero", "wide", "people", "still", "metaphor", "detail", "aerial", "abstract")
_THINKING = ("metaphor", "hero", "still", "people", "wide", "detail", "abstract", "aerial")
_PHOTOGRAPHIC = re.compile(r"photo|cinematic|drone|macro|lens|film|35 ?mm|reportage|documentary|realis", re.I)
_COLOURS = re.compile(r"monochrom|black.and.white|colou?r|palette|sepia|pastel|neon|grayscale|greyscale|duotone", re.I)


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
        """A wide view of the setting with harmless things in it, without people; None where nothing is left to show."""
        if brief.setting.key == "abstract" and not brief.subjects:
            return None
        random = Random(digest(f"{brief.digest}|{style}|{seed}|calm"))
        things = [indefinite(s, self._lexicon) for s in brief.subjects if s.category in _HARMLESS][:2]
        detail = random.choice(brief.setting.details)
        core = f"{brief.setting.wide}, with {' and '.join(things) if things else detail}"
        light = random.choice(self._art.lights["time"][1].outdoor)
        look = self.look(style, "wide", random)
        return Prompt(
            prompt=f"{opening} {core}, {light}. A peaceful stillness, soft natural colours. {_sentence(look)}",
            negative_prompt=f"{self.base_negative}, people, weapons, violence",
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
        abstract_topic = brief.topic is not None and brief.topic.key in self._art.craft.conceptual
        return _THINKING if abstract_topic and not brief.action else _SHOWING

    def _one(self, brief: Brief, kind: str, style: str, random: Random, turn: int) -> Prompt:
        scene = Scene(brief, self._art.craft, self._lexicon, random, turn)
        idea = IDEAS[kind](scene)
        look = self.look(style, kind, random)
        light, alt_light = self._light(brief, kind, random, turn)
        mood = brief.mood.phrases[turn % len(brief.mood.phrases)]
        palette = "" if _COLOURS.search(look) else brief.mood.palette[turn % len(brief.mood.palette)]
        return Prompt(
            prompt=_assemble(idea, light, self._weather(brief, kind, turn), mood, palette, look),
            negative_prompt=self._negative(brief, look),
            alt_text=_alt_text(idea, alt_light),
        )

    def _light(self, brief: Brief, kind: str, random: Random, turn: int) -> tuple[str, str]:
        """Words for the light and, where the content itself fixes it, words for the alternative text."""
        if kind in ("abstract", "metaphor") or brief.setting.kind == "void":
            return (self._art.craft.void[turn % len(self._art.craft.void)], "") if kind != "metaphor" else ("", "")
        times = self._art.lights["time"]
        time = brief.time or times[turn % (len(times) - 1)]
        inside = (brief.setting.kind == "indoor" and kind != "aerial") or kind in ("still", "detail")
        phrases = time.indoor if inside else time.outdoor
        return phrases[turn % len(phrases)], time.alt if kind not in ("still", "detail") else ""

    def _weather(self, brief: Brief, kind: str, turn: int) -> str:
        if brief.setting.kind != "outdoor" or kind in ("still", "metaphor", "detail", "abstract"):
            return ""
        known: list[Light] = [light for light in (brief.weather, brief.season) if light is not None]
        if not known:
            known = [light for light in self._art.lights["weather"] if light.key in ("clear", "mist")]
        light = known[turn % len(known)]
        return light.outdoor[turn % len(light.outdoor)]

    def _negative(self, brief: Brief, look: str) -> str:
        table = self._art.craft.negative
        categories = dict.fromkeys(subject.category for subject in brief.subjects[:3] if subject.category)
        if brief.action or not categories:
            categories = {"person": None, **categories}
        kinds = [*list(categories)[:2], "photograph" if _PHOTOGRAPHIC.search(look) else "drawn"]
        parts = [table["base"], *(table[kind] for kind in kinds if kind in table)]
        return ", ".join(dict.fromkeys(item for part in parts for item in part.split(", ")))


def _given(style: str, craft: Craft) -> str:
    """The asked-for style as the closing words of a prompt."""
    clean = shorten(" ".join(style.split()).strip(" .,;:"), MAX_STYLE)
    known = {word.strip(",.").lower() for word in clean.split()} & craft.media
    return clean if known or "," in clean else f"{clean} style"


def _assemble(idea: Idea, light: str, weather: str, mood: str, palette: str, look: str) -> str:
    """Two or three sentences; what matters least is dropped first until they fit."""
    scene = f"{idea.core} {idea.where}".strip()
    optional = [idea.around, light, weather]
    colours = f", {palette}" if palette else ""
    while True:
        first = ", ".join(part for part in (scene, *optional) if part)
        prompt = f"{_sentence(first)} {_sentence(mood + colours)} {_sentence(look)}"
        if len(prompt.split()) <= MAX_WORDS or not any((*optional, colours)):
            return prompt
        if optional[2]:
            optional[2] = ""
        elif colours:
            colours = ""
        else:
            optional[0 if optional[0] else 1] = ""


def _alt_text(idea: Idea, light: str) -> str:
    parts = [idea.core, idea.where, f", {idea.around}" if idea.around else "", light]
    for dropped in ((), (3,), (2, 3), (1, 2, 3)):
        text = " ".join(part for index, part in enumerate(parts) if part and index not in dropped)
        sentence = _sentence(
            text.replace(" ,", ",").replace(": ", " of ", 1) if ":" in text else text.replace(" ,", ",")
        )
        if len(sentence) <= MAX_ALT:
            return sentence
    return _sentence(shorten(idea.core, MAX_ALT - 1))


def _sentence(text: str) -> str:
    clean = " ".join(text.split()).strip(" ,;")
    return clean[:1].upper() + clean[1:] + ("" if clean.endswith((".", "!", "?")) else ".")
