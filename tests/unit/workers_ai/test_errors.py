from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.workers_ai.errors import CODES, Retry, WorkersAIError, clean, failure, named, unreadable

MODEL = "@cf/meta/llama-guard-3-8b"
NOON = 1_000_000 * 86_400 + 43_200.0


def fail(status: int, code: int = 0, message: str = "", retry_after_s: float | None = None) -> WorkersAIError:
    return failure(MODEL, status, code, message, retry_after_s=retry_after_s, now_s=NOON)


@pytest.mark.parametrize(
    ("status", "code", "message", "reason", "retry"),
    [
        (401, 10000, "Authentication error", Reason.MODEL_CREDENTIALS, Retry.NEVER),
        (403, 10000, "Authentication error", Reason.MODEL_CREDENTIALS, Retry.NEVER),
        (403, 0, "", Reason.MODEL_CREDENTIALS, Retry.NEVER),
        (404, 7003, "Could not route to /accounts/x", Reason.MODEL_CREDENTIALS, Retry.NEVER),
        (403, 3023, "blocked", Reason.MODEL_CREDENTIALS, Retry.NEVER),
        (400, 5007, "No such model", Reason.MODEL_UNSUPPORTED, Retry.NEVER),
        (400, 5028, "This model was deprecated", Reason.MODEL_UNSUPPORTED, Retry.NEVER),
        (403, 5035, "requires Workers Paid plan", Reason.MODEL_UNSUPPORTED, Retry.NEVER),
        (403, 5016, "terms not agreed", Reason.MODEL_UNSUPPORTED, Retry.NEVER),
        (403, 3041, "private", Reason.MODEL_UNSUPPORTED, Retry.NEVER),
        (429, 3036, "daily", Reason.MODEL_QUOTA, Retry.NEVER),
        (429, 4006, "daily", Reason.MODEL_QUOTA, Retry.NEVER),
        (402, 2021, "credits", Reason.MODEL_QUOTA, Retry.NEVER),
        (429, 0, "", Reason.MODEL_QUOTA, Retry.BACKOFF),
        (429, 3040, "Capacity temporarily exceeded, please try again.", Reason.MODEL_UNREACHABLE, Retry.BACKOFF),
        (408, 3007, "timeout", Reason.MODEL_UNREACHABLE, Retry.BACKOFF),
        (408, 3046, "timeout", Reason.MODEL_UNREACHABLE, Retry.BACKOFF),
        (500, 3043, "Internal", Reason.MODEL_UNREACHABLE, Retry.BACKOFF),
        (504, 7009, "Upstream service unavailable", Reason.MODEL_UNREACHABLE, Retry.BACKOFF),
        (502, 0, "", Reason.MODEL_UNREACHABLE, Retry.BACKOFF),
        (302, 0, "", Reason.MODEL_UNREACHABLE, Retry.NEVER),
        (400, 3030, "AiError: Input prompt contains NSFW content", Reason.MODEL_REFUSED, Retry.NEVER),
        (200, 3030, "Your output has been flagged. Choose another", Reason.MODEL_REFUSED, Retry.NEVER),
        (400, 3030, "Model input is not valid: width", Reason.FIELD_INVALID, Retry.NEVER),
        (424, 2016, "prompt blocked", Reason.MODEL_REFUSED, Retry.NEVER),
        (422, 2017, "response blocked", Reason.MODEL_REFUSED, Retry.NEVER),
        (400, 5024, "JSON Mode couldn't be met", Reason.MODEL_OUTPUT, Retry.ONCE),
        (200, 0, "", Reason.MODEL_OUTPUT, Retry.ONCE),
        (413, 3006, "too large", Reason.CONTENT_LENGTH, Retry.NEVER),
        (413, 5021, "context window", Reason.CONTENT_LENGTH, Retry.NEVER),
        (400, 5006, "bad input", Reason.FIELD_INVALID, Retry.NEVER),
        (418, 0, "", Reason.FIELD_INVALID, Retry.NEVER),
    ],
)
def test_each_failure_has_one_meaning(status: int, code: int, message: str, reason: Reason, retry: Retry) -> None:
    error = fail(status, code, message)
    assert (error.reason, error.retry) == (reason, retry)
    assert isinstance(error, ServiceError)
    assert error.http_status == status
    assert error.provider_code == code


def test_the_meanings_of_429_are_told_apart_by_code_and_by_words() -> None:
    assert fail(429, 3036).retry_after_s == 43_200
    assert fail(429, 4006).retry_after_s == 43_200
    assert fail(429, 3040).reason is Reason.MODEL_UNREACHABLE
    assert fail(429, 0, "you have used up your daily free allocation of 10,000 neurons").retry_after_s == 43_200
    assert fail(429, 0, "No more data centers to forward the request to").reason is Reason.MODEL_UNREACHABLE
    limited = fail(429, 0, "Rate limited")
    assert limited.reason is Reason.MODEL_QUOTA
    assert limited.retry_after_s is not None
    assert limited.retry_after_s < 60


def test_retry_after_of_the_provider_comes_before_our_own_guess() -> None:
    assert fail(429, 0, "", retry_after_s=17.0).retry_after_s == 17.0
    assert fail(503, 0, "", retry_after_s=3.0).retry_after_s == 3.0


def test_prefixes_are_stripped_and_the_request_id_is_kept_apart() -> None:
    message = "AiError: AiError: Bad input: Length of '/prompt' must be <= 2048 (cba15bde-5351-404a-bc9e-32094e768932)"
    error = fail(400, 5006, message)
    assert "AiError" not in error.message
    assert "cba15bde" not in error.message
    assert error.metadata["provider_request_id"] == "cba15bde-5351-404a-bc9e-32094e768932"
    assert error.field == "prompt"


def test_the_metadata_names_model_code_and_status() -> None:
    metadata = fail(429, 3040).metadata
    assert (metadata["model"], metadata["provider_code"], metadata["http_status"]) == (MODEL, "3040", "429")


def test_an_error_keeps_its_meaning_over_the_wire() -> None:
    status = fail(429, 3036).to_status()
    again = ServiceError.from_status(status)
    assert again.reason is Reason.MODEL_QUOTA
    assert again.retry_after_s == 43_200
    assert again.metadata["provider_code"] == "3036"
    assert WorkersAIError.from_status(status).reason is Reason.MODEL_QUOTA


def test_naming_an_error_keeps_everything_and_takes_the_token_out() -> None:
    error = named(unreadable("the answer repeats secret-token-123456"), MODEL, token="secret-token-123456")
    assert error.message == f"{MODEL}: the answer repeats ***"
    assert error.retry is Retry.ONCE
    assert named(error, "other").message == error.message


@given(st.text())
@settings(deadline=None, database=None)
def test_any_message_becomes_one_short_printable_line(message: str) -> None:
    text, _ = clean(message)
    assert text.isprintable() or text == ""
    assert len(text) <= 300


@given(st.integers(0, 999), st.one_of(st.sampled_from([0, 3030, *CODES]), st.integers(0, 10**9)), st.text())
@settings(deadline=None, database=None)
def test_every_status_code_and_message_has_a_meaning(status: int, code: int, message: str) -> None:
    error = fail(status, code, message)
    assert error.reason in Reason
    assert error.message.startswith(MODEL)
