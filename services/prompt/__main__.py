"""Wiring of the prompt service: `python -m services.prompt`."""

from __future__ import annotations

import asyncio

from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.prompt.config import Config
from services.prompt.model import WorkersAITextModel
from services.prompt.service import PromptService
from services.prompt.writer import Writer
from services.workers_ai.client import WorkersAI

log = telemetry.get_logger("services.prompt")


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up check finds is logged, and calls say it again."""
    client = WorkersAI(config, attempts=config.attempts)
    model = WorkersAITextModel(client, config.model, timeout_s=config.timeout_s, temperature=config.temperature)
    servicer = PromptService(Writer(model, rounds=config.rounds, parallel=config.parallel), slots=config.slots)
    server = GrpcServer("prompt", listen=config.listen)
    service = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, servicer, service)
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
    main("prompt", Config, serve)
