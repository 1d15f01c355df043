"""Wiring of the image service: `python -m services.image`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

from atelier.image.v1 import image_pb2, image_pb2_grpc

from services.image.config import Config
from services.image.filesystem import FilesystemStore
from services.image.painting import Painter
from services.image.service import ImageService
from services.kit import telemetry
from services.kit.errors import ServiceError
from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.workers_ai.client import WorkersAI

log = telemetry.get_logger("services.image")


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up checks find is logged, and calls say it again."""
    client = WorkersAI(config, attempts=config.attempts)
    store = FilesystemStore(config.store)
    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="pictures") as workers:
        painter = Painter(client, config.model, attempts=config.attempts, timeout_s=config.timeout_s, workers=workers)
        server = GrpcServer("image", listen=config.listen)
        service = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
        servicer = ImageService(painter, store, slots=config.slots)
        server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, servicer, service)
        checks = asyncio.gather(_checked("store", store.prepare()), _checked("model", client.check(config.model)))
        try:
            await run(server)
        finally:
            checks.cancel()
            await asyncio.gather(checks, return_exceptions=True)
            await client.close()
            await store.close()


async def _checked(part: str, check: Coroutine[None, None, None]) -> None:
    try:
        await check
    except ServiceError as error:
        log.error("start-up check failed; serving all the same", part=part, reason=error.reason, error=error.message)
    except Exception:
        log.exception("start-up check has a defect; serving all the same", part=part)


if __name__ == "__main__":
    main("image", Config, serve)
