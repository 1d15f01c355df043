"""What the `atelier` command prints: JSON for programs, tables and live progress for people, plain lines for pipes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format
from google.protobuf.message import Message
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..display import Progress
from ..http import Atelier, Job
from ..order import format_at, painted, painted_spots
from ..summary import STATE_STYLES, show_asset, state_name, summary
from ..timeline import Timeline


def print_json(message: Message | dict[str, object]) -> None:
    """One JSON document: on one line, or indented in a terminal."""
    document = json_format.MessageToDict(message) if isinstance(message, Message) else message
    option = orjson.OPT_INDENT_2 if sys.stdout.isatty() else 0
    sys.stdout.write(orjson.dumps(document, option=option).decode() + "\n")
    sys.stdout.flush()


def print_line(message: Message | dict[str, object]) -> None:
    """One JSON document on one line, whoever reads it."""
    document = json_format.MessageToDict(message) if isinstance(message, Message) else message
    sys.stdout.write(orjson.dumps(document).decode() + "\n")
    sys.stdout.flush()


def follow(job: Job, *, as_json: bool) -> Timeline:
    """Show the events of a job until its end."""
    timeline = Timeline()
    if as_json:
        for event in job:
            timeline.add(event)
            print_line(event)
        return timeline
    with Progress(Console(stderr=True), timeline) as progress:
        for event in job:
            progress.show(timeline.add(event))
    return timeline


def save_pictures(atelier: Atelier, asset: pb.Asset, out: Path, stem: str) -> list[tuple[int, str]]:
    """Write the pictures of an asset below `out`; returns variant and path of each."""
    paths: list[tuple[int, str]] = []
    for number, rendition in painted_spots(asset):
        picture = atelier.picture(asset, number, rendition)
        form = format_at(asset, number, rendition)
        name = "-".join(part for part in (stem, str(number + 1), form) if part)
        path = out / f"{name}{picture.suffix}"
        write_whole(path, picture.data)
        paths.append((number, str(path)))
    return paths


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there either whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def stem_for(asset: pb.Asset, source: str = "") -> str:
    """How files of an asset are called: after its source, and unlike those of any other asset."""
    identifier = asset.name.rpartition("/")[2]
    return f"{source}-{identifier[-8:]}" if source else identifier


def show_result(asset: pb.Asset, timeline: Timeline, pictures: list[tuple[int, str]], *, as_json: bool = False) -> None:
    """The result for people; in a pipe only the paths of the pictures, one a line, beside JSON on stderr."""
    if as_json or not sys.stdout.isatty():
        for _, path in pictures:
            (sys.stderr if as_json else sys.stdout).write(path + "\n")
    elif timeline.final is not None:
        summary(Console(), timeline, pictures)
    else:
        show_asset(Console(), asset, pictures)


def show_assets(assets: Iterable[pb.Asset], *, as_json: bool) -> None:
    """A list of assets: a table in a terminal, tab-separated in a pipe, NDJSON on demand."""
    if as_json:
        for asset in assets:
            print_line(asset)
    elif sys.stdout.isatty():
        table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0), expand=True)
        for title in ("name", "state", "made", "pictures"):
            table.add_column(title, no_wrap=True)
        table.add_column("content", no_wrap=True, overflow="ellipsis", ratio=1)
        for asset in assets:
            _, pictures, content = _cells(asset)
            state = Text(state_name(asset), style=STATE_STYLES.get(asset.state, "cyan"))
            local = asset.create_time.ToDatetime(UTC).astimezone().strftime("%b %d %H:%M")
            table.add_row(asset.name, state, local, pictures, Text(content))
        if table.row_count:
            Console().print(table)
        else:
            sys.stderr.write("no assets\n")
    else:
        for asset in assets:
            sys.stdout.write("\t".join((asset.name, state_name(asset), *_cells(asset))) + "\n")


def _cells(asset: pb.Asset) -> tuple[str, str, str]:
    made = asset.create_time.ToDatetime().strftime("%Y-%m-%dT%H:%M:%SZ")
    content = " ".join(asset.content[:400].split()).lstrip("# ")
    return made, f"{len(painted(asset))}/{max(1, asset.recipe.variant_count)}", content[:200]
