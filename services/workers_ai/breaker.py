"""Passing over a model that keeps failing: a state for each model, moved by what its calls come to. No I/O, no clock.

    closed  ── FAILURES in a row ──▶  open  ── its pause is over ──▶  half open: one call tries it
      ▲                                ▲                                │        │
      │                                └────── it fails: twice the pause ┘        │
      └───────────────────────── it answers ─────────────────────────────────────┘

A model that is passed over goes behind the others and is not left out: where all others fail too, it is asked after
all. So a breaker saves the time and the money of calls that come to nothing, and fails none that could succeed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FAILURES = 3
FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 60.0


@dataclass(slots=True)
class _State:
    """Failures in a row, pauses in a row, when the pause ends, and whether a call is trying the model now."""

    failures: int = 0
    pauses: int = 0
    until: float = 0.0
    trying: bool = False

    @property
    def open(self) -> bool:
        return self.failures >= FAILURES


class Breaker:
    """The states of all models of a process; `clock` gives seconds that only rise."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._states: dict[str, _State] = {}

    def order(self, models: Sequence[str]) -> list[str]:
        """The models in the order to ask them: those in their place first, then those that are passed over."""
        over = {model for model in models if self._is_passed_over(model)}
        return [*(model for model in models if model not in over), *(model for model in models if model in over)]

    def begins(self, model: str) -> None:
        """A call of the model begins; where it is passed over no more, this call tries it for all."""
        state = self._state(model)
        state.trying = state.trying or state.open

    def answered(self, model: str) -> bool:
        """The model answered, if only to refuse; whether it had been passed over."""
        was_open = self._state(model).open
        self._states[model] = _State()
        return was_open

    def failed(self, model: str, retry_after_s: float | None = None) -> float:
        """The model could not answer; the seconds that it is passed over from now on, 0 where it is not.

        `retry_after_s` is what the provider asks to wait, and counts up to the longest pause.
        """
        state = self._state(model)
        state.failures += 1
        state.trying = False
        if not state.open or self._clock() < state.until:
            return 0.0
        usual = FIRST_PAUSE_S * float(2 ** min(state.pauses, 16))
        pause = min(max(usual, retry_after_s or 0.0), LONGEST_PAUSE_S)
        state.pauses += 1
        state.until = self._clock() + pause
        return pause

    def left(self, model: str) -> None:
        """A call ended that says nothing about the model: its caller gave up."""
        self._state(model).trying = False

    def _is_passed_over(self, model: str) -> bool:
        state = self._states.get(model)
        return state is not None and state.open and (state.trying or self._clock() < state.until)

    def _state(self, model: str) -> _State:
        return self._states.setdefault(model, _State())
