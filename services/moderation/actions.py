"""What a policy can do about a finding, and from which score on it does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Place(StrEnum):
    """Where in the work a policy is applied."""

    CONTENT = "content"
    PROMPT = "prompt"
    IMAGE = "image"


class Action(IntEnum):
    """What is done, from nothing to refusal; the numbers are those of `atelier.type.v1.Action`."""

    ALLOW = 1
    FLAG = 2
    REVIEW = 3
    BLOCK = 4


ACTIONS: Mapping[str, Action] = {action.name.lower(): action for action in Action}

# In a step: the threshold of whichever model judges.
OF_MODEL = 0.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is done from which score on: (action, threshold) steps, actions and thresholds rising together."""

    steps: tuple[tuple[Action, float], ...]

    @classmethod
    def of(cls, action: Action) -> Ladder:
        """One action, from the model's own threshold on."""
        return cls(((action, OF_MODEL),))

    def act(self, score: float, threshold: float) -> tuple[Action, float]:
        """What is done about a score, and from which score on; `threshold` is the model's own.

        Below the first step nothing is done, and the first step's threshold is told.
        """
        reached = [(action, at or threshold) for action, at in self.steps if score >= (at or threshold)]
        return reached[-1] if reached else (Action.ALLOW, self.steps[0][1] or threshold)

    @property
    def top(self) -> Action:
        """What is done about a hazard that a model names without a score: there is no saying that it was low."""
        return self.steps[-1][0]


BLOCK = Ladder.of(Action.BLOCK)
