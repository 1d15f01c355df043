"""What troubles between the gateway and the orchestrator mean for a webhook: a pause, or its end, but no attempt."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway.webhooks.addresses import AllowList
from gateway.webhooks.delivery import State, Subscription
from gateway.webhooks.follower import NEWS_TRAVEL_S, Follower
from gateway.webhooks.secretfile import SecretSource
from gateway.webhooks.sender import NOT_PUBLIC, Sender
from gateway.webhooks.store import Store
from services.kit.errors import Reason, ServiceError

NAME = "assets/a"


@dataclass
class Log:
    """Events of one asset, after which the stream ends, in order or with an error."""

    events: list[pb.AssetEvent] = field(default_factory=list)
    error: Reason | None = None

    async def watch(self, name: str, after: int) -> AsyncGenerator[pb.AssetEvent, None]:
        for event in self.events[after:]:
            yield event
        if self.error is not None:
            raise ServiceError(self.error, "because")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    made = Store(tmp_path / "webhooks.db")
    yield made
    await made.close()


def subscription(age_s: float = 0.0, events: tuple[str, ...] = ("finished",)) -> Subscription:
    now_s = time.time()
    return Subscription(NAME, "http://127.0.0.1:9/", events, "", now_s - age_s, now_s)


async def followed(store: Store, log: Log, begun: Subscription) -> Subscription | None:
    """The subscription after one round without an allow list, so that every delivery is refused."""
    await store.add(begun)
    secrets = SecretSource("whsec_" + "a" * 44, Path("unused"))
    await Follower(log, store, Sender(AllowList()), secrets).follow(begun)
    return await store.get(NAME)


ACCEPTED = pb.AssetEvent(asset=NAME, sequence=1, accepted=pb.Accepted())
FINISHED = pb.AssetEvent(asset=NAME, sequence=2, finished=pb.Finished())


@pytest.mark.parametrize("error", [None, Reason.SERVICE_UNREACHABLE, Reason.STORE_UNAVAILABLE, Reason.INTERNAL])
async def test_a_stream_that_breaks_is_taken_up_later(store: Store, error: Reason | None) -> None:
    begun = subscription()
    after = await followed(store, Log([ACCEPTED], error), begun)
    assert after is not None
    assert after.next_attempt_s > begun.next_attempt_s
    assert replace(after, next_attempt_s=begun.next_attempt_s) == begun


@pytest.mark.parametrize("error", [Reason.EVENTS_EXPIRED, Reason.FIELD_INVALID])
async def test_events_that_are_lost_end_the_webhook(store: Store, error: Reason) -> None:
    after = await followed(store, Log([], error), subscription())
    assert after is not None
    assert after.state is State.EXPIRED


async def test_an_unknown_asset_takes_its_webhook_along_unless_it_is_news(store: Store) -> None:
    log = Log([], Reason.ASSET_UNKNOWN)
    young = await followed(store, log, subscription())
    assert young is not None
    assert young.state is State.ACTIVE
    await store.delete(NAME)
    assert await followed(store, log, subscription(NEWS_TRAVEL_S + 1)) is None


async def test_a_final_event_is_no_end_where_the_log_goes_on(store: Store) -> None:
    reviewed = pb.AssetEvent(asset=NAME, sequence=3, variant_reviewed=pb.VariantReviewed())
    after = await followed(store, Log([ACCEPTED, FINISHED, reviewed]), subscription(events=("variantImaged",)))
    assert after is not None
    assert after.state is State.ACTIVE


async def test_a_complete_webhook_stays_so_while_nothing_follows(store: Store) -> None:
    begun = replace(subscription(events=()), state=State.COMPLETE, delivered=2)
    after = await followed(store, Log([ACCEPTED, FINISHED]), begun)
    assert after is not None
    assert after.state is State.COMPLETE
    assert after.next_attempt_s > begun.next_attempt_s


async def test_the_end_of_the_log_completes_a_webhook_that_does_not_want_it(store: Store) -> None:
    after = await followed(store, Log([ACCEPTED, FINISHED]), subscription(events=("variantImaged",)))
    assert after is not None
    assert after.state is State.COMPLETE


async def test_a_target_that_is_not_public_any_more_is_a_failed_attempt(store: Store) -> None:
    after = await followed(store, Log([ACCEPTED, FINISHED]), subscription(events=()))
    assert after is not None
    assert (after.state, after.attempts, after.delivered, after.last_problem) == (State.ACTIVE, 1, 0, NOT_PUBLIC)
