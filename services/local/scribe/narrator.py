"""Gives prompts their texts for readers: alternative text and caption, in one language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.local.scribe.answers import Draft
from services.local.scribe.telling import alt_text, caption, leads
from services.local.scribe.tongue import ENGLISH, Tongue
from services.local.scribe.writer import Prompt


class Narrator:
    """Writes in `tongue`; `texts` are the content's sentences if they are in that language, otherwise none."""

    def __init__(self, tongue: Tongue, texts: Sequence[str], english: Sequence[str]) -> None:
        self._tongue = tongue
        # Sentences stand beside their glosses only where none was dropped for being empty.
        glosses = list(english) if len(english) == len(texts) else list(texts)
        self._leads = [(lead[0], gloss) for text, gloss in zip(texts, glosses, strict=True) if (lead := leads([text]))]
        self._used: set[str] = set()

    def draft(self, prompt: Prompt) -> Draft:
        """The prompt with its texts."""
        alt = prompt.alt_text if self._tongue.code == ENGLISH else alt_text(prompt.shows, self._tongue)
        told = caption(self._lead(prompt), prompt.shows, alt, self._tongue)
        return Draft(prompt.prompt, prompt.negative_prompt, alt, told, self._tongue.code)

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
