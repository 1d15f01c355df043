"""A whole stack against the fake models of tests/bench/side, with any number of image replicas, for benchmarks."""

from __future__ import annotations

import asyncio
import dataclasses
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import psutil
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.runner import Runner
from services.local.stack import HOST, Plan, Process, free_ports, plan
from tests.bench.folders import new_folder
from tests.environment import against

IMAGE = Process("image", "services.image", 0, ("atelier.image.v1.ImageService",))


class Stack:
    """Running processes, a stub of the orchestrator, and what each process has used."""

    def __init__(self, runner: Runner, channel: grpc.aio.Channel) -> None:
        self.runner = runner
        self.stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)

    def cpu_s(self) -> dict[str, float]:
        """CPU seconds by process, image replicas added up."""
        used: dict[str, float] = {}
        for name, child in self.runner.children.items():
            name = name.rstrip("0123456789")
            used[name] = used.get(name, 0.0) + sum(psutil.Process(child.pid).cpu_times()[:2])
        return used


@asynccontextmanager
async def models(*latencies_ms: int) -> AsyncIterator[str]:
    """Fake models that answer after so many milliseconds: text, guard, image; their base URL."""
    port = free_ports()["local"]
    command = [sys.executable, "-m", "tests.bench.side.fake", str(port), *map(str, latencies_ms)]
    process = await asyncio.to_thread(subprocess.Popen, command)
    try:
        async with asyncio.timeout(60):
            while True:
                try:
                    _, writer = await asyncio.open_connection(HOST, port)
                    break
                except OSError:
                    await asyncio.sleep(0.05)
        writer.close()
        yield f"http://{HOST}:{port}/client/v4"
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


@asynccontextmanager
async def stack(base: str, *, images: int = 1, **settings: object) -> AsyncIterator[Stack]:
    """All processes, with their journal on JetStream; settings without their prefix ATELIER_, in lower case."""
    ours = {
        "log_level": "warning",
        "orchestrator_texts_per_minute": 0,
        "orchestrator_images_per_minute": 0,
        "moderation_image_model": "",
    }
    environ = against(base, **{**ours, **settings})
    data = new_folder()
    runner = Runner(_with_images(plan(environ, data, free_ports()), images), lambda name, line: None)
    await asyncio.to_thread(runner.start)
    try:
        async with grpc.aio.insecure_channel(runner.plan.addresses["orchestrator"]) as channel:
            yield Stack(runner, channel)
    finally:
        await asyncio.to_thread(runner.stop)


def _with_images(made: Plan, images: int) -> Plan:
    """The plan with more image services, which share a store and are found under one target."""
    environments, addresses = dict(made.environments), dict(made.addresses)
    more = [dataclasses.replace(IMAGE, name=f"image{number}") for number in range(1, images)]
    for process, port in zip(more, free_ports().values(), strict=False):
        addresses[process.name] = f"{HOST}:{port}"
        environments[process.name] = {**environments["image"], "ATELIER_IMAGE_LISTEN": f"{HOST}:{port}"}
    target = "ipv4:" + ",".join(address for name, address in addresses.items() if name.startswith("image"))
    environments["orchestrator"] = {**environments["orchestrator"], "ATELIER_ORCHESTRATOR_IMAGE_TARGET": target}
    return Plan((*made.processes, *more), addresses, environments, made.hosted)
