"""Options that several subcommands share, and how their values are read."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Required, TypedDict

import typer

from ..order import Document, Order, new_request_id
from .complete import complete_name

SIZES = {
    "square": (1024, 1024),
    "landscape": (1280, 720),
    "portrait": (720, 1280),
    "classic": (1152, 864),
    "slide": (1920, 1080),
    "open-graph": (1200, 630),
}
CONTENT_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".html": "text/html", ".htm": "text/html"}
DOCUMENT_SUFFIXES = {".docx", ".pdf"}
SUFFIXES = {".txt", ".text", *CONTENT_TYPES, *DOCUMENT_SUFFIXES}


class Source(TypedDict, total=False):
    """What an order is about, as its keyword arguments."""

    content: Required[str]
    content_type: str
    document: Document


class State(StrEnum):
    """The states of an asset, as they are typed."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    BLOCKED = "blocked"
    FAILED = "failed"
    CANCELLED = "cancelled"


Url = Annotated[
    str, typer.Option("--url", envvar="ATELIER_CLIENT_URL", help="Where the gateway is.", show_default=True)
]
Key = Annotated[
    str, typer.Option("--api-key", envvar="ATELIER_CLIENT_API_KEY", help="API key, where the gateway wants one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout, one document a line.")]
Variants = Annotated[int, typer.Option("--variants", "-n", min=1, max=8, help="How many pictures.")]
Style = Annotated[str, typer.Option("--style", help='Words that steer the look, such as "paper cut".')]
Size = Annotated[
    str, typer.Option("--size", help=f"WIDTHxHEIGHT, or one of {', '.join(SIZES)}.", autocompletion=lambda: [*SIZES])
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the first variant; 0 lets the server pick.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Directory for the pictures.", file_okay=False)]
Purpose = Annotated[str, typer.Option("--purpose", help="What it is for, such as marketing or presentation.")]
Name = Annotated[
    str, typer.Argument(help="Name of an asset: assets/ID, or the ID alone.", autocompletion=complete_name)
]
Names = Annotated[list[str], typer.Argument(help="Names of assets.", autocompletion=complete_name)]


def full_name(text: str) -> str:
    """The resource name of what the user typed."""
    return text if text.startswith("assets/") else f"assets/{text}"


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


def read_source(source: str) -> Source:
    """The content of a file, or the file itself where the gateway has to read it; "-" reads standard input."""
    path = Path(source)
    try:
        if source == "-":
            if sys.stdin.isatty():
                sys.stderr.write("Type the text; Ctrl-D ends it.\n")
            return {"content": sys.stdin.buffer.read().decode()}
        data = path.read_bytes()
        if path.suffix.lower() in DOCUMENT_SUFFIXES:
            return {"content": "", "document": Document(path.name, data)}
        return {
            "content": data.decode("utf-8-sig"),
            "content_type": CONTENT_TYPES.get(path.suffix.lower(), "text/plain"),
        }
    except OSError as error:
        raise typer.BadParameter(f"cannot read {source}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{source} is no UTF-8 text, see its byte {error.start}") from None


def steer(style: str, purpose: str) -> str:
    """The style words of a style and a purpose; recipes have no field of their own for a purpose."""
    return ", ".join(part for part in (style, purpose) if part)


def make_order(
    source: str, *, variants: int, style: str, size: str, seed: int, purpose: str, request_id: str = ""
) -> Order:
    """The order that the options of `create` describe."""
    width, height = parse_size(size)
    return Order(
        **read_source(source),
        variants=variants,
        style=steer(style, purpose),
        width=width,
        height=height,
        seed=seed,
        request_id=request_id or new_request_id(),
    )
