"""Light: what the hour, the weather and the mood do to the colours of a scene."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.local.illustrator.colour import RGB, Ink, adjust, mix


@dataclass(frozen=True, slots=True)
class Light:
    """Colours of the sky and of the light that falls from it.

    `top`, `middle` and `low` are the sky from zenith to horizon; `elevation` (0 to 1) is how high the sun or moon
    stands above the horizon; `cloud` runs from 0 (clear) to 1 (overcast); `haze_depth` is the share of haze on the
    furthest layer.
    """

    top: str
    middle: str
    low: str
    sun: str
    haze: str
    shadow: str
    ambient: RGB
    elevation: float
    night: bool = False
    cloud: float = 0.25
    haze_depth: float = 0.72
    disc: bool = True
    lamps: bool = False

    @property
    def ink(self) -> Ink:
        """How a thing in the foreground looks in this light."""
        return Ink(self.ambient, self.haze, self.sun, self.shadow)


HOURS = {
    "dawn": Light("#5a6fae", "#d7a2b4", "#ffdcae", "#fff0c9", "#f0c6b4", "#3d3a6b", (0.93, 0.86, 0.86), 0.12),
    "morning": Light("#5aa6dc", "#a5d5ee", "#fdf0d2", "#fff6d8", "#d9e6e4", "#36507c", (1.0, 0.98, 0.94), 0.45),
    "day": Light("#3d8fd6", "#82c4ee", "#def2f6", "#fffbe6", "#cfe6ee", "#2f4a78", (1.0, 1.0, 0.98), 0.7),
    "golden": Light("#54639e", "#ec9a72", "#ffd07a", "#fff0b8", "#f6ba86", "#4a2f5e", (1.0, 0.87, 0.74), 0.16),
    "sunset": Light("#34356f", "#d9617a", "#ffb15c", "#ffe6a0", "#e58a78", "#3a2150", (0.92, 0.72, 0.68), 0.07),
    "dusk": Light(
        "#1c2756", "#5a4f8c", "#ea8f86", "#ffd2b0", "#87699a", "#1c1a44", (0.64, 0.6, 0.8), 0.04, disc=False, lamps=True
    ),
    "night": Light(
        "#070c26",
        "#122050",
        "#33528a",
        "#f4f1dc",
        "#263c6c",
        "#060a20",
        (0.44, 0.5, 0.72),
        0.62,
        night=True,
        lamps=True,
    ),
}

_GREY = {"overcast": 0.55, "rain": 0.62, "storm": 0.7, "snow": 0.5, "fog": 0.45}


def light_for(hour: str, weather: str, mood: str) -> Light:
    """The light of an hour under a weather in a mood; unknown names count as day, clear and no mood."""
    light = HOURS.get(hour, HOURS["day"])
    if weather in _GREY:
        light = _greyed(light, weather)
    if weather == "fog":
        light = replace(light, haze_depth=0.92, cloud=0.0)
    if weather == "cloudy":
        light = replace(light, cloud=0.7)
    if weather == "clear":
        light = replace(light, cloud=0.08)
    return _moody(light, mood)


def _greyed(light: Light, weather: str) -> Light:
    share = _GREY[weather]
    dark = 0.72 if weather == "storm" else 0.9 if weather == "rain" else 1.0

    def grey(colour: str) -> str:
        return adjust(colour, saturation=1 - share, lightness=dark)

    red, green, blue = light.ambient
    mean = (red + green + blue) / 3 * (0.82 if dark < 1 else 0.97)
    ambient = (red + (mean - red) * share, green + (mean - green) * share, blue + (mean * 1.03 - blue) * share)
    return replace(
        light,
        top=grey(light.top),
        middle=grey(light.middle),
        low=mix(grey(light.low), grey(light.middle), 0.3),
        haze=grey(light.haze),
        sun=mix(light.sun, "#e9eef2", 0.5),
        ambient=ambient,
        cloud=1.0,
        disc=False,
        haze_depth=0.8,
    )


_MOODS: dict[str, tuple[float, RGB]] = {
    "sombre": (0.7, (0.92, 0.94, 1.0)),
    "dramatic": (1.12, (0.97, 0.94, 0.98)),
    "warm": (1.06, (1.02, 0.98, 0.92)),
    "cool": (0.95, (0.95, 0.99, 1.04)),
    "energetic": (1.22, (1.02, 1.0, 1.0)),
    "calm": (0.9, (1.0, 1.0, 1.0)),
    "muted": (0.66, (1.0, 1.0, 1.0)),
}


def _moody(light: Light, mood: str) -> Light:
    if mood not in _MOODS:
        return light
    saturation, tone = _MOODS[mood]

    def turn(colour: str) -> str:
        return adjust(colour, saturation=saturation)

    ambient = (light.ambient[0] * tone[0], light.ambient[1] * tone[1], light.ambient[2] * tone[2])
    return replace(
        light,
        top=turn(light.top),
        middle=turn(light.middle),
        low=turn(light.low),
        haze=turn(light.haze),
        ambient=ambient,
    )
