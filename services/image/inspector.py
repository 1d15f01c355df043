"""Looks at picture files of anybody in processes that are ended where a file takes too long or breaks them.

A worker is told nothing of this process's environment, because that holds secrets. It reads a length and so many bytes
from its standard input, and writes a length and a `Verification`; the first thing that it reads are the trusted
certificates. Its memory is limited by itself at its start.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator

from atelier.type.v1 import provenance_pb2

from services.kit import telemetry
from services.kit.slots import Slots
from services.workers_ai.media import media_type_of

log = telemetry.get_logger(__name__)

PROCESSES = 2
WAITING = 8
TIMEOUT_S = 10.0
LENGTH_BYTES = 8
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")


class Inspector:
    """Bounded in time, memory and number; `anchors` are trusted certificates as PEM, and may be empty."""

    def __init__(self, anchors: str = "", *, timeout_s: float = TIMEOUT_S) -> None:
        self._anchors = anchors.encode()
        self._timeout_s = timeout_s
        self._admitted = Slots(PROCESSES + WAITING, "inspecting", weighs=False)
        self._free = asyncio.Semaphore(PROCESSES)
        self._idle: list[asyncio.subprocess.Process] = []

    async def inspect(self, data: bytes) -> provenance_pb2.Verification:
        """What a file says and whether it can be believed; one that cannot be looked at is UNREADABLE.

        Raises:
            ServiceError: SERVER_BUSY where too many wait.
        """
        async with self._admitted.take(), self._free:
            try:
                async with self._worker() as worker:
                    async with asyncio.timeout(self._timeout_s):
                        answer = await _exchange(worker, data)
                    return provenance_pb2.Verification.FromString(answer)
            except TimeoutError:
                return _unreadable(data, "atelier.tooSlow")
            except (OSError, asyncio.IncompleteReadError) as error:
                log.warning("a picture ended the process that looked at it", error=type(error).__name__)
                return _unreadable(data, "atelier.broken")

    async def close(self) -> None:
        """End the processes."""
        while self._idle:
            await _end(self._idle.pop())

    @contextlib.asynccontextmanager
    async def _worker(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """A worker of one's own; it is kept for the next only if nothing went wrong."""
        worker = self._idle.pop() if self._idle else await self._started()
        try:
            yield worker
        except BaseException:
            await _end(worker)
            raise
        self._idle.append(worker)

    async def _started(self) -> asyncio.subprocess.Process:
        environ = {name: value for name, value in os.environ.items() if name in _KEPT_ENVIRONMENT}
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.image.inspection_worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environ,
        )
        try:
            await _send(worker, self._anchors)
        except BaseException:
            await _end(worker)
            raise
        return worker


async def _exchange(worker: asyncio.subprocess.Process, data: bytes) -> bytes:
    assert worker.stdout is not None
    await _send(worker, data)
    size = int.from_bytes(await worker.stdout.readexactly(LENGTH_BYTES), "big")
    return await worker.stdout.readexactly(size)


async def _send(worker: asyncio.subprocess.Process, data: bytes) -> None:
    assert worker.stdin is not None
    worker.stdin.write(len(data).to_bytes(LENGTH_BYTES, "big"))
    worker.stdin.write(data)
    await worker.stdin.drain()


async def _end(worker: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()


def _unreadable(data: bytes, finding: str) -> provenance_pb2.Verification:
    return provenance_pb2.Verification(
        outcome=provenance_pb2.Verification.OUTCOME_UNREADABLE, media_type=media_type_of(data), findings=[finding]
    )
