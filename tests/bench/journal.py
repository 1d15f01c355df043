"""`python -m tests.bench.journal`: CPU that journal and queue cost a job, without gRPC, with steps that answer at once.

The orchestrator's own worker, assets and hub run in this process over the journal in memory and over JetStream, in
turns; what this process and nats-server use more with JetStream is what durability costs. CPU time is disturbed far
less than time by whatever else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import psutil
import uvloop
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import Verdict

from services.orchestrator import names
from services.orchestrator.assets import Assets, Claim
from services.orchestrator.budgets import Budgets, Limits
from services.orchestrator.funding import Funding
from services.orchestrator.gone import Gone
from services.orchestrator.hub import Hub
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.job import Discarded, Job, Method, Step
from services.orchestrator.journal import Journal
from services.orchestrator.lingering import Lingering
from services.orchestrator.memory import MemoryJournal, MemoryQueue
from services.orchestrator.memory_shelf import memory_shelves
from services.orchestrator.meter import Meter
from services.orchestrator.queue import JobQueue
from services.orchestrator.worker import Worker
from tests.bench.listing import server

CONTENT = "Fishermen mend their nets on a misty harbour at dawn while gulls circle overhead. " * 12
CALL = ModelCall(model="@cf/meta/llama-3.3-70b-instruct-fp8-fast", attempts=1, input_tokens=600, output_tokens=120)
TURNS = 5


class Instant:
    """Steps that are done at once, with answers of ordinary size."""

    async def perform(self, step: Step, job: Job, remaining_s: float, recorded: Awaitable[None]) -> pb.AssetEvent:
        await recorded
        match step.method:
            case Method.GENERATE_PROMPTS:
                prompts = [Prompt(text=CONTENT[:300], alt_text=CONTENT[:120])]
                return pb.AssetEvent(prompts_generated=pb.PromptsGenerated(prompts=prompts, call=CALL))
            case Method.GENERATE_IMAGE:
                blob = Blob(digest=f"sha256:{'0' * 64}", size_bytes=100_000, media_type="image/png")
                imaged = pb.VariantImaged(variant=0, image=Image(blob=blob, width=1024, height=1024), call=CALL)
                return pb.AssetEvent(variant_imaged=imaged)
            case _:
                verdict = Verdict(decision=Verdict.DECISION_ALLOWED)
                return pb.AssetEvent(variant_moderated=pb.VariantModerated(variant=0, verdict=verdict, call=CALL))

    async def discard(self, asset: str, picture: Discarded) -> None:
        """Nothing was painted."""


class Way:
    """An orchestrator without its doors."""

    def __init__(self, journal: Journal, queue: JobQueue) -> None:
        shelves = memory_shelves()
        self.hub = Hub(journal)
        funding = Funding(Budgets(Meter(shelves.books), Limits()), None)  # type: ignore[arg-type] - no budget binds
        lingering = Lingering(self.hub, lambda asset: None)
        self.worker = Worker(journal, queue, self.hub, Instant(), funding, lingering)  # type: ignore[arg-type]
        self.assets = Assets(journal, queue, Gone(shelves.books))
        self.cpu_s = 0.0
        self.server_cpu_s = 0.0
        self.jobs = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Way]:
        await self.hub.start()
        await self.worker.start()
        yield self
        await self.worker.stop()
        await self.hub.stop()

    async def job(self, number: int) -> None:
        """One asset from acceptance to its end, followed as a client would."""
        accepted = pb.Accepted(content=CONTENT, recipe=pb.Recipe(variant_count=1, seed=1))
        name = names.asset_name(time.time_ns(), number)
        with self.hub.watch(name) as watch:
            first = await self.assets.open(Claim(name, joined=False), accepted)
            async for record in watch.records(0 if first is None else 1, replay=first is None):
                if record.is_final:
                    assert record.event.finished.asset.state == pb.Asset.STATE_SUCCEEDED

    async def crowd(self, jobs: int, crowd: int, servers: list[psutil.Process]) -> None:
        gate = asyncio.Semaphore(crowd)

        async def gated(number: int) -> None:
            async with gate:
                await self.job(number)

        before, servers_before = _cpu_s(servers), _used_s(servers)
        await asyncio.gather(*(gated(number) for number in range(jobs)))
        self.cpu_s += _cpu_s(servers) - before
        self.server_cpu_s += _used_s(servers) - servers_before
        self.jobs += jobs


def _cpu_s(servers: list[psutil.Process]) -> float:
    return _used_s([psutil.Process(), *servers])


def _used_s(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return sum(used.user + used.system for used in times)


async def run(url: str, jobs: int, crowd: int) -> str:
    """Measure both, in turns."""
    children = psutil.Process().children(recursive=True)
    servers = [process for process in children if "nats-server" in process.name()]
    async with AsyncExitStack() as exits:
        engine = await exits.enter_async_context(jetstream(url, Streams()))
        ways = {"memory": Way(MemoryJournal(), MemoryQueue()), "jetstream": Way(engine.journal, engine.queue)}
        for way in ways.values():
            await exits.enter_async_context(way.running())
            await way.crowd(50, crowd, servers)
            way.cpu_s, way.server_cpu_s, way.jobs = 0.0, 0.0, 0
        for _ in range(TURNS):
            for way in ways.values():
                await way.crowd(jobs // TURNS, crowd, servers)
    cost = {name: way.cpu_s * 1000 / way.jobs for name, way in ways.items()}
    added = cost["jetstream"] - cost["memory"]
    server_ms = ways["jetstream"].server_cpu_s * 1000 / ways["jetstream"].jobs
    shares = ", ".join(f"{name} {ms:.2f} ms" for name, ms in cost.items())
    added_by = f"durability adds {added:.2f} ms, nats-server takes {server_ms:.2f} of it"
    return f"CPU a job at {crowd} in flight, this process and nats-server: {shares}; {added_by}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.journal", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--crowd", type=int, default=64)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as data,
        server(Path(data)) as url,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        outcome = runner.run(run(url, options.jobs, options.crowd))
    sys.stdout.write(outcome + "\n")


if __name__ == "__main__":
    main()
