"""ReadImage and DeleteImage as their callers see them: kept bytes, damaged bytes, references."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import grpc
import numpy as np
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from PIL import Image

from services.kit.channel import stream, unary
from services.kit.errors import Reason, ServiceError

SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
UNKNOWN = f"sha256:{'0' * 64}"

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Serving: TypeAlias = Callable[..., AbstractAsyncContextManager[Stub]]
Stored: TypeAlias = Callable[[], list[Path]]


async def generate(stub: Stub, model_attempts: int = 0, **fields: object) -> image_pb2.GenerateImageResponse:
    request = image_pb2.GenerateImageRequest(**{"prompt": "a red bicycle by the sea", **fields})  # type: ignore[arg-type]
    return await unary(stub.GenerateImage, request, timeout_s=60, model_attempts=model_attempts)


async def read(stub: Stub, digest: str) -> bytes:
    pieces = [reply.data async for reply in stream(stub.ReadImage, image_pb2.ReadImageRequest(digest=digest))]
    assert max(map(len, pieces)) <= 256 * 1024
    return b"".join(pieces)


async def delete(stub: Stub, digest: str, reference: str) -> None:
    request = image_pb2.DeleteImageRequest(digest=digest, reference=reference)
    await unary(stub.DeleteImage, request, timeout_s=30)


async def test_bytes_are_kept_until_the_last_reference_is_deleted(stub: Stub, stored: Stored) -> None:
    digests = {(await generate(stub, reference=name)).image.blob.digest for name in ("assets/a/0", "assets/b/0")}
    (digest,) = digests
    await delete(stub, digest, "assets/a/0")
    await delete(stub, digest, "assets/a/0")
    assert await read(stub, digest)
    await delete(stub, digest, "assets/b/0")
    with pytest.raises(ServiceError) as caught:
        await read(stub, digest)
    assert caught.value.reason is Reason.IMAGE_UNKNOWN
    assert stored() == []
    await delete(stub, digest, "assets/b/0")


@pytest.mark.parametrize(("seconds", "nanos"), [(2**63 - 1, 0), (-1, 0), (253_402_300_800, 0), (0, 10**9), (0, -1)])
async def test_a_reference_cannot_be_deleted_as_of_what_is_no_time(stub: Stub, seconds: int, nanos: int) -> None:
    request = image_pb2.DeleteImageRequest(digest=UNKNOWN, reference="assets/a/0")
    request.stored_until.seconds, request.stored_until.nanos = seconds, nanos
    with pytest.raises(ServiceError) as caught:
        await unary(stub.DeleteImage, request, timeout_s=30)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "stored_until")


@pytest.mark.parametrize("digest", ["", "sha256:abc", "sha256:../../../etc/passwd", UNKNOWN.upper()])
async def test_what_is_no_digest_is_refused(stub: Stub, digest: str) -> None:
    with pytest.raises(ServiceError) as caught:
        await read(stub, digest)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "digest")
    with pytest.raises(ServiceError) as caught:
        await delete(stub, digest, "r")
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "digest")


async def test_an_unknown_digest_is_not_found_and_deleting_it_changes_nothing(stub: Stub) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in stub.ReadImage(image_pb2.ReadImageRequest(digest=UNKNOWN), timeout=30):
            pytest.fail("bytes of nothing")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    await delete(stub, UNKNOWN, "r")


async def test_deleting_without_a_reference_is_refused(stub: Stub) -> None:
    digest = (await generate(stub)).image.blob.digest
    with pytest.raises(ServiceError) as caught:
        await delete(stub, digest, "")
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "reference")
    assert await read(stub, digest)


async def test_damaged_bytes_are_data_loss_and_not_one_of_them_leaves(stub: Stub, stored: Stored) -> None:
    digest = (await generate(stub)).image.blob.digest
    (file,) = (path for path in stored() if path.suffix == ".jpg")
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in stub.ReadImage(image_pb2.ReadImageRequest(digest=digest), timeout=30):
            pytest.fail("a byte of a damaged picture left")
    assert caught.value.code() is grpc.StatusCode.DATA_LOSS
    with pytest.raises(ServiceError) as error:
        await read(stub, digest)
    assert error.value.reason is Reason.IMAGE_CORRUPT
    await generate(stub)
    assert await read(stub, digest)


async def test_a_replica_reads_what_another_stored(serving: Serving) -> None:
    async with serving() as first, serving(SDXL) as second:
        digest = (await generate(first, reference="r")).image.blob.digest
        assert await read(second, digest)
        await delete(second, digest, "r")
        with pytest.raises(ServiceError):
            await read(first, digest)


async def test_a_store_that_cannot_be_written_is_unavailable(stub: Stub, tmp_path: Path) -> None:
    (tmp_path / "images").rename(tmp_path / "elsewhere")
    (tmp_path / "images").write_bytes(b"")
    with pytest.raises(ServiceError) as caught:
        await generate(stub)
    assert caught.value.reason is Reason.STORE_UNAVAILABLE
    assert "cannot be written" in caught.value.message


async def listed(stub: Stub) -> list[tuple[str, str]]:
    rows = [row async for row in stream(stub.ListImages, image_pb2.ListImagesRequest())]
    assert all(row.size_bytes > 0 and row.create_time.seconds > 1_500_000_000 for row in rows)
    return sorted((row.digest, row.reference) for row in rows)


async def test_the_list_has_a_row_for_each_reference_and_for_what_nobody_refers_to(
    serving: Serving, tmp_path: Path
) -> None:
    async with serving() as stub, serving(SDXL) as other:
        digest = (await generate(stub, reference="assets/a/0")).image.blob.digest
        await generate(stub, reference="assets/b/0")
        lost = (await generate(other, reference="assets/c/0", seed=3)).image.blob.digest
        kept = (await generate(other, width=512, height=512)).image.blob.digest
        for path in (tmp_path / "images").rglob(f"{lost.removeprefix('sha256:')}@*"):
            path.unlink()
        assert await listed(stub) == sorted([(digest, "assets/a/0"), (digest, "assets/b/0"), (lost, "")])
        # Whatever name it is deleted under: what nobody refers to goes, and what is kept for good stays.
        for unwanted in (lost, kept):
            await delete(stub, unwanted, "sweep")
        assert await listed(stub) == sorted([(digest, "assets/a/0"), (digest, "assets/b/0")])
        assert await read(stub, kept)


async def test_a_preview_is_a_small_jpeg_that_says_where_it_comes_from(stub: Stub) -> None:
    made = await generate(stub, media_type="image/avif", provenance={"alt_text": "A boat"})
    for side in (64, 300, 2048):
        data = await preview(stub, made.image.blob.digest, side)
        with Image.open(BytesIO(data)) as image:
            image.load()
            assert (image.format, max(image.size)) == ("JPEG", min(side, 1024))
            assert b"digitalsourcetype/algorithmicMedia" in image.info["xmp"]
            assert b"A boat" in image.info["xmp"]
    assert await preview(stub, made.image.blob.digest, 300) == await preview(stub, made.image.blob.digest, 300)


@pytest.mark.parametrize("media_type", ["", "image/png"])
async def test_a_preview_that_was_asked_for_with_the_picture_is_that_of_the_stored_one(
    stub: Stub, media_type: str
) -> None:
    made = await generate(stub, preview_side=300, media_type=media_type, provenance={"alt_text": "A boat"})
    read_later = await preview(stub, made.image.blob.digest, 300)
    with Image.open(BytesIO(made.preview)) as answered, Image.open(BytesIO(read_later)) as image:
        assert answered.info["xmp"] == image.info["xmp"]
        assert b"A boat" in answered.info["xmp"]
        assert answered.size == image.size == (300, 300)
        assert np.abs(np.asarray(answered, np.int16) - np.asarray(image, np.int16)).mean() < 1
    assert (await generate(stub)).preview == b""


@pytest.mark.parametrize("side", [-1, 63, 1025])
async def test_a_preview_of_another_size_is_refused_before_a_model_is_asked(
    stub: Stub, side: int, model_calls: Callable[[], Awaitable[list[object]]]
) -> None:
    with pytest.raises(ServiceError) as caught:
        await generate(stub, preview_side=side)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "preview_side")
    assert await model_calls() == []


@pytest.mark.parametrize("side", [-1, 63, 2049])
async def test_a_preview_of_another_size_is_refused(stub: Stub, side: int) -> None:
    with pytest.raises(ServiceError) as caught:
        await preview(stub, UNKNOWN, side)
    assert caught.value.field == "preview_side"


async def test_no_preview_is_left_of_a_deleted_picture(stub: Stub) -> None:
    digest = (await generate(stub, reference="r")).image.blob.digest
    await preview(stub, digest, 128)
    await delete(stub, digest, "r")
    with pytest.raises(ServiceError) as caught:
        await preview(stub, digest, 128)
    assert caught.value.reason is Reason.IMAGE_UNKNOWN


async def test_a_directory_gives_out_no_links(stub: Stub) -> None:
    digest = (await generate(stub)).image.blob.digest
    with pytest.raises(ServiceError) as caught:
        await unary(stub.SignImageUrl, image_pb2.SignImageUrlRequest(digest=digest), timeout_s=30)
    assert caught.value.reason is Reason.LINKS_UNSUPPORTED
    with pytest.raises(ServiceError) as caught:
        await unary(stub.SignImageUrl, image_pb2.SignImageUrlRequest(digest=UNKNOWN), timeout_s=30)
    assert caught.value.reason is Reason.IMAGE_UNKNOWN


async def preview(stub: Stub, digest: str, side: int) -> bytes:
    request = image_pb2.ReadImageRequest(digest=digest, preview_side=side)
    return b"".join([reply.data async for reply in stream(stub.ReadImage, request)])
