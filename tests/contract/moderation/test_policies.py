"""Policies over real gRPC: places, actions, thresholds, own rules, allowed phrases, votes, estimates."""

from __future__ import annotations

import hashlib
from itertools import product

import pytest
from atelier.moderation.v1 import moderation_pb2
from atelier.type.v1 import cost_pb2, verdict_pb2
from atelier.type.v1.verdict_pb2 import Verdict
from prometheus_client import REGISTRY

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.moderation.actions import Action, Place

GUARD = "@cf/meta/llama-guard-3-8b"
CLEF = "@cf/cloudflare/clef-flash"
ALLOWED, BLOCKED, REVIEW = Verdict.DECISION_ALLOWED, Verdict.DECISION_BLOCKED, Verdict.DECISION_REVIEW
FLAG = verdict_pb2.ACTION_FLAG
BOTH = f'models: ["{GUARD}", "{CLEF}"]\n'


async def moderate(stub, text: str, **fields: object):
    request = moderation_pb2.ModerateTextRequest(text=text, **fields)
    return await unary(stub.ModerateText, request, timeout_s=60, model_attempts=1)


def found(reply) -> list[tuple[str, str]]:
    return [(one.category, verdict_pb2.Action.Name(one.action)[7:].lower()) for one in reply.verdict.findings]


async def test_every_policy_is_listed_with_its_document_and_the_default_one_first(replica, stand_in) -> None:
    async with replica(stand_in, policy="overlap: on\nplaces: {content: on, image: off}") as stub:
        reply = await unary(stub.ListPolicies, moderation_pb2.ListPoliciesRequest(), timeout_s=60)
    assert [policy.version.name for policy in reply.policies] == ["own", "balanced", "permissive", "strict"]
    own = reply.policies[0]
    assert list(own.places) == [verdict_pb2.PLACE_CONTENT, verdict_pb2.PLACE_PROMPT]
    assert own.overlap
    for policy in reply.policies:
        stated, _, digest = policy.version.version.partition("+sha256:")
        assert hashlib.sha256(policy.document.encode()).hexdigest().startswith(digest)
        assert stated == ("3" if policy is own else "1")
        assert policy.description


@pytest.mark.parametrize("eyes", [(), (CLEF,)])
async def test_pictures_are_a_place_where_a_model_can_see_or_has_to(replica, stand_in, eyes) -> None:
    async with replica(stand_in, image_models=eyes) as stub:
        reply = await unary(stub.ListPolicies, moderation_pb2.ListPoliciesRequest(), timeout_s=60)
    seen = {policy.version.name for policy in reply.policies if verdict_pb2.PLACE_IMAGE in policy.places}
    assert seen == ({"balanced", "permissive", "strict"} if eyes else {"strict"})


async def test_a_verdict_says_place_policy_and_for_each_finding_score_threshold_action_and_model(
    replica, stand_in
) -> None:
    async with replica(stand_in, models=(CLEF,), policy="categories: {S9: {prompt: {flag: 0.2, block: 0.5}}}") as stub:
        reply = await moderate(stub, "A grenade")
        listed = await unary(stub.ListPolicies, moderation_pb2.ListPoliciesRequest(), timeout_s=60)
    (finding,) = reply.verdict.findings
    assert reply.verdict.decision == BLOCKED
    assert reply.verdict.place == verdict_pb2.PLACE_PROMPT
    assert reply.verdict.policy == listed.policies[0].version
    assert (finding.category, finding.model, finding.action) == ("S9", "local/words", verdict_pb2.ACTION_BLOCK)
    assert finding.title == "Indiscriminate Weapons"
    assert (round(finding.score, 3), round(finding.threshold, 3)) == (0.9, 0.5)


@pytest.mark.parametrize(
    ("text", "decision", "action"),
    [("maybe nude", REVIEW, "review"), ("nude", BLOCKED, "block"), ("a boat", ALLOWED, None)],
)
async def test_a_borderline_score_waits_for_a_person(replica, stand_in, text: str, decision: int, action: str) -> None:
    async with replica(stand_in, models=(CLEF,)) as stub:
        reply = await moderate(stub, text, policy="strict")
        balanced = await moderate(stub, text)
    assert reply.verdict.decision == decision
    assert found(reply) == ([("S12", action)] if action else [])
    assert balanced.verdict.decision == (ALLOWED if decision == REVIEW else decision)


