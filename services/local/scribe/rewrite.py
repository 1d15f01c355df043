"""A safer prompt in place of a refused one: the hazard leaves, the harmless setting stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from services.local.engine import Embedder
from services.local.scribe.brief import Reader, digest
from services.local.scribe.depiction import Depiction
from services.local.scribe.direction import Direction
from services.local.scribe.lexicon import load_table
from services.local.scribe.protocol import PromptsTask
from services.local.scribe.writer import Prompt, Writer

NEAR = 0.4
# How every rewritten prompt begins; seeing it refused says that the next one has to give up the subject as well.
OPENING = "A calm, peaceful scene:"
FALLBACK = "A calm abstract composition"

_ENDINGS = ("", "s", "es", "d", "ed", "ing", "er", "ers", "ting", "ted", "ning", "ned", "bing", "bed", "ged", "y", "ly")
_CATEGORY = re.compile(r"\bS(?:1[0-4]|[1-9])\b")
_SHAPES = (
    "of wide overlapping curves, like low hills in morning haze",
    "of translucent circles drifting over a pale ground",
    "of slow horizontal bands that grow lighter towards the top",
    "of folded paper planes with soft shadows between them",
    "of smooth pebble forms in quiet balance",
)
_COLOURS = (
    "soft blue, sand and cream",
    "sage, ivory and pale gold",
    "dusty rose and light grey",
    "teal, mint and white",
)
_STEMS_ALWAYS = ("S1", "S3", "S9", "S10", "S11", "S12")


class Softener:
    """Rewrites refused prompts; loads its tables in the constructor, is thread-safe afterwards."""

    def __init__(self, embedder: Embedder, reader: Reader, writer: Writer) -> None:
        table = load_table("hazards")
        self._embedder = embedder
        self._reader = reader
        self._writer = writer
        self._stems = {key: tuple(str(row["words"]).split()) for key, row in table.items()}
        self._about = {key: embedder.encode([str(row["about"])])[0] for key, row in table.items()}

    def safer(self, task: PromptsTask, texts: Sequence[str], direction: Direction, seed: int) -> Prompt:
        """A prompt that avoids what the refused one was refused for, and that differs from it."""
        if not task.refused.startswith((OPENING, FALLBACK)) and texts:
            brief = self._reader.read(texts, allowed=self._allowed(task.reasons, direction))
            prompt = self._writer.calm(brief, direction, seed, OPENING)
            if prompt is not None and self._harmless(prompt.alt_text, task.reasons) and prompt.prompt != task.refused:
                return prompt
        return self._abstract(task, direction, seed)

    def _allowed(self, reasons: str, direction: Direction) -> Callable[[str], bool]:
        def allowed(phrase: str) -> bool:
            # A name in a refused prompt is a risk of its own, and a picture does not need it.
            return phrase.lower() == phrase and not direction.avoided(phrase) and self._harmless(phrase, reasons)

        return allowed

    def _harmless(self, phrase: str, reasons: str) -> bool:
        named = [key for key in _CATEGORY.findall(reasons) if key in self._stems]
        stems = [stem for key in dict.fromkeys((*named, *_STEMS_ALWAYS)) for stem in self._stems[key]]
        words = re.findall(r"[a-z-]+", phrase.lower())
        if any(_has_stem(word, stem) for word in words for stem in stems):
            return False
        row = self._embedder.encode([phrase])[0]
        return all(float(row @ self._about[key]) < NEAR for key in dict.fromkeys(named or _STEMS_ALWAYS))

    def _abstract(self, task: PromptsTask, direction: Direction, seed: int) -> Prompt:
        random = Random(digest(f"{task.refused}|{task.reasons}|{seed}"))
        shapes = [shape for shape in _SHAPES if shape not in task.refused]
        core = f"{FALLBACK} {random.choice(shapes)}"
        colours = random.choice(_COLOURS)
        look = self._writer.look(direction, "abstract", random, seed)
        return Prompt(
            prompt=f"{core}, in {colours}, evenly lit and still. Quiet, with generous empty space. {look}.",
            negative_prompt=f"{self._writer.base_negative}, people, faces, weapons, symbols",
            alt_text=f"{core}.",
            shows=Depiction("abstract"),
        )


def _has_stem(word: str, stem: str) -> bool:
    # A short stem is the beginning of too many innocent words: war, warm, warehouse.
    if len(stem) > 4:
        return word.startswith(stem)
    return word.startswith(stem) and word[len(stem) :] in _ENDINGS
