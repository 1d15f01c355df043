from __future__ import annotations

import pytest

from services.kit import call
from services.kit.errors import Reason, ServiceError
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
