"""Wiring of the moderation service: `python -m services.moderation`."""

from __future__ import annotations

import asyncio

from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.moderation.config import Config
from services.moderation.judging import Judge
from services.moderation.policy import Policy
from services.moderation.service import ModerationService
from services.workers_ai.client import WorkersAI

log = telemetry.get_logger("services.moderation")


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up check finds is logged, and calls say it again."""
    client = WorkersAI(config, attempts=config.attempts)
    judge = Judge(client, config.model, timeout_s=config.timeout_s, parallel=config.parallel)
    servicer = ModerationService(judge, [Policy(blocking=frozenset(config.block))], slots=config.slots)
    server = GrpcServer("moderation", listen=config.listen)
    service = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
    server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, servicer, service)
    check = asyncio.create_task(_check(client, config.model))
    try:
        await run(server)
    finally:
        check.cancel()
        await asyncio.gather(check, return_exceptions=True)
        await client.close()


async def _check(client: WorkersAI, models: tuple[str, ...]) -> None:
    try:
        await client.check(models)
    except ServiceError as error:
        log.error("start-up check failed; serving all the same", reason=error.reason, error=error.message)
    except Exception:
        log.exception("start-up check has a defect; serving all the same")


if __name__ == "__main__":
    main("moderation", Config, serve)
