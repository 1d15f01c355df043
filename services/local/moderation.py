"""Llama Guard and sentiment: the judge engine's hazards in the words of the hosted models."""

from __future__ import annotations

from itertools import pairwise

import orjson

from services.local import tokens
from services.local.chat import check_context, read_messages
from services.local.engine import ChatMessage, Engines, Hazards
from services.local.errors import CloudflareError
from services.local.fields import integer_of, object_of, text_of
from services.local.pricing import text_neurons
from services.local.text import Written, answer
from services.local.work import FAULT_ENGINE, Answer, Work, enveloped


async def guard(work: Work) -> Answer:
    """Answer as Llama Guard 3: "safe", or "unsafe" and the categories; an object where JSON is wanted."""
    messages = read_messages(work.body)
    _check_turns(messages)
    prompt_tokens = tokens.count_messages([message.content for message in messages])
    check_context(work.model, prompt_tokens, integer_of(work.body, "max_tokens", 256))
    as_json = object_of(work.body, "response_format").get("type") == "json_object"
    return answer(work, await _verdict(work, messages[-1].content, as_json=as_json), prompt_tokens)


async def sentiment(work: Work) -> Answer:
    """Answer as the sentiment classifier: both labels with their scores."""
    text = text_of(work.body, "text")
    positive, engine = await work.host.words(lambda engines: _positive(engines, text))
    result = [{"label": "NEGATIVE", "score": 1 - positive}, {"label": "POSITIVE", "score": positive}]
    return enveloped(result, engine, text_neurons(work.model.price, tokens.count(text), 0))


async def _verdict(work: Work, text: str, *, as_json: bool) -> Written:
    if work.fault.text:
        return Written(work.fault.text, None, FAULT_ENGINE)
    hazards, engine = await work.host.words(lambda engines: _judged(engines, text))
    if as_json:
        data = {"safe": not hazards.flagged, "categories": list(hazards.flagged)}
        return Written(orjson.dumps(data).decode(), data, engine)
    return Written(f"unsafe\n{','.join(hazards.flagged)}" if hazards.flagged else "safe", None, engine)


def _judged(engines: Engines, text: str) -> tuple[Hazards, str]:
    return engines.judge.judge(text), engines.judge.name


def _positive(engines: Engines, text: str) -> tuple[float, str]:
    return min(1.0, max(0.0, engines.judge.sentiment(text))), engines.judge.name


def _check_turns(messages: tuple[ChatMessage, ...]) -> None:
    roles = [message.role for message in messages]
    if roles[0] != "user" or any(before == after for before, after in pairwise(roles)):
        raise CloudflareError(8007, "AiError: Conversation roles must alternate user/assistant/user/assistant/...")
