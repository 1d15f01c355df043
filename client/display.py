"""Showing progress: a live list of steps in a terminal, one plain line per change anywhere else."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from .timeline import Step, Timeline, verdict_text


def step_label(step: Step) -> str:
    """What a step does, and for which variant."""
    label = step.title if step.variant is None else f"variant {step.variant + 1}: {step.title}"
    return f"{label} (attempt {step.attempt})" if step.attempt > 1 else label


class Progress:
    """Shows a timeline while it grows; a context manager."""

    def __init__(self, console: Console, timeline: Timeline) -> None:
        self._console = console
        self._timeline = timeline
        self._live = Live(console=console, refresh_per_second=12, transient=False) if console.is_terminal else None
        self._spinner = Spinner("dots", style="cyan")

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.update(self._table(), refresh=True)
            self._live.stop()

    def show(self, step: Step | None) -> None:
        """Show what the last event changed."""
        if self._live:
            self._live.update(self._table())
        elif step is not None:
            self._console.print(plain_line(step), markup=False, highlight=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        for step in self._timeline.steps:
            if step.ended_s is None:
                table.add_row(self._spinner, step_label(step), "", "")
                continue
            mark = Text("✗", style="red") if step.failed else Text("✓", style="green")
            table.add_row(mark, step_label(step), Text(f"{step.took_s:.2f} s", style="dim"), Text(step.outcome))
        return table


def plain_line(step: Step) -> str:
    """One line about a step that began or ended."""
    if step.ended_s is None:
        return f"... {step_label(step)}"
    mark = "FAILED" if step.failed else "ok"
    by = f"  [{step.by}]" if step.by else ""
    return f"{mark:>3} {step_label(step)}: {step.outcome}  ({step.took_s:.2f} s){by}"


def summary(console: Console, timeline: Timeline, pictures: dict[int, str]) -> None:
    """Show the result: the state, each variant with its picture, and who did what in which time."""
    asset = timeline.final
    if asset is None:
        return
    state = pb.Asset.State.Name(asset.state).removeprefix("STATE_")
    console.print()
    style = "bold green" if asset.state == pb.Asset.STATE_SUCCEEDED else "bold red"
    console.print(Text(f"{state}  {asset.name}  in {timeline.last_s - timeline.first_s:.2f} s", style=style))
    for number, variant in enumerate(asset.variants):
        _variant(console, number, variant, pictures.get(number, ""))
    if asset.HasField("error"):
        console.print(Text(f"error: {asset.error.message}", style="red"))
    console.print()
    console.print(_who(timeline))


def _variant(console: Console, number: int, variant: pb.Variant, picture: str) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    rows = {
        "prompt": variant.prompt.text,
        "avoid": variant.prompt.negative_text,
        "verdict": verdict_text(variant.verdict) if variant.HasField("verdict") else "",
        "alt text": variant.prompt.alt_text,
        "error": variant.error.message if variant.HasField("error") else "",
        "picture": picture,
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value, style="bold" if name == "picture" else ""))
    console.print()
    console.print(Text(f"variant {number + 1}", style="bold"))
    console.print(table)


def _who(timeline: Timeline) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("step")
    table.add_column("took", justify="right")
    table.add_column("model time", justify="right")
    table.add_column("answered by", overflow="fold")
    for step in timeline.steps:
        if step.call is not None:
            model_s = step.call.duration.ToMilliseconds() / 1000
            table.add_row(step_label(step), f"{step.took_s:.2f} s", f"{model_s:.2f} s", step.by)
    return table
