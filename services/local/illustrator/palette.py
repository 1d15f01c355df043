"""The palette: named colours, sets of accents that go together, and the colours of nature by season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.local.illustrator.colour import luminance, mix

NAMED = {
    "red": "#d8392f", "crimson": "#b3203a", "scarlet": "#e0342a", "burgundy": "#70213a", "maroon": "#6d2030",
    "orange": "#ee7f2d", "tangerine": "#f28a3a", "amber": "#f3a72e", "gold": "#dda93a", "golden": "#e2b04a",
    "yellow": "#f5c93b", "mustard": "#d6a02f", "lemon": "#f6dd58", "ochre": "#c8872f", "rust": "#b1502b",
    "terracotta": "#c9694a", "copper": "#b8703f", "bronze": "#9c6b3a", "brown": "#7c5236", "chocolate": "#5a3a28",
    "tan": "#cfa77a", "beige": "#e3d2b6", "sand": "#e0c79a", "cream": "#f6ead0", "ivory": "#f7f1e1",
    "white": "#f7f7f4", "silver": "#bcc4cb", "grey": "#8d959e", "gray": "#8d959e", "slate": "#56677a",
    "charcoal": "#363c45", "black": "#1f2126", "green": "#3f9a57", "emerald": "#1f8f68", "olive": "#7f8438",
    "lime": "#a5cc3f", "mint": "#9fd8bd", "sage": "#9db394", "teal": "#1f8385", "turquoise": "#37b3ad",
    "cyan": "#3cb9d6", "aqua": "#58c3cc", "blue": "#2f6fc4", "azure": "#3d94dd", "navy": "#1c2f57",
    "indigo": "#3d3c8f", "cobalt": "#2450a8", "purple": "#7a4a9e", "violet": "#7d5ac0", "lavender": "#b8a5dc",
    "lilac": "#c6a9d6", "plum": "#6f3a66", "magenta": "#c23a86", "pink": "#ec8fae", "rose": "#dd7187",
    "coral": "#f2765f", "salmon": "#f19680", "peach": "#f8bd98", "ultramarine": "#2b3f9e",
}  # fmt: skip

_SETS = (
    ("#e4572e", "#f2b134", "#17748f", "#2d4059", "#f7ede2"),
    ("#d1495b", "#edae49", "#30638e", "#00798c", "#f4e9d8"),
    ("#ef8354", "#f6c177", "#4f5d75", "#2d6a6a", "#f8f1e5"),
    ("#c8553d", "#f28f3b", "#588b8b", "#2b3a55", "#ffeedd"),
    ("#3d7ea6", "#f4a261", "#e76f51", "#264653", "#faf3e3"),
    ("#5f7f52", "#e9b44c", "#c1553b", "#28536b", "#f6efe0"),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours a scene is painted with; `accents` are five, the last one pale; `named` came from the prompt."""

    accents: tuple[str, ...]
    named: tuple[str, ...]
    leaf: str
    leaf_dark: str
    grass: str
    grass_dry: str
    rock: str
    rock_far: str
    sand: str
    water: str
    water_deep: str
    blossom: str
    snow: bool = False

    @property
    def pale(self) -> str:
        """The palest accent: paper, walls, blank shapes."""
        return max(self.accents, key=luminance)

    @property
    def dark(self) -> str:
        """The darkest accent: lines, ground, contrast."""
        return min(self.accents, key=luminance)


_SEASONS = {
    "spring": ("#7fb65a", "#4c8a4c", "#8cc265", "#b9d27e", "#f3b9cc"),
    "summer": ("#5a9c4e", "#33703f", "#7db457", "#c3c566", "#f2d24b"),
    "autumn": ("#d9822e", "#a94a27", "#b5a24e", "#d2b25c", "#c8452e"),
    "winter": ("#dfe8ef", "#6f8794", "#eef3f7", "#dbe6ee", "#c9d6e0"),
}


def palette_for(colours: tuple[str, ...], season: str, rng: np.random.Generator) -> Palette:
    """The palette for named colours (names of `NAMED`, may be empty) in a season."""
    base = _SETS[int(rng.integers(len(_SETS)))]
    named = tuple(NAMED[name] for name in colours if name in NAMED)
    accents = _with_named(base, named)
    leaf, leaf_dark, grass, dry, blossom = _SEASONS.get(season, _SEASONS["summer"])
    winter = season == "winter"
    return Palette(
        accents=accents,
        named=named,
        leaf=leaf,
        leaf_dark=leaf_dark,
        grass=grass,
        grass_dry=dry,
        rock="#6d7688" if not winter else "#7a879b",
        rock_far="#8494b0",
        sand="#e8cf9f",
        water="#3f8fb5",
        water_deep="#1d5a86",
        blossom=blossom,
        snow=winter,
    )


def _with_named(base: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    if not named:
        return base
    wanted = list(named[:4])
    if len(wanted) == 1:
        wanted += [mix(wanted[0], "#fff4e0", 0.45), mix(wanted[0], "#1d2440", 0.4)]
    if len(wanted) == 2:
        wanted += [mix(wanted[0], "#fff4e0", 0.45)]
    if len(wanted) == 3:
        wanted += [mix(wanted[1], "#1d2440", 0.55)]
    return (*wanted[:4], mix(base[4], wanted[0], 0.12))
