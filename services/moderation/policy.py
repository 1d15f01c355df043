"""The content policy: what a moderation model said becomes a verdict.

    the model said                          verdict    findings
    safe                                    ALLOWED    none
    hazards, at least one of them blocks    BLOCKED    the hazards, worst first
    hazards, none of them blocks            ALLOWED    the hazards, worst first
    unsafe without a hazard                 BLOCKED    none
    something that cannot be read           BLOCKED    UNREADABLE
    nothing: the provider refused the text  BLOCKED    REFUSED

A long text is judged in pieces: it is blocked if any of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.workers_ai.hazards import HAZARDS

DEFAULT = "default"

# Categories of findings that no model gives.
UNREADABLE = "UNREADABLE"
REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Finding:
    """One hazard: its code, and its probability, 0 where the model gives none."""

    category: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may be used, and what was found in it, worst first."""

    allowed: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A named set of hazards that block; those outside it are reported only."""

    name: str = DEFAULT
    blocking: frozenset[str] = frozenset(HAZARDS)

    def verdict(self, safe: bool, hazards: Sequence[tuple[str, float]]) -> Verdict:
        """The verdict on a text that a model could judge; `hazards` are (code, probability) pairs."""
        if not hazards:
            return Verdict(allowed=safe)
        findings = (Finding(code, score) for code, score in hazards)
        return Verdict(not any(code in self.blocking for code, _ in hazards), self.ordered(findings))

    def together(self, verdicts: Sequence[Verdict]) -> Verdict:
        """The verdict on a text from those on its pieces."""
        best: dict[str, Finding] = {}
        for finding in (finding for verdict in verdicts for finding in verdict.findings):
            known = best.setdefault(finding.category, finding)
            if finding.score > known.score:
                best[finding.category] = finding
        return Verdict(all(verdict.allowed for verdict in verdicts), self.ordered(best.values()))

    def ordered(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Worst first: by probability, those that block before those that don't, then as the model put them."""
        return tuple(sorted(findings, key=lambda found: (-found.score, not self._blocks(found.category))))

    def _blocks(self, category: str) -> bool:
        return category in self.blocking or category not in HAZARDS


UNREADABLE_VERDICT = Verdict(False, (Finding(UNREADABLE),))
REFUSED_VERDICT = Verdict(False, (Finding(REFUSED),))
