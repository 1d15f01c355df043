"""Wiring of the prompt service: `python -m services.prompt`."""

from __future__ import annotations

from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.kit.startup import checked
from services.prompt.config import Config
from services.prompt.model import WorkersAITextModel
from services.prompt.service import PromptService
from services.prompt.writer import Writer
from services.workers_ai.client import WorkersAI


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up check finds is logged, and calls say it again."""
    client = WorkersAI(config, attempts=config.attempts)
    model = WorkersAITextModel(
        client, config.model, timeout_s=config.timeout_s, temperature=config.temperature, billed=config.billed
    )
    servicer = PromptService(Writer(model, rounds=config.rounds, parallel=config.parallel), slots=config.slots)
    server = GrpcServer("prompt", listen=config.listen, grace_s=config.grace_s, tls=config.tls, peers=config.peers)
    service = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, servicer, service)
    try:
        async with checked(model=client.check(config.model)):
            await run(server)
    finally:
        await client.close()


if __name__ == "__main__":
    main("prompt", Config, serve)
