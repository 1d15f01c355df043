from __future__ import annotations

from itertools import pairwise

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.workers_ai.streams import LONGEST_LINE_BYTES, EventReader, delta_of

NATIVE = (
    b'data: {"response":"Hel","p":"abdefghij"}\n\n'
    b'data: {"tool_calls":[],"p":"ab"}\n\n'
    b'data: {"response":"l\xc3\xb6"}\r\n\r\n'
    b": a comment\n\n"
    b"event: message\nid: 7\n"
    b'data: {"response":"","usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n'
    b"data: [DONE]\n\n"
)


def read(pieces: list[bytes]) -> list[str]:
    reader = EventReader()
    events = [event for piece in pieces for event in reader.feed(piece)]
    return [*events, *reader.end()]


def test_native_events_give_their_text() -> None:
    deltas = [delta_of(event) for event in read([NATIVE])]
    assert "".join(text for text, _ in deltas) == "Hellö"
    assert [ends for _, ends in deltas] == [False, False, False, True, True]


@given(st.lists(st.integers(0, len(NATIVE)), max_size=12))
@settings(deadline=None, database=None)
def test_events_are_the_same_however_the_bytes_are_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(NATIVE)]
    pieces = [NATIVE[a:b] for a, b in pairwise(edges)]
    assert read(pieces) == read([NATIVE])


def test_openai_chunks_give_their_content_and_not_their_reasoning() -> None:
    chunks: list[dict[str, object]] = [
        {"choices": [{"delta": {"role": "assistant", "content": ""}}]},
        {"choices": [{"delta": {"reasoning_content": "hm"}, "finish_reason": None}]},
        {"choices": [{"delta": {"content": "Hel"}, "finish_reason": None}]},
        {"choices": [{"delta": {"content": [{"type": "text", "text": "lo"}]}}]},
        {"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1}},
    ]
    deltas = [delta_of(orjson.dumps(chunk).decode()) for chunk in chunks]
    assert "".join(text for text, _ in deltas) == "Hello"
    assert deltas[-1] == ("", True)
    assert not any(ends for _, ends in deltas[:-1])


def test_a_token_of_digits_may_come_as_a_number() -> None:
    assert delta_of('{"response":42}') == ("42", False)


def test_an_event_may_span_lines_and_the_last_may_lack_its_blank_line() -> None:
    assert read([b"data: a\ndata: b\n\ndata:c"]) == ["a\nb", "c"]
    assert read([b"data: a\r\rdata: b\r"]) == ["a", "b"]


@pytest.mark.parametrize(
    "data",
    [
        "not json",
        "[1]",
        "1",
        '{"error":{"message":"boom","code":"3043"}}',
        '{"errors":[{"code":3040,"message":"Capacity"}],"success":false}',
    ],
)
def test_an_event_that_is_no_chunk_breaks_the_stream(data: str) -> None:
    with pytest.raises(ServiceError) as caught:
        delta_of(data)
    assert caught.value.reason is Reason.MODEL_OUTPUT


@pytest.mark.parametrize("data", [b"data: \xff\n\n", b"x" * (LONGEST_LINE_BYTES + 1)])
def test_bytes_that_are_no_stream_are_unreadable(data: bytes) -> None:
    with pytest.raises(ServiceError) as caught:
        read([data])
    assert caught.value.reason is Reason.MODEL_OUTPUT
