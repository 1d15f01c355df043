"""The picture store in a bucket: keys that are checked, races between replicas, links, and what errors must not say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

import pytest
import requests
from atelier.image.v1 import image_pb2, image_pb2_grpc

from services.image.bucket import Access, ObjectMissingError, ObjectStore
from services.image.keys import deleting_key, picture_key, reference_key
from services.image.locations import Bucket
from services.image.s3 import S3Store
from services.image.store import digest_of
from services.kit.channel import open_channel, unary
from services.kit.errors import Reason, ServiceError
from tests.contract.image.s3_server import KEY_ID, SECRET, S3Server

DATA = b"some picture" * 1000
Starting: TypeAlias = Callable[..., AbstractAsyncContextManager[str]]


@pytest.fixture
async def store(s3_server: S3Server, s3_place: Bucket) -> S3Store:
    store = S3Store(s3_place, s3_server.access)
    await store.prepare()
    return store


async def until_there_is_one(objects: ObjectStore, prefix: str) -> None:
    async with asyncio.timeout(60):
        while not [found async for chunk in objects.list(prefix) for found in chunk]:  # noqa: ASYNC110 - a remote store
            await asyncio.sleep(0.01)


def test_the_prefix_and_the_bucket_are_in_no_repr_with_the_secret(s3_server: S3Server) -> None:
    assert SECRET not in repr(s3_server.access)


@pytest.mark.parametrize(
    ("key_id", "secret"), [(KEY_ID, "another-secret"), ("another-key", SECRET), (KEY_ID, SECRET[:-1])]
)
async def test_wrong_keys_are_refused_and_nothing_secret_is_said(
    s3_server: S3Server, s3_place: Bucket, key_id: str, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = S3Store(s3_place, Access(s3_server.endpoint, "us-east-1", key_id, secret))
    calls: list[Callable[[], Any]] = [
        store.prepare,
        lambda: store.put(DATA, "image/png", "r"),
        lambda: store.stat(digest_of(DATA)),
        lambda: store.read(digest_of(DATA), 0, 1),
        lambda: store.delete_reference(digest_of(DATA), "r"),
        lambda: store.link(digest_of(DATA), 60),
    ]
    for call in calls:
        with pytest.raises(ServiceError) as caught:
            await call()
        assert caught.value.reason is Reason.STORE_UNAVAILABLE
        assert "access is denied" in caught.value.message
        said = f"{caught.value} {caught.value.metadata} {caplog.text}"
        assert secret not in said
        assert key_id not in said
        assert caught.value.__cause__ is None


async def test_a_service_that_is_not_there_is_unavailable(s3_place: Bucket) -> None:
    store = S3Store(s3_place, Access("http://127.0.0.1:9", "us-east-1", KEY_ID, SECRET))
    with pytest.raises(ServiceError) as caught:
        await store.stat(digest_of(DATA))
    assert caught.value.reason is Reason.STORE_UNAVAILABLE
    assert "cannot be reached" in caught.value.message


async def test_a_link_reads_the_picture_without_any_key_until_it_ends(store: S3Store, s3_server: S3Server) -> None:
    blob = await store.put(DATA, "image/webp", "r")
    url = await store.link(blob.digest, 60)
    assert SECRET not in url
    answer = await asyncio.to_thread(requests.get, url, timeout=30)
    assert (answer.content, answer.headers["Content-Type"]) == (DATA, "image/webp")
    without = await asyncio.to_thread(requests.get, url.partition("?")[0], timeout=30)
    assert without.status_code == 403
    forged = await asyncio.to_thread(requests.get, url.replace("X-Amz-Expires=60", "X-Amz-Expires=600"), timeout=30)
    assert forged.status_code == 403
    with pytest.raises(ServiceError) as caught:
        await store.link(digest_of(b"unknown"), 60)
    assert caught.value.reason is Reason.IMAGE_UNKNOWN


async def test_who_puts_while_another_deletes_waits_and_writes_again(store: S3Store) -> None:
    digest = digest_of(DATA)
    objects = store._objects
    await objects.put(deleting_key(digest), b"")
    putting = asyncio.create_task(store.put(DATA, "image/png", "mine"))
    await until_there_is_one(objects, "references")
    # The other one, which looked before the reference was there, deletes now.
    await objects.delete(picture_key(digest, "image/png"))
    assert not putting.done()
    await objects.delete(deleting_key(digest))
    await putting
    assert await store.read(digest, 0, len(DATA)) == DATA


async def test_who_deletes_finds_the_reference_that_came_meanwhile(store: S3Store) -> None:
    digest = (await store.put(DATA, "image/png", "mine")).digest
    await store._delete_bytes(digest)
    assert await store.read(digest, 0, len(DATA)) == DATA
    with pytest.raises(ObjectMissingError):
        await store._objects.head(deleting_key(digest))


async def test_replicas_that_put_and_delete_the_same_bytes_never_lose_what_somebody_refers_to(
    s3_server: S3Server, s3_place: Bucket
) -> None:
    replicas = [S3Store(s3_place, s3_server.access) for _ in range(4)]
    digest = digest_of(DATA)

    async def use(store: S3Store, name: str) -> None:
        for _ in range(12):
            await store.put(DATA, "image/png", name)
            assert await store.read(digest, 0, len(DATA)) == DATA
            await store.delete_reference(digest, name)

    users = [(store, f"assets/{number}/{name}") for name in "ab" for number, store in enumerate(replicas)]
    await asyncio.gather(*(use(store, name) for store, name in users))
    assert [entry async for entry in replicas[0].entries()] == []


async def test_foreign_objects_are_not_in_the_inventory(store: S3Store) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    for key in ("pictures/notes.txt", "pictures/" + "a" * 64 + "/picture.gif", "references/x/y", "references/notes"):
        await store._objects.put(key, b"foreign")
    entries = [entry async for entry in store.entries()]
    assert [(entry.blob.digest, [held.name for held in entry.references]) for entry in entries] == [(digest, ["r"])]


async def test_many_pictures_are_listed_with_their_own_references(store: S3Store) -> None:
    expected = {}
    for number in range(30):
        data = f"picture {number}".encode()
        names = [f"assets/{number}/{index}" for index in range(number % 4)] or [""]
        for name in names:
            digest = (await store.put(data, "image/png", name)).digest
        expected[digest] = tuple(sorted(names))
    found = {entry.blob.digest: tuple(held.name for held in entry.references) async for entry in store.entries()}
    assert found == expected


async def test_a_reference_whose_bytes_a_crash_took_is_no_entry(store: S3Store) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    await store._objects.delete(picture_key(digest, "image/png"))
    assert [entry async for entry in store.entries()] == []
    with pytest.raises(ServiceError):
        await store.read(digest, 0, 10)
    await store._objects.delete(reference_key(digest, "r")[0])


@pytest.mark.parametrize("standard", [False, True])
async def test_the_process_works_on_a_bucket_as_the_settings_say(
    image_process: Starting, s3_server: S3Server, standard: bool, tmp_path: Any
) -> None:
    prefix = "AWS_" if standard else "ATELIER_IMAGE_S3_"
    environ = {
        "ATELIER_IMAGE_STORE": f"s3://pictures/process-{standard}",
        f"{prefix}{'ENDPOINT_URL' if standard else 'ENDPOINT'}": s3_server.endpoint,
        f"{prefix}ACCESS_KEY_ID": KEY_ID,
        f"{prefix}SECRET_ACCESS_KEY": SECRET,
        "ATELIER_IMAGE_SIGNING_DIRECTORY": str(tmp_path / "signing"),
    }
    async with image_process(**environ) as address, open_channel(address) as channel:
        stub = image_pb2_grpc.ImageServiceStub(channel)
        made = await unary(stub.GenerateImage, image_pb2.GenerateImageRequest(prompt="a boat"), timeout_s=60)
        request = image_pb2.SignImageUrlRequest(digest=made.image.blob.digest)
        request.lifetime.FromSeconds(120)
        link = await unary(stub.SignImageUrl, request, timeout_s=60)
        answer = await asyncio.to_thread(requests.get, link.url, timeout=30)
    assert digest_of(answer.content) == made.image.blob.digest
    assert made.image.marks.signed
    assert link.expire_time.seconds - made.call.duration.seconds > 0
