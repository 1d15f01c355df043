"""One SmolLM2 in memory: asks it token by token, so that a deadline can stop it at any of them."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

CONTEXT_TOKENS = 4096
# More threads than idle cores make llama.cpp wait at every layer, many times slower than one thread.
THREADS = 1


class NoAnswerError(RuntimeError):
    """The model gave no whole answer: out of time, busy, or a request that it cannot take."""


class _Server(Protocol):
    def handle_chat_completions(self, body: Mapping[str, object], on_chunk: object) -> object: ...


class Llama:
    """The model behind llama.cpp; loads in the constructor, answers one request at a time."""

    def __init__(self, weights: Path) -> None:
        runtime = importlib.import_module("xllamacpp")
        options = runtime.CommonParams()
        options.model.path = str(weights)
        options.n_ctx = CONTEXT_TOKENS
        options.n_parallel = 1
        options.n_gpu_layers = 0
        options.cpuparams.n_threads = THREADS
        options.cpuparams_batch.n_threads = THREADS
        options.warmup = False
        options.verbosity = -1
        # The runtime brings a web server of its own, on the loopback address and a free port; nobody is told of it.
        options.hostnames = ["127.0.0.1"]
        options.ui = False
        self._server: _Server = runtime.Server(options)
        self._lock = threading.Lock()

    def chat(self, body: Mapping[str, object], deadline_s: float) -> str:
        """The answer to a chat-completions body.

        Raises:
            NoAnswerError: no whole answer within `deadline_s` seconds, or a body the runtime refuses.
        """
        ends = time.monotonic() + deadline_s
        if not self._lock.acquire(timeout=deadline_s):
            raise NoAnswerError("busy with another request")
        try:
            answer = _Answer(ends)
            self._server.handle_chat_completions({**body, "stream": True}, answer.take)
            return answer.whole()
        except (ValueError, TypeError) as error:
            raise NoAnswerError(f"refused the request: {type(error).__name__}") from error
        finally:
            self._lock.release()


class _Answer:
    """Collects the pieces of one answer; says stop once its time is over."""

    def __init__(self, ends: float) -> None:
        self._ends = ends
        self._pieces: list[str] = []
        self._late = False
        self._failed = False

    def take(self, chunk: object) -> bool:
        """Take one chunk; True stops the model."""
        rows = chunk if isinstance(chunk, list) else [chunk]
        for row in rows:
            self._add(row)
        self._late = time.monotonic() > self._ends
        return self._late or self._failed

    def _add(self, row: object) -> None:
        choices = row.get("choices") if isinstance(row, Mapping) else None
        if not isinstance(choices, list):
            self._failed = True
            return
        for choice in choices:
            delta = choice.get("delta") if isinstance(choice, Mapping) else None
            text = delta.get("content") if isinstance(delta, Mapping) else None
            self._pieces.append(text if isinstance(text, str) else "")

    def whole(self) -> str:
        """The text.

        Raises:
            NoAnswerError: it was cut off, failed or is empty.
        """
        if self._late:
            raise NoAnswerError("ran out of time")
        if self._failed:
            raise NoAnswerError("refused the request")
        text = "".join(self._pieces).strip()
        if not text:
            raise NoAnswerError("said nothing")
        return text
