"""Requests and answers as bytes and headers: what builders give to the transport and parsers get from it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import orjson

from services.workers_ai.errors import failure, unreadable
from services.workers_ai.retry import retry_after_s

JSON_TYPE = "application/json"
SSE_TYPE = "text/event-stream"
_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Request:
    """A body for `POST .../ai/run/{model}`; sent again unchanged where a request is repeated."""

    body: bytes
    content_type: str = JSON_TYPE


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; headers are asked for by their names in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written, and neurons; 0 where the answer does not say."""

    input_tokens: int = 0
    output_tokens: int = 0
    neurons: float = 0.0


def json_request(body: Mapping[str, object]) -> Request:
    """A JSON request."""
    return Request(orjson.dumps(body))


def form_request(fields: Sequence[tuple[str, str]]) -> Request:
    """A multipart/form-data request of text fields; the same fields give the same bytes."""
    texts = [(name, value.encode()) for name, value in fields]
    boundary = "atelier-" + hashlib.sha256(b"\0".join(value for _, value in texts)).hexdigest()[:40]
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in texts
    ]
    return Request(b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}")


def raise_for_failure(model: str, answer: Answer, *, now_s: float) -> None:
    """Raise the error that an answer's status stands for; a success passes."""
    if not 200 <= answer.status < 300:
        _fail(model, answer, _parsed(answer.body), now_s)


def result_of(model: str, answer: Answer, *, now_s: float) -> object:
    """The `result` of a JSON answer, or the answer itself where it has no envelope.

    An envelope that says `success: false` is a failure whatever the status.
    """
    raise_for_failure(model, answer, now_s=now_s)
    try:
        value: object = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        raise unreadable(f"the answer is not JSON but {len(answer.body)} bytes of {_described(answer)}") from None
    if not isinstance(value, dict):
        return value
    if "success" in value and value["success"] is not True:
        _fail(model, answer, value, now_s)
    if "success" not in value and (value.get("errors") or value.get("error")):
        _fail(model, answer, value, now_s)
    return value.get("result", value)


def result_in(answer: Answer) -> object:
    """The `result` of an answer that failed to be what it should be, None where it is no JSON at all."""
    value = _parsed(answer.body)
    return value.get("result", value) if isinstance(value, dict) else value


def _described(answer: Answer) -> str:
    kind = answer.content_type
    return kind if kind.isprintable() and len(kind) < 80 and kind else "an unnamed type"


def _parsed(body: bytes) -> object:
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return value


def _fail(model: str, answer: Answer, value: object, now_s: float) -> NoReturn:
    code, message = error_of(value)
    wait_s = retry_after_s(answer.headers.get("retry-after", ""), now_s=now_s)
    raise failure(model, answer.status, code, message, retry_after_s=wait_s, now_s=now_s)


def error_of(value: object) -> tuple[int, str]:
    """Code and message of an error answer, Cloudflare's or OpenAI's; 0 and "" where it has none."""
    if not isinstance(value, dict):
        return 0, ""
    errors = value.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else value.get("error")
    if isinstance(first, str):
        return 0, first
    if not isinstance(first, dict):
        return 0, ""
    code, message = first.get("code"), first.get("message")
    return _code(code), message if isinstance(message, str) else ""


def _code(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _INT32 else 0


def usage_of(result: object, headers: Mapping[str, str]) -> Usage:
    """What a call used: tokens from the result's `usage`, neurons from the header or else from there too."""
    found = result.get("usage") if isinstance(result, dict) else None
    usage: Mapping[str, object] = found if isinstance(found, dict) else {}
    return Usage(
        input_tokens=int(_amount(usage.get("prompt_tokens", usage.get("input_tokens")))),
        output_tokens=int(_amount(usage.get("completion_tokens", usage.get("output_tokens")))),
        neurons=_header_amount(headers.get("cf-ai-neurons", "")) or _amount(usage.get("neurons")),
    )


def _amount(value: object) -> float:
    """A plausible count; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if math.isfinite(value) and 0 <= value <= _INT32 else 0.0


def _header_amount(text: str) -> float:
    if not text:
        return 0.0
    try:
        return _amount(float(text))
    except ValueError:
        return 0.0
