"""Calls a target again and again as the services call each other: `python -m tests.net.caller TARGET`.

Prints a line a call: who answered, or the reason of the error after a dash.
"""

from __future__ import annotations

import asyncio
import sys

from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit.channel import open_channel, unary
from services.kit.errors import ServiceError

AT_ONCE = 4
PAUSE_S = 0.05
TIMEOUT_S = 60.0


async def call(target: str) -> None:
    service = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
    async with open_channel(target, retry=[service], weighted=True) as channel:
        stub = prompt_pb2_grpc.PromptServiceStub(channel)

        async def one_by_one() -> None:
            while True:
                try:
                    request = prompt_pb2.GeneratePromptsRequest(content="x")
                    reply = await unary(stub.GeneratePrompts, request, timeout_s=TIMEOUT_S)
                    print(reply.prompts[0].text, flush=True)  # noqa: T201
                except ServiceError as error:
                    print(f"-{error.reason}", flush=True)  # noqa: T201
                await asyncio.sleep(PAUSE_S)

        await asyncio.gather(*(one_by_one() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(call(sys.argv[1]))
