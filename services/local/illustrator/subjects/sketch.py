"""Sketches: drawings written as short lines of shapes, read into subjects together with the words that name them.

A sheet holds entries. An entry starts with `@name habitat tall wide home share : word, word` and lists shapes, from the
back to the front, as `fill shape`. `@name < other #rrggbb : words` is another drawing in its own colour.
A fill is a colour (a letter of `_COLOURS`, "M" and "2" for the scene's accents, "x" for window panes, or #rrggbb), "!"
where the prompt may recolour it, a mode of `_MODES`, and "%40" for its opacity. A shape is an SVG path, `c x y r`,
`o x y rx ry`, `r x y w h [radius]` or `l width path`; "|" before the fill adds the mirror image, "*n,dx,dy" repeats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from services.local.illustrator.subjects.brush import Brush, Subject

_COLOURS = {
    "w": "#f7f4ec", "k": "#2b2f38", "s": "#aab4bd", "S": "#6f7a85", "g": "#5f9c4e", "G": "#35703f", "r": "#d1483c",
    "y": "#f3c93a", "o": "#ee8b34", "b": "#3d7ea6", "B": "#2d4a6d", "e": "#7c5236", "n": "#b07d4f", "p": "#ec9fb0",
    "u": "#7a4a9e", "c": "#f1e3c4", "t": "#d9a066", "a": "#cfe6ef", "f": "#e5b08c", "l": "#b8a5dc",
}  # fmt: skip
_LINE = re.compile(r"(\|?)(?:\*(\d+),(-?[\d.]+),(-?[\d.]+) )?(#[0-9a-f]{6}|\w)(!?)([=^~_*+-])(?:%(\d+))? (.+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One drawing of a sheet: the subject and the words that name it."""

    subject: Subject
    words: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    mirrored: bool
    repeats: tuple[int, float, float]
    colour: str
    own: bool
    mode: str
    opacity: float
    shape: str


@cache
def _marks(lines: tuple[str, ...]) -> tuple[_Mark, ...]:
    marks = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a shape: {line!r}")
        mirror, times, dx, dy, colour, own, mode, opacity, shape = match.groups()
        repeats = (int(times or 1), float(dx or 0), float(dy or 0))
        marks.append(_Mark(bool(mirror), repeats, colour, bool(own), mode, float(opacity or 100) / 100, shape))
    return tuple(marks)


def _fill(brush: Brush, mark: _Mark, recolour: str) -> str:
    if mark.colour == "x":
        return brush.window()
    colour = {"M": brush.main, "2": brush.second, "d": brush.palette.dark}.get(mark.colour, "")
    colour = colour or _COLOURS.get(mark.colour, mark.colour)
    if mark.own:
        colour = brush.own(recolour or colour)
    modes: dict[str, Callable[[str], str]] = {
        "=": brush.c,
        "^": brush.fall,
        "~": brush.tone,
        "-": brush.shade,
        "+": brush.lit,
        "_": lambda tone: brush.shade(tone, 0.5),
        "*": brush.ink.glow,
    }
    return modes[mark.mode](colour)


def _shape(brush: Brush, shape: str, fill: str, opacity: float) -> None:
    pen = brush.pen
    if shape[0] in "Mm":
        pen.path(shape, fill, opacity=opacity)
        return
    if shape[0] == "l":
        width, _, path = shape[1:].partition(" ")
        pen.stroke(path, fill, float(width), opacity=opacity)
        return
    kind, *numbers = shape.split()
    n = [float(number) for number in numbers]
    if kind == "c":
        pen.circle(n[0], n[1], n[2], fill, opacity=opacity)
    elif kind == "o":
        pen.ellipse(n[0], n[1], n[2], n[3], fill, opacity=opacity)
    else:
        pen.rect(n[0], n[1], n[2], n[3], fill, r=n[4] if len(n) > 4 else 0, opacity=opacity)


def _draw(brush: Brush, lines: tuple[str, ...], recolour: str) -> None:
    for mark in _marks(lines):
        times, dx, dy = mark.repeats
        for k in range(times):
            for flip in (False, True) if mark.mirrored else (False,):
                fill = _fill(brush, mark, recolour)
                if flip or k:
                    with brush.pen.at(k * dx * (-1 if flip else 1), k * dy, mirror=flip):
                        _shape(brush, mark.shape, fill, mark.opacity)
                else:
                    _shape(brush, mark.shape, fill, mark.opacity)


def _entries(sheet: str) -> Iterator[tuple[str, list[str]]]:
    for block in re.split(r"^@", sheet, flags=re.MULTILINE)[1:]:
        head, *lines = [line.strip() for line in block.strip().splitlines() if line.strip()]
        yield head, lines


def read_sheet(sheet: str, known: Mapping[str, Entry] | None = None) -> dict[str, Entry]:
    """The entries of a sheet by name; `known` holds entries of other sheets that may be recoloured."""
    entries: dict[str, Entry] = {}
    for head, lines in _entries(sheet):
        title, _, words = head.partition(":")
        name, _, rest = title.strip().partition(" ")
        name = name.replace("_", " ")
        if rest.startswith("<"):
            base, colour = rest[1:].strip().rsplit(" ", 1)
            model = {**(known or {}), **entries}[base.replace("_", " ")]
            subject = replace(model.subject, draw=partial(_draw, lines=model.lines, recolour=colour))
            entries[name] = Entry(subject, words.strip() or name, model.lines)
            continue
        habitat, tall, wide, home, share = rest.split()
        draw = partial(_draw, lines=tuple(lines), recolour="")
        home = "" if home == "-" else home
        subject = Subject(draw, habitat, float(tall), float(wide), home=home, share=float(share))
        entries[name] = Entry(subject, words.strip() or name, tuple(lines))
    return entries
