from __future__ import annotations

import asyncio
import contextlib

import pytest
from prometheus_client import REGISTRY

from services.kit import call
from services.kit.errors import Reason, ServiceError
from services.workers_ai.breaker import FAILURES, FIRST_PAUSE_S, Breaker
from services.workers_ai.fallback import first_that_answers


class Models:
    """Answers by name: an error to raise, or else the name itself."""

    def __init__(self, **errors: Reason) -> None:
        self.errors = errors
        self.asked: list[str] = []

    async def ask(self, model: str) -> str:
        self.asked.append(model)
        if model in self.errors:
            raise ServiceError(self.errors[model], model)
        return model


@pytest.mark.parametrize("reason", [Reason.MODEL_UNREACHABLE, Reason.MODEL_UNSUPPORTED, Reason.MODEL_QUOTA])
async def test_the_next_model_answers_where_one_cannot(reason: Reason) -> None:
    models = Models(first=reason)
    assert await first_that_answers(("first", "second", "third"), models.ask) == "second"
    assert models.asked == ["first", "second"]


@pytest.mark.parametrize(
    "reason", [Reason.FIELD_INVALID, Reason.MODEL_REFUSED, Reason.MODEL_CREDENTIALS, Reason.MODEL_OUTPUT]
)
async def test_a_refusal_or_a_bad_request_is_not_taken_to_another_model(reason: Reason) -> None:
    models = Models(first=reason)
    with pytest.raises(ServiceError) as caught:
        await first_that_answers(("first", "second"), models.ask)
    assert caught.value.reason is reason
    assert models.asked == ["first"]


async def test_where_none_answers_the_error_that_may_pass_is_raised() -> None:
    models = Models(first=Reason.MODEL_UNSUPPORTED, second=Reason.MODEL_UNREACHABLE)
    with pytest.raises(ServiceError) as caught:
        await first_that_answers(("first", "second"), models.ask)
    assert caught.value.reason is Reason.MODEL_UNREACHABLE


async def test_no_further_model_is_asked_when_the_time_is_over() -> None:
    models = Models(first=Reason.MODEL_UNREACHABLE)
    with call.scope(0.0), pytest.raises(ServiceError):
        await first_that_answers(("first", "second"), models.ask)
    assert models.asked == ["first"]


async def test_no_models_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(ServiceError) as caught:
        await first_that_answers((), Models().ask)
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED


async def asked_each_time(models: Models, breaker: Breaker, times: int) -> list[list[str]]:
    """Which models each of so many calls asks."""
    rounds = []
    for _ in range(times):
        models.asked.clear()
        with contextlib.suppress(ServiceError):
            await first_that_answers(("first", "second"), models.ask, breaker)
        rounds.append(list(models.asked))
    return rounds


async def test_a_model_that_keeps_failing_is_passed_over_and_comes_back() -> None:
    now = [0.0]
    breaker, models = Breaker(lambda: now[0]), Models(first=Reason.MODEL_UNREACHABLE)
    both, rest = ["first", "second"], ["second"]
    assert await asked_each_time(models, breaker, 5) == [both] * FAILURES + [rest] * 2
    now[0] += FIRST_PAUSE_S
    assert await asked_each_time(models, breaker, 2) == [both, rest]
    models.errors.clear()
    now[0] += 2 * FIRST_PAUSE_S
    assert await asked_each_time(models, breaker, 2) == [["first"], ["first"]]


async def test_a_model_that_is_passed_over_is_asked_after_all_where_the_others_fail() -> None:
    breaker, models = Breaker(lambda: 0.0), Models(first=Reason.MODEL_UNREACHABLE)
    await asked_each_time(models, breaker, FAILURES)
    models.errors = {"second": Reason.MODEL_QUOTA}
    assert await asked_each_time(models, breaker, 2) == [["second", "first"], ["first"]]
    models.errors = {"first": Reason.MODEL_QUOTA, "second": Reason.MODEL_QUOTA}
    with pytest.raises(ServiceError):
        await first_that_answers(("first", "second"), models.ask, breaker)


@pytest.mark.parametrize("reason", [Reason.MODEL_OUTPUT, Reason.MODEL_REFUSED, Reason.MODEL_CREDENTIALS])
async def test_a_model_that_answers_with_a_refusal_is_not_passed_over(reason: Reason) -> None:
    breaker, models = Breaker(lambda: 0.0), Models(first=reason)
    assert await asked_each_time(models, breaker, 2 * FAILURES) == [["first"]] * 2 * FAILURES


async def test_callers_that_give_a_model_no_time_do_not_have_it_passed_over() -> None:
    breaker, models = Breaker(lambda: 0.0), Models(first=Reason.MODEL_UNREACHABLE)
    with call.scope(0.0):
        await asked_each_time(models, breaker, 2 * FAILURES)
    assert breaker.order(("first", "second")) == ["first", "second"]


async def test_a_cancelled_call_says_nothing_about_the_model() -> None:
    now = [0.0]
    breaker, models = Breaker(lambda: now[0]), Models(first=Reason.MODEL_UNREACHABLE)
    await asked_each_time(models, breaker, FAILURES)
    now[0] += FIRST_PAUSE_S

    async def cancelled(model: str) -> str:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await first_that_answers(("first", "second"), cancelled, breaker)
    assert breaker.order(("first", "second")) == ["first", "second"]


async def test_a_model_that_is_passed_over_is_counted_until_it_answers() -> None:
    now_s, model = [0.0], "counted"

    def shown(name: str) -> float | None:
        return REGISTRY.get_sample_value(name, {"gen_ai_request_model": model})

    breaker, models = Breaker(lambda: now_s[0]), Models(counted=Reason.MODEL_UNREACHABLE)
    for _ in range(FAILURES):
        assert not shown("atelier_breaker_open")
        with pytest.raises(ServiceError):
            await first_that_answers((model,), models.ask, breaker)
    assert (shown("atelier_breaker_open"), shown("atelier_breaker_opened_total")) == (1, 1)
    now_s[0] += FIRST_PAUSE_S
    with pytest.raises(ServiceError):
        await first_that_answers((model,), models.ask, breaker)
    assert (shown("atelier_breaker_open"), shown("atelier_breaker_opened_total")) == (1, 2)
    models.errors = {model: Reason.MODEL_REFUSED}
    with pytest.raises(ServiceError):
        await first_that_answers((model,), models.ask, breaker)
    assert shown("atelier_breaker_open") == 0
