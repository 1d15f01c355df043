"""Every text model that Atelier can speak to answers Atelier's own questions, asked through Atelier's own client."""

from __future__ import annotations

import jsonschema
import pytest

from services.local.config import Config
from services.local.embedding import MiniLM
from services.local.engine import Engines
from services.local.engines_instant import InstantJudge, InstantPaint, load_instant
from services.local.scribe import Scribe
from services.local.server import LocalServer
from services.prompt.instructions import Brief, ask_for_prompts, ask_for_rewrite, ask_for_summary
from services.workers_ai.catalogue import TEXT_MODELS
from services.workers_ai.client import WorkersAI
from services.workers_ai.settings import WorkersAISettings
from services.workers_ai.values import Message

HARBOUR = """Fishermen in the old harbour of Bergen hauled in the first winter herring on Tuesday. Small red wooden
    boats lined the quay at dawn while crews sorted the silver catch into crates."""


@pytest.fixture(scope="module")
def scribe() -> Scribe:
    return Scribe(MiniLM(threads=1))


@pytest.fixture(params=["scribe", "instant"])
async def client(request, scribe):
    def load() -> Engines:
        if request.param == "instant":
            return load_instant()
        return Engines(text=scribe, judge=InstantJudge(), paint=InstantPaint())

    server = LocalServer(Config(listen="127.0.0.1:0", grace_s=1.0), load=load)
    await server.start()
    settings = WorkersAISettings(account_id="0" * 32, api_token="any-token", base_url=server.base_url)
    client = WorkersAI(settings, attempts=1)
    yield client
    await client.close()
    await server.stop()


async def _asked(client: WorkersAI, model: str, question) -> object:
    messages = [Message("system", question.system), Message("user", question.user)]
    result = await client.generate_text(
        model, messages, max_tokens=question.max_tokens, json_schema=question.schema, timeout_s=60
    )
    jsonschema.validate(result.data, question.schema)
    return result.data


@pytest.mark.parametrize("model", TEXT_MODELS)
async def test_every_text_model_writes_prompts_that_meet_the_schema(client, model):
    answer = await _asked(client, model, ask_for_prompts(Brief(HARBOUR, 3, "watercolour")))
    assert len({row["prompt"] for row in answer["prompts"]}) == 3


@pytest.mark.parametrize("model", TEXT_MODELS)
async def test_every_text_model_rewrites_and_summarises(client, model):
    rewrite = ask_for_rewrite(Brief(HARBOUR), "A gun on the quay", {"S9": "Indiscriminate Weapons"})
    assert "gun" not in (await _asked(client, model, rewrite))["prompts"][0]["prompt"]
    assert (await _asked(client, model, ask_for_summary(HARBOUR, 30, 1, 1)))["summary"]


@pytest.mark.parametrize("model", TEXT_MODELS)
async def test_every_text_model_streams_free_text(client, model):
    turns = [Message("user", f"Summarise this: {HARBOUR}")]
    pieces = [piece async for piece in client.stream_text(model, turns, max_tokens=100, timeout_s=60)]
    # Models that are mute as a stream are asked again by the client, for the whole at once.
    assert "".join(pieces).strip()
