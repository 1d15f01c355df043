"""The judge of the stand-in: a small classifier over the hazard categories of Llama Guard 3."""

from __future__ import annotations

from services.local.sentinel.sentinel import Sentinel

__all__ = ["Sentinel"]
