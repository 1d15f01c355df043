"""The result of an asset for people: its state, each variant with its picture, and who did what in which time."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .timeline import Step, Timeline, verdict_text

STATE_STYLES = {
    pb.Asset.STATE_SUCCEEDED: "green",
    pb.Asset.STATE_BLOCKED: "yellow",
    pb.Asset.STATE_FAILED: "red",
    pb.Asset.STATE_CANCELLED: "red",
}


def state_name(asset: pb.Asset) -> str:
    """The state without its prefix, in lower case."""
    return pb.Asset.State.Name(asset.state).removeprefix("STATE_").lower()


def summary(console: Console, timeline: Timeline, pictures: Mapping[int, str]) -> None:
    """Show the result of a timeline that has come to its end."""
    if timeline.final is None:
        return
    console.print()
    show_asset(console, timeline.final, pictures, took_s=timeline.last_s - timeline.first_s)
    if any(step.call for step in timeline.steps):
        console.print()
        console.print(_who(timeline.steps))


def show_asset(console: Console, asset: pb.Asset, pictures: Mapping[int, str], took_s: float | None = None) -> None:
    """Show an asset; `pictures` are the paths of those that were saved."""
    style = STATE_STYLES.get(asset.state, "cyan")
    took = "" if took_s is None else f"  in {took_s:.2f} s"
    console.print(Text(f"{state_name(asset).upper()}  {asset.name}{took}", style=f"bold {style}"))
    if asset.HasField("error"):
        console.print(Text(f"error: {asset.error.message}", style="red"))
    for number, variant in enumerate(asset.variants):
        _variant(console, number, variant, pictures.get(number, ""))


def _variant(console: Console, number: int, variant: pb.Variant, picture: str) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    size = f"{variant.image.width}x{variant.image.height}" if variant.HasField("image") else ""
    rows = {
        "prompt": variant.prompt.text,
        "avoid": variant.prompt.negative_text,
        "verdict": verdict_text(variant.verdict) if variant.HasField("verdict") else "",
        "alt text": variant.prompt.alt_text,
        "error": variant.error.message if variant.HasField("error") else "",
        "picture": picture or size,
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value, style="bold" if name == "picture" else ""))
    console.print()
    console.print(Text(f"variant {number + 1}", style="bold"))
    console.print(table)


def _who(steps: list[Step]) -> Table:
    """One row for each kind of step and whoever answered it."""
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        if step.call is not None:
            groups.setdefault((step.title, step.by), []).append(step)
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("step", "calls", "longest", "neurons", "answered by"):
        left = title in ("step", "answered by")
        table.add_column(title, justify="left" if left else "right", overflow="fold", no_wrap=title == "step")
    for (title, by), group in groups.items():
        longest_s = max(step.took_s for step in group)
        neurons = sum(step.call.neurons for step in group if step.call)
        table.add_row(title, str(len(group)), f"{longest_s:.2f} s", f"{neurons:.1f}" if neurons else "-", Text(by))
    return table
