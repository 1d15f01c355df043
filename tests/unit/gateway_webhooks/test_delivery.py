"""What the outcome of a delivery makes of a subscription, and how deliveries are signed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from gateway.webhooks import delivery, signing
from gateway.webhooks.backoff import WINDOW_S
from gateway.webhooks.delivery import Outcome, State, Subscription

NOW_S = 1_795_000_000.0
FRESH = Subscription("assets/a", "https://hooks.example.org/", (), "", NOW_S, NOW_S)
OLD, NEW = signing.make_secret(b"o" * 32), signing.make_secret(b"n" * 32)


def attempt(subscription: Subscription, outcome: Outcome, at_s: float = NOW_S, sequence: int = 1) -> Subscription:
    return delivery.attempted(subscription, sequence, outcome, began_s=at_s, now_s=at_s, jitter=0.5)


@settings(deadline=None)
@given(st.integers(100, 599))
def test_every_status_delivers_ends_or_is_tried_again(status: int) -> None:
    after = attempt(FRESH, Outcome(status))
    if 200 <= status < 300:
        assert (after.delivered, after.attempts, after.last_problem) == (1, 0, "")
    elif status == 410:
        assert (after.state, after.delivered) == (State.GONE, 0)
    else:
        assert (after.state, after.delivered, after.attempts) == (State.ACTIVE, 0, 1)
        assert after.next_attempt_s > NOW_S
        assert after.last_problem
    assert after.last_status == status


def test_a_day_of_failures_exhausts_a_subscription_and_a_success_starts_a_new_day() -> None:
    failing = attempt(FRESH, Outcome(problem="cannot connect"))
    assert failing.first_attempt_s == NOW_S
    almost = attempt(failing, Outcome(500), NOW_S + WINDOW_S - 1)
    assert (almost.state, almost.next_attempt_s) == (State.ACTIVE, NOW_S + WINDOW_S)
    assert attempt(almost, Outcome(500), NOW_S + WINDOW_S).state is State.EXHAUSTED
    taken = attempt(almost, Outcome(204), NOW_S + WINDOW_S)
    assert (taken.state, taken.delivered, taken.first_attempt_s) == (State.ACTIVE, 1, 0)
    assert attempt(taken, Outcome(500), NOW_S + WINDOW_S + 5, 2).first_attempt_s == NOW_S + WINDOW_S + 5


@settings(deadline=None)
@given(st.lists(st.sampled_from([Outcome(200), Outcome(500), Outcome(302), Outcome(problem="away")]), max_size=30))
def test_events_are_taken_in_order_whatever_fails(outcomes: list[Outcome]) -> None:
    now, taken = FRESH, []
    for number, outcome in enumerate(outcomes):
        sequence = now.delivered + 1
        now = attempt(now, outcome, NOW_S + number, sequence)
        if outcome.is_success:
            taken.append(sequence)
    assert taken == list(range(1, len(taken) + 1))
    assert now.delivered == len(taken)


def test_trouble_of_our_own_is_no_attempt() -> None:
    failing = attempt(FRESH, Outcome(500))
    assert delivery.postponed(failing, NOW_S + 5) == replace(failing, next_attempt_s=NOW_S + 5)
    assert delivery.expired(failing).state is State.EXPIRED
    assert delivery.completed(failing, NOW_S).state is State.COMPLETE


def test_a_log_that_ended_is_looked_at_again_some_fifty_times_in_a_month() -> None:
    now, looks = delivery.completed(FRESH, NOW_S), 0
    while now.next_attempt_s < NOW_S + 30 * 24 * 3600:
        looks += 1
        now = delivery.completed(now, now.next_attempt_s)
    assert 40 <= looks <= 60


def test_an_event_behind_the_end_of_a_log_is_delivered_like_any_other() -> None:
    ended = delivery.completed(attempt(FRESH, Outcome(200)), NOW_S)
    failed = attempt(ended, Outcome(503), NOW_S + 60, 2)
    assert (failed.state, failed.delivered, failed.attempts) == (State.ACTIVE, 1, 1)
    assert attempt(ended, Outcome(200), NOW_S + 60, 2).delivered == 2


def test_a_receiver_with_either_secret_verifies_a_delivery() -> None:
    body = '{"asset":"assets/a","sequence":"1","text":"Möwe"}'.encode()
    now_s = time.time()
    headers = signing.headers([NEW, OLD], signing.message_id("assets/a", 1), now_s, body)
    assert headers["webhook-id"] == "a:1"
    assert headers["webhook-timestamp"] == str(int(now_s))
    for secret in (OLD, NEW):
        assert Webhook(secret).verify(body, headers)["sequence"] == "1"
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.make_secret(b"x" * 32)).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD).verify(body + b" ", headers)


def test_secrets_are_one_or_two_of_the_specified_form() -> None:
    assert signing.parse_secrets(f" {NEW}\n") == (NEW,)
    assert signing.parse_secrets(f"{NEW},{OLD}") == (NEW, OLD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hunter2",
        "whsec_",
        "whsec_!!!!",
        "whsec_c2hvcnQ=",
        f"{NEW} {OLD} {NEW}",
        NEW.removeprefix("whsec_"),
        NEW + "=",
    ],
)
def test_what_is_no_secret_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"secret|whsec_") as caught:
        signing.parse_secrets(text)
    assert not text or text == "whsec_" or text not in str(caught.value)
