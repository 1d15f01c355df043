"""How a prompt stages its subject: on a surface, on a backdrop, from above, close by or far away."""

from __future__ import annotations

import re

_SURFACES = (
    ("linen", r"\blinen\b|table ?cloth|blanket"),
    ("slate", r"\bdark slate\b|\bslate\b"),
    ("marble", r"\bmarble\b"),
    ("stone", r"slab of grey stone|stone slab|on stone\b"),
    ("plaster", r"raw plaster|concrete surface"),
    ("paper", r"paper backdrop|plain paper"),
    ("hills", r"imagined landscape|landscape of layered"),
    ("wood", r"wooden table|wooden board|worktop|tabletop|table top|on a table\b"),
)
_STILL = re.compile(
    r"arranged with plenty of empty space|lined up with quiet precision|still[- ]life|tabletop photograph|flat lay|on a (?:weathered )?wooden table|"  # noqa: E501
    r"on folded (?:pale )?linen|on a slab of|on dark slate|on raw plaster|on a plain paper backdrop|product shot"
)
_BACKDROP = re.compile(
    r"plain, softly shaded background|before a deep, even colour|surrounded by calm open space|on a wide, empty ground|"
    r"in an open, imagined space|floating like a small planet|wide, empty landscape|hidden in the shapes|seamless (?:studio )?backdrop|studio backdrop|plain background|"  # noqa: E501
    r"white background|plain plinth|photo studio"
)
# Light of an imagined place that has no other name.
_VOID = re.compile(
    r"lit by a single distant source|a soft inner glow|against deep darkness|in an imagined space|bare wall\b"
)
_WINDOW_LIGHT = re.compile(r"\blight (?:falling |coming )?(?:through (?:the|a|tall) windows?|across the room)\b")
_FAR = re.compile(
    r"\W*(?:\w+\W+){0,2}?(?:small in the distance|in the distance|at the far edge|tiny against|in the background|"
    r"blurred far behind|far away|on the horizon)"
)
_NEAR_CENTRE = re.compile(r"\W*near the centre")
# What a place looks like from above.
FROM_ABOVE = {
    **dict.fromkeys(("village", "city", "street", "market", "square", "construction", "stadium", "temple", "harbour", "walls"), "town"),  # noqa: E501
    **dict.fromkeys(("sea", "coast", "cliff", "underwater", "river"), "water"),
    **dict.fromkeys(("forest", "garden", "mountains"), "woods"),
    **dict.fromkeys(("snow", "polar"), "ice"),
    "desert": "sand",
}  # fmt: skip
_INDOORS = {
    "office", "home", "kitchen", "classroom", "library", "laboratory", "workshop", "warehouse", "stage", "hospital", "museum", "shop",  # noqa: E501
    "cafe", "gym", "factory", "datacentre", "airport", "bakery", "hall", "observatory", "corridor", "still", "studio",
}  # fmt: skip

# Places whose own painting shows what their name says, so that the name brings no second drawing.
SELF_SHOWN = {
    "hospital", "museum", "shop", "cafe", "gym", "factory", "datacentre", "airport", "village", "market", "temple",
    "construction", "vineyard", "energy", "wind farm", "solar farm", "stadium",
    "square", "library", "street", "polar", "railway", "savanna",
    "bakery", "hall", "observatory", "deck", "course", "river", "walls", "corridor",
}  # fmt: skip

# What every room shows, or what its furniture says already.
LIGHTS = {"sun", "moon", "cloud", "star"}
FIXTURES = {"window", "bookshelf", "mirror", "door", "stairs", "chair", "fence", "desk", "table", "curtain"}


# Small things that stand on a floor as readily as on a table.
FLOOR_THINGS = {
    "basket", "bucket", "boots", "shoe", "parcel", "rope", "barrel", "suitcase", "backpack", "toolbox", "ball", "chain",
    "basketball", "rugby ball", "volleyball", "skateboard", "skis", "dumbbell", "yoga mat", "pebbles", "log", "drum",
    "guitar", "cello", "harp", "wheelbarrow", "shopping bag", "handbag", "watering can", "anchor", "fishing net", "bin",
    "crate", "fruit crate", "fish crate", "cool box",
}  # fmt: skip
# Outdoors, food lies on the ground nowhere but here.
MARKETS = {"market", "field", "garden", "vineyard"}
# What else a place shows, so that a word for it brings no second one.
_PARTS = {
    "village": {"church", "house", "barn", "roofs", "chimney stack", "hotel front"},
    "market": {"market stall"},
    "temple": {"pagoda", "roofs", "stairs", "tree"},
    "vineyard": {"vine"},
    "energy": {"wind turbine", "solar panel"},
    "wind farm": {"wind turbine"},
    "solar farm": {"solar panel"},
    "forest": {"tree"},
    "library": {"books", "bookshelf"},
    "city": {"skyscraper", "house", "apartment block", "roofs", "hotel front"},
    "street": {"house", "shop front", "apartment block", "street lamp"},
    "savanna": {"acacia", "tree"},
    "mountains": {"mountain peak"},
    "stage": {"curtain"},
    "bakery": {"bread", "bun", "cooker", "bookshelf"},
    "classroom": {"whiteboard"},
    "construction": {"tower crane", "scaffold"},
    "stadium": {"goal"},
    "polar": {"iceberg"},
    "course": {"tree"},
    "corridor": {"door"},
    "walls": {"stairs", "castle"},
}


def shows(setting: str, name: str) -> bool:
    """Whether the place is painted with such things already."""
    return name in _PARTS.get(setting, set())


def in_a_room(setting: str) -> bool:
    """Whether the setting is indoors with walls and furniture of its own."""
    return setting in _INDOORS - {"still", "studio", "stage"}


def staged(prompt: str) -> tuple[str, str]:
    """The setting that the staging asks for ("still", "studio" or "") and the surface's material."""
    text = prompt.lower()
    surface = next((name for name, pattern in _SURFACES if re.search(pattern, text)), "")
    if _STILL.search(text):
        return "still", surface or "wood"
    return ("studio" if _BACKDROP.search(text) else ""), surface


def void(prompt: str) -> str:
    """A backdrop where the light is said to fall in no place at all, else ""."""
    return "studio" if _VOID.search(prompt.lower()) else ""


def lit_by_a_window(prompt: str) -> bool:
    """Whether the light falls through a window or across a room, which tells that a nameless place is indoors."""
    return _WINDOW_LIGHT.search(prompt.lower()) is not None


def is_far(text_after: str) -> bool:
    """Whether what follows a thing's name puts it far away."""
    return _FAR.match(text_after) is not None


def is_central(text_after: str) -> bool:
    """Whether what follows a thing's name puts it near the centre of a view from above."""
    return _NEAR_CENTRE.match(text_after) is not None


def from_above(setting: str) -> str:
    """The setting as it is seen from high above."""
    return "aerial top" if setting in _INDOORS else f"aerial {FROM_ABOVE.get(setting, 'land')}"
