"""The optional text engine: SmolLM2, a real but very small language model, with the scribe behind it."""

from __future__ import annotations

from services.local.smollm.engine import SmolLM2

__all__ = ["SmolLM2"]
