"""Text as a model writes it, over an open answer."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator

from services.kit.errors import Reason
from services.workers_ai.errors import WorkersAIError, named, unreadable
from services.workers_ai.streams import EventReader, delta_of
from services.workers_ai.text_answers import read_text
from services.workers_ai.transport import Stream, Transport
from services.workers_ai.wire import SSE_TYPE, Answer, Request, result_of


async def open_text(transport: Transport, model: str, request: Request, timeout_s: float) -> Stream | str:
    """The stream of events that a model opens, or the whole text where it answers plain JSON instead.

    The text is "" where the model answers a request for a stream with nothing.

    Raises:
        WorkersAIError: the failure that the answer reports.
    """
    stream = await transport.open(model, request, timeout_s=timeout_s)
    if 200 <= stream.status < 300 and stream.headers.get("content-type", "").lower().startswith(SSE_TYPE):
        return stream
    try:
        return _whole_text(model, await stream.read())
    finally:
        stream.close()


def _whole_text(model: str, answer: Answer) -> str:
    result = result_of(model, answer, now_s=time.time())
    try:
        return read_text(result)
    except WorkersAIError as error:
        if error.reason is not Reason.MODEL_OUTPUT:
            raise
        return ""


async def texts_of(model: str, stream: Stream) -> AsyncGenerator[str, None]:
    """The pieces of text in a stream of events; empty ones are left out.

    Raises:
        WorkersAIError: MODEL_OUTPUT where the stream ends before the answer does.
    """
    reader = EventReader()
    complete = False
    try:
        async for piece in stream.pieces():
            for data in reader.feed(piece):
                text, ends = delta_of(data)
                complete = complete or ends
                if text:
                    yield text
        for data in reader.end():
            text, ends = delta_of(data)
            complete = complete or ends
            if text:
                yield text
    except WorkersAIError as error:
        raise named(error, model) from None
    if not complete:
        raise named(unreadable("the stream ended before the answer did"), model)
