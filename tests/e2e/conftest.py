"""Fixtures: one stack for all tests here, reset after each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import grpc
import pytest
from atelier.image.v1 import image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2_grpc
from atelier.prompt.v1 import prompt_pb2_grpc

from tests.e2e.harness import Stack, Stubs, run_stack


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOCAL_FAULTS": "on", "ATELIER_LOG_FORMAT": "json"}
    yield from run_stack(tmp_path_factory.mktemp("stack"), **settings)


@pytest.fixture
def stack(running: Stack) -> Iterator[Stack]:
    """The stack with engines that answer at once, behaving well until told otherwise."""
    yield running
    running.clear_faults()


@pytest.fixture
def word() -> str:
    """A word that stands in no other test's content, to aim faults at."""
    return "harbour" + uuid.uuid4().hex[:10]


@pytest.fixture
def stubs(stack: Stack) -> Iterator[Stubs]:
    names = ("orchestrator", "prompt", "moderation", "image")
    channels = {name: grpc.insecure_channel(stack.address(name)) for name in names}
    yield Stubs(
        orchestrator_pb2_grpc.OrchestratorServiceStub(channels["orchestrator"]),
        prompt_pb2_grpc.PromptServiceStub(channels["prompt"]),
        moderation_pb2_grpc.ModerationServiceStub(channels["moderation"]),
        image_pb2_grpc.ImageServiceStub(channels["image"]),
    )
    for channel in channels.values():
        channel.close()
