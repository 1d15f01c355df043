"""The state of a batch on disk: which item became which asset, so that a batch that was stopped goes on."""

from __future__ import annotations

import csv
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
import typer

from ..order import Order
from .options import TEXT_SUFFIXES, parse_size, read_content

# Request ids are made from the item, so that an item sent twice is one asset even where the ledger was lost.
NAMESPACE = uuid.UUID("5f1c1d6e-8f0f-4f0a-9d35-0a6b3e1c7a11")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of content of a batch; `key` names it in the ledger and its pictures on disk."""

    key: str
    order: Order


@dataclass(frozen=True, slots=True)
class Row:
    """How an item ended."""

    key: str
    request_id: str
    name: str
    state: str
    pictures: tuple[str, ...] = ()
    error: str = ""


class Ledger:
    """A file of JSON lines; the last line about an item counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[str, Row] = {}
        if path.exists():
            for line in path.read_bytes().splitlines():
                self._take_in(line)

    def is_done(self, item: Item) -> bool:
        """Whether the item, as it now is, has its pictures on disk, or was blocked by the policy."""
        row = self.rows.get(item.key)
        if row is None or row.request_id != item.order.request_id:
            return False
        return row.state == "blocked" or (
            row.state == "succeeded" and all(Path(path).exists() for path in row.pictures)
        )

    def add(self, row: Row) -> None:
        """Record how an item ended."""
        self.rows[row.key] = row
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(orjson.dumps(asdict(row)) + b"\n")

    def _take_in(self, line: bytes) -> None:
        try:
            fields = orjson.loads(line)
            row = Row(**{**fields, "pictures": tuple(fields["pictures"])})
        except (orjson.JSONDecodeError, TypeError, KeyError):
            # The line that was being written when the machine went down.
            return
        self.rows[row.key] = row


def items(source: Path, *, variants: int, style: str, size: str, seed: int) -> list[Item]:
    """The items of a directory of texts, or of a CSV file with a column `file` or `content`.

    A CSV file may also have the columns id, variants, style, size and seed, which win over the options.
    """
    found = (
        list(_from_csv(source, variants=variants, style=style, size=size, seed=seed))
        if source.is_file()
        else list(_from_directory(source, variants=variants, style=style, size=size, seed=seed))
    )
    keys = [item.key for item in found]
    if doubles := {key for key in keys if keys.count(key) > 1}:
        raise typer.BadParameter(f"several items are called {', '.join(sorted(doubles)[:3])}")
    return found


def _from_directory(source: Path, *, variants: int, style: str, size: str, seed: int) -> Iterator[Item]:
    if not source.is_dir():
        raise typer.BadParameter(f"{source} is neither a directory nor a CSV file")
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.suffix.lower() in TEXT_SUFFIXES:
            content, content_type = read_content(str(path))
            key = str(path.relative_to(source).with_suffix("")).replace("/", "-")
            yield _item(key, content, content_type, variants, style, size, seed)


def _from_csv(source: Path, *, variants: int, style: str, size: str, seed: int) -> Iterator[Item]:
    with source.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            if row.get("file"):
                content, content_type = read_content(str(source.parent / str(row["file"])))
            elif row.get("content"):
                content, content_type = str(row["content"]), "text/plain"
            else:
                raise typer.BadParameter(f"{source}, row {number}: has neither a file nor a content")
            key = row.get("id") or (Path(str(row["file"])).stem if row.get("file") else f"row-{number}")
            yield _item(
                str(key),
                content,
                content_type,
                int(row.get("variants") or variants),
                row.get("style") or style,
                row.get("size") or size,
                int(row.get("seed") or seed),
            )


def _item(key: str, content: str, content_type: str, variants: int, style: str, size: str, seed: int) -> Item:
    width, height = parse_size(size)
    parts = (key, content, content_type, str(variants), style, str(width), str(height), str(seed))
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    request_id = str(uuid.uuid5(NAMESPACE, digest))
    return Item(key, Order(content, content_type, variants, style, width, height, seed, request_id))