async def test_strict_asks_a_second_model_that_knows_doubt(stub) -> None:
    reply = await moderate(stub, "maybe nude", policy="strict")
    assert (reply.verdict.decision, found(reply)) == (REVIEW, [("S12", "review")])
    assert [vote.model for vote in reply.votes] == [GUARD, CLEF]


async def test_each_place_has_its_own_actions(replica, stand_in) -> None:
    policy = "places: {content: on}\ncategories: {S1: {content: allow, prompt: review}}"
    async with replica(stand_in, policy=policy) as stub:
        content = await moderate(stub, "A punch", place=verdict_pb2.PLACE_CONTENT)
        prompt = await moderate(stub, "A punch", place=verdict_pb2.PLACE_PROMPT)
        unsaid = await moderate(stub, "A punch")
    assert (content.verdict.decision, found(content)) == (ALLOWED, [("S1", "allow")])
    assert content.verdict.place == verdict_pb2.PLACE_CONTENT
    assert (prompt.verdict.decision, found(prompt)) == (REVIEW, [("S1", "review")])
    assert unsaid.verdict == prompt.verdict


async def test_a_place_that_the_policy_does_not_judge_costs_nothing_and_says_so(stub, stand_in) -> None:
    reply = await moderate(stub, "A grenade", place=verdict_pb2.PLACE_CONTENT)
    assert reply.verdict.decision == ALLOWED
    assert "balanced does not judge" in reply.verdict.unjudged
    assert not reply.HasField("call")
    assert await stand_in.calls() == []


@pytest.mark.parametrize("place", [verdict_pb2.PLACE_IMAGE, 9])
async def test_a_text_is_no_picture(stub, stand_in, place: int) -> None:
    with pytest.raises(ServiceError) as caught:
        await moderate(stub, "A boat", place=place)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "place")


async def test_an_allowed_phrase_is_no_finding_and_the_rest_is_still_judged(replica, stand_in) -> None:
    async with replica(stand_in, policy="allow: [hand grenade, punch bowl]") as stub:
        lifted = await moderate(stub, "A hand  grenade beside a punch bowl")
        rest = await moderate(stub, "A hand grenade and another grenade")
        whole = await moderate(stub, "hand grenade")
        inside = await moderate(stub, "A hand grenades")
    assert (lifted.verdict.decision, sorted(found(lifted))) == (ALLOWED, [("S1", "allow"), ("S9", "allow")])
    assert (rest.verdict.decision, found(rest)) == (BLOCKED, [("S9", "block")])
    assert (whole.verdict.decision, inside.verdict.decision) == (ALLOWED, BLOCKED)


async def test_own_rules_are_asked_of_clef_with_the_hazards(replica, stand_in) -> None:
    await stand_in.misbehave()
    policy = 'rules: {rivals: {question: "Is anything harmful or unsafe in it?", prompt: {review: 0.5, block: 0.95}}}'
    async with replica(stand_in, models=(CLEF,), policy=policy) as stub:
        bad, good = await moderate(stub, "A punch"), await moderate(stub, "A boat")
    assert found(bad) == [("S1", "block"), ("rivals", "review")]
    assert bad.verdict.findings[1].title == "Is anything harmful or unsafe in it?"
    assert (good.verdict.decision, found(good)) == (ALLOWED, [])
    assert len(await stand_in.calls()) == 2


async def test_own_rules_go_to_a_model_of_their_own_where_the_judge_takes_no_questions(replica, stand_in) -> None:
    policy = 'rules: {rivals: {question: "Is anything harmful or unsafe in it?", prompt: review}}'
    async with replica(stand_in, policy=policy) as stub:
        reply = await moderate(stub, "A punch")
    assert found(reply) == [("S1", "block"), ("rivals", "review")]
    assert [call.model for call in reply.votes] == [GUARD, CLEF]


async def test_a_rule_counts_at_its_own_places_alone(replica, stand_in) -> None:
    policy = 'places: {content: on}\nrules: {rivals: {question: "Is it harmful?", content: review}}'
    async with replica(stand_in, models=(CLEF,), policy=policy) as stub:
        prompt = await moderate(stub, "A punch")
        content = await moderate(stub, "A punch", place=verdict_pb2.PLACE_CONTENT)
    assert found(prompt) == [("S1", "block")]
    assert found(content) == [("S1", "block"), ("rivals", "review")]


