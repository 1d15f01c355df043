"""The pen: writes shapes as SVG in a coordinate system whose unit is a thousandth of the picture's shorter side."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

Point = tuple[float, float]

# Names of definitions must differ between layers that are joined; they never show in the picture.
_PENS = itertools.count()


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def smooth_path(points: Sequence[Point], *, closed: bool = False) -> str:
    """An SVG path through the points, rounded as a Catmull-Rom spline."""
    count = len(points)

    def pick(i: int) -> Point:
        return points[i % count] if closed else points[min(max(i, 0), count - 1)]

    parts = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for i in range(count if closed else count - 1):
        before, start, end, after = pick(i - 1), pick(i), pick(i + 1), pick(i + 2)
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append("C" + " ".join(_n(v) for v in (*first, *second, *end)))
    return "".join(parts) + ("Z" if closed else "")


class Pen:
    """Collects SVG elements and gradient definitions for one layer."""

    def __init__(self) -> None:
        self._body: list[str] = []
        self._defs: list[str] = []
        self._names = f"p{next(_PENS)}"

    @classmethod
    def joined(cls, pens: Iterable[Pen]) -> Pen:
        """One layer made of several, the first at the bottom."""
        whole = cls()
        for pen in pens:
            whole._defs += pen._defs
            whole._body += pen._body
        return whole

    @property
    def body(self) -> str:
        """The layer as SVG markup, definitions first."""
        return f"<defs>{''.join(self._defs)}</defs>{''.join(self._body)}"

    @property
    def empty(self) -> bool:
        """Whether nothing has been drawn."""
        return not self._body

    def path(self, d: str, fill: str, *, opacity: float = 1.0, stroke: str = "", width: float = 0.0) -> None:
        """A filled path in SVG path syntax, optionally outlined."""
        line = f' stroke="{stroke}" stroke-width="{_n(width)}" stroke-linejoin="round"' if stroke else ""
        self._body.append(f'<path d="{d}" fill="{fill}"{self._alpha(opacity)}{line}/>')

    def poly(self, points: Iterable[Point], fill: str, *, opacity: float = 1.0) -> None:
        """A filled polygon with straight edges."""
        joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._body.append(f'<polygon points="{joined}" fill="{fill}"{self._alpha(opacity)}/>')

    def blob(self, points: Sequence[Point], fill: str, *, opacity: float = 1.0) -> None:
        """A filled closed shape with rounded edges through the points."""
        self.path(smooth_path(points, closed=True), fill, opacity=opacity)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, *, r: float = 0, opacity: float = 1.0) -> None:
        """A rectangle from its top left corner, corners rounded by `r`."""
        rounding = f' rx="{_n(r)}"' if r else ""
        self._body.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(w, 0))}" height="{_n(max(h, 0))}"{rounding} '
            f'fill="{fill}"{self._alpha(opacity)}/>'
        )

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1.0) -> None:
        """An ellipse around its centre."""
        self._body.append(
            f'<ellipse cx="{_n(x)}" cy="{_n(y)}" rx="{_n(rx)}" ry="{_n(ry)}" fill="{fill}"{self._alpha(opacity)}/>'
        )

    def circle(self, x: float, y: float, r: float, fill: str, *, opacity: float = 1.0) -> None:
        """A disc."""
        self.ellipse(x, y, r, r, fill, opacity=opacity)

    def ring(self, x: float, y: float, r: float, colour: str, width: float, *, opacity: float = 1.0) -> None:
        """A circle's outline."""
        self._body.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="none" stroke="{colour}" '
            f'stroke-width="{_n(width)}"{self._alpha(opacity)}/>'
        )

    def line(
        self, points: Sequence[Point], colour: str, width: float, *, opacity: float = 1.0, smooth: bool = False
    ) -> None:
        """A stroke with round ends through the points."""
        d = smooth_path(points) if smooth else "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self.stroke(d, colour, width, opacity=opacity)

    def stroke(self, d: str, colour: str, width: float, *, opacity: float = 1.0, cap: str = "round") -> None:
        """A stroke along a path in SVG path syntax."""
        self._body.append(
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" stroke-linecap="{cap}" '
            f'stroke-linejoin="round"{self._alpha(opacity)}/>'
        )

    def vertical(self, *stops: tuple[float, str, float]) -> str:
        """A fill that runs from top to bottom of the shape it fills; stops are (offset, colour, opacity)."""
        return self._gradient("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', stops)

    def horizontal(self, *stops: tuple[float, str, float]) -> str:
        """A fill that runs from left to right of the shape it fills."""
        return self._gradient("linearGradient", 'x1="0" y1="0" x2="1" y2="0"', stops)

    def radial(self, *stops: tuple[float, str, float]) -> str:
        """A fill that runs from the middle of the shape to its edge."""
        return self._gradient("radialGradient", 'cx="0.5" cy="0.5" r="0.5"', stops)

    @contextmanager
    def at(
        self, x: float, y: float, scale: float = 1.0, *, mirror: bool = False, flip: float = 1.0, turn: float = 0.0
    ) -> Iterator[None]:
        """Draws what follows around (x, y), scaled, perhaps mirrored, turned by `turn` degrees.

        `flip` multiplies the vertical scale; below zero it turns the drawing upside down, as water does.
        """
        across = -scale if mirror else scale
        rotation = f" rotate({_n(turn)})" if turn else ""
        self._body.append(
            f'<g transform="translate({_n(x)} {_n(y)}){rotation} scale({across:.4f} {scale * flip:.4f})">'
        )
        yield
        self._body.append("</g>")

    @contextmanager
    def clip(self, d: str) -> Iterator[None]:
        """Shows of what follows only the part inside the path."""
        name = f"{self._names}c{len(self._defs)}"
        self._defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        self._body.append(f'<g clip-path="url(#{name})">')
        yield
        self._body.append("</g>")

    @contextmanager
    def faded(self, opacity: float) -> Iterator[None]:
        """Draws what follows as one translucent group."""
        self._body.append(f'<g opacity="{_n(opacity)}">')
        yield
        self._body.append("</g>")

    def _gradient(self, tag: str, place: str, stops: Sequence[tuple[float, str, float]]) -> str:
        name = f"{self._names}g{len(self._defs)}"
        marks = "".join(
            f'<stop offset="{_n(offset)}" stop-color="{colour}" stop-opacity="{_n(alpha)}"/>'
            for offset, colour, alpha in stops
        )
        self._defs.append(f'<{tag} id="{name}" {place}>{marks}</{tag}>')
        return f"url(#{name})"

    @staticmethod
    def _alpha(opacity: float) -> str:
        return "" if opacity >= 1 else f' opacity="{max(opacity, 0):.3f}"'
