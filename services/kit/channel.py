"""Calling another service: balanced over DNS, keepalive, deadlines and trace context sent on, typed errors back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, Collection, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar

import grpc
import orjson
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions

from services.kit import call, fitness, metrics, status, tracing
from services.kit.config import TlsFiles
from services.kit.errors import Reason, ServiceError
from services.kit.local_channel import LocalChannel
from services.kit.local_server import served_here
from services.kit.tracing import Span, SpanKind
from services.kit.version import version

Request = TypeVar("Request")
Reply = TypeVar("Reply")

IDEMPOTENT = (MethodOptions.NO_SIDE_EFFECTS, MethodOptions.IDEMPOTENT)

OPTIONS: tuple[tuple[str, int], ...] = (
    # A host that is dead without a word is noticed within a quarter of a minute, and its calls are made elsewhere.
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    # A replica that comes back is found within seconds, not within gRPC's default of two minutes.
    ("grpc.initial_reconnect_backoff_ms", 100),
    # Also how long a connection may take to be made: a loaded host or a distant one needs more than the default of the
    # first pause.
    ("grpc.min_reconnect_backoff_ms", 2_000),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    ("grpc.dns_min_time_between_resolutions_ms", 1_000),
    # Channels to the same target do not share a connection pool with those of another part of the process.
    ("grpc.use_local_subchannel_pool", 1),
)


# Calls in proportion to the capacity that replicas report (load.py). A connection lasts seconds, so what was reported
# over an earlier one counts at once.
WEIGHTED = {
    "weighted_round_robin": {
        "blackoutPeriod": "0s",
        "weightUpdatePeriod": "0.5s",
        "weightExpirationPeriod": "60s",
        "errorUtilizationPenalty": 0.0,
    }
}


def service_config(services: Sequence[ServiceDescriptor], *, once: Collection[str] = (), weighted: bool = False) -> str:
    """gRPC service config: how calls are spread, and retries of UNAVAILABLE for methods that protos call idempotent.

    `once` names methods that the caller retries itself, because each try costs something that it keeps book of.
    `weighted` gives a replica as much as it can take and passes over one that is not fit; otherwise round robin.
    """
    names = [
        {"service": service.full_name, "method": method.name}
        for service in services
        for method in service.methods
        if _idempotent(method) and method.name not in once
    ]
    policy = {
        "maxAttempts": 4,
        "initialBackoff": "0.1s",
        "maxBackoff": "1s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"],
    }
    config: dict[str, object] = {"loadBalancingConfig": [WEIGHTED if weighted else {"round_robin": {}}]}
    if weighted:
        config["healthCheckConfig"] = {"serviceName": fitness.SERVICE}
    if names:
        config["methodConfig"] = [{"name": names, "retryPolicy": policy}]
    return orjson.dumps(config).decode()


def open_channel(
    target: str,
    *,
    retry: Sequence[ServiceDescriptor] = (),
    once: Collection[str] = (),
    weighted: bool = False,
    tls: TlsFiles | None = None,
) -> grpc.aio.Channel:
    """A channel to a gRPC target such as "dns:///image:50053"; it connects when it is first used.

    `retry`, `once` and `weighted` are as in `service_config`.
    With `tls` both sides show certificates, and the server's must have the name in the target. A target that this
    process serves itself is called without the wire (`GrpcServer.share`).

    Raises:
        ConfigError: the files are no good.
    """
    if (server := served_here(target)) is not None:
        return LocalChannel(server)
    agent = ("grpc.primary_user_agent", f"atelier/{version()}")
    options = (*OPTIONS, agent, ("grpc.service_config", service_config(retry, once=once, weighted=weighted)))
    if tls is not None:
        # Imported here because most processes speak without, and it takes a tenth of a second.
        from services.kit.renewing import RenewingChannel
        from services.kit.tls import Identity

        return RenewingChannel(target, Identity(tls), options)
    return grpc.aio.insecure_channel(target, options=options)


async def unary(
    method: grpc.aio.UnaryUnaryMultiCallable[Request, Reply],
    request: Request,
    *,
    timeout_s: float,
    model_attempts: int = 0,
) -> Reply:
    """Call a unary method of a stub.

    Args:
        method: the stub's method.
        request: its request message.
        timeout_s: the most it may take; the running call's own deadline may leave less.
        model_attempts: how many provider requests the callee may make; 0 leaves it to the callee.

    Raises:
        ServiceError: what the other side answered, or SERVICE_UNREACHABLE or DEADLINE_EXCEEDED.
    """
    _check_deadline(timeout_s)
    with _Observed(method) as span:
        try:
            metadata = _metadata(span, model_attempts)
            return await method(request, timeout=call.remaining_s(timeout_s), metadata=metadata)
        except grpc.aio.AioRpcError as error:
            raise _error(error) from None


async def stream(
    method: grpc.aio.UnaryStreamMultiCallable[Request, Reply], request: Request, *, timeout_s: float | None = None
) -> AsyncGenerator[Reply, None]:
    """Call a server-streaming method of a stub; leaving the loop cancels the call.

    `timeout_s` None means that only the running call's own deadline bounds the stream.

    Raises:
        ServiceError: as `unary`.
    """
    _check_deadline(timeout_s)
    bounded = timeout_s is not None or call.has_deadline()
    timeout = call.remaining_s(timeout_s if timeout_s is not None else float("inf")) if bounded else None
    with _Observed(method) as span:
        running = method(request, timeout=timeout, metadata=_metadata(span))
        try:
            async for message in running:
                yield message
        except grpc.aio.AioRpcError as error:
            raise _error(error) from None
        finally:
            running.cancel()


async def upload(
    method: grpc.aio.StreamUnaryMultiCallable[Request, Reply], requests: AsyncIterable[Request], *, timeout_s: float
) -> Reply:
    """Call a client-streaming method of a stub with every message of `requests`.

    Raises:
        ServiceError: as `unary`; whatever `requests` raises.
    """
    _check_deadline(timeout_s)
    with _Observed(method) as span:
        running = method(timeout=call.remaining_s(timeout_s), metadata=_metadata(span))
        try:
            # A call that the other side has ended takes no more messages; its answer then says why. Where the
            # connection breaks just then, gRPC's core refuses the write.
            with suppress(asyncio.InvalidStateError, grpc.aio.InternalError):
                async for request in requests:
                    await running.write(request)
                await running.done_writing()
            return await running
        except grpc.aio.AioRpcError as error:
            raise _error(error) from None
        finally:
            running.cancel()


class _Observed:
    """A span and a measurement around one call of a stub's method."""

    __slots__ = ("_name", "_span", "_started_s")

    def __init__(self, method: object) -> None:
        self._name = _name_of(getattr(method, "_method", b""))

    def __enter__(self) -> Span:
        self._span = tracing.detached(self._name, SpanKind.CLIENT, tracing.rpc_attributes(self._name))
        self._started_s = time.perf_counter()
        return self._span

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        # Whatever else ends it, the caller lost interest: it was cancelled, or left the stream.
        code = "OK" if error is None else str(error.reason) if isinstance(error, ServiceError) else "CANCELLED"
        if isinstance(error, ServiceError):
            tracing.failed(self._span, code, error.message)
        self._span.set_attribute("rpc.response.status_code", code)
        self._span.end()
        metrics.observe(metrics.RPC_CLIENT, time.perf_counter() - self._started_s, self._name, code)


@lru_cache(maxsize=1024)
def _name_of(path: bytes) -> str:
    return path.decode().lstrip("/")


def _check_deadline(timeout_s: float | None) -> None:
    if call.has_deadline() and call.remaining_s(timeout_s if timeout_s is not None else 1.0) <= 0:
        raise ServiceError(Reason.DEADLINE_EXCEEDED, "the caller's deadline passed before the call was sent")


def _idempotent(method: MethodDescriptor) -> bool:
    return method.GetOptions().idempotency_level in IDEMPOTENT


def _metadata(span: Span, model_attempts: int = 0) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    if parent := tracing.traceparent_of(span):
        pairs.append(("traceparent", parent))
    if model_attempts:
        pairs.append((call.ATTEMPTS_KEY, str(model_attempts)))
    return tuple(pairs)


def _error(error: grpc.aio.AioRpcError) -> ServiceError:
    metadata = [(str(key), value) for key, value in error.trailing_metadata() or ()]
    return status.to_error(error.code(), error.details() or "", metadata)
