"""The art director's tables: settings, topics and moods, each with its place in the space of meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.local.engine import Embedder
from services.local.scribe.lexicon import load_table

Vector = NDArray[np.float32]
SUITS = 0.15


@dataclass(frozen=True)
class Setting:
    """Where a picture takes place; the fields are those of `data/settings.toml`."""

    key: str
    kind: str
    cues: frozenset[str]
    here: str
    wide: str
    above: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A subject and how to show it; the fields are those of `data/topics.toml`."""

    key: str
    cues: frozenset[str]
    hero: str
    people: str
    still: str
    metaphor: str
    detail: str


@dataclass(frozen=True)
class Mood:
    """A mood with the words and colours that carry it."""

    key: str
    phrases: tuple[str, ...]
    palette: tuple[str, ...]
    cues: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Light:
    """A time of day, a weather or a season, with the words that show it outdoors and indoors."""

    key: str
    cues: frozenset[str]
    outdoor: tuple[str, ...]
    indoor: tuple[str, ...]
    alt: str


@dataclass(frozen=True)
class Craft:
    """Words of the trade; the fields are those of `data/craft.toml`."""

    styles: Mapping[str, tuple[str, ...]]
    shapes: Mapping[str, tuple[str, ...]]
    close: Mapping[str, tuple[str, ...]]
    surfaces: tuple[str, ...]
    arrangements: tuple[str, ...]
    grounds: tuple[str, ...]
    forms: tuple[str, ...]
    void: tuple[str, ...]
    spot: tuple[str, ...]
    media: frozenset[str]
    conceptual: frozenset[str]
    placeless: frozenset[str]
    negative: Mapping[str, str]


@dataclass(frozen=True)
class Art:
    """All tables, with one row of meaning for every setting, topic and mood, in the same order."""

    settings: tuple[Setting, ...]
    topics: tuple[Topic, ...]
    moods: tuple[Mood, ...]
    lights: Mapping[str, tuple[Light, ...]]
    craft: Craft
    setting_rows: Vector
    topic_rows: Sequence[Vector]
    mood_rows: Vector
    hero_rows: Vector
    people_rows: Vector

    def suits(self, rows: Vector, topic: Topic | None, setting: Setting) -> bool:
        """Whether a topic's hero or people, by their rows, can be imagined in the setting."""
        if topic is None:
            return True
        row = rows[self.topics.index(topic)]
        return float(row @ self.setting_rows[self.settings.index(setting)]) > SUITS

    def setting(self, key: str) -> Setting:
        """The setting of that name."""
        return next(setting for setting in self.settings if setting.key == key)


def load_art(embedder: Embedder) -> Art:
    """The tables of the package, embedded."""
    settings = load_table("settings")
    topics = {key: _mapping(row) for key, row in load_table("topics")["topic"].items()}
    moods = load_table("moods")
    mood_table = {key: _mapping(row) for key, row in moods["mood"].items()}
    return Art(
        settings=tuple(_setting(key, row) for key, row in settings.items()),
        topics=tuple(_topic(key, row) for key, row in topics.items()),
        moods=tuple(
            Mood(key, _texts(row["phrases"]), _texts(row["palette"]), frozenset(str(row.get("cues", "")).split()))
            for key, row in mood_table.items()
        ),
        lights={
            group: tuple(_light(key, _mapping(row)) for key, row in moods[group].items())
            for group in ("time", "weather", "season")
        },
        craft=_craft(load_table("craft")),
        setting_rows=embedder.encode([str(row["about"]) for row in settings.values()]),
        topic_rows=[embedder.encode(_texts(row["about"])) for row in topics.values()],
        mood_rows=embedder.encode([str(row["about"]) for row in mood_table.values()]),
        hero_rows=embedder.encode([str(row["hero"]) for row in topics.values()]),
        people_rows=embedder.encode([str(row["people"]) for row in topics.values()]),
    )


def _setting(key: str, row: Mapping[str, object]) -> Setting:
    return Setting(
        key, str(row["kind"]), _cues(row), str(row["here"]), str(row["wide"]), str(row["above"]), _texts(row["details"])
    )


def _topic(key: str, row: Mapping[str, object]) -> Topic:
    hero, people, still, metaphor, detail = (
        str(row[name]) for name in ("hero", "people", "still", "metaphor", "detail")
    )
    return Topic(key, _cues(row), hero, people, still, metaphor, detail)


def _light(key: str, row: Mapping[str, object]) -> Light:
    return Light(key, _cues(row), _texts(row["outdoor"]), _texts(row.get("indoor", [])), str(row["alt"]))


def _craft(table: Mapping[str, Mapping[str, object]]) -> Craft:
    words = table["words"]
    return Craft(
        styles={kind: _texts(styles) for kind, styles in table["styles"].items()},
        shapes={kind: _texts(shapes) for kind, shapes in table["shapes"].items()},
        close={kind: _texts(parts) for kind, parts in table["close"].items()},
        surfaces=_texts(words["surfaces"]),
        arrangements=_texts(words["arrangements"]),
        grounds=_texts(words["grounds"]),
        forms=_texts(words["forms"]),
        void=_texts(words["void"]),
        spot=_texts(words["spot"]),
        media=frozenset(str(words["media"]).split()),
        conceptual=frozenset(str(words["conceptual"]).split()),
        placeless=frozenset(str(words["placeless"]).split()),
        negative={key: str(value) for key, value in table["negative"].items()},
    )


def _cues(row: Mapping[str, object]) -> frozenset[str]:
    return frozenset(str(row["cues"]).split())


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(item) for item in value)


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict)
    return value
