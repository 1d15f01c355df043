"""The stack as operators and clients meet it: crashes, crowds, grpcurl, the demonstration."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc
from PIL import Image

from tests.e2e.harness import Stack, eventually
from tests.environment import clean_environ

GRPCURL = Path(sys.executable).parent / "grpcurl"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"


@pytest.mark.parametrize("leaf", ["prompt", "moderation", "image"])
def test_a_service_that_crashes_and_returns_delays_a_job_but_does_not_fail_it(
    stack: Stack, word: str, leaf: str
) -> None:
    stack.runner.children[leaf].kill()
    name = stack.create(word)
    eventually(lambda: b"stepRetried" in _events_so_far(stack, name), "the job waits for the service")
    assert stack.asset(name).state in (pb.Asset.STATE_RUNNING, pb.Asset.STATE_QUEUED)
    stack.runner.restart(leaf)
    assert stack.final(name).state == pb.Asset.STATE_SUCCEEDED


def _events_so_far(stack: Stack, name: str) -> bytes:
    seen = b""
    answer = stack.session.get(f"{stack.url}/v1/{name}:watch", stream=True, timeout=90)
    with answer:
        for line in answer.iter_lines():
            seen += line
            if b"stepRetried" in line or b"finished" in line:
                break
    return seen


def test_200_streams_at_once_all_end_well(stack: Stack) -> None:
    async def crowd() -> list[int]:
        async with grpc.aio.insecure_channel(stack.address("orchestrator")) as channel:
            stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)

            async def one(number: int) -> int:
                request = pb.CreateAssetRequest(asset=pb.Asset(content=f"A harbour with {number} boats"))
                sequences, state = [], 0
                async for reply in stub.CreateAsset(request, timeout=100):
                    sequences.append(reply.event.sequence)
                    state = reply.event.finished.asset.state
                assert sequences == list(range(1, len(sequences) + 1))
                return state

            return await asyncio.gather(*(one(number) for number in range(200)))

    assert asyncio.run(crowd()) == [pb.Asset.STATE_SUCCEEDED] * 200


def grpcurl(*arguments: str) -> str:
    done = subprocess.run(
        [GRPCURL, "-plaintext", "-max-time", "60", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("process", "service", "method", "request_json", "expected"),
    [
        ("orchestrator", "atelier.orchestrator.v1.OrchestratorService", "ListAssets", "{}", "{"),
        (
            "orchestrator",
            "atelier.orchestrator.v1.OrchestratorService",
            "CreateAsset",
            '{"asset": {"content": "A lighthouse"}}',
            "STATE_SUCCEEDED",
        ),
        ("prompt", "atelier.prompt.v1.PromptService", "GeneratePrompts", '{"content": "A lighthouse"}', "alt_text"),
        ("moderation", "atelier.moderation.v1.ModerationService", "ModerateText", '{"text": "A cat"}', "ALLOWED"),
        ("image", "atelier.image.v1.ImageService", "GenerateImage", '{"prompt": "A lighthouse"}', "sha256:"),
    ],
)
def test_grpcurl_lists_describes_and_calls_every_service(
    stack: Stack, process: str, service: str, method: str, request_json: str, expected: str
) -> None:
    address = stack.address(process)
    assert service in grpcurl(address, "list").split()
    assert f"rpc {method}" in grpcurl(address, "describe", service)
    assert expected in grpcurl("-d", request_json, address, f"{service}/{method}")
    assert "SERVING" in grpcurl("-d", json.dumps({"service": service}), address, "grpc.health.v1.Health/Check")


def test_the_demonstration_leaves_a_picture_and_says_how_it_was_made(tmp_path: Path) -> None:
    content = tmp_path / "story.txt"
    content.write_text("Fishermen mend their nets on a misty harbour at dawn.", encoding="utf-8")
    clean = clean_environ()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "services.local.up", "--free-ports", "--data", str(tmp_path / "data"), "--"),
            *(sys.executable, "-m", "client.demo", "--content", str(content)),
            *("--variants", "2", "--out", str(tmp_path / "out")),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=clean,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pictures = sorted((tmp_path / "out").iterdir())
    assert len(pictures) == 2
    for picture in pictures:
        with Image.open(picture) as image:
            image.load()
            assert image.size == (1024, 1024)
    for word in ("write prompts", "check prompt", "paint picture", "SUCCEEDED", "alt text", "local/illustrator"):
        assert word in done.stdout
    assert re.search(r"\d\.\d\d s", done.stdout)


def test_half_of_the_credentials_is_a_mistake_and_no_fallback(tmp_path: Path) -> None:
    clean = clean_environ()
    done = subprocess.run(
        [sys.executable, "-m", "services.local.up", "--free-ports", "--data", str(tmp_path), "--", "true"],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "CLOUDFLARE_ACCOUNT_ID": "0" * 32},
        timeout=60,
    )
    assert done.returncode == 1
    assert "CLOUDFLARE_API_TOKEN is not set" in done.stderr


def test_without_credentials_a_leaf_serves_and_says_what_to_set(stack: Stack, tmp_path: Path) -> None:
    clean = clean_environ()
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "services.prompt"],
        env={**clean, "ATELIER_PROMPT_LISTEN": "127.0.0.1:0"},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        arguments = ("-d", '{"content": "x"}', address, "atelier.prompt.v1.PromptService/GeneratePrompts")
        done = subprocess.run([GRPCURL, "-plaintext", *arguments], capture_output=True, text=True, check=False)
        assert "FailedPrecondition" in done.stderr
        assert "CLOUDFLARE_ACCOUNT_ID" in done.stderr
        eventually(lambda: "CLOUDFLARE_ACCOUNT_ID" in (tmp_path / "log").read_text(), "the log says it at start")
    finally:
        process.terminate()
        assert process.wait(30) == 0
        log.close()
        if process.stdout:
            process.stdout.close()
