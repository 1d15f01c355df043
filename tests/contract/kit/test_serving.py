"""Every server of ours answers errors, health and reflection the same way."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit import call, telemetry
from services.kit.channel import open_channel, stream, unary, upload
from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.listening import ListenError
from services.kit.local_channel import LocalChannel
from services.kit.serve import GrpcServer
from tests.contract.kit.scripted import Pieces, Prompts, Scripted

BURST = 3000

PROMPT = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
IMAGE = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
GRPCURL = Path(sys.executable).parent / "grpcurl"


@pytest.fixture
async def scripted() -> Scripted:
    return Scripted()


@pytest.fixture
async def server(scripted: Scripted) -> AsyncIterator[GrpcServer]:
    server = GrpcServer("prompt", listen="127.0.0.1:0", grace_s=5)
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, scripted, PROMPT)
    server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, Pieces(), IMAGE)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def wire(server: GrpcServer) -> AsyncIterator[grpc.aio.Channel]:
    async with open_channel(server.address, retry=[PROMPT]) as channel:
        # What is not retried is not to find a connection that is being made.
        await channel.channel_ready()
        yield channel


@pytest.fixture(params=["wire", "one process"])
async def channel(
    request: pytest.FixtureRequest, server: GrpcServer, wire: grpc.aio.Channel
) -> AsyncIterator[grpc.aio.Channel]:
    """What callers in other processes have, and what those in the same one may have."""
    if request.param == "wire":
        yield wire
        return
    server.share()
    async with open_channel(f"dns:///{server.address}", retry=[PROMPT]) as channel:
        assert isinstance(channel, LocalChannel)
        yield channel


def details(error: grpc.aio.AioRpcError) -> tuple[status_pb2.Status, error_details_pb2.ErrorInfo]:
    status, info = status_pb2.Status(), error_details_pb2.ErrorInfo()
    status.ParseFromString(dict(error.trailing_metadata() or ())["grpc-status-details-bin"])
    for detail in status.details:
        detail.Unpack(info)
    return status, info


async def test_a_typed_error_arrives_as_the_same_typed_error(scripted: Scripted, channel: grpc.aio.Channel) -> None:
    async def refuse(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        raise ServiceError(
            Reason.MODEL_QUOTA, "used up", retry_after_s=12.5, metadata={"provider_code": "4006"}, limit="10,000"
        )

    scripted.behaviour = refuse
    with pytest.raises(ServiceError) as caught:
        await unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, Prompts(), timeout_s=30)
    error = caught.value
    assert (error.reason, error.message, error.retry_after_s) == (Reason.MODEL_QUOTA, "used up", 12.5)
    assert error.metadata == {"provider_code": "4006"}
    assert error.limit == "10,000"
    assert scripted.calls == 1


async def test_an_invalid_field_names_itself_in_bad_request(scripted: Scripted, channel: grpc.aio.Channel) -> None:
    async def refuse(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        raise invalid_field("count", "is 9; it takes 1 to 8", "1 to 8")

    scripted.behaviour = refuse
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts(Prompts(), timeout=30)
    status, info = details(caught.value)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert (info.domain, info.reason, info.metadata["field"]) == ("atelier", "FIELD_INVALID", "count")
    bad = error_details_pb2.BadRequest()
    assert any(detail.Unpack(bad) for detail in status.details)
    assert bad.field_violations[0].field == "count"


async def test_a_defect_is_internal_and_shows_nothing_but_a_trace_id(
    scripted: Scripted, channel: grpc.aio.Channel
) -> None:
    async def crash(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        raise KeyError("secret detail")

    scripted.behaviour = crash
    with pytest.raises(ServiceError) as caught:
        await unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, Prompts(), timeout_s=30)
    assert caught.value.reason is Reason.INTERNAL
    assert "secret" not in str(caught.value)
    assert len(caught.value.metadata["trace_id"]) == 32


async def test_of_a_burst_of_calls_none_is_thrown_away(scripted: Scripted, wire: grpc.aio.Channel) -> None:
    async def answer(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        return prompt_pb2.GeneratePromptsResponse()

    scripted.behaviour = answer
    ask = prompt_pb2_grpc.PromptServiceStub(wire).GeneratePrompts
    outcomes = await asyncio.gather(*(ask(Prompts(), timeout=60) for _ in range(BURST)), return_exceptions=True)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []


async def test_an_error_in_a_stream_follows_the_messages_before_it(channel: grpc.aio.Channel) -> None:
    stub = image_pb2_grpc.ImageServiceStub(channel)
    seen = []
    with pytest.raises(ServiceError) as caught:
        async for piece in stream(stub.ReadImage, image_pb2.ReadImageRequest(), timeout_s=30):
            seen.append(piece.data)
    assert seen == [b"one", b"two"]
    assert caught.value.reason is Reason.IMAGE_CORRUPT


async def test_an_error_in_the_middle_of_a_client_s_stream_reaches_a_client_that_goes_on_writing(
    channel: grpc.aio.Channel,
) -> None:
    async def pieces() -> AsyncIterator[image_pb2.VerifyImageRequest]:
        yield image_pb2.VerifyImageRequest()
        for _ in range(100):
            yield image_pb2.VerifyImageRequest(data=b"x" * 65536)

    for _ in range(5):
        with pytest.raises(ServiceError) as caught:
            await upload(image_pb2_grpc.ImageServiceStub(channel).VerifyImage, pieces(), timeout_s=30)
        assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "data")


async def test_each_message_of_a_client_s_stream_is_checked(channel: grpc.aio.Channel) -> None:
    verify = channel.stream_unary(
        "/atelier.image.v1.ImageService/VerifyImage",
        request_serializer=bytes,
        response_deserializer=image_pb2.VerifyImageResponse.FromString,
    )
    piece = image_pb2.VerifyImageRequest(data=b"ab").SerializeToString()
    answer = await verify(iter([piece, piece]), timeout=30)
    assert answer.verification.model == "4 bytes"
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await verify(iter([piece, b"\xff"]), timeout=30)
    assert details(caught.value)[1].reason == "FIELD_INVALID"
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await verify(iter([b"\x98\x06\x01"]), timeout=30)
    assert "field 99" in (caught.value.details() or "")


@pytest.mark.parametrize(
    ("data", "field"),
    [(b"\x0a\x02\xff\xfe", "request"), (b"\xff\xff\xff", "request"), (b"\xa2\x06\x01x", "field 100")],
    ids=["broken UTF-8", "no protobuf", "unknown field"],
)
async def test_bytes_that_are_no_request_are_the_callers_fault(
    channel: grpc.aio.Channel, scripted: Scripted, data: bytes, field: str
) -> None:
    method = channel.unary_unary(f"/{PROMPT.full_name}/GeneratePrompts")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await method(data, timeout=30)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    _, info = details(caught.value)
    assert (info.reason, info.metadata["field"]) == ("FIELD_INVALID", field)
    assert scripted.calls == 0


@pytest.mark.parametrize("method", ["Check", "List", "Watch"])
async def test_a_malformed_health_check_is_the_callers_fault(channel: grpc.aio.Channel, method: str) -> None:
    path = f"/grpc.health.v1.Health/{method}"
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        if method == "Watch":
            await anext(aiter(channel.unary_stream(path)(b"\x0b", timeout=30)))
        else:
            await channel.unary_unary(path)(b"\x0b", timeout=30)
    status, info = details(caught.value)
    assert (status.code, info.reason) == (3, "FIELD_INVALID")


async def test_a_method_that_the_health_service_lacks_is_a_typed_error(channel: grpc.aio.Channel) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await channel.unary_unary("/grpc.health.v1.Health/List")(b"", timeout=30)
    status, info = details(caught.value)
    assert (status.code, info.reason) == (12, "METHOD_UNKNOWN")


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
async def test_a_malformed_question_to_reflection_is_the_callers_fault(wire: grpc.aio.Channel, version: str) -> None:
    path = f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo"
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in wire.stream_stream(path)(several(b"\x3a\x00", b"\x0b", b"\x3a\x00"), timeout=30):
            pass
    status, info = details(caught.value)
    assert (status.code, info.reason) == (3, "FIELD_INVALID")


async def test_a_stream_to_an_unknown_method_is_heard_out(wire: grpc.aio.Channel) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in wire.stream_stream("/a.B/C")(several(*[b"x" * 100_000] * 50), timeout=30):
            pass
    status, info = details(caught.value)
    assert (status.code, info.reason) == (12, "METHOD_UNKNOWN")


@pytest.mark.parametrize("attempts", ["9" * 5000, "-1", "1.5", "x"])
async def test_a_number_of_attempts_that_is_none_does_not_count(channel: grpc.aio.Channel, attempts: str) -> None:
    stub = prompt_pb2_grpc.PromptServiceStub(channel)
    await stub.GeneratePrompts(Prompts(), metadata=((call.ATTEMPTS_KEY, attempts),), timeout=30)


async def several(*requests: bytes) -> AsyncIterator[bytes]:
    for request in requests:
        yield request


async def test_an_unknown_method_is_a_typed_error_too(channel: grpc.aio.Channel) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await channel.unary_unary("/atelier.prompt.v1.PromptService/Nothing")(b"", timeout=30)
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert details(caught.value)[1].reason == "METHOD_UNKNOWN"


async def test_deadline_trace_and_attempts_reach_the_callee(scripted: Scripted, channel: grpc.aio.Channel) -> None:
    seen: list[tuple[float, str, int]] = []

    async def look(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        seen.append((call.remaining_s(1000), telemetry.trace_id(), call.model_attempts(3)))
        return prompt_pb2.GeneratePromptsResponse()

    scripted.behaviour = look
    stub = prompt_pb2_grpc.PromptServiceStub(channel)
    with telemetry.trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), call.scope(20):
        await unary(stub.GeneratePrompts, Prompts(), timeout_s=500, model_attempts=1)
    remaining, trace_id, attempts = seen[0]
    # The wire rounds deadlines up; what counts is that the call's own 500 s did not win.
    assert 0 < remaining < 100
    assert trace_id == "0af7651916cd43dd8448eb211c80319c"
    assert attempts == 1


async def test_a_cancelled_call_cancels_its_handler(scripted: Scripted, channel: grpc.aio.Channel) -> None:
    started, cancelled = asyncio.Event(), asyncio.Event()

    async def wait(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        raise AssertionError

    scripted.behaviour = wait
    stub = prompt_pb2_grpc.PromptServiceStub(channel)
    task = asyncio.create_task(unary(stub.GeneratePrompts, Prompts(), timeout_s=100))
    await started.wait()
    task.cancel()
    await asyncio.wait_for(cancelled.wait(), 30)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_draining_lets_a_call_in_flight_finish_and_health_says_so(
    scripted: Scripted, server: GrpcServer, channel: grpc.aio.Channel
) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    async def wait(request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        started.set()
        await go_on.wait()
        return prompt_pb2.GeneratePromptsResponse()

    scripted.behaviour = wait
    health = health_pb2_grpc.HealthStub(channel)
    check = health_pb2.HealthCheckRequest(service=PROMPT.full_name)
    assert (await health.Check(check, timeout=30)).status == health_pb2.HealthCheckResponse.SERVING
    watch = health.Watch(check)
    assert (await watch.read()).status == health_pb2.HealthCheckResponse.SERVING
    running = asyncio.create_task(
        unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, Prompts(), timeout_s=100)
    )
    await started.wait()
    stopping = asyncio.create_task(server.stop())
    assert (await watch.read()).status == health_pb2.HealthCheckResponse.NOT_SERVING
    watch.cancel()
    go_on.set()
    assert isinstance(await running, prompt_pb2.GeneratePromptsResponse)
    await stopping


async def test_a_server_that_is_gone_is_service_unreachable() -> None:
    server = GrpcServer("prompt", listen="127.0.0.1:0")
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, Scripted(), PROMPT)
    await server.start()
    await server.stop()
    async with open_channel(server.address) as channel:
        with pytest.raises(ServiceError) as caught:
            await unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, Prompts(), timeout_s=30)
    assert caught.value.reason is Reason.SERVICE_UNREACHABLE


async def test_a_second_server_on_the_same_port_is_refused(server: GrpcServer) -> None:
    second = GrpcServer("prompt", listen=server.address)
    with pytest.raises(ListenError, match="in use"):
        await second.start()
    await second.stop()


async def test_grpcurl_lists_describes_and_calls(server: GrpcServer) -> None:
    async def grpcurl(*arguments: str) -> str:
        process = await asyncio.create_subprocess_exec(
            GRPCURL, "-plaintext", *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        out, err = await process.communicate()
        assert process.returncode == 0, err.decode()
        return out.decode()

    listed = (await grpcurl(server.address, "list")).split()
    assert {"atelier.prompt.v1.PromptService", "grpc.health.v1.Health"} <= set(listed)
    assert "rpc GeneratePrompts" in await grpcurl(server.address, "describe", PROMPT.full_name)
    answer = await grpcurl("-d", '{"content": "a harbour"}', server.address, f"{PROMPT.full_name}/GeneratePrompts")
    assert json.loads(answer) == {}


async def test_reflection_v1_answers_like_v1alpha(server: GrpcServer) -> None:
    from grpc_reflection.v1alpha import reflection_pb2

    ask = reflection_pb2.ServerReflectionRequest(list_services="")
    names = {}
    async with grpc.aio.insecure_channel(server.address) as raw:
        for version in ("v1", "v1alpha"):
            method = raw.stream_stream(
                f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
                request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
                response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
            )
            async for answer in method(iter([ask]), timeout=30):
                names[version] = [service.name for service in answer.list_services_response.service]
    assert names["v1"] == names["v1alpha"]
    assert PROMPT.full_name in names["v1"]


async def test_a_call_that_found_no_server_says_that_it_was_never_sent(server: GrpcServer) -> None:
    await server.stop()
    for target in (f"ipv4:{server.address}", "dns:///nobody.invalid:1"):
        async with open_channel(target) as channel:
            with pytest.raises(ServiceError) as caught:
                await unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, Prompts(), timeout_s=30)
            assert caught.value.reason is Reason.SERVICE_UNREACHABLE
            assert caught.value.metadata == {"sent": "no"}
