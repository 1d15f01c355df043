from __future__ import annotations

import email
import email.policy

import orjson
import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.wire import Answer, Usage, error_of, form_request, result_of, usage_of

MODEL = "@cf/x/y"


def answer(value: object, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    body = value if isinstance(value, bytes) else orjson.dumps(value)
    return Answer(status, body, {"content-type": "application/json; charset=UTF-8", **named})


@pytest.mark.parametrize(
    "value",
    [
        {"result": {"response": "hi"}, "success": True, "errors": [], "messages": []},
        {"result": {"response": "hi"}},
        {"response": "hi"},
    ],
)
def test_the_result_is_taken_out_of_its_envelope_if_there_is_one(value: object) -> None:
    assert result_of(MODEL, answer(value), now_s=0) == {"response": "hi"}


@pytest.mark.parametrize(
    ("value", "status", "reason"),
    [
        ({"result": {}, "success": False, "errors": [{"code": 3040, "message": "x"}]}, 200, Reason.MODEL_UNREACHABLE),
        ({"result": None, "success": False, "errors": [{"code": 7009, "message": "x"}]}, 504, Reason.MODEL_UNREACHABLE),
        ({"success": False, "errors": []}, 200, Reason.MODEL_OUTPUT),
        ({"success": None}, 200, Reason.MODEL_OUTPUT),
        ({"error": "boom"}, 200, Reason.MODEL_OUTPUT),
        ({"error": {"message": "x", "code": "5007"}}, 404, Reason.MODEL_UNSUPPORTED),
        ({"errors": [{"code": 3036, "message": "x"}]}, 429, Reason.MODEL_QUOTA),
        (b"<html>502 Bad Gateway</html>", 502, Reason.MODEL_UNREACHABLE),
        (b"", 500, Reason.MODEL_UNREACHABLE),
        (b"", 200, Reason.MODEL_OUTPUT),
        (b'{"result":', 200, Reason.MODEL_OUTPUT),
        (b"\xff\xfe", 200, Reason.MODEL_OUTPUT),
    ],
)
def test_an_answer_that_reports_a_failure_is_one_whatever_its_status(
    value: object, status: int, reason: Reason
) -> None:
    with pytest.raises(ServiceError) as caught:
        result_of(MODEL, answer(value, status), now_s=0)
    assert caught.value.reason is reason


def test_retry_after_reaches_the_error() -> None:
    with pytest.raises(ServiceError) as caught:
        result_of(MODEL, answer({}, 429, retry_after="12"), now_s=0)
    assert caught.value.retry_after_s == 12


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"errors": [{"code": 1, "message": "a"}, {"code": 2, "message": "b"}]}, (1, "a")),
        ({"errors": [{"code": True, "message": 5}]}, (0, "")),
        ({"errors": ["text"]}, (0, "text")),
        ({"errors": [None]}, (0, "")),
        ({"errors": "x", "error": {"code": -1}}, (0, "")),
        ([], (0, "")),
        (None, (0, "")),
    ],
)
def test_code_and_message_are_read_as_far_as_they_are_there(value: object, expected: tuple[int, str]) -> None:
    assert error_of(value) == expected


@pytest.mark.parametrize(
    ("result", "headers", "usage"),
    [
        ({"usage": {"prompt_tokens": 3, "completion_tokens": 4, "neurons": 0.5}}, {}, Usage(3, 4, 0.5)),
        ({"usage": {"input_tokens": 3, "output_tokens": 0}}, {"cf-ai-neurons": "8.81"}, Usage(3, 0, 8.81)),
        ({"usage": {"neurons": 1}}, {"cf-ai-neurons": "2"}, Usage(0, 0, 2.0)),
        ({"usage": {"prompt_tokens": "3", "completion_tokens": -1, "neurons": True}}, {}, Usage()),
        ({"usage": {"prompt_tokens": 1e300}}, {"cf-ai-neurons": "inf"}, Usage()),
        ({"usage": {"prompt_tokens": 2.0}}, {"cf-ai-neurons": "many"}, Usage(2)),
        ([], {"cf-ai-neurons": "1"}, Usage(neurons=1.0)),
        (None, {}, Usage()),
    ],
)
def test_usage_is_read_as_far_as_it_is_plausible(result: object, headers: dict[str, str], usage: Usage) -> None:
    assert usage_of(result, headers) == usage


def test_a_form_is_read_back_as_it_was_written() -> None:
    fields = [("prompt", 'ünïcode "quoted"\r\n--line'), ("width", "512")]
    request = form_request(fields)
    head = f"Content-Type: {request.content_type}\r\n\r\n".encode()
    parsed = email.message_from_bytes(head + request.body, policy=email.policy.HTTP)
    got = [
        (part.get_param("name", header="content-disposition"), part.get_payload(decode=True))
        for part in parsed.iter_parts()  # type: ignore[attr-defined]
    ]
    assert got == [(name, value.encode()) for name, value in fields]
    assert form_request(fields) == request
