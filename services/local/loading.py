"""Loads the engines in the background and runs their work outside the event loop, a bounded number at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from services.kit import telemetry
from services.local.engine import Engines
from services.local.errors import CloudflareError

log = telemetry.get_logger(__name__)

T = TypeVar("T")


class EngineHost:
    """The engines of one server.

    `load` builds them (it may take seconds). `threads` bounds the pictures painted at once, and as many other answers
    besides, so that a judgement never waits behind a picture. `inline` engines answer at once and need no thread.
    """

    def __init__(self, load: Callable[[], Engines], *, threads: int, inline: bool = False) -> None:
        self._load = load
        self._inline = inline
        self._loaded: asyncio.Future[Engines] = asyncio.get_running_loop().create_future()
        self._words = ThreadPoolExecutor(threads, thread_name_prefix="words")
        self._paint = ThreadPoolExecutor(threads, thread_name_prefix="paint")

    def start(self) -> None:
        """Begin to load. The thread is a daemon: a stop does not wait for it."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._load_all, args=(loop,), name="engines", daemon=True).start()

    def close(self) -> None:
        """Take no new work; what runs ends by itself."""
        for pool in (self._words, self._paint):
            pool.shutdown(wait=False, cancel_futures=True)
        self._loaded.cancel()

    def ready(self) -> Engines | None:
        """The engines, or None while they load or where they failed to."""
        good = self._loaded.done() and not self._loaded.cancelled() and self._loaded.exception() is None
        return self._loaded.result() if good else None

    @property
    def failed(self) -> bool:
        """Whether loading ended with an error, which the log has."""
        return self._loaded.done() and self.ready() is None

    async def engines(self) -> Engines:
        """The engines, once they are loaded.

        Raises:
            CloudflareError: 3043 where they cannot be loaded.
        """
        try:
            return await asyncio.shield(self._loaded)
        except Exception:
            raise CloudflareError(3043) from None

    async def words(self, work: Callable[[Engines], T]) -> T:
        """The result of `work`: text, judgement or embedding."""
        return await self._run(self._words, work)

    async def paint(self, work: Callable[[Engines], T]) -> T:
        """The result of `work`: a picture."""
        return await self._run(self._paint, work)

    async def _run(self, pool: ThreadPoolExecutor, work: Callable[[Engines], T]) -> T:
        engines = await self.engines()
        if self._inline:
            return work(engines)
        return await asyncio.get_running_loop().run_in_executor(pool, work, engines)

    def _load_all(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            engines = self._load()
        except Exception as error:
            log.exception("the engines cannot be loaded")
            self._tell(loop, error)
        else:
            self._tell(loop, engines)

    def _tell(self, loop: asyncio.AbstractEventLoop, outcome: Engines | Exception) -> None:
        try:
            loop.call_soon_threadsafe(self._settle, outcome)
        except RuntimeError:
            log.debug("the server stopped before its engines were loaded")

    def _settle(self, outcome: Engines | Exception) -> None:
        if self._loaded.done():
            return
        if isinstance(outcome, Exception):
            self._loaded.set_exception(outcome)
            # Read once here, so that a server nobody asks does not warn about an unread exception.
            self._loaded.exception()
        else:
            self._loaded.set_result(outcome)
