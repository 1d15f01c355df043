"""The result of one check of `atelier doctor`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, whether it is good, what was found, and what to do where it is not good."""

    what: str
    good: bool
    says: str
    advice: str = ""

    def to_dict(self) -> dict[str, object]:
        """The finding as a JSON object."""
        return {"what": self.what, "good": self.good, "says": self.says, "advice": self.advice}
