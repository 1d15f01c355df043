"""Gateways of a test's own before the orchestrator of the stack, and raw connections to them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.e2e.harness import WAIT_S, Stack, eventually
from tests.environment import clean_environ


@dataclass
class Gateway:
    """One gateway process; `log` is the file that holds what it wrote to stderr."""

    address: str
    keys: Path
    log: Path
    process: subprocess.Popen[str]
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def call(self, method: str, path: str, *, key: str = "", json: object = None, **headers: str) -> requests.Response:
        if key:
            headers["Authorization"] = f"Bearer {key}"
        return self.session.request(method, f"{self.url}{path}", json=json, headers=headers, timeout=WAIT_S)

    def create(self, content: str, *, key: str = "", **headers: str) -> requests.Response:
        return self.call("POST", "/v1/assets", key=key, json={"content": content}, **headers)

    def final(self, content: str, *, key: str = "") -> dict[str, object]:
        """An asset that is made to its end."""
        answer = self.create(content, key=key, Prefer="wait=60")
        assert answer.status_code == 200, answer.text
        asset: dict[str, object] = answer.json()
        return asset

    def make_key(self, name: str, *scopes: str) -> tuple[str, str]:
        """A new key as an operator makes it; returns its id and its token."""
        arguments = ["create", "--name", name, "--json", *(part for scope in scopes for part in ("--scope", scope))]
        made = json.loads(keys_command(self.keys, *arguments).stdout)
        return made["id"], made["token"]


def keys_command(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gateway.keys_cli", *arguments, "--file", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=WAIT_S)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    clean = clean_environ()
    return clean | {f"ATELIER_GATEWAY_{name.upper()}": value for name, value in settings.items()}


@contextmanager
def run_gateway(stack: Stack, folder: Path, **settings: str) -> Iterator[Gateway]:
    """A gateway before the stack's orchestrator, with settings of its own."""
    keys, log = folder / "keys.json", folder / "gateway.log"
    target = f"dns:///{stack.address('orchestrator')}"
    settings = {"listen": "127.0.0.1:0", "keys": str(keys), "orchestrator_target": target, **settings}
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway", "--with-parent"],
            env=environment(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, log.read_text()
        gateway = Gateway(json.loads(line)["address"], keys, log, process)
        eventually(lambda: gateway.call("GET", "/readyz").status_code == 200, "the gateway is ready")
        yield gateway
        gateway.session.close()
    finally:
        process.terminate()
        process.wait(WAIT_S)
        process.stdin.close()
        process.stdout.close()


def talk(address: str, *pieces: bytes) -> bytes:
    """Send bytes as they are and read until the server closes."""
    host, _, port = address.rpartition(":")
    received = b""
    with socket.create_connection((host, int(port)), timeout=WAIT_S) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass
    return received


def status_of(answer: bytes) -> int:
    """The status of a raw answer; 0 where there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
