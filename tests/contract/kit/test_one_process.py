"""What a call may rely on, over the wire and within a process alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import grpc
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit import call, telemetry
from services.kit.channel import open_channel, stream, unary, upload
from services.kit.errors import Reason, ServiceError
from services.kit.local_channel import AHEAD, LocalChannel
from services.kit.serve import GrpcServer
from services.moderation.judging import Judge
from services.moderation.library import Library
from services.moderation.service import ModerationService
from services.workers_ai.client import WorkersAI
from services.workers_ai.settings import WorkersAISettings

PROMPT = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
IMAGE = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
MODERATION = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
WITHIN_S = 60
Open = Callable[[GrpcServer], Awaitable[grpc.aio.Channel]]


class Service(prompt_pb2_grpc.PromptServiceServicer, image_pb2_grpc.ImageServiceServicer):
    """Keeps what it is given, and changes what it has given away."""

    def __init__(self) -> None:
        self.kept: list[prompt_pb2.GeneratePromptsRequest] = []
        self.reply = prompt_pb2.GeneratePromptsResponse(prompts=[{"text": "a boat"}])
        self.begun, self.go_on, self.ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.sent = 0

    async def GeneratePrompts(
        self, request: prompt_pb2.GeneratePromptsRequest, context: object
    ) -> prompt_pb2.GeneratePromptsResponse:
        """Wait if the content says so; else give the same message each time."""
        self.kept.append(request)
        if request.content != "wait":
            return self.reply
        self.begun.set()
        try:
            await self.go_on.wait()
        finally:
            self.ended.set()
        return prompt_pb2.GeneratePromptsResponse()

    async def ReadImage(self, request: object, context: object) -> AsyncIterator[image_pb2.ReadImageResponse]:
        """Send the same message again and again, changed each time, as fast as it is read."""
        piece = image_pb2.ReadImageResponse()
        try:
            while True:
                self.sent += 1
                piece.data = b"%d" % self.sent + b" " * 65536
                yield piece
        finally:
            self.ended.set()

    async def VerifyImage(
        self, requests: AsyncIterator[image_pb2.VerifyImageRequest], context: object
    ) -> image_pb2.VerifyImageResponse:
        """Say which first bytes came."""
        found = [request.data[:1].decode() async for request in requests]
        return image_pb2.VerifyImageResponse(verification={"model": "".join(found)})


@pytest.fixture
async def service() -> Service:
    return Service()


@pytest.fixture
async def server(service: Service) -> AsyncIterator[GrpcServer]:
    server = GrpcServer("both", listen="127.0.0.1:0", grace_s=WITHIN_S)
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, service, PROMPT)
    server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, service, IMAGE)
    await server.start()
    yield server
    service.go_on.set()
    await server.stop()


@pytest.fixture(params=["wire", "one process"])
async def open_to(request: pytest.FixtureRequest) -> AsyncIterator[Open]:
    """Opens a channel to a server."""
    opened: list[grpc.aio.Channel] = []

    async def open_one(server: GrpcServer) -> grpc.aio.Channel:
        if request.param == "one process":
            server.share()
        opened.append(open_channel(server.address))
        assert isinstance(opened[0], LocalChannel) == (request.param == "one process")
        return opened[0]

    yield open_one
    for channel in opened:
        await channel.close()


@pytest.fixture
async def channel(open_to: Open, server: GrpcServer) -> grpc.aio.Channel:
    return await open_to(server)


async def test_neither_side_sees_what_the_other_does_to_its_message(
    service: Service, channel: grpc.aio.Channel
) -> None:
    ask = prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts
    request = prompt_pb2.GeneratePromptsRequest(content="a harbour")
    answer = await unary(ask, request, timeout_s=WITHIN_S)
    request.content = "changed by the caller"
    answer.prompts[0].text = "changed by the caller"
    assert service.kept[0].content == "a harbour"
    assert service.reply.prompts[0].text == "a boat"
    service.kept[0].content = "changed by the service"
    service.reply.prompts[0].text = "changed by the service"
    assert request.content == "changed by the caller"
    assert answer.prompts[0].text == "changed by the caller"


async def test_a_message_of_a_stream_stays_what_it_was_when_it_was_sent(channel: grpc.aio.Channel) -> None:
    read = image_pb2_grpc.ImageServiceStub(channel).ReadImage(image_pb2.ReadImageRequest(), timeout=WITHIN_S)
    pieces = [await read.read() for _ in range(2 * AHEAD)]
    read.cancel()
    assert [int(piece.data) for piece in pieces] == list(range(1, 2 * AHEAD + 1))


async def test_a_stream_waits_for_its_reader_and_ends_with_it(service: Service, channel: grpc.aio.Channel) -> None:
    reading = stream(image_pb2_grpc.ImageServiceStub(channel).ReadImage, image_pb2.ReadImageRequest())
    await anext(reading)
    for _ in range(50):
        await asyncio.sleep(0)
    # What the wire lets through unread is some hundred KiB; a stream without an end would be at thousands.
    assert service.sent < 1000
    await reading.aclose()
    await asyncio.wait_for(service.ended.wait(), WITHIN_S)


async def test_the_messages_of_a_client_s_stream_arrive_in_their_order(channel: grpc.aio.Channel) -> None:
    async def pieces() -> AsyncIterator[image_pb2.VerifyImageRequest]:
        piece = image_pb2.VerifyImageRequest()
        for letter in b"abcdefgh":
            piece.data = bytes([letter]) * 1000
            yield piece

    answer = await upload(image_pb2_grpc.ImageServiceStub(channel).VerifyImage, pieces(), timeout_s=WITHIN_S)
    assert answer.verification.model == "abcdefgh"


async def test_a_deadline_frees_the_caller_and_ends_the_handler(service: Service, channel: grpc.aio.Channel) -> None:
    ask = prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts
    with pytest.raises(ServiceError) as caught:
        await unary(ask, prompt_pb2.GeneratePromptsRequest(content="wait"), timeout_s=1)
    assert caught.value.reason is Reason.DEADLINE_EXCEEDED
    if service.begun.is_set():
        await asyncio.wait_for(service.ended.wait(), WITHIN_S)


async def test_a_deadline_that_is_over_sends_nothing(service: Service, channel: grpc.aio.Channel) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts(
            prompt_pb2.GeneratePromptsRequest(content="wait"), timeout=-1
        )
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert not service.begun.is_set()


async def test_what_the_callee_sets_for_itself_does_not_reach_the_caller(channel: grpc.aio.Channel) -> None:
    ask = prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts
    with telemetry.trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), call.scope(500, model_attempts=7):
        before = telemetry.traceparent()
        await unary(ask, prompt_pb2.GeneratePromptsRequest(), timeout_s=WITHIN_S, model_attempts=1)
        assert telemetry.traceparent() == before
        assert call.model_attempts(1) == 7
        assert call.remaining_s(1000) > WITHIN_S


async def test_a_message_larger_than_the_wire_takes_is_refused(channel: grpc.aio.Channel) -> None:
    ask = prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await ask(prompt_pb2.GeneratePromptsRequest(content="x" * (5 << 20)), timeout=WITHIN_S)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_a_server_that_stops_ends_what_it_has_begun_and_begins_no_more(
    service: Service, server: GrpcServer, channel: grpc.aio.Channel
) -> None:
    ask = prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts
    running = asyncio.create_task(unary(ask, prompt_pb2.GeneratePromptsRequest(content="wait"), timeout_s=WITHIN_S))
    await service.begun.wait()
    stopping = asyncio.create_task(server.stop())
    await server.draining.wait()
    while True:
        # Over the wire the news takes a moment.
        try:
            await unary(ask, prompt_pb2.GeneratePromptsRequest(), timeout_s=WITHIN_S)
        except ServiceError as error:
            assert error.reason is Reason.SERVICE_UNREACHABLE  # noqa: PT017
            break
    service.go_on.set()
    assert isinstance(await running, prompt_pb2.GeneratePromptsResponse)
    await stopping


async def test_a_cancelled_call_closes_the_connection_of_the_model_call_behind_it(open_to: Open) -> None:
    asked, closed = asyncio.Event(), asyncio.Event()

    async def provider(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read(-1)
        closed.set()
        writer.close()

    listening = await asyncio.start_server(provider, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    client = WorkersAI(WorkersAISettings(account_id="0" * 32, api_token="local", base_url=f"http://127.0.0.1:{port}"))
    judge = Judge(client, ("@cf/meta/llama-guard-3-8b",), timeout_s=WITHIN_S, parallel=1)
    server = GrpcServer("moderation", listen="127.0.0.1:0", grace_s=WITHIN_S)
    moderation = ModerationService(judge, Library(), slots=1)
    server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, moderation, MODERATION)
    await server.start()
    stub = moderation_pb2_grpc.ModerationServiceStub(await open_to(server))
    request = moderation_pb2.ModerateTextRequest(text="a harbour")
    task = asyncio.create_task(unary(stub.ModerateText, request, timeout_s=WITHIN_S))
    await asked.wait()
    with pytest.raises(ServiceError) as full:
        await unary(stub.ModerateText, request, timeout_s=WITHIN_S)
    assert full.value.reason is Reason.SERVER_BUSY
    task.cancel()
    await asyncio.wait_for(closed.wait(), WITHIN_S)
    with pytest.raises(asyncio.CancelledError):
        await task
    await server.stop()
    await client.close()
    listening.close()
