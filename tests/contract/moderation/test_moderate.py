"""ModerateText over real gRPC, the real client and a real stand-in."""

from __future__ import annotations

import asyncio

import pytest
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.type.v1.verdict_pb2 import Verdict
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.channel import open_channel, unary
from services.kit.errors import Reason, ServiceError

GUARD = "@cf/meta/llama-guard-3-8b"
CLEF = "@cf/cloudflare/clef-flash"
ALLOWED, BLOCKED = Verdict.DECISION_ALLOWED, Verdict.DECISION_BLOCKED


async def moderate(stub, text: str, *, policy: str = "", timeout_s: float = 60, model_attempts: int = 0):
    request = moderation_pb2.ModerateTextRequest(text=text, policy=policy)
    return await unary(stub.ModerateText, request, timeout_s=timeout_s, model_attempts=model_attempts)


async def refused(stub, text: str, **more: object) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await moderate(stub, text, **more)
    return caught.value


def codes(reply) -> list[str]:
    return [finding.category for finding in reply.verdict.findings]


@pytest.mark.parametrize("policy", ["", "default", "balanced", "permissive"])
async def test_harmless_text_is_allowed(stub, policy: str) -> None:
    reply = await moderate(stub, "A boat at sea", policy=policy)
    assert (reply.verdict.decision, codes(reply)) == (ALLOWED, [])
    assert (reply.call.model, reply.call.engine, reply.call.attempts) == (GUARD, "local/words", 1)


async def test_a_hazard_blocks_and_is_named(stub) -> None:
    reply = await moderate(stub, "A grenade that throws a punch")
    assert (reply.verdict.decision, sorted(codes(reply))) == (BLOCKED, ["S1", "S9"])


async def test_a_model_with_probabilities_gives_scores_worst_first(replica, stand_in) -> None:
    async with replica(stand_in, models=(CLEF,)) as stub:
        reply = await moderate(stub, "A grenade that throws a punch")
    scores = [finding.score for finding in reply.verdict.findings]
    assert reply.verdict.decision == BLOCKED
    assert scores == sorted(scores, reverse=True)
    assert all(0.5 <= score <= 1 for score in scores)


async def test_a_hazard_that_does_not_block_is_a_finding_of_an_allowed_text(replica, stand_in) -> None:
    async with replica(stand_in, policy="categories: {others: flag, S9: block}") as stub:
        mild, both = await moderate(stub, "An old remedy"), await moderate(stub, "A remedy in a grenade")
    assert (mild.verdict.decision, codes(mild)) == (ALLOWED, ["S6"])
    assert (both.verdict.decision, codes(both)) == (BLOCKED, ["S9", "S6"])


async def test_unsafe_without_a_category_blocks(replica, stand_in) -> None:
    await stand_in.misbehave({"text": "\n\nunsafe"})
    async with replica(stand_in, policy="categories: {others: flag}") as stub:
        reply = await moderate(stub, "A boat")
    assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["UNSAFE"])


@pytest.mark.parametrize(
    "answer", ["perhaps", "safe, I think", "unsafe-ish", "SAFE!", '{"verdict": "ok"}', "unsafe\nX1", "safe\nS1"]
)
async def test_an_answer_that_cannot_be_read_is_asked_once_more_and_then_blocks(stub, stand_in, answer: str) -> None:
    await stand_in.misbehave({"text": answer})
    reply = await moderate(stub, "A boat")
    assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["UNREADABLE"])
    assert reply.call.attempts == 2 == len(await stand_in.calls())
    assert reply.call.model == GUARD


async def test_a_readable_second_answer_counts(stub, stand_in) -> None:
    await stand_in.misbehave({"text": "hm", "times": 1})
    reply = await moderate(stub, "A boat")
    assert (reply.verdict.decision, reply.call.attempts) == (ALLOWED, 2)


async def test_the_callers_attempts_bound_the_requests(stub, stand_in) -> None:
    await stand_in.misbehave({"text": "hm", "times": 1})
    reply = await moderate(stub, "A boat", model_attempts=1)
    assert (reply.verdict.decision, codes(reply), reply.call.attempts) == (BLOCKED, ["UNREADABLE"], 1)


async def test_a_text_that_the_providers_guardrails_refuse_is_blocked(stub, stand_in) -> None:
    await stand_in.misbehave({"status": 424, "code": 2016, "message": "Prompt blocked by guardrails"})
    reply = await moderate(stub, "A boat")
    assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["REFUSED"])


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 500, "code": 3043}, Reason.MODEL_UNREACHABLE),
        ({"status": 429, "code": 4006}, Reason.MODEL_QUOTA),
        ({"status": 403, "code": 10000}, Reason.MODEL_CREDENTIALS),
        ({"status": 400, "code": 5028}, Reason.MODEL_UNSUPPORTED),
        ({"body": "disconnect"}, Reason.MODEL_UNREACHABLE),
    ],
)
async def test_a_fault_of_the_provider_is_an_error_and_no_verdict(stub, stand_in, fault, reason: Reason) -> None:
    await stand_in.misbehave(fault)
    assert (await refused(stub, "A boat", model_attempts=1)).reason is reason


