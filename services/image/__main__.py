"""Wiring of the image service: `python -m services.image`."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from atelier.image.v1 import image_pb2, image_pb2_grpc

from services.image.config import Config
from services.image.filesystem import FilesystemStore
from services.image.painting import Painter
from services.image.service import ImageService
from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.kit.startup import checked
from services.workers_ai.client import WorkersAI


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up checks find is logged, and calls say it again."""
    client = WorkersAI(config, attempts=config.attempts)
    store = FilesystemStore(config.store)
    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="pictures") as workers:
        painter = Painter(client, config.model, attempts=config.attempts, timeout_s=config.timeout_s, workers=workers)
        server = GrpcServer("image", listen=config.listen, grace_s=config.grace_s)
        service = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
        servicer = ImageService(painter, store, slots=config.slots)
        server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, servicer, service)
        try:
            async with checked(store=store.prepare(), model=client.check(config.model)):
                await run(server)
        finally:
            await client.close()
            await store.close()


if __name__ == "__main__":
    main("image", Config, serve)
