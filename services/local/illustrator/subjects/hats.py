"""Hats, caps and helmets, which say at a distance what somebody does."""

# ruff: noqa: E501 - a drawing's paths stay on one line

from __future__ import annotations

from services.local.illustrator.pen import Point
from services.local.illustrator.subjects.brush import Brush


def draw_hat(brush: Brush, head: Point, kind: str, colour: str) -> None:
    """A hat of some kind on a head whose middle is at `head`; an unknown kind draws nothing."""
    pen, (x, y) = brush.pen, head
    light, dark = brush.c(colour), brush.shade(colour, 0.3)
    if kind == "straw":
        pen.ellipse(x, y - 3.6, 11.5, 2.4, dark)
        pen.path(f"M{x - 6.4} {y - 4}Q{x - 5} {y - 12} {x} {y - 11.6}Q{x + 5.4} {y - 12} {x + 6.4} {y - 4}Z", light)
        pen.rect(x - 6.4, y - 5.8, 12.8, 1.9, brush.shade(brush.second))
    elif kind == "souwester":
        pen.path(
            (
                f"M{x - 11} {y + 2}Q{x - 6} {y - 11} {x + 1} {y - 9.4}Q{x + 6} {y - 8} {x + 8.5} {y - 2.4}"
                f"Q{x} {y - 4} {x - 11} {y + 2}Z"
            ),
            light,
        )
        pen.path(f"M{x + 1} {y - 9.4}Q{x + 6} {y - 8} {x + 8.5} {y - 2.4}Q{x + 5} {y - 3.6} {x + 2.4} {y - 3.4}Z", dark)
    elif kind == "helmet":
        pen.path(f"M{x - 6.9} {y - 2.5}Q{x - 6.6} {y - 10} {x} {y - 10}Q{x + 6.8} {y - 10} {x + 7} {y - 2.5}Z", light)
        pen.rect(x - 7.4, y - 3.6, 17.4, 2.2, dark, r=1.1)
    elif kind == "toque":
        pen.path(
            (
                f"M{x - 5.6} {y - 3.5}V{y - 9}Q{x - 10} {y - 16} {x - 3} {y - 16.5}Q{x} {y - 20} "
                f"{x + 3.4} {y - 16.5}Q{x + 10} {y - 15.6} {x + 5.8} {y - 9}V{y - 3.5}Z"
            ),
            light,
        )
        pen.rect(x - 5.8, y - 6, 11.8, 2.8, dark)
    elif kind == "cap":
        pen.path(
            (
                f"M{x - 6.4} {y - 2.4}Q{x - 6.4} {y - 9.4} {x} {y - 9.2}Q{x + 6.2} {y - 9} {x + 6.2} "
                f"{y - 3.2}L{x + 11} {y - 2.2}Q{x + 9} {y - 4.4} {x + 6} {y - 4.8}Z"
            ),
            light,
        )
        pen.rect(x - 6.4, y - 4.4, 12.6, 1.8, dark)
    elif kind == "beanie":
        pen.path(f"M{x - 6.8} {y - 1.8}Q{x - 7} {y - 10} {x} {y - 10}Q{x + 6.8} {y - 10} {x + 6.8} {y - 1.8}Z", light)
        pen.rect(x - 7.1, y - 4, 14.2, 3.2, dark, r=1.4)
        pen.circle(x, y - 10.8, 2.2, dark)
    elif kind == "mortar":
        pen.path(f"M{x - 5.8} {y - 3}V{y - 8}H{x + 5.8}V{y - 3}Z", dark)
        pen.poly([(x - 12, y - 8.4), (x, y - 12), (x + 12, y - 8.4), (x, y - 5)], light)
        pen.line([(x + 9, y - 8.2), (x + 9.6, y - 1)], brush.c("#e8b53a"), 1.2)
    elif kind == "visor":
        pen.circle(x, y - 0.5, 10, brush.c("#f3f5f7"))
        pen.ellipse(x + 2, y - 0.5, 7.2, 6.4, brush.c("#2c3f63"))
        pen.path(
            f"M{x - 2.6} {y - 3}Q{x + 1} {y - 6.4} {x + 6} {y - 4.2}Q{x + 1} {y - 4} {x - 2.6} {y - 3}Z",
            brush.c("#9fc4e8"),
        )
    elif kind in _MORE:
        _MORE[kind](brush, x, y, light, dark)


