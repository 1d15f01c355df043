"""Learns the weights from the seed data: `python -m services.local.sentinel.train [file]`.

Deterministic: the same data gives weights that predict the same. How much each opinion counts is learnt from
predictions for lines that were held out in blocks, because neighbouring lines of the seed files resemble each other.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.local.engine import Embedder
from services.local.sentinel.dataset import OTHER_LANGUAGES, Example, read_seeds, read_sentiment
from services.local.sentinel.features import wording, words
from services.local.sentinel.languages import gloss
from services.local.sentinel.model import (
    MEANING_SCALE,
    WORDING_SCALE,
    Model,
    Neighbours,
    features,
    opinions,
)
from services.local.sentinel.normalise import normalise
from services.local.sentinel.policy import CLASSES, SAFE
from services.local.sentinel.quasi_newton import fit_gram
from services.local.sentinel.regression import Floats, Linear, fit, softmax
from services.local.sentinel.sentinel import WEIGHTS_FILE
from services.local.sentinel.sparse import Sparse

_PENALTY: Final = 6e-4
_TONE_PENALTY: Final = 1e-3
_FOLDS: Final = 4
_STEPS: Final = 40
_BLOCK: Final = 6
_SAFE_PRIOR: Final = 2.0
_AUGMENTED_SHARE: Final = 8
_TELEGRAM_TURN: Final = 2
_SMALL_WORDS = "a an the of in on at to for with is are was were be been and or that this it its by"
_SMALL: Final = frozenset(_SMALL_WORDS.split())

_STYLES: Final = (
    ", highly detailed, cinematic light",
    ", watercolour",
    ", photograph, 35 mm, natural light",
    ", flat vector illustration, pastel colours",
    ", digital art, 4k",
    ", oil painting, dramatic sky",
    ", black and white, film grain",
    ", 3D render, soft shadows",
)
_LEADS: Final = ("A picture of ", "An illustration: ", "Please draw ", "Create an image of ", "A photo that shows ")


@dataclass(frozen=True, slots=True)
class _Table:
    """Training rows; `block` keeps together what must be held out together, `own` marks lines as they were written."""

    meaning: Floats
    wording: Sparse
    labels: NDArray[np.uint8]
    block: NDArray[np.int64]
    own: NDArray[np.bool_]


def train(embedder: Embedder) -> Model:
    """A model fitted to the committed seed data."""
    seeds = read_seeds()
    table = _table(seeds, embedder)
    own = table.own
    gram = _gram(table)
    shares, bias = _fit(gram, table.labels)
    weights = [MEANING_SCALE * (table.meaning.T @ shares), WORDING_SCALE * table.wording.transposed_times(shares)]
    return Model(
        regression=Linear(np.vstack(weights), bias),
        neighbours=Neighbours.of(table.meaning[own], table.labels[own]),
        blend=_blend(table, gram),
        tone=_tone(read_sentiment(), embedder),
        known=_english(seeds),
    )


def _gram(table: _Table) -> Floats:
    """Dot products of the rows as the regression sees them."""
    gram: Floats = table.wording.gram()
    gram *= WORDING_SCALE**2
    gram += MEANING_SCALE**2 * (table.meaning @ table.meaning.T)
    return gram


def _table(seeds: Sequence[Example], embedder: Embedder) -> _Table:
    texts, labels, blocks = [], [], []
    english = _english(seeds)
    for number, seed in enumerate(seeds):
        texts.append(_read(seed, english))
        labels.append(CLASSES.index(seed.label))
        blocks.append(number // _BLOCK)
    for text, label, block in (*_augmented(seeds), *_telegrams(seeds)):
        texts.append(text)
        labels.append(label)
        blocks.append(block)
    own = np.arange(len(texts)) < len(seeds)
    meaning = embedder.encode(texts)
    return _Table(meaning, Sparse.of(texts), np.array(labels, dtype=np.uint8), np.array(blocks), own)


def _english(seeds: Sequence[Example]) -> frozenset[str]:
    """The English words of the seed data."""
    own = (seed for seed in seeds if seed.topic != OTHER_LANGUAGES)
    return frozenset(word for seed in own for word in words(seed.text) if word.isascii())


def _read(seed: Example, english: frozenset[str]) -> str:
    """A line as the judge reads it: one in another language word by word in English."""
    if seed.topic != OTHER_LANGUAGES:
        return normalise(seed.text)
    found = gloss(seed.text, english)
    return found.text if found else normalise(seed.text)


def _telegrams(seeds: Sequence[Example]) -> list[tuple[str, int, int]]:
    """Every eighth line, another eighth than is augmented, without the small words that a gloss often lacks."""
    rows = []
    for number, seed in enumerate(seeds):
        if number % _AUGMENTED_SHARE == _TELEGRAM_TURN and seed.topic != OTHER_LANGUAGES:
            kept = [word for word in normalise(seed.text).split() if word.lower().strip(",.") not in _SMALL]
            rows.append((" ".join(kept).lower(), CLASSES.index(seed.label), number // _BLOCK))
    return rows


def _augmented(seeds: Sequence[Example]) -> list[tuple[str, int, int]]:
    """Every eighth line again: with a style or a lead, next to a safe line, as windows of real texts look."""
    safe = [number for number, seed in enumerate(seeds) if seed.label == SAFE]
    rows = []
    for number, seed in enumerate(seeds):
        turn = number // _AUGMENTED_SHARE
        if number % _AUGMENTED_SHARE or seed.topic == OTHER_LANGUAGES:
            continue
        text = normalise(seed.text)
        if turn % 4 == 0:
            text += _STYLES[turn // 4 % len(_STYLES)]
        elif turn % 4 == 1:
            text = _LEADS[turn // 4 % len(_LEADS)] + text
        else:
            other = normalise(seeds[safe[turn * 7 % len(safe)]].text)
            text = f"{other}. {text}" if turn % 4 == 2 else f"{text}. {other}"
        rows.append((text, CLASSES.index(seed.label), number // _BLOCK))
    return rows


def _fit(gram: Floats, labels: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    targets = np.eye(len(CLASSES), dtype=np.float32)[labels]
    return fit_gram(gram, targets, _importance(labels), penalty=_PENALTY, steps=_STEPS)


def _importance(labels: NDArray[np.uint8]) -> Floats:
    """Safe and harmful lines weigh the same in all; a rare category weighs up to twice as much a line."""
    counts = np.bincount(labels, minlength=len(CLASSES)).astype(np.float32)
    harmful = counts[1:]
    boost = np.clip(np.sqrt(harmful.mean() / np.maximum(harmful, 1.0)), 0.7, 2.0)
    boost *= counts[0] / float((boost * harmful).sum())
    weights = np.concatenate([np.ones(1, dtype=np.float32), boost.astype(np.float32)])
    chosen: Floats = weights[labels]
    return chosen


def _blend(table: _Table, gram: Floats) -> Floats:
    """Weights of the opinions, fitted on held-out lines."""
    weighed = np.zeros((len(table.labels), 3), dtype=np.float32)
    neighbours = Neighbours.of(table.meaning[table.own], table.labels[table.own])
    fold = table.block % _FOLDS
    for number in range(_FOLDS):
        held = fold == number
        shares, bias = _fit(gram[np.ix_(~held, ~held)], table.labels[~held])
        judged = softmax(gram[np.ix_(held, ~held)] @ shares + bias)
        without = np.tile(held[table.own], (int(held.sum()), 1))
        weighed[held] = opinions(judged, neighbours.likeness(neighbours.alike(table.meaning[held], without=without)))
    harmful = (table.labels > 0).astype(np.float32)
    targets = np.stack([1.0 - harmful, harmful], axis=1)
    # In use, far more texts are safe than among the seeds.
    importance = _importance(table.labels) * np.where(table.labels == 0, _SAFE_PRIOR, 1.0).astype(np.float32)
    blend = fit(weighed, targets, importance, penalty=1e-4, steps=2000)
    return np.array([*(blend.weights[:, 1] - blend.weights[:, 0]), blend.bias[1] - blend.bias[0]], dtype=np.float32)


def _tone(examples: Sequence[Example], embedder: Embedder) -> Linear:
    texts = [normalise(example.text) for example in examples]
    positive = np.array([example.label == "positive" for example in examples], dtype=np.float32)
    rows = features(embedder.encode(texts), wording(texts))
    targets = np.stack([1.0 - positive, positive], axis=1)
    return fit(rows, targets, np.ones(len(texts), dtype=np.float32), penalty=_TONE_PENALTY)


def main(arguments: Sequence[str]) -> None:
    """Trains and writes the weights file."""
    from services.local.embedding import MiniLM

    path = Path(arguments[0]) if arguments else Path(__file__).parent / "data" / WEIGHTS_FILE
    data = train(MiniLM(integers=True)).to_bytes()
    path.write_bytes(data)
    sys.stdout.write(f"{path.name}: {len(data)} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
