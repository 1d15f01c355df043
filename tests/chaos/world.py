"""A stack with two orchestrators and two image services, whose processes somebody kills and starts again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from services.local.runner import Runner
from services.local.stack import HOST, Plan, Process, free_ports, plan
from tests.environment import clean_environ

TWINS = ("orchestrator", "image")
SETTINGS = {
    "ATELIER_LOCAL_ENGINES": "instant",
    "ATELIER_LOG_LEVEL": "warning",
    "ATELIER_LOG_FORMAT": "text",
    # A dead replica's jobs are soon taken by the other; no job is given up for having met many crashes.
    "ATELIER_ORCHESTRATOR_LEASE_S": "2",
    "ATELIER_ORCHESTRATOR_MAX_DELIVERIES": "1000",
    "ATELIER_ORCHESTRATOR_MAX_DELAY_S": "1",
}

# What the load asks for, so that things wait for people: what begins with S6 is held as content and as prompt.
POLICY = """
name: drill
version: 1
description: Holds what calls itself advice, and lets pictures begin before their prompts are judged.
extends: balanced
overlap: on
places: {content: on, prompt: on}
categories: {S6: {content: review, prompt: review}}
"""


def twin_plan(data: Path, settings: Mapping[str, str] = SETTINGS) -> Plan:
    """The plan of one machine, with a twin beside the orchestrator and the image service."""
    clean = clean_environ()
    clean.pop("NATS_URL", None)
    policy = data / "drill.yaml"
    policy.write_text(POLICY, encoding="utf-8")
    ours = {"ATELIER_GATEWAY_KEYS": str(data / "keys.json"), "ATELIER_MODERATION_POLICIES": str(policy)}
    made = plan(clean | dict(settings) | ours, data, free_ports())
    ports = iter(free_ports().values())
    addresses = dict(made.addresses) | {f"{name}2": f"{HOST}:{next(ports)}" for name in TWINS}
    targets = {name: f"ipv4:{addresses[name]},{addresses[f'{name}2']}" for name in TWINS}
    environments = {name: dict(environment) for name, environment in made.environments.items()}
    environments["gateway"]["ATELIER_GATEWAY_ORCHESTRATOR_TARGET"] = targets["orchestrator"]
    environments["orchestrator"]["ATELIER_ORCHESTRATOR_IMAGE_TARGET"] = targets["image"]
    processes: list[Process] = []
    for process in made.processes:
        processes.append(process)
        if process.name in TWINS:
            twin: Process = replace(process, name=f"{process.name}2")
            listen = {f"ATELIER_{process.name.upper()}_LISTEN": addresses[twin.name]}
            environments[twin.name] = environments[process.name] | listen
            processes.append(twin)
    return Plan(tuple(processes), addresses, environments, made.hosted)


@contextmanager
def running(data: Path, output: list[str], settings: Mapping[str, str] = SETTINGS) -> Iterator[Runner]:
    """The stack of `twin_plan`, stopped at the end."""
    runner = Runner(twin_plan(data, settings), lambda name, line: output.append(f"{name}: {line}"))
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


@dataclass
class Killer:
    """Kills a random process every second or two and starts it again a moment later."""

    runner: Runner
    random: random.Random
    kills: dict[str, int] = field(default_factory=dict)
    died: list[str] = field(default_factory=list)

    async def rage(self, seconds: float) -> None:
        """Kill for so long."""
        loop = asyncio.get_running_loop()
        end_s = loop.time() + seconds
        names = sorted(self.runner.children)
        while loop.time() < end_s:
            await asyncio.sleep(self.random.uniform(1.0, 2.0))
            self.died += await asyncio.to_thread(self.revive)
            name = self.random.choice(names)
            await asyncio.to_thread(self.runner.children[name].kill)
            self.kills[name] = self.kills.get(name, 0) + 1
            await asyncio.sleep(self.random.uniform(0.0, 0.8))
            self.runner.children[name].start()
        self.died += await asyncio.to_thread(self.revive)

    def revive(self) -> list[str]:
        """Start what ended by itself. Returns the names."""
        ended = [name for name, child in self.runner.children.items() if child.exit_code is not None]
        for name in ended:
            self.runner.children[name].wait()
            self.runner.children[name].start()
        return ended
