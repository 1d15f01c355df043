"""Wiring of the moderation service: `python -m services.moderation`."""

from __future__ import annotations

from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc

from services.kit import telemetry
from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.kit.startup import checked
from services.moderation.actions import Place
from services.moderation.config import Config
from services.moderation.judging import NO_EYES, Judge
from services.moderation.library import Library
from services.moderation.service import ModerationService
from services.workers_ai.client import WorkersAI

log = telemetry.get_logger(__name__)


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up check finds is logged, and calls say it again."""
    library = Library(config.policies, default=config.default_policy, block=config.block)
    _tell(config, library)
    client = WorkersAI(config, attempts=config.attempts)
    judge = Judge(
        client,
        config.model,
        image_models=config.image_model,
        rules_models=config.rules_model,
        billed=config.billed,
        timeout_s=config.timeout_s,
        parallel=config.parallel,
    )
    servicer = ModerationService(judge, library, slots=config.slots)
    server = GrpcServer("moderation", listen=config.listen, grace_s=config.grace_s, tls=config.tls, peers=config.peers)
    service = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
    server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, servicer, service)
    try:
        async with checked(model=client.check((*config.model, *config.image_model))):
            await run(server)
    finally:
        await client.close()


def _tell(config: Config, library: Library) -> None:
    policies = library.policies()
    log.info("policies read", default=policies[0].name, policies={policy.name: policy.version for policy in policies})
    blind = [one.name for one in policies if Place.IMAGE in one.places and not one.image_models]
    if blind and not config.image_model:
        log.warning("finished pictures are not judged", why=NO_EYES, policies=",".join(blind))


if __name__ == "__main__":
    main("moderation", Config, serve)
