"""The life of an asset as a caller sees it."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


async def test_one_variant_goes_through_every_step_in_order(client):
    events = await client.create("a fox")
    assert kinds(events) == [
        "accepted",
        "step_started",
        "prompts_generated",
        "step_started",
        "variant_moderated",
        "step_started",
        "variant_imaged",
        "finished",
    ]
    assert [event.sequence for event in events] == list(range(1, 9))
    assert {event.asset for event in events} == {events[0].asset}
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.last_sequence == 8
    assert asset.variants[0].image.blob.digest.startswith("sha256:")
    assert asset == await client.get(asset.name)
