"""Showing progress: in a terminal a live line for each variant, anywhere else one plain line for each change."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from .summary import state_name
from .timeline import Outcome, Step, Timeline

MARKS = {
    Outcome.DONE: Text("✓", style="green"),
    Outcome.BLOCKED: Text("⊘", style="yellow"),
    Outcome.HELD: Text("⏸", style="magenta"),
    Outcome.FAILED: Text("✗", style="red"),
}
WORDS = {
    Outcome.DONE: "ok",
    Outcome.BLOCKED: "BLOCKED",
    Outcome.HELD: "HELD",
    Outcome.FAILED: "FAILED",
    Outcome.RETRIED: "RETRY",
    Outcome.LOST: "RETRY",
}


def step_label(step: Step) -> str:
    """What a step does, and for which variant."""
    label = step.title if step.variant is None else f"variant {step.variant + 1}: {step.title}"
    return f"{label}, try {step.attempt}" if step.attempt > 1 else label


class Progress:
    """Shows a timeline while it grows; a context manager."""

    def __init__(self, console: Console, timeline: Timeline) -> None:
        self._console = console
        self._timeline = timeline
        self._spinner = Spinner("dots", style="cyan")
        self._seen_s: dict[int, float] = {}
        live = Live(console=console, refresh_per_second=10, get_renderable=self._table)
        self._live = live if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.transient = not self._timeline.steps
            self._live.stop()

    def show(self, step: Step | None) -> None:
        """Show what the last event changed; it may have changed no step."""
        if step is not None:
            self._seen_s.setdefault(id(step), time.monotonic())
        if self._live:
            self._live.refresh()
        elif step is not None:
            self._print(plain_line(step))
        elif (final := self._timeline.final) is not None:
            took_s = self._timeline.last_s - self._timeline.first_s
            self._print(f"{state_name(final)} {final.name} in {took_s:.2f} s")
        elif self._timeline.waiting_for is not None:
            self._print(f"... {waiting(self._timeline.waiting_for)}")

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(justify="right", style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        if not self._timeline.steps:
            position = self._timeline.waiting_for
            table.add_row(self._spinner, "sending" if position is None else waiting(position), "", "")
        seen = [step.variant + 1 for step in self._timeline.steps if step.variant is not None]
        for variant in (None, *range(max([self._timeline.variant_count, *seen]))):
            title = "prompts" if variant is None else f"variant {variant + 1}"
            if steps := self._timeline.of(variant):
                self._add_row(table, title, steps)
            elif variant is not None and self._timeline.final is None:
                table.add_row(Text("·", style="dim"), title, "", Text("waiting", style="dim"))
        return table

    def _add_row(self, table: Table, title: str, steps: list[Step]) -> None:
        last = steps[-1]
        over = self._timeline.final is not None
        ended = over or is_last(steps, self._timeline.last_title)
        mark = MARKS.get(last.outcome) if ended else None
        if ended:
            took_s = (last.ended_s or last.started_s) - steps[0].started_s
        else:
            took_s = time.monotonic() - self._seen_s.get(id(steps[0]), time.monotonic())
        mark = mark or (Text("-", style="dim") if over else None)
        table.add_row(mark or self._spinner, title, f"{took_s:.1f} s", trail(steps))


def is_last(steps: list[Step], last_title: str) -> bool:
    """Whether no step follows these, as far as one can tell before the asset is final."""
    last = steps[-1]
    if last.variant is None:
        return last.outcome is Outcome.DONE
    return last.outcome is Outcome.FAILED or (last.outcome is Outcome.DONE and last.title == last_title)


def trail(steps: list[Step]) -> Text:
    """What became of each step, up to the one that runs."""
    text = Text()
    for step in steps:
        if step.outcome in (Outcome.RETRIED, Outcome.LOST) and step is not steps[-1]:
            continue
        if text:
            text.append(" › ", style="dim")
        match step.outcome:
            case Outcome.RUNNING:
                text.append(step.title + (f", try {step.attempt}" if step.attempt > 1 else ""), style="cyan")
            case Outcome.RETRIED | Outcome.LOST:
                text.append(f"{step.title}: {step.says}", style="yellow")
            case Outcome.BLOCKED:
                text.append(step.says, style="yellow")
            case Outcome.HELD:
                text.append(step.says, style="magenta")
            case Outcome.FAILED:
                text.append(step.says, style="red")
            case Outcome.DONE:
                text.append(step.says)
    return text


def waiting(position: int) -> str:
    """A sentence about a place in the queue."""
    return f"waiting for a free worker, {position} before this one" if position else "waiting for a free worker, next"


def plain_line(step: Step) -> str:
    """One line about a step that began or ended."""
    if step.outcome is Outcome.RUNNING:
        return f"... {step_label(step)}"
    by = f"  [{step.by}]" if step.by else ""
    return f"{WORDS[step.outcome]:>3} {step_label(step)}: {step.says}  ({step.took_s:.2f} s){by}"
