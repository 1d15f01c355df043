"""The dashboard drawn from what Prometheus answers, for where no Grafana is at hand: one PNG, panels as in its grid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

import resvg_py

from tests.observability.prometheus import Panel

Points = Sequence[tuple[float, float]]
Line = tuple[str, Points]

COLOURS = ("#2f6fb0", "#c8622b", "#3d8c5a", "#8a5aa8", "#b3912a", "#a33b4f", "#4a8f94", "#77736b")
CELL, ROW, HEAD, GAP = 70, 30, 34, 8
LEGEND, SHOWN = 15, 4
UNITS = {"s": " s", "percentunit": "", "bytes": " MiB", "currencyUSD": " $"}


def legend(template: str, labels: Mapping[str, str]) -> str:
    """A line's name, its labels filled in."""
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda found: labels.get(found[1], ""), template).strip()


def draw(panels: Sequence[tuple[Panel, Sequence[Line]]], title: str, start_s: float, end_s: float) -> bytes:
    """The PNG of all panels; with each, the lines to draw in it by name."""
    rows = max(panel.place["y"] + panel.place["h"] for panel, _ in panels)
    width, height = 24 * CELL, rows * ROW + HEAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#f4f3ef"/>',
        f'<text x="{GAP}" y="23" font-size="17" fill="#222">{escape(title)}</text>',
    ]
    for panel, lines in panels:
        x, y = panel.place["x"] * CELL, panel.place["y"] * ROW + HEAD
        if panel.place["h"] == 1:
            parts.append(f'<text x="{x + GAP}" y="{y + 21}" font-size="14" fill="#555">{escape(panel.title)}</text>')
            continue
        size = panel.place["w"] * CELL, panel.place["h"] * ROW
        parts.append(f'<g transform="translate({x},{y})">{_panel(panel, lines, size, start_s, end_s)}</g>')
    svg = "".join([*parts, "</svg>"])
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))


def _panel(panel: Panel, lines: Sequence[Line], size: tuple[int, int], start_s: float, end_s: float) -> str:
    width, height = size
    most = max((value for _, points in lines for _, value in points), default=0) or 1
    names = sorted(range(len(lines)), key=lambda number: -max(value for _, value in lines[number][1]))
    left, top, right = 14, 30, width - 14
    bottom = height - 14 - LEGEND * (min(len(lines), SHOWN) + (len(lines) > SHOWN))
    parts = [
        f'<rect x="4" y="4" width="{width - 8}" height="{height - 8}" rx="4" fill="#fff" stroke="#dedbd2"/>',
        f'<text x="{left}" y="22" font-size="13" fill="#222">{escape(panel.title)}</text>',
        f'<text x="{right}" y="22" text-anchor="end" fill="#777">{_number(most, panel.unit)}</text>',
        f'<path d="M{left} {top}H{right}M{left} {bottom}H{right}" stroke="#e7e4dc"/>',
    ]
    for place, number in enumerate(names):
        name, points = lines[number]
        colour = COLOURS[place % len(COLOURS)]
        across, up = (right - left) / (end_s - start_s), (bottom - top) / most
        where = " ".join(f"{left + (at - start_s) * across:.1f},{bottom - value * up:.1f}" for at, value in points)
        parts.append(f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        y = bottom + LEGEND * (min(place, SHOWN) + 1)
        if place < SHOWN:
            short = name if len(name) * 6.2 < width - 40 else f"{name[: int(width / 6.2) - 8]}…"
            parts.append(f'<rect x="{left}" y="{y - 8}" width="9" height="9" fill="{colour}"/>')
            parts.append(f'<text x="{left + 14}" y="{y}" font-size="11" fill="#444">{escape(short)}</text>')
        elif place == SHOWN:
            parts.append(f'<text x="{left}" y="{y}" font-size="11" fill="#777">and {len(lines) - SHOWN} more</text>')
    return "".join(parts)


def _number(value: float, unit: str) -> str:
    if unit == "percentunit":
        return f"{value:.0%}"
    return f"{value / 2**20 if unit == 'bytes' else value:.3g}{UNITS.get(unit, '')}"
