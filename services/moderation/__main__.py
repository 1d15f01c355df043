"""Wiring of the moderation service: `python -m services.moderation`."""

from __future__ import annotations

from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc

from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.kit.startup import checked
from services.moderation.config import Config
from services.moderation.judging import Judge
from services.moderation.policy import Policy
from services.moderation.service import ModerationService
from services.workers_ai.client import WorkersAI


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up check finds is logged, and calls say it again."""
    client = WorkersAI(config, attempts=config.attempts)
    judge = Judge(client, config.model, timeout_s=config.timeout_s, parallel=config.parallel)
    servicer = ModerationService(judge, [Policy(blocking=frozenset(config.block))], slots=config.slots)
    server = GrpcServer("moderation", listen=config.listen)
    service = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
    server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, servicer, service)
    try:
        async with checked(model=client.check(config.model)):
            await run(server)
    finally:
        await client.close()


if __name__ == "__main__":
    main("moderation", Config, serve)
