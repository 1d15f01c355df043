"""Gives prompts their texts for readers: alternative text and caption, in one language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.local.scribe.answers import Draft
from services.local.scribe.direction import Direction, listed
from services.local.scribe.telling import alt_text, caption, leads, things_seen
from services.local.scribe.tongue import ENGLISH, Tongue
from services.local.scribe.writer import Prompt


class Narrator:
    """Writes in `tongue`; `texts` are the content's sentences if they are in that language, otherwise none."""

    def __init__(self, tongue: Tongue, direction: Direction, texts: Sequence[str], english: Sequence[str]) -> None:
        self._tongue = tongue
        self._terse = direction.is_terse
        # Sentences stand beside their glosses only where none was dropped for being empty.
        glosses = list(english) if len(english) == len(texts) else list(texts)
        told = [(leads([text]), gloss) for text, gloss in zip(texts, glosses, strict=True)]
        self._leads = [(lead[0], gloss) for lead, gloss in told if lead and not direction.avoided(lead[0])]
        self._used: set[str] = set()

    def draft(self, prompt: Prompt) -> Draft:
        """The prompt with its texts."""
        alt = prompt.alt_text if self._tongue.code == ENGLISH else alt_text(prompt.shows, self._tongue)
        told = caption(self._lead(prompt), prompt.shows, self._things(prompt), self._tongue, terse=self._terse)
        return Draft(prompt.prompt, prompt.negative_prompt, alt, told, self._tongue.code)

    def _things(self, prompt: Prompt) -> str:
        if self._tongue.code != ENGLISH:
            return things_seen(prompt.shows, self._tongue)
        named = [phrase.text for phrase in prompt.shows.seen]
        return f"{listed(named)} {'in ' + prompt.shows.place if prompt.shows.place else ''}".strip() if named else ""

    def _lead(self, prompt: Prompt) -> str:
        """The sentence that says most about what the prompt shows, another one for each; the first for the rest."""
        heads = [phrase.head for phrase in prompt.shows.seen]
        best, most = "", 0
        for lead, gloss in self._leads:
            words = set(re.findall(r"[a-z]+", gloss.lower()))
            hits = sum(any(word.startswith(head) for word in words) for head in heads)
            if hits > most and lead not in self._used:
                best, most = lead, hits
        best = best or (self._leads[0][0] if self._leads else "")
        self._used.add(best)
        return best
