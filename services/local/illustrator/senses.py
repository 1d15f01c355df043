"""Which sense a word of several senses has in its clause, by likeness of meaning to a gloss of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.local.engine import Embedder
from services.local.illustrator.glosses import GLOSSES, Gloss

# Of 190 clauses, all but three in a drawn sense were ahead, or behind by less than this; the others were behind more.
SURE_ENOUGH = -0.07
# A thing beside the main one adds little when right and spoils the picture when wrong.
SURE_ENOUGH_BESIDE = 0.06


@dataclass(frozen=True, slots=True)
class Sense:
    """The likeliest sense with a drawing: "" for the word's own, a role, and how far it is ahead of undrawn senses.

    `lead` is from -1 to 1; 1 for a word of one sense.
    """

    drawing: str = ""
    role: str = ""
    lead: float = 1.0


class Senses(Protocol):
    """Tells the senses of a word apart."""

    def sense(self, word: str, clause: str, *, noun: bool = False) -> Sense:
        """The sense of `word`, which is in its dictionary form, in a clause; `noun` where an article precedes it."""
        ...


class NoSenses:
    """Knows no meanings, and therefore trusts no word that has several."""

    def sense(self, word: str, clause: str, *, noun: bool = False) -> Sense:
        """A sense that nobody trusts for a word of several."""
        return Sense(lead=-1.0) if word in GLOSSES else Sense()


class GlossedSenses:
    """Compares the clause with the glosses by sentence embeddings."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def sense(self, word: str, clause: str, *, noun: bool = False) -> Sense:
        """The sense whose gloss is most like the clause, among those with a drawing."""
        glosses = GLOSSES.get(word)
        if glosses is None:
            return Sense()
        if noun:
            # What an article precedes is a thing, never something to do.
            glosses = tuple(gloss for gloss in glosses if not gloss.text.startswith("to "))
            if len(glosses) == 1:
                return Sense()
        rows = self._embedder.encode([clause, *(gloss.text for gloss in glosses)])
        likeness = [float(value) for value in rows[1:] @ rows[0]]
        best = max((i for i, gloss in enumerate(glosses) if gloss.drawing is not None), key=lambda i: likeness[i])
        return Sense(glosses[best].drawing or "", glosses[best].role, likeness[best] - _rival(glosses, likeness, best))


def _rival(glosses: tuple[Gloss, ...], likeness: list[float], best: int) -> float:
    chosen = (glosses[best].drawing, glosses[best].role)
    return max(value for value, gloss in zip(likeness, glosses, strict=True) if (gloss.drawing, gloss.role) != chosen)
