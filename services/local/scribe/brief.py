"""What content is about, condensed to what an art director needs to know."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.local.engine import Embedder
from services.local.scribe.acts import Act, acts
from services.local.scribe.art import Art, Light, Mood, Setting, Topic
from services.local.scribe.candidates import Candidates, Phrase, find
from services.local.scribe.lexicon import Lexicon
from services.local.scribe.light import read_lights
from services.local.scribe.passing import PASSING, without_passing
from services.local.scribe.ranking import Vector, centre, spread
from services.local.scribe.subjects import Chooser
from services.local.scribe.tagging import Token, leads_on, tag_all

MAX_SENTENCES = 240
MAX_EMBEDDED_SENTENCES = 18
MAX_EMBEDDED_CHARACTERS = 240
LEAD_SENTENCES = 5
MAX_TITLE_WORDS = 14
# How often the words of the title, or of the first sentence without one, count as evidence.
TITLE_WEIGHT = 3
FIRST_WEIGHT = 2
# Evidence of a topic or a setting that has the main subject among its cues.
MAIN_WEIGHT = 0.2
# What a setting or a mood loses that no word of the content speaks for.
NO_CUE = 0.08
# How much the topic's own likeness to a setting counts beside that of the content.
TOPIC_SHARE = 0.4
# How much words that speak for a mood count beside the meaning of the whole.
MOOD_CUES = 0.9
CLEAR_SETTING = 0.25
CLEAR_MOOD = 0.06
CLEAR_TOPIC = 0.34
CLEAR_TOPIC_WITHOUT_CUE = 0.42


@dataclass(frozen=True)
class Brief:
    """The facts that prompts are written from; any of the texts and lists may be empty.

    `titled` says that the heading names the first subject, `certain` that the text is plainly about it: the heading
    names it, or it comes again, or it comes first, or there is no more than one sentence.
    """

    subjects: tuple[Phrase, ...]
    titled: bool
    certain: bool
    companions: tuple[Phrase, ...]
    acts: tuple[Act, ...]
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
        self._chooser = Chooser(embedder, lexicon)

    def read(self, sentences: Sequence[str], *, allowed: Callable[[str], bool] = lambda _: True) -> Brief:
        """The brief of these sentences; phrases, acts, names and topics for which `allowed` is false are left out."""
        kept = [sentences[position] for position in spread(len(sentences), MAX_SENTENCES, MAX_SENTENCES // 4)]
        tagged = [without_passing(tokens, self._lexicon) for tokens in tag_all(kept, self._lexicon)]
        meaning = self._meaning(kept)
        found = find(tagged, self._lexicon)
        title = _title_nouns(kept, tagged, self._lexicon)
        happening = [act for tokens in tagged for act in acts(tokens, self._lexicon)]
        shown = self._chooser.choose(found, happening, meaning, title, allowed)
        words = _evidence(kept, tagged, self._lexicon)
        total = max(1, sum(words.values()))
        main = shown.subjects[0] if shown.subjects else None
        topic = self._topic(words, total, meaning, main, allowed)
        if main is None and topic is None:
            shown = replace(shown, subjects=self._chooser.hint(found, meaning, allowed))
            main = shown.subjects[0] if shown.subjects else None
        lights = read_lights(tagged, self._art)
        return Brief(
            subjects=shown.subjects,
            titled=main is not None and main.head in title,
            certain=main is not None
            and (found.heads[main.head] > 1 or main.head in title or _is_first(main, found) or len(kept) == 1),
            companions=shown.companions,
            acts=shown.acts,
            place=self._place(found, topic, allowed),
            setting=self._setting(words, total, meaning, topic, main),
            topic=topic,
            mood=self._mood(words, total, meaning, topic) if sentences else self._art.moods[0],
            time=lights.time,
            weather=lights.weather,
            season=lights.season,
            digest=digest(" ".join(sentences)),
        )

    def _meaning(self, sentences: Sequence[str]) -> Vector:
        positions = spread(len(sentences), MAX_EMBEDDED_SENTENCES, LEAD_SENTENCES)
        rows = self._embedder.encode([sentences[position][:MAX_EMBEDDED_CHARACTERS] for position in positions] or [""])
        weights = [2.0 if position < 2 else 1.3 if position < LEAD_SENTENCES else 1.0 for position in positions]
        return centre(rows, weights or [1.0])

    def _topic(
        self,
        words: Counter[str],
        total: int,
        meaning: Vector,
        main: Phrase | None,
        allowed: Callable[[str], bool],
    ) -> Topic | None:
        scored = []
        for topic, rows in zip(self._art.topics, self._art.topic_rows, strict=True):
            likeness = float(np.max(rows @ meaning))
            cued = _cue_score(topic.cues, words, total) + self._named(topic.cues, main)
            if likeness + cued > (CLEAR_TOPIC if cued else CLEAR_TOPIC_WITHOUT_CUE):
                scored.append((likeness + cued, topic))
        scored.sort(key=lambda entry: (-entry[0], entry[1].key))
        return next((topic for _, topic in scored[:5] if allowed(topic.key.replace("_", " "))), None)

    def _setting(
        self, words: Counter[str], total: int, meaning: Vector, topic: Topic | None, main: Phrase | None
    ) -> Setting:
        likeness = self._art.setting_rows @ meaning
        if topic is not None:
            rows = self._art.topic_rows[self._art.topics.index(topic)]
            likeness = likeness + TOPIC_SHARE * np.max(self._art.setting_rows @ rows.T, axis=1)
        scores = [
            float(likeness[index])
            + (_cue_score(setting.cues, words, total) + self._named(setting.cues, main) or -NO_CUE)
            for index, setting in enumerate(self._art.settings)
        ]
        scores[self._art.settings.index(self._art.setting("abstract"))] = CLEAR_SETTING
        return self._art.settings[int(np.argmax(scores))]

    def _named(self, cues: Collection[str], main: Phrase | None) -> float:
        """What the main subject adds as evidence where it is a cue itself."""
        if main is None or main.category in ("person", "") or " ".join(main.words[-2:]) in self._lexicon.other_sense:
            return 0.0
        return MAIN_WEIGHT if any(self._lexicon.singular(cue) == main.head for cue in cues) else 0.0

    def _mood(self, words: Counter[str], total: int, meaning: Vector, topic: Topic | None) -> Mood:
        cued = [MOOD_CUES * _cue_score(mood.cues, words, total) for mood in self._art.moods]
        likeness = self._art.mood_rows @ meaning + np.array(cued, dtype=np.float32)
        if topic is not None:
            rows = self._art.topic_rows[self._art.topics.index(topic)]
            likeness = likeness + TOPIC_SHARE * np.mean(self._art.mood_rows @ rows.T, axis=1)
        best = int(np.argmax(likeness))
        return self._art.moods[best if likeness[best] > CLEAR_MOOD else 0]

    def _place(self, found: Candidates, topic: Topic | None, allowed: Callable[[str], bool]) -> str:
        if topic is not None and topic.key in self._art.craft.placeless:
            return ""
        counts = {
            name: count + found.names[name.removeprefix("the ")]
            for name, count in found.places.items()
            if count > 1 and name not in found.people and allowed(name)
        }
        return max(counts, key=lambda name: counts[name]) if counts else ""


def _evidence(sentences: Sequence[str], tagged: Sequence[Sequence[Token]], lexicon: Lexicon) -> Counter[str]:
    """Words as often as they count: those of the title several times."""
    words = Counter(token.lower for tokens in tagged for token in _speaking(tokens, lexicon))
    if len(tagged) > 1:
        weight = TITLE_WEIGHT if _is_title(sentences) else FIRST_WEIGHT
        for token in _speaking(tagged[0], lexicon):
            words[token.lower] += weight - 1
    return words


def _speaking(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    """The words of a sentence that say what it is about.

    Not "race" in "race to save a dying language", and not "station" of a radio station.
    """
    for index, token in enumerate(tokens):
        before = tokens[index - 1].lower if index else ""
        if token.tag in ("mark", PASSING) or leads_on(tokens, index, lexicon):
            continue
        if f"{before} {lexicon.singular(token.lower)}" not in lexicon.other_sense:
            yield token


def _is_first(main: Phrase, found: Candidates) -> bool:
    return next(iter(found.by_text.values()), main).head == main.head


def _is_title(sentences: Sequence[str]) -> bool:
    """Whether the first of several sentences is a heading."""
    first = sentences[0] if len(sentences) > 1 else ""
    return bool(first) and first[-1].isalnum() and len(first.split()) <= MAX_TITLE_WORDS


def _title_nouns(sentences: Sequence[str], tagged: Sequence[Sequence[Token]], lexicon: Lexicon) -> frozenset[str]:
    """Nouns, in the singular, of the heading; of a text without one, nothing."""
    tokens = tagged[0] if _is_title(sentences) else ()
    return frozenset(lexicon.singular(token.lower) for token in tokens if lexicon.category(token.lower))


def _cue_score(cues: Collection[str], words: Counter[str], total: int) -> float:
    """Evidence of words, 0 to about 0.6: different cues count more than the same one over and over."""
    if not cues:
        return 0.0
    hits = [words[cue] for cue in cues if cue in words]
    density = sum(min(count, 6) for count in hits) / math.sqrt(total + 20)
    return 0.1 * min(3, len(hits)) - (0.03 if hits else 0.0) + 0.12 * min(2.0, density)


def digest(text: str) -> int:
    """A number that depends on the text alone, the same in every process."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
