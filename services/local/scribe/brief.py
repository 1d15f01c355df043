"""What content is about, condensed to what an art director needs to know."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from services.local.engine import Embedder
from services.local.scribe.art import Art, Light, Mood, Setting, Topic
from services.local.scribe.candidates import Candidates, Phrase, find
from services.local.scribe.lexicon import Lexicon
from services.local.scribe.ranking import Concreteness, Vector, centre, mmr, spread
from services.local.scribe.tagging import Token, tag_all

MAX_EMBEDDED_SENTENCES = 18
MAX_EMBEDDED_CHARACTERS = 240
MAX_EMBEDDED_PHRASES = 28
LEAD_SENTENCES = 5
SUBJECTS = 6
# What a setting or a mood loses that no word of the content speaks for.
NO_CUE = 0.08
# How much the topic's own likeness to a setting counts beside that of the content.
TOPIC_SHARE = 0.4
CLEAR_SETTING = 0.25
CLEAR_MOOD = 0.06
CLEAR_TOPIC = 0.32
CLEAR_TOPIC_WITHOUT_CUE = 0.42
# How near a noun must be to the meaning of the whole, if the lexicon has it and if it does not.
ALIKE_KNOWN = 0.2
ALIKE_UNKNOWN = 0.3


@dataclass(frozen=True)
class Brief:
    """The facts that prompts are written from; any of the texts may be empty."""

    subjects: tuple[Phrase, ...]
    action: str
    place: str
    setting: Setting
    topic: Topic | None
    mood: Mood
    time: Light | None
    weather: Light | None
    season: Light | None
    digest: int


class Reader:
    """Reads content and says what it is about; loads its tables in the constructor, is thread-safe afterwards."""

    def __init__(self, embedder: Embedder, lexicon: Lexicon, art: Art) -> None:
        self._embedder = embedder
        self._lexicon = lexicon
        self._art = art
        concrete = sorted(word for word, category in lexicon.nouns.items() if category not in ("person", "place"))[::3]
        self._concreteness = Concreteness(embedder, concrete, sorted(lexicon.abstract)[::2])

    def read(self, sentences: Sequence[str], *, allowed: Callable[[str], bool] = lambda _: True) -> Brief:
        """The brief of these sentences; phrases, acts, names and topics for which `allowed` is false are left out."""
        tagged = tag_all(sentences, self._lexicon)
        words = Counter(token.lower for tokens in tagged for token in tokens if token.tag != "mark")
        meaning = self._meaning(sentences)
        found = find(tagged, self._lexicon)
        total = max(1, sum(words.values()))
        subjects = self._subjects(found, meaning, len(sentences), allowed)
        topic = self._topic(words, total, meaning, allowed)
        setting = self._setting(words, total, meaning, topic)
        return Brief(
            subjects=subjects,
            action=self._action(found, meaning, allowed),
            place=self._place(found, topic, allowed),
            setting=setting,
            topic=topic,
            mood=self._mood(meaning) if sentences else self._art.moods[0],
            time=_cued(self._art.lights["time"], _salient(tagged)),
            weather=_cued(self._art.lights["weather"], words),
            season=_cued(self._art.lights["season"], words | _months(tagged)),
            digest=digest(" ".join(sentences)),
        )

    def _meaning(self, sentences: Sequence[str]) -> Vector:
        positions = spread(len(sentences), MAX_EMBEDDED_SENTENCES, LEAD_SENTENCES)
        rows = self._embedder.encode([sentences[position][:MAX_EMBEDDED_CHARACTERS] for position in positions] or [""])
        weights = [2.0 if position < 2 else 1.3 if position < LEAD_SENTENCES else 1.0 for position in positions] or [
            1.0
        ]
        return centre(rows, weights)

    def _subjects(
        self, found: Candidates, meaning: Vector, sentences: int, allowed: Callable[[str], bool]
    ) -> tuple[Phrase, ...]:
        def first_guess(key: str) -> tuple[float, str]:
            phrase = found.by_text[key]
            known = 1.0 if phrase.category else 0.0
            vague = 0.8 if phrase.head in self._lexicon.context["vague"] and len(phrase.words) == 1 else 0.0
            early = 1.0 - found.first_seen[key] / max(1, sentences)
            return -(known + 0.5 * math.log1p(found.heads[phrase.head]) + 0.8 * early - vague), key

        keys = [key for key in sorted(found.phrases, key=first_guess)[:MAX_EMBEDDED_PHRASES] if allowed(key)]
        if not keys:
            return ()
        rows = self._embedder.encode(keys)
        shown = self._concreteness.of(rows)
        likeness = rows @ meaning
        scores = [
            float(likeness[index]) - 0.25 * first_guess(key)[0] + 0.25 * min(1.0, float(shown[index]))
            for index, key in enumerate(keys)
        ]
        best = mmr(rows, scores, SUBJECTS + 4, diversity=0.45)
        kept = [
            keys[i] for i in best if self._can_be_shown(found.by_text[keys[i]], float(shown[i]), float(likeness[i]))
        ]
        by_head = {found.by_text[key].head: found.by_text[key] for key in reversed(kept)}
        return tuple(phrase for key in kept if (phrase := found.by_text[key]) is by_head[phrase.head])[:SUBJECTS]

    def _can_be_shown(self, phrase: Phrase, shown: float, likeness: float) -> bool:
        if phrase.category:
            return likeness > ALIKE_KNOWN
        return shown > 0.45 and likeness > ALIKE_UNKNOWN

    def _topic(self, words: Counter[str], total: int, meaning: Vector, allowed: Callable[[str], bool]) -> Topic | None:
        scored = []
        for topic, rows in zip(self._art.topics, self._art.topic_rows, strict=True):
            likeness = float(np.max(rows @ meaning))
            cued = _cue_score(topic.cues, words, total)
            if likeness + cued > (CLEAR_TOPIC if cued else CLEAR_TOPIC_WITHOUT_CUE):
                scored.append((likeness + cued, topic))
        scored.sort(key=lambda entry: (-entry[0], entry[1].key))
        return next((topic for _, topic in scored[:5] if allowed(topic.key.replace("_", " "))), None)

    def _setting(self, words: Counter[str], total: int, meaning: Vector, topic: Topic | None) -> Setting:
        likeness = self._art.setting_rows @ meaning
        if topic is not None:
            rows = self._art.topic_rows[self._art.topics.index(topic)]
            likeness = likeness + TOPIC_SHARE * np.max(self._art.setting_rows @ rows.T, axis=1)
        scores = [
            float(likeness[index]) + (_cue_score(setting.cues, words, total) or -NO_CUE)
            for index, setting in enumerate(self._art.settings)
        ]
        scores[self._art.settings.index(self._art.setting("abstract"))] = CLEAR_SETTING
        return self._art.settings[int(np.argmax(scores))]

    def _mood(self, meaning: Vector) -> Mood:
        likeness = self._art.mood_rows @ meaning
        best = int(np.argmax(likeness))
        return self._art.moods[best if likeness[best] > CLEAR_MOOD else 0]

    def _action(self, found: Candidates, meaning: Vector, allowed: Callable[[str], bool]) -> str:
        actions = [action for action in list(found.actions)[:12] if allowed(action)]
        if not actions:
            return ""
        likeness = self._embedder.encode(actions) @ meaning
        scores = [float(likeness[i]) - 0.01 * i + 0.02 * len(a.split()) for i, a in enumerate(actions)]
        best = int(np.argmax(scores))
        return actions[best] if likeness[best] > 0.3 else ""

    def _place(self, found: Candidates, topic: Topic | None, allowed: Callable[[str], bool]) -> str:
        if topic is not None and topic.key in self._art.craft.placeless:
            return ""
        counts = {
            name: count + found.names[name.removeprefix("the ")]
            for name, count in found.places.items()
            if count > 1 and name not in found.people and allowed(name)
        }
        return max(counts, key=lambda name: counts[name]) if counts else ""


def _cue_score(cues: Collection[str], words: Counter[str], total: int) -> float:
    """Evidence of words, 0 to about 0.6: different cues count more than the same one over and over."""
    if not cues:
        return 0.0
    hits = [words[cue] for cue in cues if cue in words]
    density = sum(min(count, 6) for count in hits) / math.sqrt(total + 20)
    return 0.1 * min(3, len(hits)) - (0.03 if hits else 0.0) + 0.12 * min(2.0, density)


def _cued(lights: Sequence[Light], words: Counter[str]) -> Light | None:
    counts = [(sum(words[cue] for cue in light.cues), light) for light in lights]
    best = max(counts, key=lambda pair: pair[0])
    return best[1] if best[0] else None


def _salient(tagged: Sequence[Sequence[Token]]) -> Counter[str]:
    """Words of the first three sentences, and those that come twice: one mention of a night sets no scene."""
    counts = Counter(token.lower for tokens in tagged for token in tokens)
    early = {token.lower for tokens in tagged[:3] for token in tokens}
    return Counter({word: count for word, count in counts.items() if count > 1 or word in early})


def _months(tagged: Sequence[Sequence[Token]]) -> Counter[str]:
    return Counter(token.lower for tokens in tagged for token in tokens if token.tag == "number")


def digest(text: str) -> int:
    """A number that depends on the text alone, the same in every process."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
