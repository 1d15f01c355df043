"""A prompt service that answers with its own name: `python -m tests.net.replica NAME ADDRESS`."""

from __future__ import annotations

import asyncio
import sys

from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.prompt_pb2 import Prompt

from services.kit.serve import GrpcServer, run


class Named(prompt_pb2_grpc.PromptServiceServicer):
    def __init__(self, name: str) -> None:
        self._name = name

    async def GeneratePrompts(self, request: object, context: object) -> prompt_pb2.GeneratePromptsResponse:
        return prompt_pb2.GeneratePromptsResponse(prompts=[Prompt(text=self._name)])

    async def RewritePrompt(self, request: object, context: object) -> prompt_pb2.RewritePromptResponse:
        raise NotImplementedError


async def serve(name: str, address: str) -> None:
    server = GrpcServer("prompt", listen=address, grace_s=1)
    service = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, Named(name), service)
    await run(server)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
