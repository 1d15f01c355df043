"""Running the document worker: one short-lived process a file, ended when it takes too long."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import orjson

from gateway.documents import Format, check_signature, content_type, plain_text, too_long, unreadable, without_text
from gateway.extract import MAX_TEXT
from services.kit import telemetry
from services.kit.errors import ServiceError

log = telemetry.get_logger(__name__)

TIMEOUT_S = 20.0
MAX_ANSWER_BYTES = 2 * 1024 * 1024
AT_ONCE = 2
ROOT = Path(__file__).resolve().parents[1]


class Documents:
    """Turns files into text. At most AT_ONCE workers run; others wait for them."""

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def read(self, kind: Format, data: bytes) -> tuple[str, str]:
        """The text of a file and its media type.

        Raises:
            ServiceError: FIELD_INVALID or CONTENT_LENGTH, with the field "file".
        """
        if kind in (Format.TEXT, Format.MARKDOWN, Format.HTML):
            return plain_text(data), content_type(kind)
        check_signature(kind, data)
        async with self._turns:
            text = await self._extract(kind, data)
        if not text.strip():
            raise without_text(kind)
        if len(text) > MAX_TEXT:
            raise too_long(MAX_TEXT)
        return text, content_type(kind)

    async def _extract(self, kind: Format, data: bytes) -> str:
        result = await asyncio.to_thread(run, kind, data, self._timeout_s)
        if result.timed_out:
            raise self._gave_up(kind, "takes too long to read", f"{self._timeout_s:g} s")
        if result.code != 0:
            raise self._gave_up(kind, "takes too much time or memory to read", f"a .{kind} file of ordinary make")
        return _text(kind, result.output)

    def _gave_up(self, kind: Format, why: str, limit: str) -> ServiceError:
        log.warning("a document ended its worker", format=kind.value, why=why)
        return unreadable(kind, why, limit)


@dataclass(frozen=True, slots=True)
class Result:
    """How a worker ended: its exit code, what it said, and whether it had to be ended."""

    code: int
    output: bytes
    timed_out: bool


def run(kind: Format, data: bytes, timeout_s: float) -> Result:
    """Run a worker to its end, from a thread.

    Not by asyncio: an event loop forks with the handlers of gRPC, which a running channel does not take well.
    """
    timed_out = threading.Event()
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        worker = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-s", "-m", "gateway.extract", kind.value],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing of this process's environment, which may hold credentials.
            env={"PYTHONPATH": os.pathsep.join(path for path in (str(ROOT), os.environ.get("PYTHONPATH")) if path)},
            cwd="/",
        )

    def end() -> None:
        timed_out.set()
        worker.kill()

    watchdog = threading.Timer(timeout_s, end)
    watchdog.start()
    try:
        assert worker.stdout is not None
        with worker, worker.stdout as stdout:
            output = stdout.read(MAX_ANSWER_BYTES)
            if stdout.read(1):
                worker.kill()
            code = worker.wait()
    finally:
        watchdog.cancel()
    return Result(code, output, timed_out.is_set())


def _text(kind: Format, output: bytes) -> str:
    try:
        answer = orjson.loads(output)
    except orjson.JSONDecodeError:
        answer = {}
    if isinstance(answer, dict) and isinstance(answer.get("text"), str):
        return str(answer["text"])
    problem = answer.get("problem") if isinstance(answer, dict) else None
    limit = answer.get("limit") if isinstance(answer, dict) else None
    raise unreadable(kind, str(problem or "cannot be read"), str(limit or ""))
