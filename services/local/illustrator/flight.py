"""Birds in the air: a bird that is said to fly, circle or soar is on the wing and stands on no ground."""

from __future__ import annotations

from services.local.illustrator import cues
from services.local.illustrator.grammar import Reading
from services.local.illustrator.language import Found

# How a bird that can fly is coloured on the wing, where the prompt gives it no colour; "" is white and grey.
_FLIERS = {
    "bird": "brown",
    "seabird": "",
    "pigeon": "grey",
    "crow": "black",
    "eagle": "brown",
    "owl": "tan",
    "heron": "grey",
    "goose": "grey",
    "duck": "brown",
    "swan": "white",
    "pelican": "white",
    "flamingo": "pink",
    "parrot": "red",
    "robin": "brown",
    "kingfisher": "blue",
    "puffin": "",
    "flying bird": "",
}
_BEFORE = {word for word in cues.FLIGHT if word.endswith("ing")} - {"drifting", "darting"}
# Between a bird and what it does.
_BETWEEN = {"that", "which", "are", "is", "who", "high", "low", "together", "still", "caught", "seen", "busy", "slowly"}
_OVER = {"above", "over", "overhead", "aloft", "airborne"}
_ALOFT = ("in flight", "in mid-flight", "in midair", "in the air", "in the sky", "on the wing", "in full flight")
_RISING = ("taking off", "take off", "takes off", "taking flight", "take flight", "takes flight", "taking wing")
IN_THE_AIR = "flying bird"
# Those whose shape tells them from all others have a drawing of their own.
_SHAPES = {"puffin": "flying puffin"}


def is_flying(reading: Reading, hit: Found) -> bool:
    """Whether `hit` is a bird that can fly and that the prompt puts into the air."""
    if hit.name not in _FLIERS:
        return False
    if hit.start and hit.start not in reading.breaks and reading.raw[hit.start - 1] in _BEFORE:
        return True
    behind: list[str] = []
    while (word := reading.after(hit.end + len(behind))) and len(behind) < 9:
        behind.append(word)
    while behind and (behind[0] in _BETWEEN or (behind[0].endswith("ly") and behind[0] != "fly")):
        behind.pop(0)
    said = " ".join(behind[:3])
    return bool(behind) and (behind[0] in cues.FLIGHT | _OVER or said.startswith((*_ALOFT, *_RISING)))


def on_the_wing(reading: Reading, hit: Found, colour: str) -> tuple[str, str]:
    """The drawing and the colour of a bird: itself, or the one in the air of its shape and plumage."""
    if not is_flying(reading, hit):
        return hit.name, colour
    return _SHAPES.get(hit.name, IN_THE_AIR), colour or _FLIERS[hit.name]
