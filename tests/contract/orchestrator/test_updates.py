"""New texts for the pictures of an asset that is made."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


async def refused(awaitable):
    with pytest.raises(ServiceError) as caught:
        await awaitable
    return caught.value


async def test_new_texts_are_in_the_log_and_in_pictures_stored_anew(client, leaves):
    before = (await client.create("a fox", variant_count=2, formats=["square", "banner"]))[-1].finished.asset
    after = await client.update(before.name, 1, alt_text="A red fox", caption="Reinecke", language="de")
    assert after == await client.get(before.name)
    assert after.state == before.state
    assert after.variants[0] == before.variants[0]
    prompt = after.variants[1].prompt
    assert (prompt.alt_text, prompt.caption, prompt.language) == ("A red fox", "Reinecke", "de")
    assert prompt.text == before.variants[1].prompt.text
    events = await client.watch(before.name, after=before.last_sequence)
    assert kinds(events) == ["variant_updated", "finished"]
    assert events[-1].finished.asset == after
    for number, (old, new) in enumerate(zip(before.variants[1].renditions, after.variants[1].renditions, strict=True)):
        assert new.image.blob.digest != old.image.blob.digest
        assert await client.read_image(before.name, 1, rendition=number)
        assert old.image.blob.digest not in leaves.pictures
    relabelled = {call.request.reference: call.request for call in leaves.of("RelabelImage")}
    first = f"{before.name}/variants/1"
    assert set(relabelled) == {first, f"{first}/renditions/1"}
    provenance = relabelled[first].provenance
    assert (provenance.alt_text, provenance.caption, provenance.language) == ("A red fox", "Reinecke", "de")


async def test_a_text_that_is_not_named_stays(client):
    asset = (await client.create("a fox"))[-1].finished.asset
    asset = await client.update(asset.name, caption="one")
    asset = await client.update(asset.name, language="en")
    prompt = asset.variants[0].prompt
    assert (prompt.alt_text, prompt.caption, prompt.language) == ("alt 0", "one", "en")
    asset = await client.update(asset.name, caption="")
    assert asset.variants[0].prompt.caption == ""


async def test_the_same_texts_again_change_nothing(client, leaves):
    asset = (await client.create("a fox"))[-1].finished.asset
    first = await client.update(asset.name, alt_text="A red fox")
    assert await client.update(asset.name, alt_text="A red fox") == first
    assert len(leaves.of("RelabelImage")) == 1


async def test_a_picture_that_cannot_be_stored_anew_leaves_the_asset_as_it_was(client, leaves):
    asset = (await client.create("a fox"))[-1].finished.asset
    leaves.fail("RelabelImage", Reason.SIGNING_FAILED, times=1)
    assert (await refused(client.update(asset.name, alt_text="A red fox"))).reason is Reason.SIGNING_FAILED
    assert await client.get(asset.name) == asset
    assert (await client.update(asset.name, alt_text="A red fox")).variants[0].prompt.alt_text == "A red fox"


async def test_an_old_picture_that_cannot_be_dropped_does_not_keep_the_texts_from_changing(client, leaves):
    asset = (await client.create("a fox"))[-1].finished.asset
    leaves.fail("DeleteImage", Reason.STORE_UNAVAILABLE, times=1)
    after = await client.update(asset.name, alt_text="A red fox")
    assert after.variants[0].prompt.alt_text == "A red fox"
    await client.delete(asset.name)
    dropped = {call.request.digest for call in leaves.of("DeleteImage")[1:]}
    assert dropped == {asset.variants[0].image.blob.digest, after.variants[0].image.blob.digest}


async def test_two_changes_at_once_both_hold(client):
    asset = (await client.create("a fox"))[-1].finished.asset
    await asyncio.gather(client.update(asset.name, alt_text="A red fox"), client.update(asset.name, caption="Reinecke"))
    prompt = (await client.get(asset.name)).variants[0].prompt
    assert (prompt.alt_text, prompt.caption) == ("A red fox", "Reinecke")


async def test_a_cancelled_asset_with_a_picture_stays_cancelled(client, leaves):
    leaves.hang("ModerateText", match=lambda request: request.text == "a fox 1")
    name = (await client.create("a fox", variant_count=2, detach=True))[0].asset
    await client.until(name, "variant_imaged")
    await client.cancel(name)
    asset = await client.update(name, alt_text="A red fox")
    assert asset.state == pb.Asset.STATE_CANCELLED
    assert kinds(await client.watch(name))[-2:] == ["variant_updated", "finished"]


async def test_an_update_that_cannot_be_is_refused_with_its_field(client, leaves):
    asset = (await client.create("a fox"))[-1].finished.asset
    for wrong in ({"variant": 1}, {"alt_text": ""}, {"alt_text": "x" * 501}, {"caption": "x" * 501}, {"language": "?"}):
        error = await refused(client.update(asset.name, **({"alt_text": "new"} | wrong)))
        assert (error.reason, error.field) == (Reason.FIELD_INVALID, next(iter(wrong)))
    leaves.hang("GenerateImage")
    name = (await client.create("a fox", detach=True))[0].asset
    assert (await refused(client.update(name, alt_text="new"))).reason is Reason.ASSET_RUNNING
    assert (await refused(client.update("assets/" + "0" * 32, alt_text="new"))).reason is Reason.ASSET_UNKNOWN
