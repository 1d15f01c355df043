"""Server-sent events of text-generation models, read piece by piece, in both shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson

from services.workers_ai.errors import unreadable
from services.workers_ai.text_answers import text_of_content
from services.workers_ai.wire import error_of

DONE = "[DONE]"
LONGEST_LINE_BYTES = 1 << 20
_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


class EventReader:
    """Turns bytes, cut anywhere, into the `data` of events."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[str] = []

    def feed(self, piece: bytes) -> Iterator[str]:
        """The events that `piece` completes.

        Raises:
            WorkersAIError: MODEL_OUTPUT for a line that is not UTF-8 or longer than 1 MiB.
        """
        *lines, self._rest = _LINE_END.split(self._rest + piece)
        if len(self._rest) > LONGEST_LINE_BYTES:
            raise unreadable("a line of the stream is longer than 1 MiB")
        for line in lines:
            yield from self._line(line)

    def end(self) -> Iterator[str]:
        """The event that the end of the stream completes, if any."""
        rest, self._rest = self._rest, b""
        yield from self._line(rest.rstrip(b"\r"))
        yield from self._line(b"")

    def _line(self, line: bytes) -> Iterator[str]:
        if not line:
            if self._data:
                yield "\n".join(self._data)
            self._data = []
        elif line.startswith(b"data:"):
            try:
                self._data.append(line[5:].removeprefix(b" ").decode())
            except UnicodeDecodeError:
                raise unreadable("the stream is not UTF-8") from None


def delta_of(data: str) -> tuple[str, bool]:
    """The text that one event adds, and whether the event shows that the answer is complete.

    Reasoning, padding, tool calls and usage add nothing.

    Raises:
        WorkersAIError: MODEL_OUTPUT for an event that is not JSON, or that reports an error.
    """
    if data.strip() == DONE:
        return "", True
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise unreadable("an event of the stream is not JSON") from None
    if not isinstance(value, dict):
        raise unreadable("an event of the stream is not an object")
    if value.get("errors") or value.get("error"):
        code, message = error_of(value)
        raise unreadable(f"the stream broke off with error {code}: {message[:200]}")
    response = value.get("response")
    if response is not None:
        return _token(response), bool(value.get("usage"))
    return _openai_delta(value)


def _token(response: object) -> str:
    # A token that is all digits has been seen as a number.
    if isinstance(response, int | float) and not isinstance(response, bool):
        return str(response)
    return response if isinstance(response, str) else ""


def _openai_delta(value: dict[str, object]) -> tuple[str, bool]:
    choices = value.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(first, dict):
        return "", bool(value.get("usage"))
    delta = first.get("delta", first.get("message"))
    text = text_of_content(delta.get("content")) if isinstance(delta, dict) else ""
    return text, bool(first.get("finish_reason") or value.get("usage"))
