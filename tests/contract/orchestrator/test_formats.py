"""Several formats of one prompt, and what a recipe says to the services behind it."""

from __future__ import annotations

import hashlib

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.recipe_pb2 import Purpose
from atelier.type.v1.verdict_pb2 import PLACE_PROMPT, Verdict

from services.kit.channel import stream
from services.kit.errors import Reason, ServiceError

FORMATS = ["square", "open-graph", "600x400"]


async def read(client, name, rendition):
    request = pb.ReadImageRequest(name=name, variant=1, rendition=rendition)
    return b"".join([piece.data async for piece in stream(client.stub.ReadImage, request, timeout_s=30)])


async def test_each_variant_is_painted_in_each_format_with_one_seed(client, leaves):
    events = await client.create("a fox", variant_count=2, formats=FORMATS, seed=40)
    asset = events[-1].finished.asset
    asked = {call.request.reference: call.request for call in leaves.of("GenerateImage")}
    first, second = f"{asset.name}/variants/0", f"{asset.name}/variants/1"
    assert {reference: request.seed for reference, request in asked.items()} == {
        first: 40,
        f"{first}/renditions/1": 40,
        f"{first}/renditions/2": 40,
        second: 41,
        f"{second}/renditions/1": 41,
        f"{second}/renditions/2": 41,
    }
    assert (asked[f"{first}/renditions/1"].width, asked[f"{first}/renditions/1"].height) == (1200, 630)
    assert (asked[f"{first}/renditions/2"].width, asked[f"{first}/renditions/2"].height) == (600, 400)
    for variant in asset.variants:
        assert [rendition.format for rendition in variant.renditions] == FORMATS
        assert variant.image == variant.renditions[0].image
    assert len(leaves.of("ModerateText")) == 2
    for number, rendition in enumerate(asset.variants[1].renditions):
        data = await read(client, asset.name, number)
        assert f"sha256:{hashlib.sha256(data).hexdigest()}" == rendition.image.blob.digest
    with pytest.raises(ServiceError) as caught:
        await read(client, asset.name, 3)
    assert (caught.value.reason, caught.value.field) == (Reason.IMAGE_UNKNOWN, "rendition")


async def test_a_format_that_fails_leaves_the_others_alone(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_CREDENTIALS, match=lambda request: request.width == 1200)
    events = await client.create("a fox", formats=FORMATS)
    [failed] = [event.rendition_failed for event in events if event.HasField("rendition_failed")]
    assert (failed.variant, failed.rendition) == (0, 1)
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    images = [rendition.HasField("image") for rendition in asset.variants[0].renditions]
    assert images == [True, False, True]
    assert ServiceError.from_status(asset.variants[0].renditions[1].error).reason is Reason.MODEL_CREDENTIALS


async def test_each_try_of_a_format_is_told_as_its_own(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_UNREACHABLE, match=lambda request: request.width == 1200, times=1)
    events = await client.create("a fox", formats=FORMATS)
    started = [
        (event.step_started.rendition, event.step_started.attempt)
        for event in events
        if event.step_started.method.endswith("GenerateImage")
    ]
    assert sorted(started) == [(0, 1), (1, 1), (1, 2), (2, 1)]
    [retried] = [event.step_retried for event in events if event.HasField("step_retried")]
    assert (retried.variant, retried.rendition) == (0, 1)


async def test_a_refusal_by_the_provider_calls_the_other_formats_off_and_rewrites_the_prompt(client, leaves):
    leaves.hang("GenerateImage", match=lambda request: request.width == 1024, times=1)
    leaves.fail("GenerateImage", Reason.MODEL_REFUSED, match=lambda request: request.width == 1200, times=1)
    refuse = leaves.rules[-1].behave

    async def once_both_are_painted(request):
        await leaves.wait_for("GenerateImage", 2)
        return await refuse(request)

    leaves.rules[-1].behave = once_both_are_painted
    events = await client.create("a fox", formats=["square", "open-graph"])
    [unknown] = [event.step_unknown for event in events if event.HasField("step_unknown")]
    assert (unknown.variant, unknown.rendition, unknown.attempt) == (0, 0, 1)
    [rewritten] = [event.prompt_rewritten for event in events if event.HasField("prompt_rewritten")]
    assert events[-1].finished.asset.variants[0].prompt == rewritten.prompt
    assert all(rendition.HasField("image") for rendition in events[-1].finished.asset.variants[0].renditions)
    [square, *_] = [call for call in leaves.of("GenerateImage") if call.request.width == 1024]
    await square.cancelled.wait()


async def test_deleting_an_asset_drops_the_picture_of_each_format(client, leaves):
    asset = (await client.create("a fox", formats=FORMATS))[-1].finished.asset
    await client.delete(asset.name)
    dropped = {(call.request.reference, call.request.digest) for call in leaves.of("DeleteImage")}
    first = f"{asset.name}/variants/0"
    references = [first, f"{first}/renditions/1", f"{first}/renditions/2"]
    digests = [rendition.image.blob.digest for rendition in asset.variants[0].renditions]
    assert dropped == set(zip(references, digests, strict=True))


async def test_what_a_recipe_says_reaches_the_service_that_needs_it(client, leaves):
    events = await client.create(
        "a fox",
        purpose=Purpose.PURPOSE_SOCIAL,
        language="de",
        media_type="image/webp",
        quality=70,
        negative_prompt="text",
    )
    [prompts] = [call.request for call in leaves.of("GeneratePrompts")]
    assert (prompts.purpose, prompts.language) == (Purpose.PURPOSE_SOCIAL, "de")
    [text] = [call.request for call in leaves.of("ModerateText")]
    assert text.place == PLACE_PROMPT
    [image] = [call.request for call in leaves.of("GenerateImage")]
    assert (image.media_type, image.quality, image.negative_prompt) == ("image/webp", 70, "text")
    provenance = image.provenance
    assert provenance.asset == events[0].asset
    assert provenance.alt_text == "alt 0"
    assert provenance.language == "de"
    assert provenance.content_digest == f"sha256:{hashlib.sha256(b'a fox').hexdigest()}"
    assert provenance.decision == Verdict.DECISION_ALLOWED
    assert provenance.prompt_model == "scripted"


async def test_a_recipe_with_sizes_and_formats_is_refused_before_anything_starts(client, leaves):
    with pytest.raises(ServiceError) as caught:
        await client.create("a fox", formats=["square"], width=512, height=512)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "asset.recipe.formats")
    assert leaves.calls == []
