"""Chat."""

from __future__ import annotations

from services.local.engine import Embedder, TextRequest


def answer(request: TextRequest, embedder: Embedder) -> str:
    """An answer."""
    return "Hello."
