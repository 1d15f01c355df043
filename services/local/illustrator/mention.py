"""One thing that a prompt names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing the prompt names: the drawing's name, its role, how many, its own colour ("" if none), how sure.

    `confidence` is 0 to 1. `position` and `end` are the places of its first word and behind its last. A `theme` is an
    idea that the drawing stands for, rather than the thing itself. What is `leading` opens the prompt. A person `holds`
    the tool of the role, and is `laden` with a pack, only where the prompt names it.
    """

    name: str
    role: str = ""
    count: int = 1
    colour: str = ""
    confidence: float = 1.0
    position: int = 0
    end: int = 0
    theme: bool = False
    far: bool = False
    central: bool = False
    leading: bool = False
    holds: bool = False
    laden: bool = False
