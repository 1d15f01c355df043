"""One connection to NATS, with questions that fail at once when it breaks instead of waiting for their time-out.

Whatever goes wrong between here and the server is STORE_UNAVAILABLE: whether a request was carried out is unknown.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, NamedTuple, TypeVar

import nats.errors
import orjson
from nats.aio.subscription import Subscription

from services.kit import telemetry
from services.kit.config import ConfigError, TlsFiles
from services.kit.errors import Reason, ServiceError
from services.orchestrator.jetstream.client import STATUS, Deliver, DirectClient, Message

log = telemetry.get_logger(__name__)

RECONNECT_S = 0.1
SWEEP_S = 0.25
# Messages are gathered from so many jobs on, for so long a job. Unit: seconds.
CROWD, GATHERED_S, MAX_GATHERED_S = 8, 0.000_15, 0.010
END_OF_BATCH, NOT_FOUND = "204", "404"

T = TypeVar("T")


def unavailable(problem: str) -> ServiceError:
    """STORE_UNAVAILABLE with a sentence about what is wrong; never holds an address, which may hold a token."""
    return ServiceError(Reason.STORE_UNAVAILABLE, f"the event store {problem}")


class ApiError(Exception):
    """JetStream refused a request; `code` is its own error code."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{description} ({code})")
        self.code = code


class _Question(NamedTuple):
    """A request under way: who takes its answers, what fails with it, and when (loop time)."""

    deliver: Deliver
    answered: asyncio.Future[Any]
    due_s: float


