"""An outside client that knows nothing but the public RPCs: it makes assets, follows them, and insists."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.kit.channel import open_channel, stream, unary
from services.kit.errors import Reason, ServiceError

RETRY_S = 0.1
TIMEOUT_S = 10.0
INSIST_S = 120.0
FINAL_ANSWERS = (
    Reason.ASSET_UNKNOWN,
    Reason.IMAGE_UNKNOWN,
    Reason.IMAGE_CORRUPT,
    Reason.FIELD_INVALID,
    Reason.NOT_REVIEWABLE,
    Reason.POLICY_UNKNOWN,
)

# What is asked for, plain assets twice as often as each of the others.
KINDS = ("plain", "plain", "formats", "overlap", "review")

T = TypeVar("T")


@dataclass
class Story:
    """What the client was told about one asset, event by event."""

    name: str
    events: list[pb.AssetEvent] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    decided: set[int | None] = field(default_factory=set)
    cancelled: bool = False

    @property
    def final(self) -> pb.Asset | None:
        return self.events[-1].finished.asset if self.events and self.events[-1].HasField("finished") else None

    def hear(self, event: pb.AssetEvent) -> None:
        expected = self.events[-1].sequence + 1 if self.events else 1
        if event.sequence != expected:
            self.problems.append(f"{self.name}: event {event.sequence} where {expected} was due")
        self.events.append(event)


class Crowd:
    """Clients that make one asset after the other until told to stop, and see each of them through.

    `kinds` are those of `_wish`, as often as they are named; `heard` is called with each asset that has ended.
    """

    def __init__(
        self,
        target: str,
        dice: random.Random,
        *,
        kinds: Sequence[str] = KINDS,
        heard: Callable[[Story], None] = lambda story: None,
    ) -> None:
        self.stories: dict[str, Story] = {}
        self._kinds = kinds
        self._heard = heard
        self.accepted = 0
        self.stopping = asyncio.Event()
        self._target = target
        self._random = dice

    async def work(self, clients: int, patience_s: float) -> None:
        """Run until told to stop, then give what is left `patience_s` to end."""
        async with open_channel(self._target) as channel:
            stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
            tasks = [asyncio.create_task(self._client(stub, number)) for number in range(clients)]
            await self.stopping.wait()
            _, late = await asyncio.wait(tasks, timeout=patience_s)
            for task in late:
                task.cancel()
            for task in tasks:
                if task not in late:
                    task.result()

    async def _client(self, stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub, number: int) -> None:
        count = 0
        while not self.stopping.is_set():
            count += 1
            asset = self._wish(f"Client {number} asks for the {count}. fox at the harbour.")
            request = pb.CreateAssetRequest(asset=asset, request_id=f"{number} {count}", detach=True, owner="chaos")
            accepted = await insist(lambda request=request: first_event(stub, request))
            self.accepted += 1
            story = self.stories.setdefault(accepted.asset, Story(accepted.asset))
            if story.events:
                story.problems.append(f"{story.name}: two requests have one asset")
            if self._random.random() < 0.1:
                story.cancelled = True
                await insist(
                    lambda name=story.name: unary(
                        stub.CancelAsset, pb.CancelAssetRequest(name=name), timeout_s=TIMEOUT_S
                    )
                )
            try:
                await self._see_through(stub, story)
            except ServiceError as error:
                # Nothing was heard of it for so long: what cannot be seen through is lost, and the others go on.
                story.problems.append(f"{story.name}: {error}")
                return
            self._heard(story)

    async def _see_through(self, stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub, story: Story) -> None:
        """Follow an asset to its end, and decide what is left to a person."""
        while story.final is None:
            await insist(lambda: self._follow(stub, story))
            if story.events and story.events[-1].HasField("review_requested"):
                await self._decide(stub, story, story.events[-1].review_requested)

    def _wish(self, content: str) -> pb.Asset:
        """A plain asset, or one in two formats, or one that is painted before it is judged, or one for a person."""
        recipe = pb.Recipe(variant_count=self._random.randint(1, 3))
        match self._random.choice(self._kinds):
            case "formats":
                recipe.formats.extend(["square", "banner"])
            case "overlap":
                recipe.overlap, recipe.policy = True, "drill"
            case "review":
                recipe.policy, content = "drill", f"S6 {content}"
        return pb.Asset(content=content, recipe=recipe)

    async def _decide(
        self, stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub, story: Story, asked: pb.ReviewRequested
    ) -> None:
        """Decide about everything that waits and was not decided before; most of it is let through."""
        waiting: list[int | None] = [None] if asked.content else list(asked.variants)
        for variant in [waits for waits in waiting if waits not in story.decided]:
            approved = self._random.random() < 0.8
            request = pb.ReviewVariantRequest(
                name=story.name,
                variant=variant,
                decision=pb.Review.DECISION_APPROVE if approved else pb.Review.DECISION_REJECT,
                reviewer="chaos",
            )
            story.decided.add(variant)
            try:
                await insist(lambda request=request: unary(stub.ReviewVariant, request, timeout_s=TIMEOUT_S))
            except ServiceError as error:
                if not (story.cancelled and error.reason is Reason.NOT_REVIEWABLE):
                    raise
                # It was cancelled while it waited: there is nothing to decide any more.
                story.decided.discard(variant)
                return

    async def _follow(self, stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub, story: Story) -> None:
        """Watch for a while; most watches hang up early and go on elsewhere."""
        after = story.events[-1].sequence if story.events else 0
        request = pb.WatchAssetRequest(name=story.name, after_sequence=after)
        patience = self._random.choice([1, 2, 4, 1000])
        async for reply in stream(stub.WatchAsset, request, timeout_s=TIMEOUT_S):
            story.hear(reply.event)
            patience -= 1
            if patience <= 0 or reply.event.HasField("review_requested"):
                return


async def first_event(
    stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub, request: pb.CreateAssetRequest
) -> pb.AssetEvent:
    """The first event of a new asset, or of the one that was made with the same request id."""
    async for reply in stream(stub.CreateAsset, request, timeout_s=TIMEOUT_S):
        return reply.event
    raise ServiceError(Reason.SERVICE_UNREACHABLE, "a stream ended without an event")


async def insist(attempt: Callable[[], Awaitable[T]]) -> T:
    """Try until it works; an answer that time cannot change, or has not changed for long, is an error."""
    loop = asyncio.get_running_loop()
    end_s = loop.time() + INSIST_S
    while True:
        try:
            return await attempt()
        except ServiceError as error:
            if error.reason in FINAL_ANSWERS or loop.time() > end_s:
                raise
        await asyncio.sleep(RETRY_S)


async def whole_log(channel: grpc.aio.Channel, name: str) -> list[pb.AssetEvent]:
    """An asset's log from the first event to the final one, as one replica tells it."""
    stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)

    async def read() -> list[pb.AssetEvent]:
        request = pb.WatchAssetRequest(name=name)
        return [reply.event async for reply in stream(stub.WatchAsset, request, timeout_s=TIMEOUT_S)]

    return await insist(read)


async def digest_of(channel: grpc.aio.Channel, name: str, variant: int, rendition: int) -> str:
    """The digest of the bytes that come for a picture in one format."""
    stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)

    async def read() -> str:
        hashing = hashlib.sha256()
        request = pb.ReadImageRequest(name=name, variant=variant, rendition=rendition)
        async for piece in stream(stub.ReadImage, request, timeout_s=TIMEOUT_S):
            hashing.update(piece.data)
        return f"sha256:{hashing.hexdigest()}"

    try:
        return await insist(read)
    except ServiceError as error:
        return str(error)
