"""A whole stack of real processes on free ports, and the ways in: HTTP, gRPC, the stand-in's switches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import requests
from atelier.image.v1 import image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc
from atelier.prompt.v1 import prompt_pb2_grpc
from google.protobuf import json_format

from services.kit.config import tls_files
from services.kit.tls import channel_credentials, read
from services.local.runner import Runner
from services.local.up import start
from tests.environment import clean_environ

WAIT_S = 90.0


def eventually(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never happened: {what}")
        time.sleep(0.02)


@dataclass
class Stack:
    """A running stack; `output` is what its processes logged."""

    runner: Runner
    output: list[str]
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def url(self) -> str:
        return self.runner.plan.url

    @property
    def data(self) -> Path:
        """Where it keeps everything."""
        return Path(self.runner.plan.environments["image"]["ATELIER_IMAGE_STORE"]).parent

    def address(self, name: str) -> str:
        return self.runner.plan.addresses[name]

    def channel(self, name: str) -> grpc.Channel:
        """A channel to a service, with the service's own certificate where it wants one."""
        files = tls_files(self.runner.plan.environments[name])
        if files is None:
            return grpc.insecure_channel(self.address(name))
        return grpc.secure_channel(self.address(name), channel_credentials(read(files)))

    def post(self, content: str, recipe: dict[str, object] | None = None, **headers: str) -> requests.Response:
        body = {"content": content, "recipe": recipe or {}}
        return self.session.post(f"{self.url}/v1/assets", json=body, headers=headers, timeout=WAIT_S)

    def create(self, content: str, recipe: dict[str, object] | None = None) -> str:
        """Make an asset; returns its name at once."""
        answer = self.post(content, recipe)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["name"])

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(f"{self.url}{path}", headers=headers, timeout=WAIT_S)

    def asset(self, name: str) -> pb.Asset:
        return json_format.ParseDict(self.get(f"/v1/{name}").json(), pb.Asset())

    def events(self, name: str, after: int = 0) -> list[pb.AssetEvent]:
        """Events up to the final one, over gRPC."""
        with self.channel("orchestrator") as channel:
            stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
            request = pb.WatchAssetRequest(name=name, after_sequence=after)
            return [reply.event for reply in stub.WatchAsset(request, timeout=WAIT_S)]

    def events_until(self, name: str, kind: str) -> pb.AssetEvent:
        """The first event of a kind, over gRPC."""
        with self.channel("orchestrator") as channel:
            stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
            replies = stub.WatchAsset(pb.WatchAssetRequest(name=name), timeout=WAIT_S)
            found = next(reply.event for reply in replies if reply.event.HasField(kind))  # type: ignore[arg-type]
            replies.cancel()
            return found

    def final(self, name: str) -> pb.Asset:
        return self.events(name)[-1].finished.asset

    def fault(self, **fault: object) -> None:
        """Have the stand-in misbehave for requests whose body holds `contains`."""
        url = f"http://{self.address('local')}/local/v1/faults"
        faults = [*self.session.get(url, timeout=WAIT_S).json(), fault]
        self.session.put(url, json=faults, timeout=WAIT_S).raise_for_status()

    def clear_faults(self) -> None:
        self.session.delete(f"http://{self.address('local')}/local/v1/faults", timeout=WAIT_S).raise_for_status()

    def calls(self) -> list[dict[str, object]]:
        """The model requests that the stand-in saw."""
        calls: list[dict[str, object]] = self.session.get(
            f"http://{self.address('local')}/local/v1/calls", timeout=WAIT_S
        ).json()
        return calls


# One model paints, so that a fault of it is a fault of the stage and no other model answers instead.
ONE_PAINTER = {"ATELIER_IMAGE_MODEL": "@cf/black-forest-labs/flux-1-schnell"}


def run_stack(data: Path, **settings: str) -> Iterator[Stack]:
    output: list[str] = []
    clean = clean_environ()
    runner = start(
        data,
        free=True,
        output=lambda name, line: output.append(f"{name}: {line}"),
        environ=clean | ONE_PAINTER | settings,
    )
    try:
        yield Stack(runner, output)
    finally:
        runner.stop()


@dataclass(frozen=True)
class Stubs:
    orchestrator: orchestrator_pb2_grpc.OrchestratorServiceStub
    prompt: prompt_pb2_grpc.PromptServiceStub
    moderation: moderation_pb2_grpc.ModerationServiceStub
    image: image_pb2_grpc.ImageServiceStub
