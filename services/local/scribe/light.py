"""Which time of day, weather and season a text names; a light of its own for each, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.local.scribe.art import Art, Light
from services.local.scribe.tagging import Token

_EARLY = 3
# One late mention of a night or a summer sets no scene; one of a sunset does.
_PASSING = frozenset({"night", "nights", "evening", "evenings", "afternoon", "breakfast", "morning", "mornings"})


@dataclass(frozen=True, slots=True)
class Lights:
    """What the text names; None where it names nothing."""

    time: Light | None
    weather: Light | None
    season: Light | None


def read_lights(tagged: Sequence[Sequence[Token]], art: Art) -> Lights:
    """The lights that the tagged sentences speak of: the most frequent, among equals the first."""
    words = Counter(token.lower for tokens in tagged for token in tokens)
    early = list(dict.fromkeys(token.lower for tokens in tagged[:_EARLY] for token in tokens))
    salient = {word: count for word, count in words.items() if count > 1 or word in early}
    return Lights(
        time=_cued(art.lights["time"], salient) or _cued(art.lights["time"], _without(words, _PASSING)),
        weather=_cued(art.lights["weather"], dict(words)),
        season=_cued(art.lights["season"], salient),
    )


def _without(words: Counter[str], left_out: frozenset[str]) -> dict[str, int]:
    return {word: count for word, count in words.items() if word not in left_out}


def _cued(lights: Sequence[Light], words: dict[str, int]) -> Light | None:
    order = {word: position for position, word in enumerate(words)}
    found = []
    for light in lights:
        hits = [word for word in light.cues if word in words]
        if hits:
            found.append((-sum(words[word] for word in hits), min(order[word] for word in hits), light.key, light))
    return min(found, key=lambda entry: entry[:3])[3] if found else None
