"""Callers say which version of Atelier they are."""

from __future__ import annotations

from typing import Any

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from client import AsyncAtelier
from services.kit.channel import open_channel, unary
from services.kit.serve import GrpcServer
from services.kit.version import version


class Listening(orchestrator_pb2_grpc.OrchestratorServiceServicer):
    def __init__(self) -> None:
        self.heard: list[str] = []

    async def ListPolicies(self, request: object, context: Any) -> pb.ListPoliciesResponse:
        self.heard += [str(value) for key, value in context.invocation_metadata() if key == "user-agent"]
        return pb.ListPoliciesResponse()


async def test_services_and_the_client_tell_their_version() -> None:
    listening = Listening()
    server = GrpcServer("orchestrator", listen="127.0.0.1:0", grace_s=1)
    service = pb.DESCRIPTOR.services_by_name["OrchestratorService"]
    server.add(orchestrator_pb2_grpc.add_OrchestratorServiceServicer_to_server, listening, service)
    await server.start()
    try:
        async with open_channel(server.address) as channel:
            stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
            await unary(stub.ListPolicies, pb.ListPoliciesRequest(), timeout_s=30)
        async with AsyncAtelier(server.address) as atelier:
            await atelier.policies()
    finally:
        await server.stop()
    own, outside = listening.heard
    assert own.startswith(f"atelier/{version()} ")
    assert outside.startswith(f"atelier-client/{version()} ")
