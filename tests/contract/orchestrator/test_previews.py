"""What a request would lead to, without anything being made."""

from __future__ import annotations

import pytest
from atelier.image.v1 import image_pb2
from atelier.moderation.v1 import moderation_pb2
from atelier.prompt.v1 import prompt_pb2
from atelier.type.v1.cost_pb2 import COST_SOURCE_ESTIMATED, Cost
from atelier.type.v1.image_pb2 import Fitting, Image
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.verdict_pb2 import Verdict

from services.kit.channel import stream
from services.kit.errors import Reason, ServiceError

PRICES = {"GeneratePrompts": 100.0, "ModerateText": 10.0, "ModerateImage": 1.0, "GenerateImage": 1000.0}
RESPONSES = {
    "GeneratePrompts": prompt_pb2.GeneratePromptsResponse,
    "ModerateText": moderation_pb2.ModerateTextResponse,
    "ModerateImage": moderation_pb2.ModerateImageResponse,
    "GenerateImage": image_pb2.GenerateImageResponse,
}


@pytest.fixture
def estimates(leaves, new_policy):
    """Leaves that estimate; the model makes squares only."""

    def scripted(method):
        async def behave(request):
            usd = PRICES[method]
            reply = RESPONSES[method](
                call=ModelCall(model="m", cost=Cost(neurons=usd, usd=usd, source=COST_SOURCE_ESTIMATED))
            )
            if method == "GenerateImage" and request.width:
                reply.image.CopyFrom(Image(width=request.width, height=request.height))
                if request.width != request.height:
                    kept = Fitting(made_width=1024, made_height=1024, top=341, width=1024, height=341)
                    reply.image.fitting.CopyFrom(kept)
            return reply

        leaves.when(method, behave, match=lambda request: request.validate_only)

    leaves.policies = [new_policy("balanced", "content", "prompt", "image")]
    for method in PRICES:
        scripted(method)
    return leaves


async def preview(client, **recipe):
    request = client.request("a fox", **recipe)
    request.validate_only = True
    replies = [reply async for reply in stream(client.stub.CreateAsset, request, timeout_s=60)]
    assert len(replies) == 1
    assert not replies[0].HasField("event")
    return replies[0].preview


async def test_a_preview_adds_up_what_every_step_would_cost(client, estimates):
    answer = await preview(client, variant_count=2, formats=["square", "1000x1000"])
    assert answer.estimate.usd == 100 + 10 + 2 * 10 + 4 * (1000 + 1)
    assert answer.estimate.source == COST_SOURCE_ESTIMATED
    assert answer.recipe.variant_count == 2
    assert answer.recipe.seed > 0
    assert answer.policy.version.name == "balanced"
    assert answer.content_verdict.decision == Verdict.DECISION_ALLOWED
    assert list(answer.warnings) == []


async def test_nothing_is_made_or_recorded_and_only_the_content_is_judged(client, estimates):
    await preview(client, request_id="once")
    in_earnest = [call for call in estimates.calls if not getattr(call.request, "validate_only", False)]
    assert [call.method for call in in_earnest] == ["ModerateText"]
    assert in_earnest[0].request.text == "a fox"
    assert (await client.list()).assets == []
    events = await client.create("something else", request_id="once")
    assert events[-1].HasField("finished")


async def test_a_preview_says_what_would_be_cut(client, estimates):
    answer = await preview(client, formats=["square", "banner"])
    assert list(answer.warnings) == [
        "The model cannot make banner (1536x512): of its 1024x1024 about 33% would be kept."
    ]


async def test_a_preview_warns_of_what_the_policy_would_do(client, estimates):
    estimates.judge("ModerateText", "blocked")
    answer = await preview(client, overlap=True, max_cost_usd=0.5)
    assert answer.content_verdict.decision == Verdict.DECISION_BLOCKED
    refused, overlap, budget = answer.warnings
    assert "refuses the content" in refused
    assert "overlap" in overlap
    assert "max_cost_usd (0.5)" in budget


async def test_a_preview_warns_where_nobody_can_see(client, leaves, new_policy):
    async def blind(request):
        return moderation_pb2.ModerateImageResponse()

    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.when("ModerateImage", blind)
    answer = await preview(client)
    assert not answer.HasField("content_verdict")
    assert list(answer.warnings) == ["No model here can see: finished pictures would not be judged."]


async def test_a_bad_request_is_refused_by_its_preview_too(client, estimates):
    for wrong, reason in (({"formats": ["oval"]}, Reason.FIELD_INVALID), ({"policy": "lax"}, Reason.POLICY_UNKNOWN)):
        with pytest.raises(ServiceError) as caught:
            await preview(client, **wrong)
        assert caught.value.reason is reason
    assert estimates.calls == []
