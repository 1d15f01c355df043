"""A bar chart as SVG: groups of bars, one colour a way."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

COLOURS = {"script": "#9aa5b1", "plain chain": "#3b7dd8", "Atelier": "#d8743b", "Atelier, one process": "#8a4fa3"}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 320, 48, 48, 40


def draw(rows: Sequence[tuple[str, int, float]], title: str) -> str:
    """The chart of (way, in flight, jobs a second)."""
    levels = sorted({level for _, level, _ in rows})
    most = max(value for _, _, value in rows)
    group = (WIDTH - LEFT - 16) / len(levels)
    bar = group / (len(COLOURS) + 1)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    parts = [
        f'{head} font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>',
    ]
    for number, (way, colour) in enumerate(COLOURS.items()):
        x = LEFT + number * 140
        parts.append(
            f'<rect x="{x}" y="28" width="10" height="10" fill="{colour}"/><text x="{x + 15}" y="37">{way}</text>'
        )
    for way, level, value in rows:
        x = LEFT + levels.index(level) * group + list(COLOURS).index(way) * bar
        height = (HEIGHT - TOP - BOTTOM - 16) * value / most
        y = HEIGHT - BOTTOM - height
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{bar - 4:.1f}" height="{height:.1f}" fill="{COLOURS[way]}"/>'
        )
        parts.append(f'<text x="{x + bar / 2 - 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{value:.0f}</text>')
    for number, level in enumerate(levels):
        x = LEFT + number * group + (group - bar) / 2
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 18}" text-anchor="middle">{level} in flight</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
