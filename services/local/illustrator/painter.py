"""The illustrator: paints a request from prompt to pixels, the same picture for the same request."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.local.engine import Embedder, PaintRequest
from services.local.illustrator import drawing, isometric, looks, sky
from services.local.illustrator.brief import Brief, read_brief
from services.local.illustrator.canvas import Canvas
from services.local.illustrator.compose import arrange
from services.local.illustrator.guess import SettingGuess
from services.local.illustrator.light import light_for
from services.local.illustrator.palette import palette_for
from services.local.illustrator.scene import Scene
from services.local.illustrator.senses import GlossedSenses, NoSenses, Senses
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.whereabouts import choose_setting

_HOURS = ("morning", "day", "golden", "day")
# Places whose things are lit by something other than the sky of the hour.
_OWN_LIGHT = {
    "space": (0.96, 0.96, 1.0),
    "lunar": (0.92, 0.93, 1.0),
    "stage": (1.0, 0.95, 0.87),
    "underwater": (0.82, 0.96, 1.0),
    "studio": (1.0, 1.0, 1.0),
}
_SEASONS = ("summer", "summer", "spring")


class Illustrator:
    """Stands in for a text-to-image model with a procedural illustrator.

    `embedder` tells the senses of words apart and helps to guess the setting of prompts that name none; without it
    words of several senses name nothing, and prompts without a setting or subject become abstract pictures.
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._guess = SettingGuess(embedder) if embedder is not None else None
        self._senses: Senses = GlossedSenses(embedder) if embedder is not None else NoSenses()

    @property
    def name(self) -> str:
        """Name of the engine."""
        return "local/illustrator"

    def brief(self, request: PaintRequest) -> Brief:
        """What the illustrator understands of a request."""
        brief = read_brief(request.prompt, request.negative_prompt, self._senses)
        return self._guess.complete(brief, request.prompt) if self._guess is not None else brief

    def paint(self, request: PaintRequest) -> NDArray[np.uint8]:
        """The picture: shape (height, width, 3), RGB, 8 bits a channel."""
        return paint_brief(self.brief(request), request.width, request.height, _seed(request))


def _seed(request: PaintRequest) -> tuple[int, ...]:
    """Numbers that the prompt, the negative prompt and the seed fix for good."""
    text = f"{request.seed}\n{request.prompt}\n{request.negative_prompt}"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4))


def paint_brief(brief: Brief, width: int, height: int, seed: tuple[int, ...]) -> NDArray[np.uint8]:
    """The picture of a brief at a size in pixels; `seed` decides what the brief leaves open."""
    rng = np.random.default_rng(seed)
    setting_name = choose_setting(brief)
    setting = SETTINGS[setting_name]
    season = brief.season or (
        "winter" if setting_name in ("snow", "polar", "aerial ice") else str(rng.choice(_SEASONS))
    )
    weather = brief.weather or "fair"
    weather = "snow" if weather == "rain" and season == "winter" else weather
    hour = brief.hour or ("night" if setting_name == "space" else str(rng.choice(_HOURS)))
    light = light_for(hour, weather, brief.mood)
    if setting_name in _OWN_LIGHT:
        light = replace(light, ambient=_OWN_LIGHT[setting_name])
    canvas = Canvas(width, height, lift=brief.look == "papercut")
    scene = Scene(
        canvas=canvas,
        light=light,
        palette=palette_for(brief.colours, season, rng),
        rng=rng,
        season=season,
        weather=weather,
        horizon=canvas.h * _horizon(setting.horizon, width / height),
        sun_x=canvas.w * float(rng.choice([0.22, 0.3, 0.7, 0.78])),
        surface=brief.surface,
    )
    if brief.look == "isometric":
        isometric.paint(scene, setting_name)
        scene.flush()
        drawing.draw_all(scene, arrange(scene, replace(brief, framing="wide"), "studio", rng), seed)
        return looks.finish(canvas, brief.look, scene.palette, np.random.default_rng((*seed, 3)))
    if setting.sky:
        sky.paint_sky(scene, aurora=brief.aurora)
    setting.paint(scene, brief.outlook)
    scene.flush()
    if weather == "fog" and not scene.indoor:
        sky.mist(scene, scene.horizon + 30, scene.h * 0.14, 0.85)
    if brief.framing == "close" and brief.subjects and setting_name not in ("still", "studio"):
        canvas.soften(7)
    drawing.draw_all(scene, arrange(scene, brief, setting_name, rng), seed)
    if weather == "fog" and not scene.indoor:
        sky.mist(scene, scene.h * 0.94, scene.h * 0.1, 0.4)
    if not scene.indoor and setting.sky:
        sky.precipitation(scene)
    return looks.finish(canvas, brief.look, scene.palette, np.random.default_rng((*seed, 3)))


def _horizon(usual: float, ratio: float) -> float:
    """The horizon's share of the height: lower in tall pictures, higher in banners."""
    return float(np.clip(usual + 0.1 * (1 - min(ratio, 3.0)) * (0.5 if ratio > 1 else 0.6), 0.34, 0.9))
