"""Builds the embedded engines: one embedding model under three programs. Slow; runs in a background thread."""

from __future__ import annotations

from services.local.config import Config
from services.local.engine import Engines, TextEngine


def load_embedded(config: Config) -> Engines:
    """Load the model files and build every engine; imports happen here because they cost most of a second."""
    from services.local.embedding import MiniLM
    from services.local.eye import SentinelEye
    from services.local.illustrator import Illustrator
    from services.local.scribe import Scribe
    from services.local.sentinel import Sentinel

    embedder = MiniLM()
    text: TextEngine = Scribe(embedder)
    if config.text == "smollm2":
        from services.local.smollm import SmolLM2

        text = SmolLM2(text, deadline_s=config.text_deadline_s)
    return Engines(
        text=text, judge=Sentinel(embedder), paint=Illustrator(embedder), embed=embedder, sight=SentinelEye()
    )