def _veil(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(f"M{x - 9} {y - 3}H{x + 9}L{x + 8} {y + 9}Q{x} {y + 12} {x - 8} {y + 9}Z", dark, opacity=0.5)
    brush.pen.ellipse(x, y - 3.6, 13, 2.6, dark)
    brush.pen.path(f"M{x - 6.4} {y - 4}Q{x - 5} {y - 11} {x} {y - 11}Q{x + 5.4} {y - 11} {x + 6.4} {y - 4}Z", light)


def _peaked(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(
        f"M{x - 7.6} {y - 6}Q{x - 8.4} {y - 11.4} {x} {y - 11.4}Q{x + 8.6} {y - 11.4} {x + 8} {y - 6}Z", light
    )
    brush.pen.rect(x - 6.8, y - 6.4, 13.8, 3.2, dark)
    brush.pen.path(
        f"M{x + 2} {y - 3.4}H{x + 7}Q{x + 11} {y - 2.6} {x + 10.6} {y - 1}Q{x + 6} {y - 2.6} {x + 2} {y - 3.4}Z", dark
    )
    brush.pen.circle(x + 4.4, y - 7.8, 1.5, brush.c("#e0bd54"))


def _hood(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(
        f"M{x + 3.4} {y - 5}Q{x - 1} {y - 9.6} {x - 6} {y - 6.4}Q{x - 10} {y} {x - 10.4} {y + 18}"
        f"Q{x - 5} {y + 20} {x} {y + 13}Q{x - 4.4} {y + 2} {x + 3.4} {y - 5}Z",
        light,
    )
    brush.pen.path(f"M{x + 3.4} {y - 5}Q{x - 2} {y - 3} {x - 2.6} {y + 8}", "none", stroke=dark, width=1.2)


def _crown(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(
        f"M{x - 6} {y - 5}L{x - 7.4} {y - 13}L{x - 3.6} {y - 9}L{x} {y - 14}L{x + 3.6} {y - 9}L{x + 7.4} {y - 13}L{x + 6} {y - 5}Z",
        light,
    )
    brush.pen.rect(x - 6, y - 6.4, 12, 2, dark)


def _bascinet(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(f"M{x - 7.6} {y + 7}Q{x - 8.6} {y - 11} {x} {y - 12}Q{x + 8.6} {y - 11} {x + 7.6} {y + 7}Z", light)
    brush.pen.rect(x - 1, y - 3, 8.6, 2, brush.c("#1d2027"))
    brush.pen.rect(x - 1, y + 1.4, 8, 1, dark)


def _cone(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.poly([(x - 5, y - 5.4), (x, y - 19), (x + 5, y - 5.4)], light)
    brush.pen.circle(x, y - 19, 2, dark)
    brush.pen.circle(x + 5.6, y + 0.6, 2, brush.c("#d1483c"))


def _swimcap(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(f"M{x - 6.6} {y + 1}Q{x - 7} {y - 8.4} {x} {y - 8.4}Q{x + 6.4} {y - 8.4} {x + 6.4} {y - 2}Z", light)
    brush.pen.rect(x + 1.6, y - 2.6, 5, 2.2, dark, r=1)


def _lamp(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(f"M{x - 6.9} {y - 2.5}Q{x - 6.6} {y - 10} {x} {y - 10}Q{x + 6.8} {y - 10} {x + 7} {y - 2.5}Z", light)
    brush.pen.rect(x - 7.2, y - 3.4, 14.6, 1.8, dark, r=0.9)
    brush.pen.circle(x + 6.4, y - 6, 2.2, brush.ink.glow("#fff3b8"))


def _divemask(brush: Brush, x: float, y: float, light: str, dark: str) -> None:
    brush.pen.path(
        f"M{x - 6.8} {y + 3}Q{x - 7.6} {y - 8.6} {x} {y - 8.8}Q{x + 5} {y - 8.8} {x + 6} {y - 4}L{x + 2} {y - 3}V{y + 4}Z",
        brush.c("#1d3348"),
    )
    brush.pen.rect(x - 0.6, y - 4.4, 7.8, 5.4, light, r=1.6)
    brush.pen.rect(x + 0.8, y - 3.2, 5.6, 3, brush.c("#bfe0ee"), r=1)
    brush.pen.line([(x - 3, y + 4), (x - 6, y - 11)], light, 1.6)


_MORE = {
    "veil": _veil, "peaked": _peaked, "hood": _hood, "crown": _crown, "bascinet": _bascinet, "cone": _cone,
    "swimcap": _swimcap, "divemask": _divemask, "lamp": _lamp,
}  # fmt: skip
