"""Whatever a provider answers, a parser either reads it or raises ServiceError; and nothing is safe by accident."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.kit.errors import ServiceError
from services.workers_ai.clef import HAZARD_QUESTIONS, read_decisions
from services.workers_ai.images import read_image
from services.workers_ai.llama_guard import read_verdict
from services.workers_ai.sentiment import read_sentiment
from services.workers_ai.streams import EventReader, delta_of
from services.workers_ai.text_answers import read_data, read_text
from services.workers_ai.wire import Answer, result_of, usage_of

WORDS = (
    *("response", "choices", "message", "content", "delta", "text", "type", "finish_reason", "result", "success"),
    *("safe", "unsafe", "categories", "errors", "error", "code", "image", "answers", "noul", "S1", "usage"),
    *("prompt_tokens", "neurons", "label", "score", "POSITIVE", "NEGATIVE"),
)
KEYS = st.sampled_from(WORDS) | st.text(max_size=5)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(["safe", "unsafe\nS1", "unsafe", "text", "noul", "S1", *WORDS])
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)
SCHEMA = {"type": "object", "required": ["prompts"]}
ON_ANYTHING = settings(deadline=None, database=None, max_examples=300)

PARSERS: dict[str, Callable[[object], object]] = {
    "text": read_text,
    "data": lambda result: read_data(result, SCHEMA),
    "guard": read_verdict,
    "clef": lambda result: read_decisions(result, HAZARD_QUESTIONS),
    "sentiment": read_sentiment,
    "usage": lambda result: usage_of(result, {}),
    "envelope": lambda result: result_of("m", Answer(200, orjson.dumps(result)), now_s=0),
    "image": lambda result: read_image("m", Answer(200, orjson.dumps(result)), now_s=0),
    "event": lambda result: delta_of(orjson.dumps(result).decode()),
}


@pytest.mark.parametrize("name", PARSERS)
@given(result=JSON)
@example(result={"response": {"a": [[[[]]]]}})
@ON_ANYTHING
def test_any_json_is_read_or_refused_with_a_service_error(name: str, result: object) -> None:
    with suppress(ServiceError):
        PARSERS[name](result)


@given(result=JSON)
@ON_ANYTHING
def test_only_the_documented_shapes_are_safe(result: object) -> None:
    try:
        safe, _ = read_verdict(result)
    except ServiceError:
        return
    assert not safe or says_safe(result)


def says_safe(result: object) -> bool:
    """Whether a result says safe in one of the documented shapes, written down a second time and more plainly."""
    assert isinstance(result, dict)
    value = result.get("response")
    if not isinstance(value, str | dict | list):
        content = result["choices"][0].get("message", result["choices"][0])
        value = content.get("content", content.get("text"))
        if isinstance(value, list):
            value = "".join(part["text"] for part in value if isinstance(part, dict) and "text" in part)
    if isinstance(value, str):
        return value.strip() == "safe"
    return isinstance(value, dict) and value["safe"] is True and not value.get("categories")


@given(text=st.text(max_size=40) | st.from_regex(r"\s*(un)?safe\s*(S[0-9]{1,2},?)*\s*", fullmatch=True))
@ON_ANYTHING
def test_no_text_but_the_word_itself_is_safe(text: str) -> None:
    try:
        safe, _ = read_verdict({"response": text})
    except ServiceError:
        return
    assert safe == (text.strip() == "safe")


@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(["", "application/json", "image/png", "text/html"]),
    status=st.sampled_from([200, 204, 302, 400, 401, 403, 404, 408, 413, 429, 500, 503]),
)
@ON_ANYTHING
def test_any_bytes_are_read_or_refused_with_a_service_error(body: bytes, kind: str, status: int) -> None:
    answer = Answer(status, body, {"content-type": kind})
    for read in (read_image, result_of):
        with suppress(ServiceError):
            read("m", answer, now_s=0)


@given(pieces=st.lists(st.binary(max_size=30) | st.sampled_from([b"data: ", b"\n", b"\r", b"\r\n"]), max_size=12))
@ON_ANYTHING
def test_any_stream_is_read_or_refused_with_a_service_error(pieces: list[bytes]) -> None:
    reader = EventReader()
    with suppress(ServiceError):
        for event in [event for piece in pieces for event in reader.feed(piece)] + list(reader.end()):
            delta_of(event)


def test_json_nested_beyond_reason_is_refused() -> None:
    deep: object = []
    for _ in range(300):
        deep = [deep]
    with pytest.raises(ServiceError):
        read_text({"response": deep})
    with pytest.raises(ServiceError):
        result_of("m", Answer(200, b"[" * 100_000), now_s=0)
