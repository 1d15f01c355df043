"""The orchestrator put together: hub, worker and service over one journal and one queue, from start to drain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from atelier.image.v1 import image_pb2
from atelier.orchestrator.v1 import orchestrator_pb2, orchestrator_pb2_grpc
from atelier.style.v1 import style_pb2, style_pb2_grpc

from services.kit.channel import open_channel
from services.kit.serve import GrpcServer
from services.orchestrator import counting
from services.orchestrator.accepting import Acceptance
from services.orchestrator.admission import Admission
from services.orchestrator.amending import Amendments
from services.orchestrator.assets import Assets
from services.orchestrator.budgets import Budgets
from services.orchestrator.config import Config
from services.orchestrator.funding import Funding
from services.orchestrator.gone import Gone
from services.orchestrator.hub import Hub
from services.orchestrator.journal import Journal
from services.orchestrator.lease import Turns
from services.orchestrator.lingering import Lingering
from services.orchestrator.memory_shelf import memory_shelves
from services.orchestrator.meter import Meter
from services.orchestrator.passing import Neighbours
from services.orchestrator.policies import Policies
from services.orchestrator.previewing import Previews
from services.orchestrator.queue import JobQueue
from services.orchestrator.quotes import Quotes
from services.orchestrator.rates import Clockwork, MemoryClockwork, Rates
from services.orchestrator.service import OrchestratorService
from services.orchestrator.shelf import Shelves
from services.orchestrator.steps import Leaves
from services.orchestrator.style_service import StyleService
from services.orchestrator.styles import Styles
from services.orchestrator.sweeping import Sweep
from services.orchestrator.waiting import Waiting
from services.orchestrator.worker import Worker


@asynccontextmanager
async def orchestrator(
    config: Config,
    journal: Journal,
    queue: JobQueue,
    clockwork: Clockwork | None = None,
    shelves: Shelves | None = None,
) -> AsyncIterator[GrpcServer]:
    """A server that is ready to be started. When it drains, the worker takes no more jobs.

    Without a `clockwork` that replicas share, each of them keeps the rate limits for itself; without `shelves`, brand
    styles and books too, and only as long as it runs.
    """
    hub = Hub(journal)
    shelves = shelves or memory_shelves()
    styles = Styles(shelves.styles)
    budgets = Budgets(Meter(shelves.books), config.budgets)
    images = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
    async with (
        # Steps are retried by the worker, which writes each try down; the channels do not repeat them.
        open_channel(config.prompt_target, weighted=True, tls=config.tls) as prompt,
        open_channel(config.moderation_target, weighted=True, tls=config.tls) as moderation,
        open_channel(
            config.image_target, retry=[images], once=["GenerateImage"], weighted=True, tls=config.tls
        ) as image,
        # A replica that is not fit to work can still be read from.
        open_channel(config.moderation_target, tls=config.tls) as policies,
        open_channel(config.image_target, retry=[images], tls=config.tls) as pictures,
    ):
        rates = Rates(clockwork or MemoryClockwork(), config.per_minute)
        leaves = Leaves.over(prompt, moderation, image, config.timeouts_s, config.retry, rates)
        waiting = Waiting(journal, queue, hub)
        quotes = Quotes(leaves)
        funding = Funding(budgets, quotes, config.retry)
        worker = Worker(journal, queue, hub, leaves, funding, Lingering(hub, waiting.add), config.worker)
        admission = Admission(queue, max_wait_s=config.max_wait_s, slots=config.slots)
        assets = Assets(journal, queue, Gone(shelves.books))
        neighbours = Neighbours(policies, pictures)
        sweep = Sweep(journal, neighbours, partial(assets.delete, drop_images=neighbours.drop_images), config.ages)
        turns = Turns(shelves.books, "sweep", config.sweep_every_s, partial(_clean, sweep, budgets))
        server = GrpcServer(
            "orchestrator", listen=config.listen, grace_s=config.grace_s, tls=config.tls, peers=config.peers
        )
        server.add(
            orchestrator_pb2_grpc.add_OrchestratorServiceServicer_to_server,
            OrchestratorService(
                assets,
                journal,
                hub,
                waiting,
                Amendments(assets, journal, queue, neighbours),
                neighbours,
                Acceptance(assets, styles, Policies(neighbours.policies), budgets, quotes, admission),
                Previews(leaves),
                budgets,
            ),
            orchestrator_pb2.DESCRIPTOR.services_by_name["OrchestratorService"],
        )
        server.add(
            style_pb2_grpc.add_StyleServiceServicer_to_server,
            StyleService(styles),
            style_pb2.DESCRIPTOR.services_by_name["StyleService"],
        )
        await hub.start()
        await worker.start()
        await waiting.start()
        if config.sweeps:
            await turns.start()
        drained = asyncio.create_task(_drain(server, worker))
        counting.expect()
        counted = (
            asyncio.create_task(admission.watch()),
            asyncio.create_task(counting.watch_budgets(budgets.today)),
        )
        try:
            yield server
        finally:
            for task in counted:
                task.cancel()
            server.draining.set()
            await drained
            await turns.stop()
            await waiting.stop()
            await hub.stop()


async def _clean(sweep: Sweep, budgets: Budgets) -> None:
    await sweep.run()
    await budgets.forget_old()


async def _drain(server: GrpcServer, worker: Worker) -> None:
    await server.draining.wait()
    await worker.stop()
