"""`atelier styles`: brand styles, kept in versions."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer
from atelier.style.v1.style_pb2 import Style
from atelier.type.v1.recipe_pb2 import BrandGuide, SafeArea
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..http import DEFAULT_URL, Atelier
from . import exits
from .options import AsJson, Key, Url, brand_name
from .output import print_json, print_line

app = typer.Typer(help="List, show, create, change and end brand styles.", no_args_is_help=True)


class Corner(StrEnum):
    """Where a picture has to stay calm for a logo."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"
    NONE = "none"


StyleName = Annotated[str, typer.Argument(help="Name of a style, such as acme.")]
Title = Annotated[str | None, typer.Option("--title", help="Name for people.")]
Colours = Annotated[list[str] | None, typer.Option("--colour", help="#rrggbb, most important first; up to 8.")]
Use = Annotated[list[str] | None, typer.Option("--use", help="Words that prompts should use; up to 20.")]
Avoid = Annotated[list[str] | None, typer.Option("--avoid", help="Words that no prompt may hold; up to 20.")]
Look = Annotated[str | None, typer.Option("--look", help="The look in free words.")]
Safe = Annotated[Corner | None, typer.Option("--safe-area", help="The corner that stays calm for a logo.")]


@app.command("list")
def list_(as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """List the newest version of every style."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        styles = atelier.styles().styles
    if as_json:
        for style in styles:
            print_line(style)
    elif not sys.stdout.isatty():
        for style in styles:
            sys.stdout.write(f"{style.name}\t{style.version}\t{style.display_name}\n")
    elif not styles:
        sys.stderr.write("no styles; `atelier styles create` makes one\n")
    else:
        table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
        for title in ("style", "version", "colours", "look"):
            table.add_column(title, no_wrap=title in ("style", "version"), overflow="fold")
        for style in styles:
            row = (Text(style.name), str(style.version), _swatches(style.guide), Text(style.guide.look))
            table.add_row(*row)
        Console().print(table)


@app.command()
def get(
    name: StyleName,
    version: Annotated[int, typer.Option("--version", min=0, help="0 is the newest.")] = 0,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Show a style."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        _show(atelier.style(brand_name(name), version), as_json=as_json)


@app.command()
def create(
    name: StyleName,
    title: Title = None,
    colours: Colours = None,
    use: Use = None,
    avoid: Avoid = None,
    look: Look = None,
    safe_area: Safe = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Make a style."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        style = Style(name=brand_name(name))
        _change(style, title, colours, use, avoid, look, safe_area)
        _show(atelier.create_style(style), as_json=as_json)


@app.command()
def update(
    name: StyleName,
    title: Title = None,
    colours: Colours = None,
    use: Use = None,
    avoid: Avoid = None,
    look: Look = None,
    safe_area: Safe = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Make the next version of a style; what is not given stays as it is."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        style = atelier.style(brand_name(name))
        _change(style, title, colours, use, avoid, look, safe_area)
        _show(atelier.update_style(style), as_json=as_json)


@app.command()
def rm(name: StyleName, url: Url = DEFAULT_URL, api_key: Key = "") -> None:
    """End a style; what was made with it stays as it is."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        atelier.delete_style(brand_name(name))
        typer.echo(f"{brand_name(name)}\tended")


def _change(
    style: Style,
    title: str | None,
    colours: list[str] | None,
    use: list[str] | None,
    avoid: list[str] | None,
    look: str | None,
    corner: Corner | None,
) -> None:
    guide = style.guide
    if title is not None:
        style.display_name = title
    for words, field in ((colours, guide.palette), (use, guide.words_to_use), (avoid, guide.words_to_avoid)):
        if words is not None:
            del field[:]
            field.extend(word for word in words if word)
    if look is not None:
        guide.look = look
    if corner is not None:
        name = "UNSPECIFIED" if corner is Corner.NONE else corner.name
        guide.safe_area = SafeArea.Value(f"SAFE_AREA_{name}")


def _show(style: Style, *, as_json: bool) -> None:
    if as_json or not sys.stdout.isatty():
        print_json(style)
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    guide = style.guide
    corner = SafeArea.Name(guide.safe_area).removeprefix("SAFE_AREA_").replace("_", " ").lower()
    rows = {
        "style": Text(f"{style.name}@{style.version}", style="bold"),
        "title": Text(style.display_name),
        "colours": _swatches(guide),
        "use": Text(", ".join(guide.words_to_use)),
        "avoid": Text(", ".join(guide.words_to_avoid)),
        "look": Text(guide.look),
        "logo": Text(corner if guide.safe_area else ""),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, value)
    Console().print(table)


def _swatches(guide: BrandGuide) -> Text:
    text = Text()
    for colour in guide.palette:
        text.append("■ ", style=colour).append(f"{colour}  ")
    return text
