"""Reads the labelled lines that the sentinel learns from and is measured on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from services.local.sentinel.policy import CATEGORIES, SAFE

OTHER_LANGUAGES = "other_languages"
"""Topic of the seed lines that are not English."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled line; `topic` is the name of its file, `label` "safe" or a category."""

    label: str
    text: str
    topic: str


def data_folder() -> Traversable:
    """Where the seed data and the weights of the package are."""
    return files("services.local.sentinel") / "data"


def read_seeds() -> list[Example]:
    """All training lines, in the order of file names and lines."""
    return _read(data_folder(), (SAFE, *CATEGORIES))


def read_evaluation() -> list[Example]:
    """All lines of the evaluation set."""
    return _read(data_folder() / "eval", (SAFE, *CATEGORIES))


def read_other_hand(name: str = "other_hand") -> list[Example]:
    """The lines that another hand wrote without having seen any others: "harm" or "safe", category, topic, text.

    `name` is that of a folder: "other_hand" for the first set, "third_hand" for the second.
    """
    folder = data_folder() / "eval" / name
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".tsv"))
    return [_strange(line) for name in names for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def _strange(line: str) -> Example:
    label, category, topic, text = line.split("\t")
    if (label, category) != (SAFE, "-") and not (label == "harm" and category in CATEGORIES):
        raise ValueError(f"expected harm and a category, or safe and -: {line[:60]}")
    return Example(SAFE if label == SAFE else category, text.strip(), topic)


def read_sentiment() -> list[Example]:
    """Training lines of the tone of voice, labelled "positive" or "negative"."""
    return _read(data_folder() / "sentiment", ("positive", "negative"))


def _read(folder: Traversable, labels: tuple[str, ...]) -> list[Example]:
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".tsv"))
    return [example for name in names for example in _read_file(folder / name, labels)]


def _read_file(path: Traversable, labels: tuple[str, ...]) -> list[Example]:
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        label, _, text = line.partition("\t")
        if label not in labels or not text.strip():
            raise ValueError(f"{path.name}:{number}: expected a label, a tab and a text")
        examples.append(Example(label, text.strip(), path.name.removesuffix(".tsv")))
    return examples