class Wire:
    """A connection that is taken up again whenever it breaks. `timeout_s` bounds each question.

    One look at the clock now and then ends the questions that are overdue: a timer for each would cost more than all
    the rest of asking.
    """

    def __init__(self, timeout_s: float = 5.0, tls: TlsFiles | None = None) -> None:
        self.timeout_s = timeout_s
        self._tls = tls
        self._context: ssl.SSLContext | None = None
        self._client = DirectClient()
        self._inbox = ""
        self._count = 0
        self._questions: dict[str, _Question] = {}
        self._sweeper: asyncio.TimerHandle | None = None
        self._breakable: set[asyncio.Future[object]] = set()
        self._up = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def connect(
        cls, url: str, *, name: str, patience_s: float, timeout_s: float = 5.0, tls: TlsFiles | None = None
    ) -> AsyncIterator[Wire]:
        """A connection to one of the servers of `url`, comma separated; waits up to `patience_s` for the first one.

        A url that begins with tls:// uses the files of `tls`.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        wire = cls(timeout_s, tls if url.startswith("tls://") else None)
        await wire._open(url.split(","), name, patience_s)
        try:
            yield wire
        finally:
            if wire._sweeper is not None:
                wire._sweeper.cancel()
            with suppress(nats.errors.Error, OSError, TimeoutError):
                await wire._client.close()

    async def _open(self, servers: list[str], name: str, patience_s: float) -> None:
        if self._tls is not None:
            # Imported here because most processes speak without, and it takes a tenth of a second.
            from services.kit.tls import client_context

            self._context = client_context(self._tls)
        try:
            # Without a limit of its own, connecting goes on until a server is there.
            async with asyncio.timeout(patience_s):
                await self._client.connect(
                    servers,
                    name=name,
                    error_cb=self._on_error,
                    disconnected_cb=self._on_disconnected,
                    reconnected_cb=self._on_reconnected,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=RECONNECT_S,  # type: ignore[arg-type]
                    connect_timeout=2,
                    tls=self._context,
                    ping_interval=10,
                    max_outstanding_pings=2,
                    # Every subject is made of our own prefix and of names that were checked.
                    skip_subject_validation=True,
                )
        except (nats.errors.Error, OSError, TimeoutError) as error:
            await self._client.close()
            raise unavailable(f"cannot be reached: {type(error).__name__}") from error
        self._inbox = self._client.new_inbox()
        await self._client.listen(f"{self._inbox}.*", self._on_answer)
        self._up.set()
        self._sweep()

    def tell_load(self, jobs: int) -> None:
        """So many jobs go on over this connection; see `gathered_s`."""
        self._client.gathers_s = gathered_s(jobs)

    async def ask(self, subject: str, payload: bytes = b"", headers: Mapping[str, str] | None = None) -> Message:
        """Send a request and return the answer.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

        def deliver(message: Message) -> None:
            if not future.done():
                future.set_result(message)

        return await self._send(subject, payload, headers, deliver, future)

    async def ask_many(self, subject: str, payload: bytes) -> list[Message]:
        """Send a request that is answered by messages up to one with a status; returns those before it.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        future: asyncio.Future[list[Message]] = asyncio.get_running_loop().create_future()
        messages: list[Message] = []

        def deliver(message: Message) -> None:
            status = status_of(message)
            if not status:
                messages.append(message)
            elif future.done():
                return
            elif status in (END_OF_BATCH, NOT_FOUND):
                future.set_result(messages)
            else:
                future.set_exception(unavailable(f"is not ready ({status})"))

        return await self._send(subject, payload, None, deliver, future)

    async def api(self, subject: str, request: Mapping[str, object] | None = None) -> dict[str, object]:
        """Use JetStream's own API; `subject` without its prefix.

        Raises:
            ApiError: it refuses.
            ServiceError: STORE_UNAVAILABLE.
        """
        return read_answer(await self.ask(f"$JS.API.{subject}", orjson.dumps(request) if request else b""))

    async def publish(self, subject: str, payload: bytes = b"", reply: str = "") -> None:
        """Send a message that nobody confirms.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if not self._up.is_set():
            raise unavailable("is out of reach")
        try:
            self._client.send(subject, payload, reply)
        except (nats.errors.Error, OSError) as error:
            raise unavailable(f"took no message: {type(error).__name__}") from error

    async def subscribe(self, subject: str, deliver: Deliver) -> Subscription:
        """Have `deliver` called with every message of a subject, in order, from when this returns.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        await self.wait_up()
        try:
            return await self._client.listen(subject, deliver)
        except (nats.errors.Error, OSError) as error:
            raise unavailable(f"took no subscription: {type(error).__name__}") from error

    async def unsubscribe(self, subscription: Subscription) -> None:
        """End a subscription."""
        with suppress(nats.errors.Error, OSError, ValueError):
            await subscription.unsubscribe()

    async def unlisten(self, subscription: Subscription) -> None:
        """End a subscription; what the server sent before it heard of that is still delivered."""
        with suppress(nats.errors.Error, OSError, TimeoutError):
            await self._client.unlisten(subscription)

    def new_inbox(self) -> str:
        """A subject of one's own, for answers."""
        return self._client.new_inbox()

    async def wait_up(self) -> None:
        """Wait until the connection stands.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if self._up.is_set():
            return
        try:
            async with asyncio.timeout(self.timeout_s):
                await self._up.wait()
        except TimeoutError:
            raise unavailable("is out of reach") from None

    @property
    def is_up(self) -> bool:
        """Whether the connection stands."""
        return self._up.is_set()

    async def unless_broken(self, future: asyncio.Future[T], timeout_s: float | None = None) -> T:
        """Wait for a future, but no longer than the connection stands.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        with self.breaking(future):
            try:
                async with asyncio.timeout(timeout_s):
                    return await future
            except TimeoutError:
                raise unavailable("did not answer in time") from None

    @contextmanager
    def breaking(self, future: asyncio.Future[T]) -> Iterator[None]:
        """Have a future fail with STORE_UNAVAILABLE once the connection breaks."""
        breakable: asyncio.Future[object] = future  # type: ignore[assignment]
        self._breakable.add(breakable)
        try:
            yield
        finally:
            self._breakable.discard(breakable)

    async def _send(
        self,
        subject: str,
        payload: bytes,
        headers: Mapping[str, str] | None,
        deliver: Deliver,
        future: asyncio.Future[T],
    ) -> T:
        if not self._up.is_set():
            await self.wait_up()
        self._count += 1
        token = str(self._count)
        self._questions[token] = _Question(deliver, future, asyncio.get_running_loop().time() + self.timeout_s)
        try:
            self._client.send(subject, payload, f"{self._inbox}.{token}", headers)
            return await future
        except nats.errors.MaxPayloadError as error:
            raise ServiceError(Reason.INTERNAL, "an append is larger than the event store takes") from error
        except (nats.errors.Error, OSError) as error:
            raise unavailable(f"took no request: {type(error).__name__}") from error
        finally:
            del self._questions[token]

    def _sweep(self) -> None:
        """Fail the questions that are overdue; they stand in the order in which they were asked."""
        loop = asyncio.get_running_loop()
        for question in tuple(self._questions.values()):
            if question.due_s > loop.time():
                break
            fail(question.answered, unavailable("did not answer in time"))
        self._sweeper = loop.call_later(SWEEP_S, self._sweep)

    def _on_answer(self, message: Message) -> None:
        question = self._questions.get(message.subject.rpartition(".")[2])
        if question is not None:
            question.deliver(message)

    async def _on_disconnected(self) -> None:
        self._up.clear()
        for future in (*self._breakable, *(question.answered for question in self._questions.values())):
            fail(future, unavailable("broke the connection"))
        if self._tls is not None and self._context is not None:
            # Imported here as in `_open`.
            from services.kit.tls import renew

            # The next connection shows what the files hold now, unless they are being replaced just now.
            with suppress(ConfigError, ssl.SSLError, OSError):
                renew(self._context, self._tls)

    async def _on_reconnected(self) -> None:
        log.info("the event store is back")
        self._up.set()

    async def _on_error(self, error: Exception) -> None:
        if self._up.is_set():
            log.warning("the connection to the event store has a problem", error=type(error).__name__)


def gathered_s(jobs: int) -> float:
    """How long messages are gathered with so many jobs going on.

    Each time that the server is woken it costs about as much as a message does, here and there. A job waits for five
    messages one after the other: it goes on for 0.75 ms longer at most for each of the jobs that it shares this process
    with, where a job takes several milliseconds of its CPU.
    """
    return min(MAX_GATHERED_S, jobs * GATHERED_S) if jobs >= CROWD else 0.0


def fail(future: asyncio.Future[T], error: ServiceError) -> None:
    """Let a future fail, unless it is done; it may be that nobody waits for it any more."""
    if not future.done():
        future.set_exception(error)
        future.exception()


def status_of(message: Message) -> str:
    """The status that a message consists of, or "" for one with content."""
    return "" if message.data else message.headers.get(STATUS, "")


def read_answer(message: Message) -> dict[str, object]:
    """JetStream's answer.

    Raises:
        ApiError: it is a refusal.
        ServiceError: STORE_UNAVAILABLE where nobody answers for JetStream.
    """
    if status := status_of(message):
        raise unavailable(f"is not ready ({status})")
    answer = orjson.loads(message.data)
    if error := answer.get("error"):
        raise ApiError(int(error.get("err_code", 0)), str(error.get("description", "")))
    return dict(answer)
