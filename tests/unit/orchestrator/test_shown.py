"""Previews between the painting of a picture and its judgement."""

from __future__ import annotations

from services.orchestrator.shown import Shown


def test_a_preview_is_taken_once() -> None:
    shown = Shown()
    shown.keep("a", b"1")
    shown.keep("b", b"")
    assert [shown.take("a"), shown.take("a"), shown.take("b")] == [b"1", b"", b""]


def test_the_newest_that_fit_are_kept() -> None:
    shown = Shown(kept_bytes=10)
    for name in "abc":
        shown.keep(name, name.encode() * 4)
    assert [shown.take(name) for name in "abc"] == [b"", b"bbbb", b"cccc"]
    shown.keep("large", b"x" * 11)
    shown.keep("d", b"d" * 9)
    shown.keep("d", b"e" * 10)
    assert [shown.take("large"), shown.take("d")] == [b"", b"e" * 10]
