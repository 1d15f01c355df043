"""Chooses what a picture about a text should show: what its title names, what comes often, what it means."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.local.engine import Embedder
from services.local.scribe.acts import Act
from services.local.scribe.candidates import Candidates, Phrase
from services.local.scribe.lexicon import Lexicon
from services.local.scribe.ranking import Concreteness, Vector, mmr

MAX_EMBEDDED = 28
MAX_ACTS = 16
SUBJECTS = 6
# How near a noun must be to the meaning of the whole, if the lexicon has it and if it does not.
ALIKE_KNOWN = 0.12
ALIKE_UNKNOWN = 0.3
ALIKE_ACT = 0.25
# Where nothing else can be shown, a noun that the lexicon lacks need look less like a thing, if it says nearly all.
SHOWN_A_LITTLE, SHOWN_AND_ALIKE = 0.1, 0.85
# How near two things must be in meaning to stand side by side where no sentence names both.
COMPANY = 0.33
# What the first noun of a text gains, and later ones ever less.
EARLY = 0.5
# Where things are is shown by the setting; who and what comes first.
_RANK = {"animal": 0.12, "food": 0.08, "thing": 0.05, "vehicle": 0.08, "plant": 0.05, "place": -0.22, "person": -0.12}


@dataclass(frozen=True, slots=True)
class Shown:
    """The main subject first; `companions` may stand beside it; `acts` are what happens, the most telling first."""

    subjects: tuple[Phrase, ...] = ()
    companions: tuple[Phrase, ...] = ()
    acts: tuple[Act, ...] = ()


class Chooser:
    """Ranks candidates; loads its tables in the constructor, is thread-safe afterwards."""

    def __init__(self, embedder: Embedder, lexicon: Lexicon) -> None:
        self._embedder = embedder
        self._lexicon = lexicon
        concrete = sorted(word for word, category in lexicon.nouns.items() if category not in ("person", "place"))[::4]
        self._concreteness = Concreteness(embedder, concrete, sorted(lexicon.abstract)[::3])

    def choose(
        self,
        found: Candidates,
        happening: Sequence[Act],
        meaning: Vector,
        title: frozenset[str],
        allowed: Callable[[str], bool],
    ) -> Shown:
        """The subjects, companions and acts of a text whose title has these nouns."""
        subjects = self._subjects(found, meaning, title, allowed)
        main = subjects[0] if subjects else None
        return Shown(
            subjects=subjects,
            companions=self._companions(subjects, found),
            acts=self._acts(happening, meaning, main, allowed),
        )

    def hint(self, found: Candidates, meaning: Vector, allowed: Callable[[str], bool]) -> tuple[Phrase, ...]:
        """A subject for a text that names none: the one most like the whole among hints and nouns nobody knows."""
        unknown = {
            key: phrase
            for key, phrase in found.by_text.items()
            if not phrase.category and len(phrase.words) == 1 and not self._is_vague(phrase)
        }
        hints = {key: phrase for key, phrase in (unknown | found.hints).items() if allowed(key)}
        if not hints:
            return ()
        rows = self._embedder.encode(list(hints))
        best: list[tuple[float, Phrase]] = []
        for phrase, shown, likeness in zip(hints.values(), self._concreteness.of(rows), rows @ meaning, strict=True):
            if phrase.category or (shown > SHOWN_A_LITTLE and shown + likeness > SHOWN_AND_ALIKE):
                best.append((float(likeness), phrase))
        return (max(best, key=lambda entry: entry[0])[1],) if best else ()

    def _first_guess(self, phrase: Phrase, found: Candidates, title: frozenset[str]) -> float:
        known = 0.25 if phrase.category else 0.0
        often = 0.2 * math.log1p(found.heads[phrase.head])
        named = 0.35 if phrase.head in title else 0.0
        vague = 0.35 if self._is_vague(phrase) else 0.0
        vague += 0.2 if phrase.category == "thing" and phrase.head in self._lexicon.mass else 0.0
        return known + often + named - vague + _RANK.get(phrase.category, 0.0)

    def _is_vague(self, phrase: Phrase) -> bool:
        return phrase.head in self._lexicon.context["vague"] and len(phrase.words) == 1

    def _subjects(
        self, found: Candidates, meaning: Vector, title: frozenset[str], allowed: Callable[[str], bool]
    ) -> tuple[Phrase, ...]:
        guess = {
            key: self._first_guess(phrase, found, title) + EARLY / (1 + 0.3 * order)
            for order, (key, phrase) in enumerate(found.by_text.items())
        }
        keys = [key for key in sorted(guess, key=lambda key: (-guess[key], key))[:MAX_EMBEDDED] if allowed(key)]
        if not keys:
            return ()
        rows = self._embedder.encode(keys)
        shown, likeness = self._concreteness.of(rows), rows @ meaning
        scores = [float(likeness[i]) + guess[key] + 0.2 * min(1.0, float(shown[i])) for i, key in enumerate(keys)]
        fit = [i for i, key in enumerate(keys) if self._can_be_shown(found.by_text[key], shown[i], likeness[i], title)]
        if not fit:
            return ()
        order = mmr(rows[fit], [scores[i] for i in fit], SUBJECTS + 4, diversity=0.45)
        by_head: dict[str, Phrase] = {}
        for position in order:
            phrase = found.by_text[keys[fit[position]]]
            by_head.setdefault(phrase.head, phrase)
        return tuple(by_head.values())[:SUBJECTS]

    def _can_be_shown(self, phrase: Phrase, shown: float, likeness: float, title: frozenset[str]) -> bool:
        if phrase.category:
            return likeness > ALIKE_KNOWN or phrase.head in title
        return shown > 0.45 and likeness > ALIKE_UNKNOWN

    def _companions(self, subjects: Sequence[Phrase], found: Candidates) -> tuple[Phrase, ...]:
        if len(subjects) < 2:
            return ()
        rows = self._embedder.encode([phrase.text for phrase in subjects])
        likeness = rows[1:] @ rows[0]
        together = found.sentences.get(subjects[0].head, set())
        return tuple(
            phrase
            for phrase, alike in zip(subjects[1:], likeness, strict=True)
            if alike > COMPANY or together & found.sentences.get(phrase.head, set())
        )

    def _acts(
        self, happening: Sequence[Act], meaning: Vector, subject: Phrase | None, allowed: Callable[[str], bool]
    ) -> tuple[Act, ...]:
        main = subject.head if subject else ""
        named = [self._by_name(act, subject) for act in happening]
        unique = {act.text: act for act in named if self._tells(act, main)}
        kept = [act for act in unique.values() if allowed(act.text)][:MAX_ACTS]
        if not kept:
            return ()
        likeness = self._embedder.encode([act.text for act in kept]) @ meaning
        scored = []
        for position, act in enumerate(kept):
            score = float(likeness[position]) + 0.02 * len(act.text.split()) - 0.01 * position
            score += 0.25 if main in (act.head, *act.objects) else 0.0
            if likeness[position] > ALIKE_ACT:
                scored.append((-score, position, act))
        return tuple(act for _, _, act in sorted(scored, key=lambda entry: entry[:2]))

    def _by_name(self, act: Act, subject: Phrase | None) -> Act:
        """An act of "the birds" is one of the puffins that the text is about."""
        vague = act.category == "animal" and act.head in self._lexicon.context["vague"]
        if not vague or subject is None or subject.category != "animal" or subject.head in act.objects:
            return act
        if not act.text.startswith(f"{act.head}s "):
            return act
        text = f"{subject.text} {act.text.partition(' ')[2]}"
        if not subject.plural:
            return act
        return replace(act, text=text, head=subject.head, seen=(subject, *act.seen[1:]))

    def _tells(self, act: Act, main: str) -> bool:
        """Whether an act says more than that somebody is somewhere."""
        return bool(act.objects) or (act.head == main and act.head not in self._lexicon.context["vague"])
