"""The whole stack with its services in one process: the same ports, the same jobs, and what a crash takes along."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.local.stack import ONEBOX, named
from tests.e2e.harness import Stack, eventually, run_stack

GRPCURL = Path(sys.executable).parent / "grpcurl"
SERVICES = [service for name in ONEBOX.holds for service in named(name).services]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    yield from run_stack(
        tmp_path_factory.mktemp("stack"),
        ATELIER_ONE_PROCESS="on",
        ATELIER_LOCAL_ENGINES="instant",
        ATELIER_LOCAL_FAULTS="on",
        ATELIER_LOG_FORMAT="json",
    )


def test_one_process_stands_in_for_five(stack: Stack) -> None:
    assert set(stack.runner.children) == {"onebox", "nats", "local"}


def test_a_job_goes_from_the_post_to_the_picture(stack: Stack) -> None:
    answer = stack.post("Fishermen mend their nets", {"variantCount": 2}, Prefer="wait=60")
    asset = answer.json()
    assert asset["state"] == "STATE_SUCCEEDED", answer.text
    for number in range(2):
        assert stack.get(f"/v1/{asset['name']}/variants/{number}/image").content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_answers_on_its_own_port(stack: Stack, service: str) -> None:
    (name,) = [name for name in ONEBOX.holds if service in named(name).services]
    listed = subprocess.run(
        [GRPCURL, "-plaintext", stack.address(name), "list"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {service, "grpc.health.v1.Health"} <= set(listed)
    asked = json.dumps({"service": service})
    command = [GRPCURL, "-plaintext", "-d", asked, stack.address(name), "grpc.health.v1.Health/Check"]
    assert "SERVING" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_cancelled_job_ends_its_running_model_call(stack: Stack) -> None:
    stack.fault(contains="lanterns", latency_ms=60_000)
    name = stack.create("Paper lanterns lanterns over a canal")
    eventually(lambda: any(call["status"] == 0 for call in stack.calls()), "the model is being asked")
    stack.session.post(f"{stack.url}/v1/{name}:cancel", timeout=60).raise_for_status()
    eventually(lambda: any(call["cancelled"] for call in stack.calls()), "the call of the model was cancelled")
    assert stack.final(name).state == pb.Asset.STATE_CANCELLED
    stack.clear_faults()


def test_a_crash_takes_all_services_along_and_no_job(stack: Stack) -> None:
    stack.fault(contains="windmill", latency_ms=3_000)
    name = stack.create("A windmill above the polder")
    eventually(lambda: any(call["status"] == 0 for call in stack.calls()), "the job is under way")
    stack.runner.children["onebox"].kill()
    stack.clear_faults()
    stack.runner.restart("onebox")
    assert stack.final(name).state == pb.Asset.STATE_SUCCEEDED
