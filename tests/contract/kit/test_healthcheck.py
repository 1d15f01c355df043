"""The health check of containers tells servers that serve from those that do not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit.serve import GrpcServer

PROMPT = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]


async def check(*addresses: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.kit.healthcheck", "--timeout", "20", *addresses, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode, said.decode()


@pytest.fixture
async def server() -> AsyncIterator[GrpcServer]:
    server = GrpcServer("prompt", listen="127.0.0.1:0", grace_s=1)
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, prompt_pb2_grpc.PromptServiceServicer(), PROMPT)
    await server.start()
    yield server
    await server.stop()


async def greeting(greet: bytes) -> AsyncIterator[str]:
    """The address of a server that says one thing and hangs up."""

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greet)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(say, "127.0.0.1", 0) as listening:
        yield f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"


async def test_a_grpc_server_that_serves_is_healthy_and_so_is_each_of_its_services(server: GrpcServer) -> None:
    address = f"grpc://{server.address}"
    assert await check(address, f"{address}/{PROMPT.full_name}") == (0, "")


async def test_a_service_that_a_server_does_not_have_is_named(server: GrpcServer) -> None:
    address = f"grpc://{server.address}/atelier.none.v1.NoService"
    assert await check(address) == (1, f"{address}: NOT_FOUND\n")


async def test_a_server_that_is_gone_is_not_healthy(server: GrpcServer) -> None:
    await server.stop()
    code, said = await check(f"grpc://{server.address}")
    assert code == 1
    assert "UNAVAILABLE" in said


@pytest.mark.parametrize(
    ("scheme", "greet", "code"),
    [
        ("nats", b'INFO {"server_id":"x"}\r\n', 0),
        ("nats", b"SSH-2.0-OpenSSH\r\n", 1),
        ("http", b"HTTP/1.1 204 No Content\r\n\r\n", 0),
        ("http", b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n", 1),
    ],
)
async def test_a_server_is_known_by_its_greeting(scheme: str, greet: bytes, code: int) -> None:
    async for address in greeting(greet):
        assert (await check(f"{scheme}://{address}"))[0] == code


async def test_an_address_of_an_unknown_kind_is_refused() -> None:
    code, said = await check("ftp://127.0.0.1")
    assert (code, said) == (1, "ftp://127.0.0.1: takes grpc://, http://, https:// or nats://\n")
