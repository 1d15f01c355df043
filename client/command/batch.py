"""`atelier batch`: many texts, a few at once, with a ledger to go on from."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from ..errors import AtelierError
from ..http import DEFAULT_URL, Atelier
from ..order import Order
from ..summary import state_name
from . import exits
from .items import Item, read_items
from .ledger import Ledger, Row
from .options import (
    AsJson,
    Brand,
    Choices,
    Formats,
    Key,
    Language,
    MaxCost,
    Negative,
    Out,
    Overlap,
    Policy,
    PurposeOption,
    Quality,
    Seed,
    Size,
    Style,
    TypeOption,
    Url,
    Variants,
    parse_formats,
    parse_size,
)
from .output import print_line, save_pictures
from .previews import preview_items

STYLES = {"succeeded": "green", "blocked": "yellow"}


def batch(
    source: Annotated[Path, typer.Argument(metavar="DIR|CSV", help="A directory of texts, or a CSV file.")],
    variants: Variants = 1,
    purpose: PurposeOption = None,
    style: Style = "",
    size: Size = "",
    formats: Formats = None,
    file_type: TypeOption = None,
    quality: Quality = 0,
    negative: Negative = "",
    brand: Brand = "",
    language: Language = "",
    policy: Policy = "",
    overlap: Overlap = False,
    max_cost: MaxCost = 0.0,
    seed: Seed = 0,
    out: Out = Path("out"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="How many at once.")] = 4,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="As --dry-run, and ask the server what each text would cost.")
    ] = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Turn many texts into pictures; run it again to go on where it stopped.

    A CSV file has a column file or content, and may have id and any of the options: variants, purpose, style, size,
    format, type, quality, negative, brand, language, policy, overlap, max_cost, seed.
    What is done is kept in OUT/batch.jsonl: finished items are skipped, failed and changed ones made anew.
    The exit code is 0 only if every item succeeded.
    """
    shapes, kind = tuple(formats or ()), file_type or ""
    parse_size(size), parse_formats(size, shapes)
    choices = Choices(
        *(variants, purpose or "", style, size, shapes, kind, quality, negative, brand, language, policy),
        overlap=overlap,
        max_cost=max_cost,
        seed=seed,
    )
    found = read_items(source, choices)
    ledger = Ledger(out / "batch.jsonl")
    open_items = [item for item in found if not ledger.is_done(item)]
    if dry_run:
        _show_plan(open_items, len(found))
        return
    if preview:
        sys.exit(preview_items(open_items, url, api_key, as_json=as_json))
    interrupted = not Batch(ledger, out, url, api_key, as_json=as_json).run(open_items, jobs)
    rows = {item.key: ledger.rows.get(item.key) for item in found}
    if not as_json:
        _summary(rows, made=len(found) - len(open_items))
    if interrupted:
        exits.say("interrupted; what was accepted goes on, the same command again takes it up")
        sys.exit(exits.INTERRUPTED)
    sys.exit(_exit_code([row for row in rows.values() if row is not None]))


class Batch:
    """Makes items with a few threads; rows go into the ledger as they come."""

    def __init__(self, ledger: Ledger, out: Path, url: str, api_key: str, *, as_json: bool) -> None:
        self._ledger = ledger
        self._out = out
        self._url = url
        self._api_key = api_key
        self._as_json = as_json
        self._waiting: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._rows: queue.SimpleQueue[Row] = queue.SimpleQueue()

    def run(self, items: list[Item], jobs: int) -> bool:
        """Make the items; False if Ctrl-C came before the last."""
        for item in items:
            self._waiting.put(item)
        for _ in range(min(jobs, len(items))):
            # Daemons: after Ctrl-C nobody waits for them, and the server goes on without them.
            threading.Thread(target=self._work, daemon=True).start()
        try:
            with self._bar(len(items)) as advance:
                for _ in items:
                    row = self._rows.get()
                    self._ledger.add(row)
                    advance.show(row)
        except KeyboardInterrupt:
            return False
        return True

    @contextmanager
    def _bar(self, total: int) -> Iterator[Bar]:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal or not total) as progress:
            yield Bar(progress, total, as_json=self._as_json)

    def _work(self) -> None:
        while True:
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                return
            try:
                self._rows.put(self._make(item))
            except Exception as error:
                # Every item has to bring a row, or the main thread waits for ever.
                self._rows.put(Row(item.key, item.digest, self._ledger.attempt(item), "", "error", error=repr(error)))

    def _make(self, item: Item) -> Row:
        """Make one item; whatever goes wrong becomes its row, so that the others go on."""
        attempt = self._ledger.attempt(item)
        row = Row(item.key, item.digest, attempt, "", "error", error=item.problem)
        if item.order is None:
            return row
        with Atelier(self._url, self._api_key) as atelier:
            job = atelier.create_order(replace(item.order, request_id=item.request_id(attempt)))
            try:
                asset = job.result()
                pictures = tuple(path for _, path in save_pictures(atelier, asset, self._out, item.key))
            except (AtelierError, OSError) as error:
                return replace(row, name=job.name, error=str(error))
        errors = [variant.error.message for variant in asset.variants if variant.HasField("error")]
        message = asset.error.message or "; ".join(errors)
        return replace(row, name=asset.name, state=state_name(asset), pictures=pictures, error=message)


class Bar:
    """One bar for the whole batch, with the numbers of what went well and what did not."""

    def __init__(self, progress: Progress, total: int, *, as_json: bool) -> None:
        self._progress = progress
        self._as_json = as_json
        self._good = self._bad = 0
        self._task = progress.add_task("making pictures", total=total)

    def show(self, row: Row) -> None:
        """Count a row."""
        self._good, self._bad = self._good + row.good, self._bad + (not row.good)
        said = f"{self._good} succeeded, {self._bad} not" if self._bad else f"{self._good} succeeded"
        self._progress.update(self._task, advance=1, description=said)
        if self._as_json:
            error = {"error": row.error} if row.error else {}
            print_line({"key": row.key, "name": row.name, "state": row.state, "pictures": [*row.pictures], **error})
        elif self._progress.disable:
            why = f": {row.error}" if row.error else ""
            sys.stderr.write(f"{row.key}: {row.state}{why}\n")


def _exit_code(rows: list[Row]) -> int:
    if all(row.good for row in rows):
        return exits.OK
    return exits.BLOCKED if all(row.good or row.state == "blocked" for row in rows) else exits.FAILED


def _show_plan(open_items: list[Item], count: int) -> None:
    for item in open_items:
        order = item.order
        says = f"{order.variants} variant(s)\t{_length(order)}" if order else item.problem
        typer.echo(f"{item.key}\t{says}")
    typer.echo(f"{len(open_items)} to do, {count - len(open_items)} done", err=True)


def _length(order: Order) -> str:
    return f"{len(order.document.data)} bytes" if order.document else f"{len(order.content)} characters"


def _summary(rows: dict[str, Row | None], made: int) -> None:
    states = [row.state if row else "not done" for row in rows.values()]
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("item", "state", "pictures", "why"):
        table.add_column(title, overflow="fold", justify="right" if title == "pictures" else "left")
    for (key, row), state in zip(rows.items(), states, strict=True):
        style = STYLES.get(state, "red" if row else "dim")
        pictures, why = (str(len(row.pictures)), row.error) if row else ("", "")
        table.add_row(Text(key), Text(state, style=style), pictures, Text(why))
    console = Console()
    console.print(table)
    counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    console.print(f"{len(states)} items: {counts}; {made} were done before", highlight=False)
