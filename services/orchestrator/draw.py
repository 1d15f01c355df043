"""Draws the two tables of `flow` as Mermaid diagrams: `python -m services.orchestrator.draw` writes docs/states.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from services.orchestrator.flow import PHASES, STAGES, Signal
from services.orchestrator.job import METHODS, Phase, Stage

TARGET = Path(__file__).resolve().parents[2] / "docs" / "states.md"

FINAL_PHASES = (Phase.IMAGED, Phase.BLOCKED, Phase.FAILED)

State = TypeVar("State", bound=StrEnum)

_PAGE = """# The states of an asset

Drawn from the tables in `services/orchestrator/flow.py` by `python -m services.orchestrator.draw`. Each arrow is an
event in the asset's log; an event without an arrow from where the asset is cannot happen.

## The asset

`queued` is STATE_QUEUED; `writing` and `making` are STATE_RUNNING; `final` is the state that `finished` names:
SUCCEEDED if any variant has an image, BLOCKED if the policy refused every variant, CANCELLED if a caller asked to stop,
else FAILED.

```mermaid
{stages}
```

## Each variant, while the asset is `making`

The asset is `finished` once every variant has come to its end.

```mermaid
{phases}
```

## Who does the work

| where | step |
|---|---|
{steps}
"""


def page() -> str:
    """The text of docs/states.md."""
    rows = "\n".join(f"| {state} | `{method}` |" for state, method in METHODS.items())
    return _PAGE.format(
        stages=_diagram(STAGES, [(Stage.NEW, None)], [Stage.FINAL]),
        phases=_diagram(PHASES, [(Phase.MODERATING, Signal.PROMPTS)], FINAL_PHASES),
        steps=rows,
    )


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")


def _diagram(
    table: Mapping[tuple[State, Signal], State], starts: Iterable[tuple[State, Signal | None]], ends: Iterable[State]
) -> str:
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state}" + (f": {signal}" if signal else "") for state, signal in starts]
    lines += [f"    {before} --> {after}: {signal}" for (before, signal), after in table.items()]
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
