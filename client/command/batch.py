"""`atelier batch`: many texts, a few at once, with a ledger to go on from."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..errors import AtelierError
from ..http import DEFAULT_URL, Atelier
from . import exits
from .ledger import Item, Ledger, Row, items
from .options import AsJson, Key, Out, Seed, Size, Style, Url, Variants
from .output import print_json, save_pictures, state_name


def batch(
    source: Annotated[Path, typer.Argument(metavar="DIR|CSV", help="A directory of texts, or a CSV file.")],
    variants: Variants = 1,
    style: Style = "",
    size: Size = "",
    seed: Seed = 0,
    out: Out = Path("out"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="How many at once.")] = 4,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Turn many texts into pictures; run it again to go on where it stopped.

    What is done is kept in OUT/batch.jsonl: finished items are skipped, changed ones made anew.
    """
    found = items(source, variants=variants, style=style, size=size, seed=seed)
    ledger = Ledger(out / "batch.jsonl")
    open_items = [item for item in found if not ledger.is_done(item)]
    if dry_run:
        for item in open_items:
            typer.echo(f"{item.key}\t{item.order.variants} variant(s)\t{len(item.order.content)} characters")
        typer.echo(f"{len(open_items)} to do, {len(found) - len(open_items)} done", err=True)
        return
    with exits.errors_exit():
        _run(open_items, ledger, out, jobs=jobs, as_json=as_json, url=url, api_key=api_key)
    rows = [ledger.rows[item.key] for item in found if item.key in ledger.rows]
    if not as_json:
        _summary(rows, done_before=len(found) - len(open_items))
    sys.exit(exits.OK if all(row.state == "succeeded" for row in rows) else exits.FAILED)


def _run(
    open_items: list[Item], ledger: Ledger, out: Path, *, jobs: int, as_json: bool, url: str, api_key: str
) -> None:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    pool = ThreadPoolExecutor(jobs)
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            bar = progress.add_task("making pictures", total=len(open_items))
            running = [pool.submit(_one, item, out, url, api_key) for item in open_items]
            for future in as_completed(running):
                row = future.result()
                ledger.add(row)
                progress.advance(bar)
                if as_json:
                    print_json({"key": row.key, "name": row.name, "state": row.state, "pictures": list(row.pictures)})
                elif not console.is_terminal:
                    console.print(f"{row.key}: {row.state}", markup=False, highlight=False)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one(item: Item, out: Path, url: str, api_key: str) -> Row:
    """Make one item; whatever goes wrong becomes its row, so that the others go on."""
    with Atelier(url, api_key) as atelier:
        job = atelier.create_order(item.order)
        try:
            asset = job.result()
            pictures = tuple(save_pictures(job, out, item.key).values())
        except AtelierError as error:
            return Row(item.key, item.order.request_id, job.name, "failed", error=str(error))
    errors = [variant.error.message for variant in asset.variants if variant.HasField("error")]
    message = asset.error.message or "; ".join(errors)
    return Row(item.key, item.order.request_id, asset.name, state_name(asset), pictures, message)


def _summary(rows: list[Row], done_before: int) -> None:
    table = Table(box=None, header_style="dim")
    for title in ("item", "state", "pictures", "why"):
        table.add_column(title, overflow="fold")
    for row in rows:
        style = "green" if row.state == "succeeded" else "yellow" if row.state == "blocked" else "red"
        table.add_row(row.key, f"[{style}]{row.state}[/]", str(len(row.pictures)), row.error)
    console = Console()
    console.print(table)
    good = sum(row.state == "succeeded" for row in rows)
    console.print(f"{good} of {len(rows)} succeeded, {done_before} of them before", highlight=False)
