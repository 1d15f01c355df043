"""The scribe on the real embedder, and short ways to ask it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from services.local.embedding import MiniLM
from services.local.engine import ChatMessage, TextRequest
from services.local.scribe import Scribe

FIELDS = ("prompt", "negative_prompt", "alt_text")
ALL_FIELDS = (*FIELDS, "caption", "language")


def prompts_schema(count: int, fields: Sequence[str] = FIELDS) -> dict[str, object]:
    item = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in fields},
        "required": list(fields),
        "additionalProperties": False,
    }
    prompts = {"type": "array", "minItems": count, "maxItems": count, "items": item}
    return {
        "type": "object",
        "properties": {"prompts": prompts},
        "required": ["prompts"],
        "additionalProperties": False,
    }


SUMMARY_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"summary": {"type": "string"}},
    "required": ["summary"],
    "additionalProperties": False,
}


def block(content: str) -> str:
    return f'<content boundary="00ff">\n{content}\n</content boundary="00ff">'


def chat(user: str, schema: dict[str, object] | None = None, **options: int) -> TextRequest:
    messages = (ChatMessage("system", "You write prompts for pictures."), ChatMessage("user", user))
    return TextRequest(messages, json_schema=schema, **options)


Draw = Callable[..., list[dict[str, str]]]
Condense = Callable[[str, int], str]
Fill = Callable[..., object]
Say = Callable[..., str]


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM(threads=1)


@pytest.fixture(scope="session")
def scribe(embedder: MiniLM) -> Scribe:
    return Scribe(embedder)


@pytest.fixture(scope="session")
def draw(scribe: Scribe) -> Draw:
    """draw(content, count, style="", refused="", because="", seed=0, lines=(), rules="", fields=...): the prompts."""

    def ask(
        content: str,
        count: int = 1,
        *,
        style: str = "",
        refused: str = "",
        because: str = "",
        seed: int = 0,
        lines: Sequence[str] = (),
        rules: str = "You write prompts for pictures.",
        fields: Sequence[str] = FIELDS,
    ) -> list[dict[str, str]]:
        head = [f"Number of prompts: {count}"]
        head += [f"Style: {style}"] if style else []
        head += [f"Refused prompt: {refused}", f"Refused because: {because}"] if refused else []
        messages = (ChatMessage("system", rules), ChatMessage("user", "\n".join([*head, *lines, block(content)])))
        request = TextRequest(messages, json_schema=prompts_schema(count, fields), seed=seed)
        answer = scribe.complete(request)
        prompts: list[dict[str, str]] = json.loads(answer)["prompts"]
        return prompts

    return ask


@pytest.fixture(scope="session")
def condense(scribe: Scribe) -> Condense:
    def ask(content: str, words: int) -> str:
        user = f"Summarise in at most {words} words: part 1 of 1\n{block(content)}"
        return str(json.loads(scribe.complete(chat(user, SUMMARY_SCHEMA)))["summary"])

    return ask


@pytest.fixture(scope="session")
def fill(scribe: Scribe) -> Fill:
    """fill(schema, text): the document the engine answers for any JSON schema."""

    def ask(
        schema: dict[str, object], text: str = "The ferry to Bergen leaves at noon. It carries forty cars."
    ) -> object:
        return json.loads(scribe.complete(chat(text, schema)))

    return ask


@pytest.fixture(scope="session")
def say(scribe: Scribe) -> Say:
    def ask(user: str, max_tokens: int = 256) -> str:
        return scribe.complete(chat(user, max_tokens=max_tokens))

    return ask
