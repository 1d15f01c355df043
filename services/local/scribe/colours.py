"""Names of colours, because a picture model understands words better than numbers and paints digits as text."""

from __future__ import annotations

_NAMES = {
    "black": "000000",
    "charcoal": "36454f",
    "slate grey": "708090",
    "grey": "808080",
    "light grey": "d3d3d3",
    "white": "ffffff",
    "ivory": "fffff0",
    "cream": "fff5dc",
    "sand": "d9c3a0",
    "beige": "e8d8c0",
    "brown": "7b4a26",
    "dark brown": "4a2c17",
    "terracotta": "c8623f",
    "rust": "a8431a",
    "copper": "b87333",
    "ochre": "c9902b",
    "gold": "d4af37",
    "mustard yellow": "dba520",
    "yellow": "ffe100",
    "pale yellow": "fff3a6",
    "orange": "ff8000",
    "apricot": "fbbd86",
    "coral": "ff7058",
    "salmon pink": "fa9a8a",
    "red": "e01020",
    "dark red": "8b0a14",
    "burgundy": "6b1230",
    "pink": "ff9fc0",
    "pale pink": "fbd9e0",
    "magenta": "e0108c",
    "plum": "7d3c78",
    "purple": "7a1fa2",
    "violet": "8a50e0",
    "lavender": "c9b8f0",
    "indigo": "3a2a8c",
    "navy blue": "0a1f4a",
    "royal blue": "2850d8",
    "blue": "1060e0",
    "sky blue": "7fc4f0",
    "pale blue": "cfe6f5",
    "steel blue": "4a7ca5",
    "petrol blue": "0b4a5e",
    "teal": "0c8080",
    "turquoise": "30c8c0",
    "mint green": "a8e8c8",
    "emerald green": "0f9a5a",
    "green": "1fa030",
    "forest green": "17552a",
    "lime green": "a0d820",
    "olive green": "75782c",
    "sage green": "9caf88",
}


def _rgb(code: str) -> tuple[int, int, int]:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def _distance(one: str, other: str) -> float:
    """How different two colours look: the weighted distance of Riemersma's "redmean"."""
    (r, g, b), (r2, g2, b2) = _rgb(one), _rgb(other)
    mean = (r + r2) / 2
    return (2 + mean / 256) * (r - r2) ** 2 + 4 * (g - g2) ** 2 + (2 + (255 - mean) / 256) * (b - b2) ** 2


def name_of(code: str) -> str:
    """The nearest name of a colour given as six hexadecimal digits."""
    return min(_NAMES, key=lambda name: _distance(code.lower(), _NAMES[name]))
