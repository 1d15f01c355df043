"""VerifyImage and files of anybody: truncated, enormous, misleading. It answers, and goes on answering."""

from __future__ import annotations

import asyncio
import os
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.type.v1 import provenance_pb2
from PIL import Image

from services.image.containers import with_xmp
from services.image.inspector import Inspector
from services.kit.channel import stream
from services.kit.errors import Reason, ServiceError

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Serving: TypeAlias = Callable[..., AbstractAsyncContextManager[Stub]]
Verification = provenance_pb2.Verification
ANY = {Verification.OUTCOME_UNSIGNED, Verification.OUTCOME_UNREADABLE, Verification.OUTCOME_CHANGED}


def picture(form: str) -> bytes:
    output = BytesIO()
    Image.effect_noise((128, 128), 50).convert("RGB").save(output, form)
    return output.getvalue()


def bomb() -> bytes:
    """A PNG of 40,000 x 40,000 pixels in a few kilobytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def nested(name: bytes, depth: int) -> bytes:
    """An AVIF whose boxes lie in one another."""
    body = b""
    for _ in range(depth):
        body = struct.pack(">I4s", len(body) + 8, name) + body
    return struct.pack(">I4s", 16 + 8, b"ftyp") + b"avif\0\0\0\0avifmif1" + body


def webp_of_lies() -> bytes:
    return b"RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff" + b"\0" * 100


def jpeg_that_names_a_manifest_elsewhere(url: str) -> bytes:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{url}"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    return with_xmp(picture("JPEG"), "image/jpeg", packet.encode())


HOSTILE = {
    "truncated JPEG": picture("JPEG")[:300],
    "head of a PNG": b"\x89PNG\r\n\x1a\n",
    "bomb": bomb(),
    "boxes in boxes": nested(b"meta", 20_000),
    "boxes in jumb": nested(b"jumb", 20_000),
    "lies about lengths": webp_of_lies(),
    "JPEG that is a zip as well": picture("JPEG") + b"PK\x03\x04" + b"A" * 1000,
    "GIF": picture("GIF"),
    "noise behind a JPEG's first bytes": b"\xff\xd8\xff\xeb" + os.urandom(100_000),
    "AVIF of noise": b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + os.urandom(100_000),
}


async def verify(stub: Stub, data: bytes) -> Verification:
    pieces = [image_pb2.VerifyImageRequest(data=data[at : at + 250_000]) for at in range(0, len(data), 250_000)]
    return (await stub.VerifyImage(iter(pieces), timeout=60)).verification


@pytest.fixture
async def inspector() -> AsyncIterator[Inspector]:
    inspector = Inspector()
    yield inspector
    await inspector.close()


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_answered_and_so_is_the_next_honest_one(stub: Stub, name: str) -> None:
    assert (await verify(stub, HOSTILE[name])).outcome in ANY
    assert (await verify(stub, picture("PNG"))).outcome == Verification.OUTCOME_UNSIGNED


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"%PDF-1.7", os.urandom(1000)])
async def test_what_is_no_picture_is_refused(serving: Serving, data: bytes) -> None:
    async with serving() as stub:
        with pytest.raises(ServiceError) as caught:
            await asked(stub, [data])
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "data")


async def test_more_than_32_mib_are_refused_before_they_are_all_there(serving: Serving) -> None:
    async with serving() as stub:
        with pytest.raises(ServiceError) as caught:
            await asked(stub, [b"\xff\xd8\xff" + b"x" * 250_000] * 140)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "data")
    assert "33554432" in caught.value.limit


async def asked(stub: Stub, pieces: list[bytes]) -> None:
    import grpc
    from grpc_status import rpc_status

    try:
        await stub.VerifyImage(iter(image_pb2.VerifyImageRequest(data=piece) for piece in pieces), timeout=60)
    except grpc.aio.AioRpcError as error:
        status = rpc_status.from_call(error)
        assert status is not None
        raise ServiceError.from_status(status) from None


async def test_no_address_that_a_file_names_is_asked(inspector: Inspector) -> None:
    visits = []

    async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(visited, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        found = await inspector.inspect(jpeg_that_names_a_manifest_elsewhere(f"http://127.0.0.1:{port}/m.c2pa"))
    assert found.outcome in (Verification.OUTCOME_UNSIGNED, Verification.OUTCOME_UNREADABLE)
    assert visits == []


async def test_a_file_that_takes_too_long_ends_the_process_and_is_unreadable() -> None:
    inspector = Inspector(timeout_s=0.0)
    found = await inspector.inspect(picture("PNG"))
    assert (found.outcome, list(found.findings)) == (Verification.OUTCOME_UNREADABLE, ["atelier.tooSlow"])
    await inspector.close()


async def test_a_process_that_dies_is_replaced(inspector: Inspector) -> None:
    await inspector.inspect(picture("PNG"))
    (worker,) = inspector._idle
    worker.kill()
    await worker.wait()
    found = await inspector.inspect(picture("PNG"))
    assert (found.outcome, list(found.findings)) == (Verification.OUTCOME_UNREADABLE, ["atelier.broken"])
    assert (await inspector.inspect(picture("PNG"))).outcome == Verification.OUTCOME_UNSIGNED


async def test_many_at_once_are_answered_or_told_that_it_is_busy(inspector: Inspector) -> None:
    answers = await asyncio.gather(*(inspector.inspect(picture("PNG")) for _ in range(16)), return_exceptions=True)
    busy = [answer for answer in answers if isinstance(answer, ServiceError)]
    assert all(error.reason is Reason.SERVER_BUSY for error in busy)
    assert len(busy) == 6


async def test_the_process_that_looks_at_files_knows_no_secret(
    inspector: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "s3cret")
    await inspector.inspect(picture("PNG"))
    (worker,) = inspector._idle
    assert b"s3cret" not in await asyncio.to_thread(Path(f"/proc/{worker.pid}/environ").read_bytes)


async def test_a_stored_picture_that_was_read_back_is_what_was_verified(stub: Stub) -> None:
    made = await stub.GenerateImage(image_pb2.GenerateImageRequest(prompt="a boat"), timeout=60)
    request = image_pb2.ReadImageRequest(digest=made.image.blob.digest)
    data = b"".join([reply.data async for reply in stream(stub.ReadImage, request)])
    found = await verify(stub, data)
    assert (found.media_type, found.outcome) == ("image/jpeg", Verification.OUTCOME_UNSIGNED)
