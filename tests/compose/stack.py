"""A project of docker compose for a test: started, scaled, looked at, removed with everything that it made."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BASE = os.environ.get("ATELIER_BASE", "python:3.11-slim")
START_S = 900


class Compose:
    """One project, with a gateway on a free port of loopback."""

    def __init__(self, project: str) -> None:
        self.project = project

    def run(self, *arguments: str, timeout_s: float = START_S) -> str:
        """What a compose command prints.

        Raises:
            AssertionError: the command failed; the message has what it said.
        """
        command = ["docker", "compose", "--project-name", self.project, "--project-directory", str(ROOT), *arguments]
        environment = {**os.environ, "ATELIER_GATEWAY_PORT": "127.0.0.1:0", "ATELIER_BASE": BASE}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout_s, check=False)
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    @property
    def url(self) -> str:
        """Where the gateway is now."""
        return f"http://{self.run('port', 'gateway', '8080').strip()}"

    def containers(self, service: str) -> list[str]:
        """Ids of the running containers of a service."""
        return self.run("ps", "--quiet", service).split()

    def pictures(self) -> dict[str, int]:
        """How many pictures each image service has stored so far, by container."""
        return {container: _logs(container).count('"picture stored"') for container in self.containers("image")}


def missing() -> str:
    """Why compose cannot be tested here; empty where it can."""
    if _output("docker", "version", "--format", "{{.Server.Version}}") is None:
        return "no Docker engine answers"
    if _output("docker", "compose", "version") is None:
        return "docker has no compose plugin"
    if _output("docker", "image", "inspect", BASE) is None and _output("docker", "pull", "--quiet", BASE) is None:
        return f"the base image {BASE} is neither here nor can it be pulled"
    return ""


def settings_of(container: str) -> dict[str, object]:
    """What the engine knows about a container's confinement."""
    found = json.loads(_output("docker", "inspect", container) or "[{}]")[0]
    host = found["HostConfig"]
    return {
        "user": found["Config"]["User"],
        "read_only": host["ReadonlyRootfs"],
        "dropped": host["CapDrop"],
        "security": host["SecurityOpt"],
    }


def kill(container: str) -> None:
    """SIGKILL a container."""
    assert _output("docker", "kill", container) is not None


def _logs(container: str) -> str:
    command = ["docker", "logs", container]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout


def _output(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
