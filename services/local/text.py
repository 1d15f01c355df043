"""Text generation: asks the engine, holds it to the JSON schema, and answers in the model's shape."""

from __future__ import annotations

import secrets
import string
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson

from services.local import envelope, json_mode, tokens
from services.local.chat import Chat, read_chat
from services.local.engine import Engines, complete_by
from services.local.pricing import text_neurons
from services.local.work import EVENT_TYPE, FAULT_ENGINE, JSON_TYPE, Answer, Work, enveloped

DONE = b"data: [DONE]\n\n"
_PADDING = 24


@dataclass(frozen=True, slots=True)
class Written:
    """What an engine wrote: the text and, in JSON mode, the value it stands for."""

    text: str
    data: object
    engine: str


async def generate(work: Work) -> Answer:
    """Answer a text-generation request, natively or in OpenAI's shape, at once or as a stream."""
    chat = read_chat(work.model, work.body, openai=work.openai)
    if work.model.mute_stream and chat.stream and not work.openai:
        return enveloped({}, FAULT_ENGINE, 0)
    written = await _write(work, chat)
    return answer(work, written, chat.prompt_tokens, chat)


def answer(work: Work, written: Written, prompt_tokens: int, chat: Chat | None = None) -> Answer:
    """Put a text into the shape that the model and the route answer with."""
    completion_tokens = tokens.count(written.text) * (chat.choices if chat else 1)
    neurons = text_neurons(work.model.price, prompt_tokens, completion_tokens)
    usage = tokens.usage(prompt_tokens, completion_tokens) | {"neurons": round(neurons, 2)}
    if not (work.openai or work.model.openai_shape):
        if chat and chat.stream:
            return _stream(_native_chunks(written.text, usage), written.engine, neurons)
        value = written.text if written.data is None else written.data
        return enveloped({"response": value, "tool_calls": [], "usage": usage}, written.engine, neurons)
    completion = Completion(work.model.name, written.text, usage, _finish(written.text, chat))
    if chat and chat.stream:
        return _stream(completion.chunks(with_usage=chat.stream_usage), written.engine, neurons)
    whole = completion.whole(chat.choices if chat else 1)
    body = orjson.dumps(whole) if work.openai else envelope.success(whole)
    return Answer(body, JSON_TYPE, written.engine, neurons)


async def _write(work: Work, chat: Chat) -> Written:
    if work.fault.text:
        return Written(work.fault.text, json_mode.parsed(work.fault.text) if _wants_json(chat) else None, FAULT_ENGINE)
    return await work.host.words(lambda engines: _complete(engines, chat))


def _complete(engines: Engines, chat: Chat) -> Written:
    schema = chat.request.json_schema
    if schema is not None:
        json_mode.check_schema(schema)
    text, engine = complete_by(engines.text, chat.request)
    if schema is not None:
        return Written(text, json_mode.checked(text, schema), engine)
    for word in chat.stop:
        text = text.partition(word)[0]
    return Written(text, None, engine)


def _wants_json(chat: Chat) -> bool:
    return chat.request.json_schema is not None


def _finish(text: str, chat: Chat | None) -> str:
    return "length" if chat and tokens.count(text) >= chat.request.max_tokens else "stop"


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer in the shape of OpenAI's chat.completion."""

    model: str
    text: str
    usage: Mapping[str, object]
    finish_reason: str

    def whole(self, choices: int) -> dict[str, object]:
        """The object at once, with so many (equal) choices."""
        message: dict[str, object] = {
            "role": "assistant",
            "content": self.text,
            "reasoning_content": None,
            "tool_calls": [],
        }
        rows = [
            {"index": index, "message": message, "finish_reason": self.finish_reason, "logprobs": None}
            for index in range(choices)
        ]
        return {**self._head("chat.completion"), "choices": rows, "usage": self.usage}

    def chunks(self, *, with_usage: bool) -> Iterator[object]:
        """The object piece by piece; the finish reason stands in the last piece, with the usage."""
        head = self._head("chat.completion.chunk")
        for piece in tokens.pieces(self.text):
            delta = {"role": "assistant", "content": piece}
            yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        last = {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": self.finish_reason}]}
        yield {**last, "usage": self.usage} if with_usage else last

    def _head(self, kind: str) -> dict[str, object]:
        name = f"chatcmpl-{uuid.uuid4().hex}"
        return {"id": name, "object": kind, "created": int(time.time()), "model": self.model}


def _native_chunks(text: str, usage: Mapping[str, object]) -> Iterator[object]:
    for piece in tokens.pieces(text):
        # Cloudflare pads each event with noise, so that its length does not tell the token.
        padding = string.ascii_letters[: secrets.randbelow(_PADDING) + 1]
        yield {"response": piece, "tool_calls": [], "p": padding}
    yield {"response": "", "usage": usage}


def _stream(chunks: Iterator[object], engine: str, neurons: float) -> Answer:
    events = tuple(b"data: " + orjson.dumps(chunk) + b"\n\n" for chunk in chunks)
    return Answer(b"", EVENT_TYPE, engine, neurons, (*events, DONE))
