"""When models fail, refuse, stall or lie: what the asset's log then says."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Verdict

from services.kit.errors import Reason, ServiceError
from tests.e2e.harness import Stack, eventually

TEXT = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"


def kinds(events: list[pb.AssetEvent]) -> list[str]:
    return [str(event.WhichOneof("kind")) for event in events]


@pytest.mark.parametrize("model", [TEXT, GUARD, IMAGE])
@pytest.mark.parametrize(("status", "code"), [(429, 3040), (500, 3043), (504, 7009), (408, 3046)])
def test_a_passing_fault_of_the_provider_is_retried_visibly(
    stack: Stack, word: str, model: str, status: int, code: int
) -> None:
    stack.fault(model=model, contains=word, times=1, status=status, code=code)
    events = stack.events(stack.create(word))
    assert kinds(events).count("step_retried") == 1
    retried = next(event.step_retried for event in events if event.HasField("step_retried"))
    assert ServiceError.from_status(retried.error).reason is Reason.MODEL_UNREACHABLE
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


def test_a_fault_that_stays_fails_the_asset_with_its_reason(stack: Stack, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, status=500, code=3043)
    events = stack.events(stack.create(word))
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert ServiceError.from_status(asset.variants[0].error).reason is Reason.MODEL_UNREACHABLE
    assert 2 <= kinds(events).count("step_started") - 2 <= 6


def test_used_up_quota_is_not_retried_and_says_until_when(stack: Stack, word: str) -> None:
    stack.fault(model=TEXT, contains=word, status=429, code=4006)
    events = stack.events(stack.create(word))
    assert "step_retried" not in kinds(events)
    error = ServiceError.from_status(events[-1].finished.asset.error)
    assert error.reason is Reason.MODEL_QUOTA
    assert error.retry_after_s is not None
    assert 0 < error.retry_after_s <= 86_400


def test_refused_credentials_say_what_to_set(stack: Stack, word: str) -> None:
    stack.fault(model=TEXT, contains=word, status=401, code=10000)
    asset = stack.final(stack.create(word))
    error = ServiceError.from_status(asset.error)
    assert error.reason is Reason.MODEL_CREDENTIALS
    assert "CLOUDFLARE_API_TOKEN" in error.message


@pytest.mark.parametrize("body", ["truncated", "garbage", "black", "blank", "empty"])
def test_what_is_no_picture_is_tried_once_more_and_never_a_success(stack: Stack, word: str, body: str) -> None:
    stack.fault(model=IMAGE, contains=word, body=body)
    events = stack.events(stack.create(word))
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert ServiceError.from_status(asset.variants[0].error).reason is Reason.MODEL_OUTPUT
    assert kinds(events).count("step_retried") == 1


def test_a_bad_picture_followed_by_a_good_one_succeeds(stack: Stack, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, body="truncated", times=1)
    assert stack.final(stack.create(word)).state == pb.Asset.STATE_SUCCEEDED


def test_a_prompt_against_the_policy_is_rewritten_twice_and_then_blocked(stack: Stack, word: str) -> None:
    stack.fault(model=GUARD, contains="", text="\n\nunsafe\nS1,S9")
    events = stack.events(stack.create(word))
    assert kinds(events).count("prompt_rewritten") == 2
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_BLOCKED
    assert not asset.HasField("error")
    variant = asset.variants[0]
    assert variant.verdict.decision == Verdict.DECISION_BLOCKED
    assert {finding.category for finding in variant.verdict.findings} == {"S1", "S9"}
    assert not variant.HasField("image")
    assert not variant.HasField("error")


def test_a_safer_prompt_that_passes_is_painted(stack: Stack, word: str) -> None:
    stack.fault(model=GUARD, contains="", text="unsafe\nS1", times=1)
    events = stack.events(stack.create(word))
    assert kinds(events).count("prompt_rewritten") == 1
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


@pytest.mark.parametrize("answer", ["perhaps", "safe, I think", "", "unsafe-ish"])
def test_a_verdict_that_cannot_be_read_never_lets_anything_through(stack: Stack, word: str, answer: str) -> None:
    if answer:
        stack.fault(model=GUARD, contains="", text=answer)
    else:
        stack.fault(model=GUARD, contains="", body="garbage")
    asset = stack.final(stack.create(word))
    assert asset.state in (pb.Asset.STATE_BLOCKED, pb.Asset.STATE_FAILED)
    assert not asset.variants[0].HasField("image")


def test_one_variant_that_fails_leaves_the_others_alone(stack: Stack, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, times=1, status=400, code=5006, message="AiError: Bad input")
    asset = stack.final(stack.create(word, {"variantCount": 3}))
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert sorted(variant.HasField("image") for variant in asset.variants) == [False, True, True]
    assert sorted(variant.HasField("error") for variant in asset.variants) == [False, False, True]


def test_the_providers_own_filter_is_answered_with_another_prompt(stack: Stack, word: str) -> None:
    message = "AiError: Input prompt contains NSFW content"
    stack.fault(model=IMAGE, contains="", times=1, status=400, code=3030, message=message)
    events = stack.events(stack.create(word))
    assert kinds(events).count("prompt_rewritten") == 1
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


def test_a_cancel_reaches_the_running_model_call(stack: Stack, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, body="hang")
    name = stack.create(word)

    def hanging() -> list[dict[str, object]]:
        after = [event for event in stack.calls() if event["model"] == IMAGE]
        return [call for call in after if not call["status"]]

    eventually(hanging, "the picture is being painted")
    answer = stack.session.post(f"{stack.url}/v1/{name}:cancel", timeout=90)
    assert answer.json()["state"] == "STATE_CANCELLED"
    eventually(
        lambda: any(call["cancelled"] for call in stack.calls() if call["model"] == IMAGE), "the model call ended"
    )
    eventually(lambda: not hanging(), "nothing hangs any more")
    again = stack.session.post(f"{stack.url}/v1/{name}:cancel", timeout=90)
    assert again.json() == answer.json()
    assert stack.events(name)[-1].finished.asset.state == pb.Asset.STATE_CANCELLED


def test_a_disconnect_is_not_a_cancel(stack: Stack, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, latency_ms=300)
    answer = stack.session.post(
        f"{stack.url}/v1/assets",
        json={"content": word},
        headers={"Accept": "text/event-stream"},
        stream=True,
        timeout=90,
    )
    name = answer.headers["Location"].removeprefix("/v1/")
    answer.close()
    assert stack.final(name).state == pb.Asset.STATE_SUCCEEDED
