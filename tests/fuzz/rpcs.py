"""Calls of every method with bytes and messages that no client of ours would send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from random import Random

import grpc
from atelier.image.v1 import image_pb2
from atelier.moderation.v1 import moderation_pb2
from atelier.orchestrator.v1 import orchestrator_pb2
from atelier.prompt.v1 import prompt_pb2
from atelier.style.v1 import style_pb2
from google.protobuf.descriptor import Descriptor, MethodDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2

from services.kit import call
from tests.fuzz.bytes import garbage, mutated
from tests.fuzz.judge import Judge
from tests.fuzz.values import Maker, Pool

SERVED = {
    "prompt": (prompt_pb2,),
    "moderation": (moderation_pb2,),
    "image": (image_pb2,),
    "orchestrator": (orchestrator_pb2, style_pb2),
}
COMMON = (health_pb2, reflection_pb2)
PATIENCE_S, BOUND_S, MOST_REPLIES = 60.0, 90.0, 40
HOSTILE = (
    ("traceparent", "00-" + "f" * 32 + "-" + "0" * 16 + "-zz"),
    ("traceparent", "x" * 3000),
    (call.ATTEMPTS_KEY, "9" * 5000),
    (call.ATTEMPTS_KEY, "-1"),
    ("grpc-status-details-bin", b"\xff\xfe"),
    ("x-bin", b"\0" * 100),
    ("authorization", "Bearer " + "a" * 1000),
)


@dataclass(frozen=True)
class Target:
    """One method at one address."""

    process: str
    path: str
    takes: Descriptor
    answers: Descriptor
    takes_stream: bool
    answers_stream: bool
    ours: bool

    @property
    def label(self) -> str:
        return f"{self.process} {self.path.rpartition('.')[2]}"


def targets() -> list[Target]:
    """Every method of every process, health checks, reflection, and methods that are not there."""
    made = []
    for process, modules in SERVED.items():
        for module in (*modules, *COMMON):
            for service in module.DESCRIPTOR.services_by_name.values():
                for method in service.methods:
                    path = f"/{service.full_name}/{method.name}"
                    made.append(_target(process, path, method, module not in COMMON))
        made.append(_target(process, "/atelier.none.v1.NoService/NoMethod", method, True))
    return made


def _target(process: str, path: str, method: MethodDescriptor, ours: bool) -> Target:
    takes, answers = method.input_type, method.output_type
    return Target(process, path, takes, answers, method.client_streaming, method.server_streaming, ours)


class Caller:
    """Sends one random call at a time; `send` may run many times at once."""

    def __init__(self, channels: dict[str, grpc.aio.Channel], judge: Judge, pool: Pool) -> None:
        self._channels = channels
        self._judge = judge
        self._pool = pool
        self._targets = targets()

    async def send(self, dice: Random) -> None:
        """Make a call up, make it, judge it."""
        target = dice.choice(self._targets)
        # A client stream of many parts; what takes one message gets one.
        count = dice.choice((0, 1, 1, 2, 5, 30)) if target.takes_stream else 1
        requests = [self._request(target, dice) for _ in range(count)]
        hurried = dice.random() < 0.03
        # A stream may go on for ever and is left; one answer has to come.
        hurried = hurried or target.answers_stream
        timeout = dice.choice((0.001, 0.3, 2.0, 2.0)) if hurried else PATIENCE_S
        metadata = (dice.choice(HOSTILE),) if dice.random() < 0.1 else ()
        compression = grpc.Compression.Gzip if dice.random() < 0.05 else grpc.Compression.NoCompression
        replies = dice.choice((0, 1, 3, MOST_REPLIES))
        source = f"{[request[:150].hex() for request in requests[:2]]} {str(metadata)[:80]}"
        try:
            async with asyncio.timeout(BOUND_S):
                outcome = await self._call(target, requests, replies, timeout, metadata, compression)
            self._judge.count(target.label, outcome)
        except grpc.aio.AioRpcError as error:
            self._judge.rpc(target.label, error, ours=target.ours, gave_up=hurried, source=source)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # The client's gRPC gives a call up whose stream was closed while it wrote.
            self._judge.count(target.label, "cut")
        except TimeoutError:
            self._judge.find(f"{target.label}: no end within {BOUND_S:g} s after {source}")

    def _request(self, target: Target, dice: Random) -> bytes:
        kind = dice.random()
        if kind < 0.25:
            return garbage(dice)
        message = Maker(dice, self._pool).message(target.takes)
        if isinstance(message, orchestrator_pb2.CreateAssetRequest | orchestrator_pb2.ReplayAssetRequest):
            _bounded(message, dice)
        data = message.SerializeToString()
        return mutated(data, dice) if kind < 0.5 else data

    async def _call(
        self,
        target: Target,
        requests: list[bytes],
        replies: int,
        timeout: float,
        metadata: tuple[tuple[str, str | bytes], ...],
        compression: grpc.Compression,
    ) -> str:
        channel, options = self._channels[target.process], {"timeout": timeout, "metadata": metadata}
        options["compression"] = compression
        if not target.answers_stream:
            if target.takes_stream:
                reply = await channel.stream_unary(target.path)(_each(requests), **options)
            else:
                reply = await channel.unary_unary(target.path)(requests[0], **options)
            self._learn(target, reply)
            return "OK"
        if target.takes_stream:
            stream = channel.stream_stream(target.path)(_each(requests), **options)
        else:
            stream = channel.unary_stream(target.path)(requests[0], **options)
        try:
            for _ in range(replies):
                if (reply := await stream.read()) is grpc.aio.EOF:
                    if (code := await stream.code()) is not grpc.StatusCode.OK:
                        details, trailing = await stream.details(), await stream.trailing_metadata()
                        raise grpc.aio.AioRpcError(code, await stream.initial_metadata(), trailing, details)
                    return "OK"
                self._learn(target, reply)
        finally:
            stream.cancel()
        return "left"

    def _learn(self, target: Target, reply: bytes) -> None:
        message: Message = GetMessageClass(target.answers)()
        try:
            message.ParseFromString(reply)
        except DecodeError:
            self._judge.find(f"{target.label}: answered what is no {target.answers.full_name}: {reply[:60]!r}")
            return
        if target.process == "orchestrator" or target.path.endswith("Image"):
            self._pool.learn(message)


def _bounded(request: Message, dice: Random) -> None:
    """Most work that would be done is left to go on by itself, and small."""
    assert isinstance(request, orchestrator_pb2.CreateAssetRequest | orchestrator_pb2.ReplayAssetRequest)
    request.detach = dice.random() < 0.8
    if isinstance(request, orchestrator_pb2.CreateAssetRequest):
        recipe = request.asset.recipe
        if dice.random() < 0.7:
            recipe.CopyFrom(orchestrator_pb2.Recipe(variant_count=1, width=256, height=256, policy=recipe.policy))
        request.validate_only = dice.random() < 0.3


async def _each(requests: list[bytes]) -> AsyncIterator[bytes]:
    for request in requests:
        yield request
