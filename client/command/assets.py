"""Subcommands about one asset: create, watch, get, list, cancel, rm, open."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ..errors import AtelierError
from ..http import DEFAULT_URL, Atelier
from ..order import new_request_id
from ..summary import show_asset, state_name
from . import exits
from .options import (
    AsJson,
    Brand,
    Choices,
    Formats,
    Key,
    Language,
    MaxCost,
    Name,
    Names,
    Negative,
    Out,
    Overlap,
    Policy,
    PurposeOption,
    Quality,
    Seed,
    Size,
    State,
    Style,
    TypeOption,
    Url,
    Variants,
    full_name,
    order_of,
    read_source,
)
from .output import follow, print_json, print_line, save_pictures, show_assets, show_result, stem_for
from .previews import show_preview


def create(
    source: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A .txt, .md, .html, .docx or .pdf file, or - for stdin.")
    ],
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
    out: Out = Path("."),
    as_json: AsJson = False,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would happen and what it would cost.")] = False,
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Print the name and leave the work going on.")] = False,
    request_id: Annotated[str, typer.Option(help="The same id again joins the first asset and makes no other.")] = "",
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Turn a text into pictures, and show each step as it happens.

    Progress goes to stderr; in a pipe, stdout has the paths of the pictures, or the events with --json.
    """
    shapes, kind = tuple(formats or ()), file_type or ""
    choices = Choices(
        *(variants, purpose or "", style, size, shapes, kind, quality, negative, brand, language, policy),
        overlap=overlap,
        max_cost=max_cost,
        seed=seed,
    )
    order = order_of(read_source(source), choices, request_id or new_request_id())
    with Atelier(url, api_key) as atelier:
        job = atelier.create_order(order)
        with exits.errors_exit(lambda: job.name):
            if preview:
                show_preview(atelier.preview_order(order), as_json=as_json)
                return
            if detach:
                asset = atelier.submit(order)
                print_json(asset) if as_json else typer.echo(asset.name)
                return
            timeline = follow(job, as_json=as_json)
            asset = job.result()
            stem = stem_for(asset, "" if source == "-" else Path(source).stem)
            show_result(asset, timeline, save_pictures(atelier, asset, out, stem), as_json=as_json)
            sys.exit(exits.of_asset(asset))


def watch(
    name: Name,
    after: Annotated[int, typer.Option(min=0, help="Only events after this sequence number.")] = 0,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Also save the pictures there.")] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Follow an asset until it is final, or waits for a review."""
    with Atelier(url, api_key) as atelier, exits.errors_exit(lambda: full_name(name)):
        job = atelier.watch(full_name(name), after)
        timeline = follow(job, as_json=as_json)
        asset = job.result()
        pictures = save_pictures(atelier, asset, out, stem_for(asset)) if out else []
        show_result(asset, timeline, pictures, as_json=as_json)
        sys.exit(exits.of_asset(asset))


def get(name: Name, as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """Show an asset; JSON in a pipe or with --json."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        asset = atelier.get(full_name(name))
        if as_json or not sys.stdout.isatty():
            print_json(asset)
        else:
            show_asset(Console(), asset, [])


def list_(
    state: Annotated[list[State] | None, typer.Option(help="Only this state; may be given more than once.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-l", min=1, help="At most this many.")] = 20,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """List assets, newest first."""
    states = tuple(f"STATE_{wanted.name}" for wanted in state or ())
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        found = atelier.list(page_size=min(limit, 100), states=states)
        show_assets((asset for _, asset in zip(range(limit), found, strict=False)), as_json=as_json)


def cancel(names: Names, as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """Stop the work on assets; one that is final stays as it is."""

    def one(atelier: Atelier, name: str) -> None:
        asset = atelier.cancel(name)
        print_line(asset) if as_json else typer.echo(f"{asset.name}\t{state_name(asset)}")

    _each(names, url, api_key, one)


def rm(names: Names, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """Delete final assets with their pictures."""

    def one(atelier: Atelier, name: str) -> None:
        atelier.delete(name)
        typer.echo(f"{name}\tdeleted")

    _each(names, url, api_key, one)


def open_(
    name: Name,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the pictures.")] = None,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Save the pictures of an asset and open them with the viewer of this machine."""
    with Atelier(url, api_key) as atelier, exits.errors_exit(lambda: full_name(name)):
        asset = atelier.watch(full_name(name)).result()
        paths = save_pictures(atelier, asset, out or Path(tempfile.mkdtemp(prefix="atelier-")), stem_for(asset))
        for _, path in paths:
            typer.echo(path)
            if sys.stdout.isatty():
                typer.launch(path)
        if not paths:
            exits.say(f"{asset.name} has no picture, it is {state_name(asset)}")
        sys.exit(exits.OK if paths else exits.NOT_FOUND)


def _each(names: list[str], url: str, api_key: str, one: Callable[[Atelier, str], None]) -> None:
    """Do the same to each asset; the exit code is that of the first error, and the others are done all the same."""
    code = exits.OK
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        for name in names:
            try:
                one(atelier, full_name(name))
            except AtelierError as error:
                exits.explain(error)
                code = code or exits.of_error(error)
    sys.exit(code)
