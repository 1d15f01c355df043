"""Options that several subcommands share, and how their values are read."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Required, TypedDict

import typer

from ..order import Document, Order
from .complete import complete_name

FORMATS = ("square", "landscape", "portrait", "classic", "banner", "open-graph", "slide")
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
    NEEDS_REVIEW = "needs-review"


class Purpose(StrEnum):
    """What pictures are for, as it is typed."""

    GENERAL = "general"
    MARKETING = "marketing"
    PUBLISHING = "publishing"
    PRESENTATION = "presentation"
    SOCIAL = "social"


class Type(StrEnum):
    """The types of picture files, as they are typed."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line says of how pictures are to be made; empty and 0 leave it to the server."""

    variants: int = 1
    purpose: str = ""
    style: str = ""
    size: str = ""
    formats: tuple[str, ...] = ()
    type: str = ""
    quality: int = 0
    negative: str = ""
    brand: str = ""
    language: str = ""
    policy: str = ""
    overlap: bool = False
    max_cost: float = 0.0
    seed: int = 0


Url = Annotated[
    str, typer.Option("--url", envvar="ATELIER_CLIENT_URL", help="Where the gateway is.", show_default=True)
]
Key = Annotated[
    str, typer.Option("--api-key", envvar="ATELIER_CLIENT_API_KEY", help="API key, where the gateway wants one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout, one document a line.")]
Variants = Annotated[int, typer.Option("--variants", "-n", min=1, max=8, help="How many pictures.")]
Style = Annotated[str, typer.Option("--style", help='Words that steer the look, such as "paper cut".')]
PurposeOption = Annotated[Purpose | None, typer.Option("--purpose", help="What the pictures are for.")]
Size = Annotated[
    str,
    typer.Option("--size", help=f"WIDTHxHEIGHT, or one of {', '.join(FORMATS)}.", autocompletion=lambda: [*FORMATS]),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        help="A shape to make of each prompt, as with --size; may be given more than once.",
        autocompletion=lambda: [*FORMATS],
    ),
]
TypeOption = Annotated[Type | None, typer.Option("--type", help="Type of the files; as the model made them if not.")]
Quality = Annotated[int, typer.Option("--quality", min=0, max=100, help="Of JPEG, WebP and AVIF files, 1 to 100.")]
Negative = Annotated[str, typer.Option("--negative", help="What must not appear in any picture.")]
Brand = Annotated[str, typer.Option("--brand", help="Brand style: NAME, or NAME@VERSION.")]
Language = Annotated[str, typer.Option("--language", help="Of alt texts and captions, such as pt-BR.")]
Policy = Annotated[str, typer.Option("--policy", help="Content policy; `atelier policies` lists them.")]
Overlap = Annotated[
    bool, typer.Option("--overlap", help="Paint while prompts are judged, where the policy allows it; costs more.")
]
MaxCost = Annotated[float, typer.Option("--max-cost", min=0.0, help="Most that one text may cost, in US dollars.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the first variant; 0 lets the server pick.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Directory for the pictures.", file_okay=False)]
Name = Annotated[
    str, typer.Argument(help="Name of an asset: assets/ID, or the ID alone.", autocompletion=complete_name)
]
Names = Annotated[list[str], typer.Argument(help="Names of assets.", autocompletion=complete_name)]


def full_name(text: str) -> str:
    """The resource name of what the user typed."""
    return text if text.startswith("assets/") else f"assets/{text}"


def brand_name(text: str) -> str:
    """The resource name of a brand style, with its version where one was typed."""
    return text if not text or text.startswith("styles/") else f"styles/{text}"


def parse_size(text: str) -> tuple[int, int]:
    """Width and height; 0, 0 for an empty text and for the name of a format."""
    if not text or text in FORMATS:
        return 0, 0
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if found is None:
        raise typer.BadParameter(f"{text} is no size; give WIDTHxHEIGHT or one of {', '.join(FORMATS)}")
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


def parse_formats(size: str, formats: Sequence[str]) -> tuple[str, ...]:
    """The formats that both options name together."""
    for one in formats:
        parse_size(one)
    if size and formats:
        raise typer.BadParameter("give --size for one shape, or --format for one or more, but not both")
    return (size,) if size in FORMATS else tuple(one.replace("×", "x").lower() for one in formats)


def order_of(source: Source, choices: Choices, request_id: str) -> Order:
    """The order for a source, made as the choices say."""
    width, height = parse_size(choices.size)
    return Order(
        **source,
        variants=choices.variants,
        style=choices.style,
        width=width,
        height=height,
        seed=choices.seed,
        purpose=choices.purpose,
        formats=parse_formats(choices.size, choices.formats),
        media_type=f"image/{choices.type}" if choices.type else "",
        quality=choices.quality,
        negative_prompt=choices.negative,
        brand_style=brand_name(choices.brand),
        language=choices.language,
        policy=choices.policy,
        overlap=choices.overlap,
        max_cost_usd=choices.max_cost,
        request_id=request_id,
    )
