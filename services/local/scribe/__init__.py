"""The embedded text engine: a small deterministic program on top of sentence embeddings, not a language model."""

from __future__ import annotations

from services.local.scribe.scribe import Scribe

__all__ = ["Scribe"]
