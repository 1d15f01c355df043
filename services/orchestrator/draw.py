"""Draws the tables as Mermaid diagrams: `python -m services.orchestrator.draw` writes docs/states.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from services.orchestrator.job import (
    CONTENT_METHODS,
    ENDED,
    PICTURE_METHODS,
    STAGE_METHODS,
    VARIANT_METHODS,
    Content,
    Method,
    Phase,
    Picture,
    Stage,
)
from services.orchestrator.tables import CONTENTS, PHASES, PICTURES, STAGES, Signal

TARGET = Path(__file__).resolve().parents[2] / "docs" / "states.md"

State = TypeVar("State", bound=StrEnum)

_PAGE = """# The states of an asset

Drawn from `services/orchestrator/tables.py` by `python -m services.orchestrator.draw`. Each arrow is an event in the
asset's log; an event without an arrow from where the asset is cannot happen.

## The asset

`queued` is STATE_QUEUED, `writing` and `making` are STATE_RUNNING, `waiting` is STATE_NEEDS_REVIEW: nothing is left
but what a person has to decide. `final` is the state that `finished` names: SUCCEEDED if any variant has an image,
BLOCKED if the policy refused the content or every variant, CANCELLED if a caller asked to stop, else FAILED. An
approval takes a final asset up again, a rejection and new texts amend it; then the log ends with another `finished`.

```mermaid
{stages}
```

## Its content

Judged beside the writing of prompts where the policy names that place, else `cleared` from the start. No picture is
begun before the content is cleared.

```mermaid
{contents}
```

## Each variant, while the asset is `making`

The asset is `finished` once every variant has come to its end, or the content is refused.

```mermaid
{phases}
```

## Each format of a variant

Painted while the variant is `painting`, and where a recipe may overlap while it is `moderating`; then nobody sees the
picture before its prompt is allowed, and it is thrown away if that is refused.

```mermaid
{pictures}
```

## Who does the work

| where | step |
|---|---|
{steps}
"""


def page() -> str:
    """The text of docs/states.md."""
    rows = [
        *_rows("asset", STAGE_METHODS),
        *_rows("content", CONTENT_METHODS),
        *_rows("variant", VARIANT_METHODS),
        *_rows("format", PICTURE_METHODS),
    ]
    starts = [(Content.JUDGING, Signal.ACCEPTED), (Content.CLEARED, Signal.ACCEPTED)]
    return _PAGE.format(
        stages=_diagram(STAGES, [(Stage.NEW, None)], [Stage.FINAL]),
        contents=_diagram(CONTENTS, starts, [Content.CLEARED, Content.REFUSED]),
        phases=_diagram(PHASES, [(Phase.MODERATING, Signal.PROMPTS)], [phase for phase in Phase if phase in ENDED]),
        pictures=_diagram(PICTURES, [(Picture.PAINTING, None)], [Picture.DONE, Picture.BLOCKED, Picture.FAILED]),
        steps="\n".join(rows),
    )


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")


def _rows(what: str, methods: Mapping[State, Method]) -> list[str]:
    return [f"| {what} {state} | `{method}` |" for state, method in methods.items()]


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
