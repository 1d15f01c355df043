"""What the `atelier` command prints: JSON for programs, tables and live progress for people, plain lines for pipes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format
from google.protobuf.message import Message
from rich.console import Console
from rich.table import Table

from ..display import Progress, summary
from ..http import Job
from ..timeline import Timeline

STATE_STYLES = {
    pb.Asset.STATE_SUCCEEDED: "green",
    pb.Asset.STATE_BLOCKED: "yellow",
    pb.Asset.STATE_FAILED: "red",
}


def print_json(message: Message | dict[str, object]) -> None:
    """One JSON document on one line."""
    document = json_format.MessageToDict(message) if isinstance(message, Message) else message
    sys.stdout.write(orjson.dumps(document).decode() + "\n")
    sys.stdout.flush()


def state_name(asset: pb.Asset) -> str:
    """The state without its prefix, in lower case."""
    return pb.Asset.State.Name(asset.state).removeprefix("STATE_").lower()


def follow(job: Job, *, as_json: bool) -> Timeline:
    """Show the events of a job until its end."""
    timeline = Timeline()
    if as_json:
        for event in job:
            timeline.add(event)
            print_json(event)
        return timeline
    with Progress(Console(stderr=True), timeline) as progress:
        for event in job:
            progress.show(timeline.add(event))
    return timeline


def save_pictures(job: Job, out: Path, stem: str = "") -> dict[int, str]:
    """Write the pictures of a job below `out`; returns the path of each variant that has one."""
    paths: dict[int, str] = {}
    for picture in job.images():
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{stem or job.name.rpartition('/')[2]}-{picture.variant + 1}{picture.suffix}"
        path.write_bytes(picture.data)
        paths[picture.variant] = str(path)
    return paths


def show_result(timeline: Timeline, pictures: dict[int, str]) -> None:
    """The result for people; in a pipe only the paths of the pictures, one a line."""
    if sys.stdout.isatty():
        summary(Console(), timeline, pictures)
        return
    for path in pictures.values():
        sys.stdout.write(path + "\n")


def show_assets(assets: Iterable[pb.Asset], *, as_json: bool) -> None:
    """A list of assets: a table in a terminal, tab-separated in a pipe, NDJSON on demand."""
    if as_json:
        for asset in assets:
            print_json(asset)
    elif sys.stdout.isatty():
        table = Table(box=None, header_style="dim")
        for title in ("name", "state", "made", "pictures", "content"):
            table.add_column(title, no_wrap=title != "content", overflow="ellipsis")
        for asset in assets:
            style = STATE_STYLES.get(asset.state, "cyan")
            table.add_row(asset.name, f"[{style}]{state_name(asset)}[/]", *_cells(asset, 60))
        Console().print(table)
    else:
        for asset in assets:
            sys.stdout.write("\t".join((asset.name, state_name(asset), *_cells(asset, 200))) + "\n")


def _cells(asset: pb.Asset, length: int) -> tuple[str, str, str]:
    made = asset.create_time.ToJsonString()[:19].replace("T", " ")
    pictures = sum(variant.HasField("image") for variant in asset.variants)
    return made, str(pictures), " ".join(asset.content.split())[:length]
