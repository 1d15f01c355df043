"""Subcommands about one asset: create, watch, get, list, cancel, rm, open."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from ..http import DEFAULT_URL, Atelier
from . import exits
from .options import AsJson, Key, Out, Purpose, Seed, Size, Style, Url, Variants, make_order
from .output import follow, print_json, save_pictures, show_assets, show_result, state_name

Name = Annotated[str, typer.Argument(help="Name of an asset: assets/ID, or the ID alone.")]
Names = Annotated[list[str], typer.Argument(help="Names of assets.")]


def full_name(text: str) -> str:
    """The resource name of what the user typed."""
    return text if text.startswith("assets/") else f"assets/{text}"


def create(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="A text, Markdown or HTML file, or - for stdin.")],
    variants: Variants = 1,
    purpose: Purpose = "",
    style: Style = "",
    size: Size = "",
    seed: Seed = 0,
    out: Out = Path("."),
    as_json: AsJson = False,
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Print the name and leave the work going on.")] = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Turn a text into pictures, and show each step as it happens."""
    order = make_order(source, variants=variants, style=style, size=size, seed=seed, purpose=purpose)
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        if detach:
            asset = atelier.submit(order)
            print_json(asset) if as_json else typer.echo(asset.name)
            return
        job = atelier.create_order(order)
        timeline = follow(job, as_json=as_json)
        stem = "" if source == "-" else Path(source).stem
        pictures = save_pictures(job, out, stem)
        if not as_json:
            show_result(timeline, pictures)
        sys.exit(exits.of_asset(job.result()))


def watch(
    name: Name,
    after: Annotated[int, typer.Option(min=0, help="Only events after this sequence number.")] = 0,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Follow an asset until it is final."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        job = atelier.watch(full_name(name), after)
        timeline = follow(job, as_json=as_json)
        if not as_json:
            show_result(timeline, {})
        sys.exit(exits.of_asset(job.result()))


def get(name: Name, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """Print an asset as JSON."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        print_json(atelier.get(full_name(name)))


def list_(
    state: Annotated[list[str] | None, typer.Option(help="Only this state; may be given more than once.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-l", min=1, help="At most this many.")] = 20,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """List assets, newest first."""
    states = tuple(f"STATE_{text.upper().removeprefix('STATE_')}" for text in state or ())
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        found = atelier.list(page_size=min(limit, 100), states=states)
        show_assets((asset for _, asset in zip(range(limit), found, strict=False)), as_json=as_json)


def cancel(names: Names, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """Stop the work on assets; one that is final stays as it is."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        for name in names:
            asset = atelier.cancel(full_name(name))
            typer.echo(f"{asset.name}\t{state_name(asset)}")


def rm(names: Names, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """Delete final assets with their pictures."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        for name in names:
            atelier.delete(full_name(name))
            typer.echo(f"{full_name(name)}\tdeleted")


def open_(
    name: Name,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the pictures.")] = None,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Save the pictures of an asset and open them with the viewer of this machine."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        paths = save_pictures(atelier.watch(full_name(name)), out or Path(tempfile.mkdtemp(prefix="atelier-")))
        for path in paths.values():
            typer.echo(path)
            if sys.stdout.isatty():
                typer.launch(path)
        sys.exit(exits.OK if paths else exits.NOT_FOUND)
