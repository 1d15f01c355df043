"""ModerateImage over real gRPC, the real client and a stand-in that can see."""

from __future__ import annotations

import io

import pytest
from atelier.moderation.v1 import moderation_pb2
from atelier.type.v1 import cost_pb2, verdict_pb2
from atelier.type.v1.verdict_pb2 import Verdict
from PIL import Image

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError

CLEF = "@cf/cloudflare/clef-flash"
ALLOWED, BLOCKED, REVIEW = Verdict.DECISION_ALLOWED, Verdict.DECISION_BLOCKED, Verdict.DECISION_REVIEW


def picture(red: int, form: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, (red, 30, 30)).save(data, form)
    return data.getvalue()


async def look(stub, image: bytes, **fields: object):
    request = moderation_pb2.ModerateImageRequest(image=image, **fields)
    return await unary(stub.ModerateImage, request, timeout_s=60, model_attempts=1)


def codes(reply) -> list[str]:
    return [finding.category for finding in reply.verdict.findings]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_is_judged_by_a_model_that_sees(replica, stand_in, form: str) -> None:
    async with replica(stand_in, image_models=(CLEF,)) as stub:
        good, bad = await look(stub, picture(10, form)), await look(stub, picture(240, form))
    assert (good.verdict.decision, codes(good)) == (ALLOWED, [])
    assert (bad.verdict.decision, codes(bad)) == (BLOCKED, ["S12"])
    finding = bad.verdict.findings[0]
    assert finding.model == bad.call.engine
    assert round(finding.threshold, 2) == 0.7
    assert finding.score > 0.9
    assert bad.verdict.place == verdict_pb2.PLACE_IMAGE
    assert (bad.call.model, bad.call.attempts) == (CLEF, 1)
    assert bad.call.cost.neurons > 0


async def test_the_policy_says_what_is_done_about_which_score(replica, stand_in) -> None:
    policy = "categories: {S12: {image: {flag: 0.3, review: 0.5, block: 0.9}}}"
    async with replica(stand_in, image_models=(CLEF,), policy=policy) as stub:
        replies = [await look(stub, picture(red)) for red in (10, 100, 160, 255)]
    assert [reply.verdict.decision for reply in replies] == [ALLOWED, ALLOWED, REVIEW, BLOCKED]
    assert [codes(reply) for reply in replies] == [[], ["S12"], ["S12"], ["S12"]]


@pytest.mark.parametrize(("policy", "decision"), [("balanced", ALLOWED), ("permissive", ALLOWED), ("strict", BLOCKED)])
async def test_where_no_model_can_see_the_verdict_says_so(stub, stand_in, policy: str, decision: int) -> None:
    reply = await look(stub, picture(255), policy=policy)
    assert (reply.verdict.decision, codes(reply)) == (decision, [])
    assert "ATELIER_MODERATION_IMAGE_MODEL" in reply.verdict.unjudged
    assert not reply.HasField("call")
    assert await stand_in.calls() == []


async def test_a_policy_may_name_the_eyes_itself(replica, stand_in) -> None:
    async with replica(stand_in, policy=f'image_models: ["{CLEF}", "@cf/cloudflare/clef"]\nvote: all') as stub:
        reply = await look(stub, picture(255))
    assert reply.verdict.decision == BLOCKED
    assert [vote.model for vote in reply.votes] == [CLEF, "@cf/cloudflare/clef"]


async def test_a_policy_that_does_not_judge_pictures_says_so(replica, stand_in) -> None:
    async with replica(stand_in, image_models=(CLEF,), policy="places: {image: off}") as stub:
        reply = await look(stub, picture(255))
    assert reply.verdict.decision == ALLOWED
    assert "does not judge this place: image" in reply.verdict.unjudged


async def test_own_rules_are_asked_about_the_picture(replica, stand_in) -> None:
    rule = '{question: "Does the picture show nudity?", image: {review: 0.4}}'
    policy = f"rules: {{bare: {rule}}}\ncategories: {{others: allow}}"
    async with replica(stand_in, image_models=(CLEF,), policy=policy) as stub:
        reply, harmless = await look(stub, picture(255)), await look(stub, picture(5))
    assert (reply.verdict.decision, codes(reply)[0]) == (REVIEW, "bare")
    assert (harmless.verdict.decision, codes(harmless)) == (ALLOWED, [])


@pytest.mark.parametrize(
    "image", [b"", b"no picture", b"GIF89a" + b"0" * 20, b"\x89PNG\r\n\x1a\n" + b"0" * (1 << 20)], ids=len
)
async def test_what_is_no_picture_or_too_large_is_refused_before_any_model(replica, stand_in, image: bytes) -> None:
    async with replica(stand_in, image_models=(CLEF,)) as stub:
        with pytest.raises(ServiceError) as caught:
            await look(stub, image)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "image")
    assert "1048576" in caught.value.limit
    assert await stand_in.calls() == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 500, "code": 3043}, Reason.MODEL_UNREACHABLE),
        ({"status": 429, "code": 4006}, Reason.MODEL_QUOTA),
        ({"status": 403, "code": 10000}, Reason.MODEL_CREDENTIALS),
    ],
)
async def test_eyes_that_are_shut_are_an_error_and_wave_nothing_through(replica, stand_in, fault, reason) -> None:
    await stand_in.misbehave(fault)
    async with replica(stand_in, image_models=(CLEF,)) as stub:
        with pytest.raises(ServiceError) as caught:
            await look(stub, picture(10))
    assert caught.value.reason is reason


async def test_an_answer_that_cannot_be_read_blocks(replica, stand_in) -> None:
    await stand_in.misbehave({"body": "garbage"})
    async with replica(stand_in, image_models=(CLEF,)) as stub:
        reply = await look(stub, picture(10))
    assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["UNREADABLE"])


async def test_a_picture_that_the_provider_refuses_is_blocked(replica, stand_in) -> None:
    await stand_in.misbehave({"status": 424, "code": 2016, "message": "blocked by guardrails"})
    async with replica(stand_in, image_models=(CLEF,)) as stub:
        reply = await look(stub, picture(10))
    assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["REFUSED"])


async def test_an_estimate_asks_no_model(replica, stand_in) -> None:
    async with replica(stand_in, image_models=(CLEF,)) as stub:
        reply = await look(stub, picture(10), validate_only=True)
    assert not reply.HasField("verdict")
    assert (reply.call.model, reply.call.cost.source) == (CLEF, cost_pb2.COST_SOURCE_ESTIMATED)
    assert reply.call.cost.usd > 0
    assert await stand_in.calls() == []
