"""A safer prompt in place of a refused one."""

from __future__ import annotations

from collections.abc import Sequence

from services.local.engine import Embedder
from services.local.scribe.brief import Reader
from services.local.scribe.protocol import PromptsTask
from services.local.scribe.writer import Prompt, Writer


def safer(
    task: PromptsTask, texts: Sequence[str], reader: Reader, writer: Writer, embedder: Embedder, seed: int
) -> Prompt:
    """A prompt."""
    return writer.write(reader.read(texts), 1, task.style, seed + 1)[0]
