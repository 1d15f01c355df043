"""Builds the embedded engines: one embedding model under three programs. Slow; runs in a background thread."""

from __future__ import annotations

import ctypes

from services.local.config import Config
from services.local.engine import Engines, TextEngine


def load_embedded(config: Config) -> Engines:
    """Load the model files and build every engine; imports happen here because they cost most of a second."""
    from services.local.embedding import MiniLM
    from services.local.eye import SentinelEye
    from services.local.illustrator import Illustrator
    from services.local.scribe import Scribe
    from services.local.sentinel import Sentinel
    from services.local.sentinel.policy import read_thresholds

    embedder = MiniLM()
    text: TextEngine = Scribe(embedder)
    if config.text == "smollm2":
        from services.local.smollm import SmolLM2

        text = SmolLM2(text, deadline_s=config.text_deadline_s)
    judge = Sentinel(MiniLM(integers=True), thresholds=read_thresholds(config.thresholds))
    engines = Engines(text=text, judge=judge, paint=Illustrator(embedder), embed=embedder, sight=SentinelEye())
    _give_back()
    return engines


def _give_back() -> None:
    """Return to the system what loading freed, some 50 MB. glibc alone keeps it, and it alone has this call."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
