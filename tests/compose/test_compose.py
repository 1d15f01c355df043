"""docker-compose.yml on a real engine: confined, scaled while it works, and no accepted job lost.

Skipped where no Docker engine answers. The first start builds the image, which takes minutes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.compose.load import Load
from tests.compose.stack import Compose, kill, missing, settings_of

SERVICES = ("gateway", "orchestrator", "prompt", "moderation", "image", "local", "nats")
WAIT_S = 240

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def compose() -> Iterator[Compose]:
    if reason := missing():
        pytest.skip(reason)
    compose = Compose(f"atelier-test-{os.getpid()}")
    try:
        compose.run("up", "--build", "--wait", "--detach")
        yield compose
    finally:
        compose.run("down", "--volumes", "--timeout", "5")


@pytest.fixture
def load(compose: Compose) -> Iterator[Load]:
    load = Load(lambda: compose.url, clients=4)
    try:
        yield load
    finally:
        load.stop()


def until(holds: Callable[[], bool], what: str) -> None:
    deadline_s = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < deadline_s, f"not within {WAIT_S} s: {what}"
        time.sleep(0.2)


def test_every_container_is_confined(compose: Compose) -> None:
    for service in SERVICES:
        (container,) = compose.containers(service)
        assert settings_of(container) == {
            "user": "10001:10001",
            "read_only": True,
            "dropped": ["ALL"],
            "security": ["no-new-privileges:true"],
        }, service


def test_content_becomes_a_picture(compose: Compose) -> None:
    answer = requests.post(
        f"{compose.url}/v1/assets",
        json={"content": "A lighthouse above the cliffs at dusk."},
        headers={"Prefer": "wait=60"},
        timeout=90,
    )
    asset = answer.json()
    assert (answer.status_code, asset["state"]) == (200, "STATE_SUCCEEDED")
    picture = requests.get(f"{compose.url}/v1/{asset['name']}/variants/0/image", timeout=30)
    assert picture.headers["content-type"] == asset["variants"][0]["image"]["blob"]["mediaType"]


def test_added_image_services_take_their_share_and_nothing_else_is_restarted(compose: Compose, load: Load) -> None:
    others = {service: compose.containers(service) for service in SERVICES if service != "image"}
    compose.run("up", "--wait", "--detach", "--no-recreate", "--scale", "image=4")
    assert len(compose.containers("image")) == 4
    until(lambda: min(compose.pictures().values()) > 0, "all four image services have stored a picture")
    assert {service: compose.containers(service) for service in SERVICES if service != "image"} == others
    compose.run("up", "--wait", "--detach", "--no-recreate", "--scale", "image=2")
    so_far = load.accepted
    until(lambda: load.accepted > so_far + 4, "orders are accepted with two image services")
    load.stop()
    assert set(load.ends(WAIT_S)) == {"STATE_SUCCEEDED"}, load.problems[:3]


def test_killed_containers_come_back_and_lose_no_accepted_job(compose: Compose, load: Load) -> None:
    for service in ("image", "orchestrator", "nats", "moderation", "gateway", "prompt"):
        so_far = load.accepted
        until(lambda so_far=so_far: load.accepted > so_far + 2, "orders are accepted")  # type: ignore[misc]
        (container, *_) = compose.containers(service)
        kill(container)
        # An engine does not restart what was killed by hand; `up` does, as an operator would.
        compose.run("up", "--wait", "--detach", "--no-recreate")
    load.stop()
    assert load.accepted > 0
    assert set(load.ends(WAIT_S)) == {"STATE_SUCCEEDED"}, load.problems[:3]


def test_a_rolling_restart_under_load_loses_no_accepted_job(compose: Compose, load: Load) -> None:
    # Not `local`: it stands for the provider, whose outages a job survives for a bounded number of tries only.
    for service in (service for service in SERVICES if service != "local"):
        so_far = load.accepted
        until(lambda so_far=so_far: load.accepted > so_far + 2, "orders are accepted")  # type: ignore[misc]
        compose.run("restart", service)
        compose.run("up", "--wait", "--detach", "--no-recreate")
    load.stop()
    assert load.accepted > 0
    assert set(load.ends(WAIT_S)) == {"STATE_SUCCEEDED"}, load.problems[:3]
