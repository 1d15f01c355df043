"""Subcommands for what people decide and write: review, update, texts."""

from __future__ import annotations

import csv
import getpass
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from rich.console import Console

from ..errors import AtelierError
from ..http import DEFAULT_URL, Atelier
from ..order import painted
from ..summary import show_asset, state_name
from . import exits
from .complete import complete_name
from .options import AsJson, Key, Url, full_name
from .output import print_json, print_line, show_assets, write_whole

COLUMNS = ("asset", "variant", "language", "alt_text", "caption")
OptionalName = Annotated[
    str, typer.Argument(help="Name of an asset: assets/ID, or the ID alone.", autocompletion=complete_name)
]
Variant = Annotated[list[int] | None, typer.Option("--variant", min=1, max=8, help="Number of a variant, from 1.")]


def review(
    name: OptionalName = "",
    approve: Annotated[bool, typer.Option("--approve", help="The work may go on.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It stays refused.")] = False,
    variants: Variant = None,
    content: Annotated[bool, typer.Option("--content", help="Decide about the content, not about variants.")] = False,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    reviewer: Annotated[
        str, typer.Option("--reviewer", envvar="ATELIER_CLIENT_REVIEWER", help="Who decides; you, if not given.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Save the held pictures there.")] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Decide about what the policy held, or about what it blocked, which is an appeal.

    Without a name, lists what waits. With a name alone, shows it; --out saves its held pictures. With --approve or
    --reject, decides about the variants named, or about all that wait.
    """
    if approve and reject:
        raise typer.BadParameter("give --approve or --reject, but not both")
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        if not name:
            show_assets(atelier.list(states=("STATE_NEEDS_REVIEW",)), as_json=as_json)
            return
        asset = atelier.get(full_name(name))
        if out is not None:
            _save_held(atelier, asset, out)
        if approve or reject:
            places = _places(asset, variants, content=content)
            who = reviewer or getpass.getuser()
            for variant in places:
                decision = "approve" if approve else "reject"
                asset = atelier.review(asset.name, decision, variant=variant, reviewer=who, note=note)
        if as_json or not sys.stdout.isatty():
            print_json(asset)
        else:
            show_asset(Console(), asset, [])


def update(
    name: OptionalName = "",
    variants: Variant = None,
    alt_text: Annotated[str | None, typer.Option("--alt-text", help="The new alt text.")] = None,
    caption: Annotated[str | None, typer.Option("--caption", help="The new caption.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Their language, such as pt-BR.")] = None,
    table: Annotated[
        Path | None, typer.Option("--from", dir_okay=False, help="A CSV file as `atelier texts` prints it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Change alt texts and captions, of one asset or of all in a table; the pictures are signed anew.

    atelier texts > texts.csv, edit it, then atelier update --from texts.csv --dry-run, then without --dry-run.
    """
    if bool(name) == bool(table):
        raise typer.BadParameter("give the name of an asset, or a table with --from")
    texts = Texts(alt_text, caption, language)
    if name and texts == Texts():
        raise typer.BadParameter("give --alt-text, --caption or --language")
    wanted = (
        _read_table(table)
        if table
        else iter([Change(full_name(name), number - 1, texts) for number in variants or [1]])
    )
    code = exits.OK
    counts = {"changed": 0, "kept": 0}
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        for change in wanted:
            try:
                changed = _apply(atelier, change, dry_run=dry_run, as_json=as_json)
            except AtelierError as error:
                sys.stderr.write(f"{change.asset}\t")
                exits.explain(error)
                code = code or exits.of_error(error)
                continue
            counts["changed" if changed else "kept"] += 1
    would = "would change" if dry_run else "changed"
    sys.stderr.write(f"{counts['changed']} {would}, {counts['kept']} stay as they are\n")
    sys.exit(code)


def texts(
    names: Annotated[list[str] | None, typer.Argument(help="Names of assets; the newest ones if none.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-l", min=1, help="At most this many assets.")] = 1000,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Print alt texts and captions as CSV, for `atelier update --from`."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(COLUMNS)
        found: Iterator[pb.Asset] = (
            iter([atelier.get(full_name(name)) for name in names])
            if names
            else (asset for _, asset in zip(range(limit), atelier.list(page_size=100), strict=False))
        )
        for asset in found:
            for number in painted(asset):
                prompt = asset.variants[number].prompt
                rows.writerow((asset.name, number + 1, prompt.language, prompt.alt_text, prompt.caption))


@dataclass(frozen=True, slots=True)
class Texts:
    """New texts of a variant; what is None stays."""

    alt_text: str | None = None
    caption: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """New texts, and for which variant."""

    asset: str
    variant: int
    texts: Texts


def _apply(atelier: Atelier, change: Change, *, dry_run: bool, as_json: bool) -> bool:
    """Make one change, or say what it would be; False where the texts are so already."""
    asset = atelier.get(change.asset)
    if change.variant >= len(asset.variants):
        raise AtelierError(f"there is no variant {change.variant + 1}")
    prompt = asset.variants[change.variant].prompt
    new = {
        name: value
        for name in ("alt_text", "caption", "language")
        if (value := getattr(change.texts, name)) is not None and value != getattr(prompt, name)
    }
    if not new:
        return False
    where = f"{asset.name}\tvariant {change.variant + 1}"
    for name, value in new.items():
        if not as_json:
            sys.stdout.write(f"{where}\t{name}\t{getattr(prompt, name)}\t{value}\n")
    if not dry_run:
        asset = atelier.update(change.asset, change.variant, **new)
    if as_json:
        print_line({"asset": asset.name, "variant": change.variant, **new} if dry_run else asset)
    return True


def _read_table(path: Path) -> Iterator[Change]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            if not {"asset", "variant"} <= columns:
                raise typer.BadParameter(f"{path} lacks the columns asset and variant; wanted are {', '.join(COLUMNS)}")
            for row in reader:
                given = {
                    name: row.get(name) if name in columns else None for name in ("alt_text", "caption", "language")
                }
                # An empty cell for what must not be empty says that nothing is to change.
                kept = {name: value for name, value in given.items() if value or name == "caption"}
                yield Change(full_name(row["asset"]), int(row["variant"]) - 1, Texts(**kept))
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise typer.BadParameter(f"cannot read {path}: {error}") from None


def _places(asset: pb.Asset, variants: list[int] | None, *, content: bool) -> list[int | None]:
    """What to decide about: the content (None), the variants named, or all that wait."""
    if content:
        return [None]
    if variants:
        return [number - 1 for number in variants]
    waiting: list[int | None] = [
        number for number, variant in enumerate(asset.variants) if variant.state == pb.Variant.STATE_NEEDS_REVIEW
    ]
    if waiting:
        return waiting
    if asset.state == pb.Asset.STATE_NEEDS_REVIEW:
        return [None]
    raise typer.BadParameter(f"{asset.name} is {state_name(asset)}: name what to decide, with --variant or --content")


def _save_held(atelier: Atelier, asset: pb.Asset, out: Path) -> None:
    for number, variant in enumerate(asset.variants):
        for rendition in range(variant.held_count):
            picture = atelier.picture(asset, number, rendition, held=True)
            path = out / f"held-{asset.name[-8:]}-{number + 1}-{rendition + 1}{picture.suffix}"
            write_whole(path, picture.data)
            sys.stderr.write(f"{path}\n")