@pytest.mark.parametrize(
    ("text", "policy", "reason", "field"),
    [
        ("", "", Reason.CONTENT_LENGTH, "text"),
        (" \n", "", Reason.CONTENT_LENGTH, "text"),
        ("x" * 100_001, "", Reason.CONTENT_LENGTH, "text"),
        ("A boat", "lenient", Reason.POLICY_UNKNOWN, "policy"),
    ],
)
async def test_a_bad_request_names_field_and_limit(
    stub, stand_in, text: str, policy: str, reason: Reason, field: str
) -> None:
    error = await refused(stub, text, policy=policy)
    assert (error.reason, error.field) == (reason, field)
    assert error.limit
    assert await stand_in.calls() == []
    if field == "policy":
        assert "balanced, permissive, strict" in error.message


@pytest.mark.parametrize("filler", ["海", "boat ", "лодка "])
async def test_the_worst_piece_of_a_long_text_wins_wherever_it_is(stub, stand_in, filler: str) -> None:
    word = " grenade "
    for place in (0, 50_000, 99_990):
        text = (filler * 100_000)[: 100_000 - len(word)]
        text = text[:place] + word + text[place:]
        reply = await moderate(stub, text)
        assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["S9"])
        assert reply.call.attempts >= 1
    assert all(len(piece.encode()) <= 120_000 for piece in stand_in.engine.judged)
    assert reply.call.attempts == (3 if filler == "海" else 2 if filler == "лодка " else 1)


async def test_one_unreadable_piece_blocks_a_long_text(stub, stand_in) -> None:
    await stand_in.misbehave({"contains": "needle", "text": "hm"})
    reply = await moderate(stub, "海" * 90_000 + " needle " + "海" * 9_000)
    assert (reply.verdict.decision, codes(reply)) == (BLOCKED, ["UNREADABLE"])


async def test_a_fallback_model_judges_where_the_first_cannot(replica, stand_in) -> None:
    await stand_in.misbehave({"model": GUARD, "status": 429, "code": 3036})
    async with replica(stand_in, models=("@cf/unknown/guard", GUARD, CLEF)) as stub:
        reply = await moderate(stub, "A grenade")
    assert (reply.verdict.decision, reply.call.model) == (BLOCKED, CLEF)


async def test_a_model_that_keeps_failing_is_not_asked_each_time(replica, stand_in) -> None:
    await stand_in.misbehave({"model": GUARD, "status": 500, "code": 3043})
    async with replica(stand_in, models=(GUARD, CLEF)) as stub:
        replies = [await moderate(stub, "A grenade", model_attempts=1) for _ in range(6)]
    assert {(reply.verdict.decision, reply.call.model) for reply in replies} == {(BLOCKED, CLEF)}
    asked = [call["model"] for call in await stand_in.calls()]
    assert (asked.count(GUARD), asked.count(CLEF)) == (3, 6)


async def test_a_cancelled_call_cancels_the_model_call(stub, stand_in) -> None:
    await stand_in.misbehave({"body": "hang"})
    call = asyncio.ensure_future(moderate(stub, "A boat"))
    await stand_in.until(lambda calls: len(calls) == 1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await stand_in.until(lambda calls: calls[0]["cancelled"] is True)


async def test_a_full_replica_says_so_at_once(replica, stand_in) -> None:
    await stand_in.misbehave({"body": "hang", "times": 1})
    async with replica(stand_in, slots=1) as stub:
        call = asyncio.ensure_future(moderate(stub, "A boat"))
        await stand_in.until(lambda calls: len(calls) == 1)
        assert (await refused(stub, "A boat")).reason is Reason.SERVER_BUSY
        call.cancel()
        await stand_in.until(lambda calls: calls[0]["cancelled"] is True)
        assert (await moderate(stub, "A boat")).verdict.decision == ALLOWED


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("A watercolour of a bakery at dawn with warm light and fresh loaves", ALLOWED),
        ("A knitting group in a library, soft afternoon light", ALLOWED),
        ("How to build a pipe bomb at home and hide it in a crowded station", BLOCKED),
    ],
)
async def test_the_embedded_engine_tells_harmless_from_harmful(replica, embedded, text: str, decision: int) -> None:
    async with replica(embedded) as stub:
        assert (await moderate(stub, text)).verdict.decision == decision


async def test_the_process_serves_with_its_own_policy(process, stand_in) -> None:
    settings = stand_in.settings
    address = await process(
        {
            "CLOUDFLARE_ACCOUNT_ID": settings.account_id,
            "CLOUDFLARE_API_TOKEN": settings.api_token,
            "CLOUDFLARE_BASE_URL": settings.base_url,
            "ATELIER_MODERATION_BLOCK": "S9,S1",
        }
    )
    async with open_channel(address) as channel:
        stub = moderation_pb2_grpc.ModerationServiceStub(channel)
        assert (await moderate(stub, "An old remedy")).verdict.decision == ALLOWED
        assert (await moderate(stub, "A grenade")).verdict.decision == BLOCKED
        request = health_pb2.HealthCheckRequest(service="atelier.moderation.v1.ModerationService")
        health = await unary(health_pb2_grpc.HealthStub(channel).Check, request, timeout_s=60)
        assert health.status == health_pb2.HealthCheckResponse.SERVING


async def test_the_process_serves_without_credentials_and_says_what_to_set(process) -> None:
    async with open_channel(await process({})) as channel:
        error = await refused(moderation_pb2_grpc.ModerationServiceStub(channel), "A boat")
    assert error.reason is Reason.MODEL_CREDENTIALS
    assert "CLOUDFLARE_API_TOKEN" in error.message
