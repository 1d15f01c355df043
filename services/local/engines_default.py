"""Builds the embedded engines: one embedding model under three programs. Slow; runs in a background thread."""

from __future__ import annotations

from services.local.engine import Engines


def load_embedded() -> Engines:
    """Load the model files and build every engine; imports happen here because they cost most of a second."""
    from services.local.embedding import MiniLM
    from services.local.illustrator import Illustrator
    from services.local.scribe import Scribe
    from services.local.sentinel import Sentinel

    embedder = MiniLM()
    return Engines(text=Scribe(embedder), judge=Sentinel(embedder), paint=Illustrator(embedder), embed=embedder)
