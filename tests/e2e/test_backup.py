"""A copy of the data directory, made while the stack is down, is a stack: docs/deploy.md promises it."""

from __future__ import annotations

import shutil
from pathlib import Path

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from tests.e2e.harness import run_stack

SETTINGS = {"ATELIER_LOCAL_ENGINES": "instant"}


def test_a_restored_copy_has_the_assets_their_events_and_their_pictures(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    for stack in run_stack(original, **SETTINGS):
        answer = stack.post("A harbour at dawn", Prefer="wait=60", **{"Idempotency-Key": "before-the-backup"})
        name = answer.json()["name"]
        events = stack.events(name)
        picture = stack.get(f"/v1/{name}/variants/0/image").content
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    shutil.copytree(original, copy)
    shutil.rmtree(original)
    for stack in run_stack(copy, **SETTINGS):
        assert stack.events(name) == events
        assert stack.get(f"/v1/{name}/variants/0/image").content == picture
        assert [asset["name"] for asset in stack.get("/v1/assets").json()["assets"]] == [name]
        # The request ids are kept too: the same request joins its asset and makes no other.
        again = stack.post("A harbour at dawn", Prefer="wait=60", **{"Idempotency-Key": "before-the-backup"})
        assert again.json()["name"] == name
        assert stack.post("A lighthouse at dusk", Prefer="wait=60").json()["state"] == "STATE_SUCCEEDED"
