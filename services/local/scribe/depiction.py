"""What a prompt shows, apart from any language."""

from __future__ import annotations

from dataclasses import dataclass

from services.local.scribe.brief import Brief
from services.local.scribe.candidates import Phrase
from services.local.scribe.scene import Idea

_VIEWS = ("wide", "aerial")


@dataclass(frozen=True, slots=True)
class Depiction:
    """The kind of idea and what it is made of.

    `seen` are things of the content, `told` is the field of the topic that is shown instead, `shape` the shape of a
    metaphor; `setting`, `place` and `time` are "" where the picture does not show them. `far` says that what a wide
    view shows stands in the distance.
    """

    kind: str
    seen: tuple[Phrase, ...] = ()
    told: str = ""
    shape: int = -1
    topic: str = ""
    setting: str = ""
    place: str = ""
    time: str = ""
    far: bool = False


def depict(brief: Brief, kind: str, idea: Idea, time: str) -> Depiction:
    """The depiction of an idea; `time` is the key of the time of day that its prompt states."""
    words = f"{idea.core} {idea.where}"
    shown = kind in _VIEWS or brief.setting.here in idea.where
    return Depiction(
        kind=kind,
        seen=idea.seen,
        told=idea.told,
        shape=idea.shape,
        topic=brief.topic.key if brief.topic else "",
        setting=brief.setting.key if shown else "",
        place=brief.place if brief.place and brief.place in words else "",
        time=time,
        far=brief.setting.kind == "outdoor" and bool(idea.seen) and idea.seen[0].category != "animal",
    )
