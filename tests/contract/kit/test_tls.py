"""Mutual TLS between services: who is let in, and what happens when the files change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import grpc
import pytest
import trustme
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.channel import open_channel, unary
from services.kit.config import ConfigError, TlsFiles, tls_files
from services.kit.errors import Reason, ServiceError
from services.kit.healthcheck import ask
from services.kit.serve import GrpcServer
from services.kit.tls import Identity, read

PROMPT = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
Issue = Callable[..., TlsFiles]


class Prompts(prompt_pb2_grpc.PromptServiceServicer):
    async def GeneratePrompts(self, request: object, context: object) -> prompt_pb2.GeneratePromptsResponse:
        return prompt_pb2.GeneratePromptsResponse()


def write(files: TlsFiles, authority: trustme.CA, *names: str) -> TlsFiles:
    """Write a certificate for some names over whatever is there."""
    leaf = authority.issue_cert(*names)
    files.certificate.write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    files.key.write_bytes(leaf.private_key_pem.bytes())
    files.ca.write_bytes(authority.cert_pem.bytes())
    return files


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def issue(tmp_path: Path, authority: trustme.CA) -> Issue:
    def new(*names: str, by: trustme.CA = authority) -> TlsFiles:
        folder = tmp_path / "-".join(names) / str(id(by))
        folder.mkdir(parents=True)
        return write(TlsFiles(folder / "tls.crt", folder / "tls.key", folder / "ca.crt"), by, *names)

    return new


@pytest.fixture
async def exits() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as exits:
        yield exits


async def serving(exits: AsyncExitStack, files: TlsFiles, peers: tuple[str, ...] = ("orchestrator",)) -> GrpcServer:
    server = GrpcServer("prompt", listen="localhost:0", grace_s=1, tls=files, peers=peers)
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, Prompts(), PROMPT)
    await server.start()
    exits.push_async_callback(server.stop)
    return server


async def call(channel: grpc.aio.Channel) -> None:
    stub = prompt_pb2_grpc.PromptServiceStub(channel)
    await unary(stub.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(content="x"), timeout_s=30)


async def channel_to(exits: AsyncExitStack, server: GrpcServer, files: TlsFiles | None) -> grpc.aio.Channel:
    return await exits.enter_async_context(open_channel(f"dns:///{server.address}", tls=files))


async def refusal(channel: grpc.aio.Channel) -> Reason:
    with pytest.raises(ServiceError) as caught:
        await call(channel)
    return caught.value.reason


async def test_a_caller_with_a_name_that_the_service_takes_is_let_in(exits: AsyncExitStack, issue: Issue) -> None:
    server = await serving(exits, issue("prompt", "localhost"))
    await call(await channel_to(exits, server, issue("orchestrator")))


async def test_another_name_of_the_same_authority_is_refused_with_a_reason(exits: AsyncExitStack, issue: Issue) -> None:
    server = await serving(exits, issue("prompt", "localhost"))
    assert await refusal(await channel_to(exits, server, issue("stranger"))) is Reason.PEER_REFUSED


async def test_a_star_lets_every_name_of_the_authority_in(exits: AsyncExitStack, issue: Issue) -> None:
    server = await serving(exits, issue("prompt", "localhost"), peers=("*",))
    await call(await channel_to(exits, server, issue("stranger")))


async def test_neither_plain_text_nor_the_certificate_of_a_strange_authority_gets_through(
    exits: AsyncExitStack, issue: Issue
) -> None:
    server = await serving(exits, issue("prompt", "localhost"))
    assert await refusal(await channel_to(exits, server, None)) is Reason.SERVICE_UNREACHABLE
    strange = issue("orchestrator", by=trustme.CA())
    assert await refusal(await channel_to(exits, server, strange)) is Reason.SERVICE_UNREACHABLE


async def test_a_server_whose_certificate_has_another_name_is_not_believed(exits: AsyncExitStack, issue: Issue) -> None:
    server = await serving(exits, issue("image"))
    assert await refusal(await channel_to(exits, server, issue("orchestrator"))) is Reason.SERVICE_UNREACHABLE


async def test_health_is_told_to_everybody_with_a_certificate(exits: AsyncExitStack, issue: Issue) -> None:
    server = await serving(exits, own := issue("prompt", "localhost"))
    stub = health_pb2_grpc.HealthStub(await channel_to(exits, server, issue("stranger")))
    answer = await stub.Check(health_pb2.HealthCheckRequest())  # type: ignore[attr-defined]
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    assert await asyncio.to_thread(ask, f"grpc://{server.address}", 20.0, own) == ""


async def test_files_that_are_replaced_count_for_calls_that_begin_afterwards(
    exits: AsyncExitStack, issue: Issue
) -> None:
    theirs, ours = issue("prompt", "localhost"), issue("orchestrator")
    server = await serving(exits, theirs)
    channel = await channel_to(exits, server, ours)
    await call(channel)
    successor = trustme.CA()
    write(theirs, successor, "prompt", "localhost")
    write(ours, successor, "orchestrator")
    newcomer = await channel_to(exits, server, issue("orchestrator", by=successor))
    async with asyncio.timeout(60):
        # Each side looks at its files at its own time; then both believe the new authority and nobody else.
        while True:
            try:
                await call(channel)
                await call(newcomer)
            except ServiceError:
                continue
            break
    with pytest.raises(ServiceError):
        await call(await channel_to(exits, server, issue("orchestrator", "old")))


def test_a_rotation_that_is_half_done_leaves_the_old_files_in_force(issue: Issue, authority: trustme.CA) -> None:
    now_s = 0.0
    files = issue("prompt")
    identity = Identity(files, lambda: now_s)
    before = identity.current()
    files.key.write_bytes(authority.issue_cert("prompt").private_key_pem.bytes())
    now_s += 10
    assert identity.current() is before
    write(files, authority, "prompt")
    assert identity.current() is before
    now_s += 10
    assert identity.current() == read(files)
    assert identity.current() is not before


def test_files_that_are_no_good_are_named_without_what_is_in_them(issue: Issue) -> None:
    files = issue("prompt")
    files.key.write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
    with pytest.raises(ConfigError, match="is no PEM file") as caught:
        read(files)
    assert "c2VjcmV0" not in str(caught.value)


def test_two_of_the_three_settings_are_refused() -> None:
    with pytest.raises(ConfigError, match="ATELIER_TLS_CA must be set too"):
        tls_files({"ATELIER_TLS_CERTIFICATE": "a", "ATELIER_TLS_KEY": "b"})
    assert tls_files({}) is None
