"""What the policy holds for a person: nobody waits for it in vain, only reviewers see it, and a decision goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
import requests

from client import Atelier
from client.events import parse_stream, split_lines
from tests.e2e.cli import CommandLine
from tests.e2e.gateways import Gateway, run_gateway
from tests.e2e.harness import WAIT_S, Stack, run_stack

POLICY = """
name: desk
version: 1
description: Every picture waits for the picture desk.
extends: balanced
overlap: off
categories:
  others: {prompt: flag, image: {review: 0.00001}}
"""
RECIPE: dict[str, object] = {"policy": "desk", "formats": ["256x256", "320x256"]}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own with the embedded eye, whose doubts a policy makes enough to hold every picture."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "desk.yaml").write_text(POLICY, encoding="utf-8")
    settings = {
        "ATELIER_LOG_FORMAT": "json",
        "ATELIER_MODERATION_POLICIES": str(folder / "desk.yaml"),
        "ATELIER_MODERATION_DEFAULT_POLICY": "desk",
    }
    yield from run_stack(folder / "data", **settings)


@pytest.fixture(scope="module")
def keyed(desk: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with run_gateway(desk, tmp_path_factory.mktemp("keyed")) as gateway:
        yield gateway


def held(stack: Stack) -> str:
    answer = stack.post("A harbour", RECIPE, Prefer="wait=60")
    assert (answer.status_code, answer.json()["state"]) == (202, "STATE_NEEDS_REVIEW"), answer.text
    return str(answer.json()["name"])


def test_a_waiting_client_is_not_kept_until_a_person_comes(desk: Stack) -> None:
    name = held(desk)
    asset = desk.get(f"/v1/{name}").json()
    (variant,) = asset["variants"]
    assert (variant["state"], variant["heldCount"], "image" in variant) == ("STATE_NEEDS_REVIEW", 2, False)
    assert name in str(desk.get("/v1/assets?states=STATE_NEEDS_REVIEW").json())
    with Atelier(desk.url) as atelier:
        job = atelier.watch(name)
        assert [event.WhichOneof("kind") for event in job][-1] == "review_requested"
        assert list(job.images()) == []
    client = openai.OpenAI(base_url=f"{desk.url}/v1", api_key="none", max_retries=0)
    with client, pytest.raises(openai.BadRequestError) as caught:
        client.images.generate(prompt="A harbour", size="256x256")
    assert caught.value.code == "moderation_blocked"
    command = CommandLine(desk)
    assert command("watch", name).code == 7
    assert name in command("review").out


def test_a_stream_stays_open_until_the_decision_and_ends_with_the_picture(desk: Stack) -> None:
    name = held(desk)
    with requests.get(f"{desk.url}/v1/{name}:watch", stream=True, timeout=WAIT_S) as answer:
        events = (json.loads(event.data) for event in parse_stream(split_lines(answer.iter_content(None))))
        assert any("reviewRequested" in event for event in events)
        body = {"decision": "approve", "variant": 0, "reviewer": "Ada"}
        desk.session.post(f"{desk.url}/v1/{name}:review", json=body, timeout=WAIT_S).raise_for_status()
        *_, last = events
    assert last["finished"]["asset"]["state"] == "STATE_SUCCEEDED"
    assert len(desk.get(f"/v1/{name}/variants/0/renditions/320x256/image").content) > 0


def test_held_pictures_are_for_reviewers_and_the_record_names_their_key(keyed: Gateway) -> None:
    _, maker = keyed.make_key("maker", "read", "create")
    key_id, reviewer = keyed.make_key("Picture desk", "read", "review")
    body = {"content": "A harbour", "recipe": RECIPE}
    asset = keyed.call("POST", "/v1/assets", key=maker, json=body, Prefer="wait=60").json()
    assert asset["state"] == "STATE_NEEDS_REVIEW"
    path = f"/v1/{asset['name']}/variants/0/image"
    assert keyed.call("GET", path, key=maker).json()["reason"] == "IMAGE_UNKNOWN"
    assert keyed.call("GET", f"{path}?held=true", key=maker).json()["reason"] == "SCOPE_MISSING"
    seen = keyed.call("GET", f"{path}?held=true", key=reviewer)
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "no-store")
    assert seen.headers["Content-Type"].startswith("image/")
    small = keyed.call("GET", f"{path}?held=true&rendition=320x256&preview=64", key=reviewer)
    assert small.headers["Content-Type"] == "image/jpeg"
    decided = keyed.call("POST", f"/v1/{asset['name']}:review", key=reviewer, json={"variant": 0, "decision": "reject"})
    (review,) = decided.json()["variants"][0]["reviews"]
    assert (review["reviewer"], review["decision"]) == (f"Picture desk (key {key_id})", "DECISION_REJECT")


def test_a_key_hands_its_daily_budget_on(keyed: Gateway, desk: Stack, tmp_path: Path) -> None:
    _, token = keyed.make_key("shop", "read", "create")
    key_id = token.split("_")[1]
    done = CommandLine(desk)("keys", "budget", key_id, "2.5", "--file", keyed.keys)
    assert done.code == 0, done.err
    name = keyed.create("A harbour", key=token).json()["name"]
    assert desk.events_until(name, "accepted").accepted.owner_budget_usd == 2.5
    assert keyed.call("GET", "/v1/usage", key=token).status_code == 200
    assert keyed.call("GET", "/v1/usage?owner=other", key=token).json()["reason"] == "SCOPE_MISSING"
