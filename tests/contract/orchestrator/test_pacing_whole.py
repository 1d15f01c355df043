"""The account's limits, with a long article that the real prompt service condenses in many calls of its model."""

from __future__ import annotations

import time

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.prompt.config import DEFAULT_MODEL as PROMPT_MODEL
from tests.contract.orchestrator import test_real_leaves
from tests.contract.orchestrator.test_real_leaves import MODERATION_MODEL

leaves = test_real_leaves.leaves

PER_MINUTE, BURST, MINUTE_S = 30, 3, 4.5
INTERVAL_S = MINUTE_S / (PER_MINUTE - BURST)
ARTICLE = "The harbour wakes slowly, and the fishermen of the village mend their nets in the mist before dawn. "


async def test_every_call_of_long_articles_counts_on_whichever_replica_it_is_made(jetstream_stack, leaves, monkeypatch):
    monkeypatch.setattr("services.orchestrator.rates.MINUTE_S", MINUTE_S)
    stack = jetstream_stack
    begun_s = time.monotonic()
    async with (
        stack.replica(texts_per_minute=PER_MINUTE, slots=1) as first,
        stack.replica(texts_per_minute=PER_MINUTE, slots=1) as second,
    ):
        for number in range(4):
            content = f"{number}. " + (ARTICLE * 1000)[:99_000]
            events = await (first, second)[number % 2].create(content)
            assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
            (written,) = [event.prompts_generated for event in events if event.HasField("prompts_generated")]
            assert written.call.attempts > 2
    took_s = time.monotonic() - begun_s
    calls = [call for model in (PROMPT_MODEL, MODERATION_MODEL) for call in await leaves.calls(model)]
    # A burst goes at once, and the last call of all was waited for; whatever is between has had its moment.
    assert took_s >= (len(calls) - 1 - BURST) * INTERVAL_S
    assert len(calls) >= 4 * 4, "two summaries, the prompts and a verdict for each"
