"""It happened, but the caller saw a time-out: at every write to the store and every call of a leaf, one at a time."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from tests.contract.orchestrator.forgetful import Forgetful, ForgetfulOf, check_log, forgetful_call, insist

METHODS = ("GeneratePrompts", "ModerateText", "RewritePrompt", "GenerateImage")
CALLS = ("GeneratePrompts", "ModerateText", "RewritePrompt", "GenerateImage", "ModerateImage")


@pytest.mark.parametrize("nth", range(1, 8))
async def test_an_append_that_was_thought_lost_changes_nothing(stack, leaves, nth):
    journal = Forgetful(stack.journal, ("append",), nth)
    stack.use(journal, stack.queue)
    leaves.block(times=1)
    async with stack.replica() as client:
        created = await insist(lambda: client.create("a fox", request_id="once", detach=True))
        events = await client.watch(created[0].asset)
    check_log(events)
    assert journal.count <= 0
    assert [len(leaves.of(method)) for method in METHODS] == [1, 2, 1, 1]
    assert not any(event.HasField("step_unknown") for event in events)


@pytest.mark.parametrize("write", ["claim", "enqueue"])
async def test_a_claim_or_a_job_that_was_thought_lost_makes_no_second_asset(stack, leaves, write):
    stack.use(Forgetful(stack.journal, (write,), 1), Forgetful(stack.queue, (write,), 1))
    async with stack.replica() as client:
        created = await insist(lambda: client.create("a fox", request_id="once", detach=True))
        check_log(await client.watch(created[0].asset))
        assert len((await client.list()).assets) == 1
    assert len(leaves.of("GeneratePrompts")) == 1


async def test_a_deletion_that_was_thought_to_have_failed_leaves_nothing(stack):
    stack.use(Forgetful(stack.journal, ("delete",), 1), stack.queue)
    async with stack.replica() as client:
        name = (await client.create("a fox", request_id="once"))[0].asset
        with pytest.raises(ServiceError) as caught:
            await insist(lambda: client.delete(name))
        assert caught.value.reason is Reason.ASSET_UNKNOWN
        assert (await client.create("a cat", request_id="once"))[0].asset != name


async def test_a_cancel_that_was_thought_lost_is_one_event(stack, leaves):
    leaves.hang("GenerateImage")
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await leaves.wait_for("GenerateImage")
        before = (await client.get(name)).last_sequence
    stack.use(Forgetful(stack.journal, ("append",), 1), stack.queue)
    async with stack.replica() as client:
        asset = await insist(lambda: client.cancel(name))
        assert asset.state == pb.Asset.STATE_CANCELLED
        assert asset.last_sequence >= before + 1
        events = await client.watch(name)
        assert sum(event.HasField("finished") for event in events) == 1


async def test_the_news_of_a_failed_try_that_was_thought_lost_is_told_once(stack, leaves):
    journal = ForgetfulOf(stack.journal, "step_retried", "variant_failed")
    stack.use(journal, stack.queue)
    leaves.fail("ModerateText", Reason.MODEL_UNREACHABLE, times=1)
    leaves.fail("GenerateImage", Reason.MODEL_UNSUPPORTED, match=lambda request: request.prompt == "a fox 1")
    async with stack.replica() as client:
        events = await client.create("a fox", variant_count=2)
    check_log(events)
    assert journal.forgotten == {"step_retried": 1, "variant_failed": 1}
    assert sum(event.HasField("variant_failed") for event in events) == 1


async def test_a_position_that_was_thought_untold_is_told_once(stack, leaves, monkeypatch):
    monkeypatch.setattr("services.orchestrator.waiting.FIRST_S", 0.05)
    journal = ForgetfulOf(stack.journal, "queued")
    stack.use(journal, stack.queue)
    release = leaves.hang("GeneratePrompts")
    async with stack.replica(slots=1) as client:
        await client.create("a fox", detach=True)
        await leaves.wait_for("GeneratePrompts")
        name = (await client.create("a cat", detach=True))[0].asset
        await client.until(name, "queued")
        release.set()
        events = await client.watch(name)
    check_log(events)
    assert journal.forgotten == {"queued": 1}
    positions = [event.queued.position for event in events if event.HasField("queued")]
    assert len(positions) == len(set(positions))


async def test_the_takeover_of_an_open_call_that_was_thought_lost_is_told_once(stack, leaves):
    release = leaves.hang("GenerateImage", times=1)
    async with stack.replica(grace_s=0.1) as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await leaves.wait_for("GenerateImage")
    journal = ForgetfulOf(stack.journal, "step_unknown")
    stack.use(journal, stack.queue)
    async with stack.replica() as client:
        events = await client.watch(name)
    release.set()
    check_log(events)
    assert journal.forgotten == {"step_unknown": 1}
    assert sum(event.HasField("step_unknown") for event in events) == 1
    assert len(leaves.of("GenerateImage")) == 2


async def test_a_review_that_was_thought_lost_is_one_decision(stack, leaves):
    journal = ForgetfulOf(stack.journal, "review_requested", "variant_reviewed")
    stack.use(journal, stack.queue)
    leaves.judge("ModerateText", "review")
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await client.until(name, "review_requested")
        await insist(lambda: client.review(name, "approve"))
        events = await client.watch(name)
    check_log(events)
    assert journal.forgotten == {"review_requested": 1, "variant_reviewed": 1}
    assert sum(event.HasField("variant_reviewed") for event in events) == 1
    assert len(leaves.of("GenerateImage")) == 1


class ForgetfulLeases:
    """A queue whose taker is told that the end of a job was not heard of: it was, or it was not."""

    def __init__(self, queue, *, heard):
        self._queue = queue
        self.heard = heard
        self.left = 1

    def __getattr__(self, attribute):
        return getattr(self._queue, attribute)

    async def take(self, room=1):
        lease = await self._queue.take(room)
        done, self.left = lease.done, self.left

        async def forgetful():
            if self.left == 0:
                return await done()
            self.left -= 1
            if self.heard:
                await done()
            raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")

        return _Lease(lease, forgetful)


class _Lease:
    def __init__(self, lease, done):
        self._lease = lease
        self.done = done

    def __getattr__(self, attribute):
        return getattr(self._lease, attribute)


@pytest.mark.parametrize("heard", [True, False])
async def test_the_end_of_a_job_that_was_thought_unheard_repeats_nothing(stack, leaves, heard):
    queue = ForgetfulLeases(stack.queue, heard=heard)
    stack.use(stack.journal, queue)
    async with stack.replica() as client:
        events = await client.create("a fox")
        check_log(events)
        assert queue.left == 0
        check_log(await client.create("a cat"))
        assert await client.watch(events[0].asset) == events
    assert len(leaves.of("GenerateImage")) == 2


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("reason", [Reason.DEADLINE_EXCEEDED, Reason.SERVICE_UNREACHABLE])
async def test_a_leaf_that_did_its_work_in_vain_is_asked_once_more_and_the_log_says_so(
    stack, leaves, monkeypatch, new_policy, method, reason
):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.block(match=lambda request: not request.text.endswith("safer"))
    monkeypatch.setattr("services.orchestrator.asking.unary", forgetful_call(method, reason))
    async with stack.replica() as client:
        events = await client.create("a fox")
    check_log(events)
    once = {"GeneratePrompts": 1, "ModerateText": 2, "RewritePrompt": 1, "GenerateImage": 1, "ModerateImage": 1}
    assert {call: len(leaves.of(call)) for call in CALLS} == once | {method: once[method] + 1}
    retries = [event.step_retried for event in events if event.HasField("step_retried")]
    assert reason in [
        ServiceError.from_status(retried.error).reason for retried in retries if retried.method.endswith(method)
    ]