async def test_two_models_vote_and_each_call_is_told(replica, stand_in) -> None:
    await stand_in.misbehave({"model": GUARD, "text": "safe"})
    async with replica(stand_in, policy=BOTH + "vote: any") as stub:
        any_of = await moderate(stub, "A grenade")
    async with replica(stand_in, policy=BOTH + "vote: all") as stub:
        all_of = await moderate(stub, "A grenade")
    assert (any_of.verdict.decision, found(any_of)) == (BLOCKED, [("S9", "block")])
    assert (all_of.verdict.decision, found(all_of)) == (ALLOWED, [("S9", "flag")])
    for reply in (any_of, all_of):
        assert [vote.model for vote in reply.votes] == [GUARD, CLEF]
        assert reply.call.attempts == 2
        assert reply.call.cost.neurons == pytest.approx(sum(vote.cost.neurons for vote in reply.votes))


async def test_an_unreadable_vote_blocks_whoever_has_to_agree(replica, stand_in) -> None:
    await stand_in.misbehave({"model": GUARD, "text": "hm"})
    async with replica(stand_in, policy=BOTH + "vote: all") as stub:
        reply = await moderate(stub, "A boat")
    assert (reply.verdict.decision, found(reply)) == (BLOCKED, [("UNREADABLE", "block")])


@pytest.mark.parametrize("vote", ["any", "all"])
async def test_a_voter_that_is_down_is_an_error_and_no_vote(replica, stand_in, vote: str) -> None:
    await stand_in.misbehave({"model": CLEF, "status": 500, "code": 3043})
    async with replica(stand_in, policy=BOTH + f"vote: {vote}") as stub:
        with pytest.raises(ServiceError) as caught:
            await moderate(stub, "A boat")
    assert caught.value.reason is Reason.MODEL_UNREACHABLE


async def test_where_any_vote_counts_one_that_blocks_is_enough_although_another_is_down(replica, stand_in) -> None:
    await stand_in.misbehave({"model": CLEF, "status": 500, "code": 3043})
    async with replica(stand_in, policy=BOTH + "vote: any") as stub:
        reply = await moderate(stub, "A grenade")
    assert (reply.verdict.decision, found(reply)) == (BLOCKED, [("S9", "block")])
    async with replica(stand_in, policy=BOTH + "vote: all") as stub:
        with pytest.raises(ServiceError):
            await moderate(stub, "A grenade")


async def test_a_voter_may_have_fallbacks_and_the_servers_own_model_may_vote(replica, stand_in) -> None:
    await stand_in.misbehave({"model": CLEF, "status": 500, "code": 3043})
    policy = f'models: [server, ["{CLEF}", "@cf/cloudflare/clef"]]'
    async with replica(stand_in, policy=policy) as stub:
        reply = await moderate(stub, "A boat")
    assert [vote.model for vote in reply.votes] == [GUARD, "@cf/cloudflare/clef"]


@pytest.mark.parametrize(("models", "policy"), [((GUARD,), ""), ((CLEF,), ""), ((GUARD,), BOTH)])
async def test_an_estimate_asks_no_model_and_is_near_what_it_then_costs(replica, stand_in, models, policy) -> None:
    text = "A grenade that throws a punch, told in some more words than these few. " * 60
    async with replica(stand_in, models=models, policy=policy) as stub:
        estimate = await moderate(stub, text, validate_only=True)
        assert await stand_in.calls() == []
        real = await moderate(stub, text)
    assert not estimate.HasField("verdict")
    assert estimate.call.cost.source == cost_pb2.COST_SOURCE_ESTIMATED
    assert len(estimate.votes) == len(real.votes)
    assert estimate.call.cost.billed_usd == 0
    assert 0.4 < estimate.call.cost.usd / real.call.cost.usd < 4


async def test_an_estimate_for_a_place_that_is_not_judged_is_nothing(stub) -> None:
    reply = await moderate(stub, "A boat", place=verdict_pb2.PLACE_CONTENT, validate_only=True)
    assert not reply.HasField("call")


async def test_verdicts_of_every_kind_are_counted_from_nothing(replica, stand_in) -> None:
    async with replica(stand_in) as stub:
        listed = await unary(stub.ListPolicies, moderation_pb2.ListPoliciesRequest(), timeout_s=60)
        for place, action, policy in product(Place, Action, listed.policies):
            labels = {"place": place.value, "action": action.name.lower(), "policy": policy.version.name}
            assert REGISTRY.get_sample_value("atelier_verdicts_total", labels) is not None, labels
