"""What a batch is made of: the texts of a directory, or the rows of a CSV file, each as an order with a key."""

from __future__ import annotations

import csv
import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import typer

from ..order import Order
from .options import SUFFIXES, Choices, Purpose, Source, Type, order_of, read_source

# Request ids are made from the item, so that an item sent twice is one asset even where the ledger was lost.
NAMESPACE = uuid.UUID("5f1c1d6e-8f0f-4f0a-9d35-0a6b3e1c7a11")
COLUMNS = {"id", "file", "content", *(field.name for field in fields(Choices)), "format"} - {"formats"}
# What was there from the first; other choices count only where they are made, so that old ledgers stay good.
FIRST_CHOICES = ("variant_count", "style", "width", "height", "seed")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of content of a batch; `key` names it in the ledger and its pictures on disk.

    `order` is None where the item cannot be read; `problem` then says why.
    """

    key: str
    order: Order | None
    problem: str = ""

    @property
    def digest(self) -> str:
        """What the item asks for, in short; another content or option makes another digest."""
        if self.order is None:
            return ""
        order = self.order
        numbers = (order.variants, order.width, order.height, order.seed)
        parts = [self.key, order.content, order.content_type, order.style, *map(str, numbers)]
        recipe = order.to_request().asset.recipe
        parts += [f"{field.name}={value}" for field, value in recipe.ListFields() if field.name not in FIRST_CHOICES]
        document = order.document.data if order.document else b""
        return hashlib.sha256("\0".join(parts).encode() + b"\0" + document).hexdigest()

    def request_id(self, attempt: int) -> str:
        """The request id of a try; sent again, it joins the asset that is there."""
        return str(uuid.uuid5(NAMESPACE, f"{self.digest} {attempt}"))


def read_items(source: Path, defaults: Choices) -> list[Item]:
    """The items of a directory of texts, or of a CSV file with a column `file` or `content`.

    Raises:
        typer.BadParameter: the source is neither, or two items have the same key.
    """
    if source.is_dir():
        found = list(_from_directory(source, defaults))
    elif source.is_file():
        found = list(_from_csv(source, defaults))
    else:
        raise typer.BadParameter(f"{source} is neither a directory nor a CSV file")
    keys = [item.key for item in found]
    if doubles := {key for key in keys if keys.count(key) > 1}:
        raise typer.BadParameter(f"several items are called {', '.join(sorted(doubles)[:3])}")
    if not found:
        raise typer.BadParameter(f"{source} has no text; wanted are {', '.join(sorted(SUFFIXES))}")
    return found


def _from_directory(source: Path, defaults: Choices) -> Iterator[Item]:
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and path.suffix.lower() in SUFFIXES and not hidden:
            yield _item(str(inside.with_suffix("")).replace("/", "-"), {"file": str(path)}, Path(), defaults)


def _from_csv(source: Path, defaults: Choices) -> Iterator[Item]:
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            if not columns & {"file", "content"} or columns - COLUMNS:
                odd = ", ".join(sorted(columns - COLUMNS)) or "neither file nor content"
                raise typer.BadParameter(f"{source} has the columns {odd}; known are {', '.join(sorted(COLUMNS))}")
            for number, row in enumerate(reader, start=1):
                key = row.get("id") or (Path(row["file"]).stem if row.get("file") else f"row-{number}")
                yield _item(key.replace("/", "-"), row, source.parent, defaults)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise typer.BadParameter(f"cannot read {source}: {error}") from None


def _item(key: str, row: Mapping[str, str | None], base: Path, defaults: Choices) -> Item:
    try:
        return Item(key, _order(row, base, defaults))
    except (typer.BadParameter, ValueError) as error:
        return Item(key, None, str(error))


def _order(row: Mapping[str, str | None], base: Path, defaults: Choices) -> Order:
    if row.get("file"):
        source = read_source(str(base / str(row["file"])))
    else:
        source = Source(content=row.get("content") or "", content_type="text/plain")
    if not source["content"].strip() and "document" not in source:
        raise ValueError("there is no text in it")
    return order_of(source, _choices(row, defaults), "")


def _choices(row: Mapping[str, str | None], defaults: Choices) -> Choices:
    """The choices of a row; empty cells leave those of the command line."""
    given = {name: text.strip() for name, text in row.items() if text and text.strip()}
    texts = {
        name: given[name] for name in ("style", "size", "negative", "brand", "language", "policy") if name in given
    }
    chosen = replace(defaults, **texts)  # type: ignore[arg-type]
    numbers = {name: int(given[name]) for name in ("variants", "seed", "quality") if name in given}
    chosen = replace(chosen, **numbers)  # type: ignore[arg-type]
    if "size" in given:
        chosen = replace(chosen, formats=())
    if "format" in given:
        chosen = replace(chosen, size="", formats=tuple(given["format"].replace(",", " ").split()))
    if "purpose" in given:
        chosen = replace(chosen, purpose=str(Purpose(given["purpose"].lower())))
    if "type" in given:
        chosen = replace(chosen, type=str(Type(given["type"].lower())))
    if "overlap" in given:
        chosen = replace(chosen, overlap=given["overlap"].lower() in ("1", "true", "yes"))
    return replace(chosen, max_cost=float(given["max_cost"])) if "max_cost" in given else chosen
