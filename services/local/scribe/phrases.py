"""Keywords of a text: the noun phrases nearest to what it means, unlike each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

from services.local.engine import Embedder
from services.local.scribe.candidates import find
from services.local.scribe.lexicon import lexicon
from services.local.scribe.ranking import centre, mmr, spread
from services.local.scribe.tagging import tag_all

MAX_SENTENCES = 120
MAX_EMBEDDED = 30
KEYWORDS = 5


def keywords(sentences: Sequence[str], embedder: Embedder, count: int = KEYWORDS) -> list[str]:
    """At most `count` phrases, the most telling first."""
    kept = [sentences[position] for position in spread(len(sentences), MAX_SENTENCES, 40)]
    found = find(tag_all(kept, lexicon()), lexicon())
    often = found.phrases + found.names
    likely = sorted(often, key=lambda text: (-often[text], found.first_seen.get(text, 0), text))[:MAX_EMBEDDED]
    if not likely:
        return []
    rows = embedder.encode([*likely, *(sentence[:240] for sentence in kept[:12])])
    phrases, middle = rows[: len(likely)], centre(rows[len(likely) :], [1.0] * (len(rows) - len(likely)))
    scores = [float(phrases[index] @ middle) + 0.1 * math.log1p(often[text]) for index, text in enumerate(likely)]
    return [likely[index] for index in mmr(phrases, scores, count)]
