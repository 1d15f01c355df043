"""A deterministic procedural illustrator: paints a picture that fits a prompt, from its own drawings alone."""

from __future__ import annotations

from services.local.illustrator.painter import Illustrator

__all__ = ["Illustrator"]
