"""Options that several subcommands share, and how their values are read."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..order import Order

SIZES = {
    "square": (1024, 1024),
    "landscape": (1280, 720),
    "portrait": (720, 1280),
    "classic": (1152, 864),
    "slide": (1920, 1080),
    "open-graph": (1200, 630),
}
CONTENT_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".html": "text/html", ".htm": "text/html"}
TEXT_SUFFIXES = {".txt", ".text", *CONTENT_TYPES}

Url = Annotated[
    str, typer.Option("--url", envvar="ATELIER_CLIENT_URL", help="Where the gateway is.", show_default=True)
]
Key = Annotated[
    str, typer.Option("--api-key", envvar="ATELIER_CLIENT_API_KEY", help="API key, where the gateway wants one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout: one document, or one event a line.")]
Variants = Annotated[int, typer.Option("--variants", "-n", min=1, max=8, help="How many pictures.")]
Style = Annotated[str, typer.Option("--style", help='Words that steer the look, such as "paper cut".')]
Size = Annotated[str, typer.Option("--size", help=f"WIDTHxHEIGHT, or one of {', '.join(SIZES)}.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the first variant; 0 lets the server pick.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Directory for the pictures.")]
Purpose = Annotated[str, typer.Option("--purpose", help="What it is for, such as marketing or presentation.")]


def parse_size(text: str) -> tuple[int, int]:
    """Width and height; 0, 0 for an empty text."""
    if not text:
        return 0, 0
    if text in SIZES:
        return SIZES[text]
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if found is None:
        raise typer.BadParameter(f"{text} is no size; give WIDTHxHEIGHT or one of {', '.join(SIZES)}")
    return int(found[1]), int(found[2])


def read_content(source: str) -> tuple[str, str]:
    """The text of a file and its media type; "-" reads standard input."""
    if source == "-":
        return sys.stdin.read(), ""
    path = Path(source)
    try:
        return path.read_text(encoding="utf-8"), CONTENT_TYPES.get(path.suffix.lower(), "text/plain")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"cannot read {source}: {error}") from None


def make_order(source: str, *, variants: int, style: str, size: str, seed: int, purpose: str) -> Order:
    """The order that the options of `create` and `batch` describe."""
    content, content_type = read_content(source)
    width, height = parse_size(size)
    # A purpose is a way to steer the look until recipes have a field of their own for it.
    steer = ", ".join(part for part in (style, f"for {purpose}" if purpose else "") if part)
    return Order(content, content_type, variants, steer, width, height, seed)
