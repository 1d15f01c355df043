"""Metrics by the Prometheus client: what every process counts, and the page that Prometheus reads.

Names follow OpenTelemetry's semantic conventions as Prometheus writes them, where there is one; our own begin with
`atelier_`. Histograms carry the trace id of an example for each bucket.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, TypeVar, cast
from wsgiref.simple_server import WSGIServer

from prometheus_client import Counter, Gauge, start_http_server

from services.kit.errors import ServiceError
from services.kit.histogram import Histogram as Histogram
from services.kit.listening import ListenError

M = TypeVar("M", Counter, Gauge)

LAG_EVERY_S = 0.5
# Seconds; from a call that only looks something up to a picture that takes a minute.
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)

RPC_SERVER = Histogram(
    "rpc_server_call_duration_seconds",
    "Calls that this process answered.",
    ("rpc_method", "rpc_response_status_code"),
    buckets=BUCKETS,
)
RPC_CLIENT = Histogram(
    "rpc_client_call_duration_seconds",
    "Calls that this process made to other services.",
    ("rpc_method", "rpc_response_status_code"),
    buckets=BUCKETS,
)
LOOP_LAG = Gauge("atelier_event_loop_lag_seconds", "How late the event loop woke up when it was last looked at.")
SLOTS_TAKEN = Gauge("atelier_slots_taken", "Calls being worked on.", ("pool",))
SLOTS_LIMIT = Gauge("atelier_slots_limit", "Calls that can be worked on at once.", ("pool",))

CAPACITY = Gauge("atelier_capacity_calls_per_second", "Calls a second that this replica can take, by its last calls.")
FIT = Gauge("atelier_fit", "1 where this replica is fit to work, 0 while callers are to pass it over.")
FIT.set(1)


_children: dict[tuple[object, tuple[str, ...]], Any] = {}


def child(metric: M, *labels: str) -> M:
    """What `metric.labels(*labels)` gives, remembered: to look it up there takes ten times as long."""
    key = metric, labels
    found = _children.get(key)
    if found is None:
        found = _children[key] = metric.labels(*labels)
    return cast(M, found)


def observe(histogram: Histogram, seconds: float, *labels: str) -> None:
    """Count one duration, with the running trace as its example."""
    histogram.observe(seconds, labels)


class timed:  # noqa: N801 - used as a function
    """Count how long a block takes; the last label says how it ended: OK, or the reason of its error."""

    __slots__ = ("_histogram", "_labels", "_started")

    def __init__(self, histogram: Histogram, *labels: str) -> None:
        self._histogram = histogram
        self._labels = labels

    def __enter__(self) -> None:
        self._started = time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            code = "OK"
        elif isinstance(error, ServiceError):
            code = str(error.reason)
        else:
            code = type(error).__name__ if isinstance(error, Exception) else "CANCELLED"
        self._histogram.observe(time.perf_counter() - self._started, (*self._labels, code))


class MetricsPage:
    """Serves what this process has counted over HTTP, on a thread of its own."""

    def __init__(self, listen: str) -> None:
        self._listen = listen
        self._server: WSGIServer | None = None

    def start(self) -> str:
        """Listen; returns the address.

        Raises:
            ListenError: the port is taken or the address is not this machine's.
        """
        host, _, port = self._listen.rpartition(":")
        try:
            self._server, _ = start_http_server(int(port), host.strip("[]"))
        except OSError:
            raise ListenError(f"metrics cannot be served on {self._listen}: is the port in use?") from None
        return f"{host}:{self._server.server_port}"

    def stop(self) -> None:
        """Serve no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()


async def watch_loop() -> None:
    """Look again and again how late the event loop is."""
    while True:
        due_s = time.perf_counter() + LAG_EVERY_S
        await asyncio.sleep(LAG_EVERY_S)
        LOOP_LAG.set(max(0.0, time.perf_counter() - due_s))
