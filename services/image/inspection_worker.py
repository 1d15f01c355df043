"""The process that looks at picture files for `inspector.py`: `python -m services.image.inspection_worker`."""

from __future__ import annotations

import resource
import sys
from typing import BinaryIO

from services.image.inspecting import inspect
from services.image.inspector import LENGTH_BYTES

MEMORY_BYTES = 2 << 30


def work(source: BinaryIO, target: BinaryIO) -> None:
    """Answer until the input ends."""
    anchors = (_read(source) or b"").decode()
    while (data := _read(source)) is not None:
        answer = inspect(data, anchors)[0].SerializeToString()
        target.write(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
        target.flush()


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH_BYTES)
    return source.read(int.from_bytes(head, "big")) if len(head) == LENGTH_BYTES else None


def limit() -> None:
    """Bound memory, and write no file at all."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    limit()
    work(sys.stdin.buffer, sys.stdout.buffer)
