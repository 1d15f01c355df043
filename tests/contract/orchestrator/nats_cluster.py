"""Three nats-servers that keep everything three times, on this machine; each can be killed and started again."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from services.local.nats_server import find
from services.local.ports import find_ports

TOKEN = "secret"
START_S = 60.0


@dataclass
class NatsCluster:
    directory: Path
    size: int = 3
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ports = find_ports(2 * self.size)
        self.ports, self.routes = ports[: self.size], ports[self.size :]

    @property
    def url(self) -> str:
        return ",".join(f"nats://{TOKEN}@127.0.0.1:{port}" for port in self.ports)

    def url_of(self, number: int) -> str:
        return f"nats://{TOKEN}@127.0.0.1:{self.ports[number]}"

    @contextmanager
    def frozen(self, numbers: Collection[int]) -> Iterator[None]:
        """Some servers stand still, as if they were cut off from the others."""
        for number in numbers:
            self.processes[number].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for number in numbers:
                self.processes[number].send_signal(signal.SIGCONT)

    def start(self) -> None:
        try:
            for number in range(self.size):
                self.start_node(number)
            for number in range(self.size):
                self.wait_listening(number)
        except BaseException:
            self.stop()
            raise

    def start_node(self, number: int) -> None:
        store = self.directory / f"node{number}"
        store.mkdir(parents=True, exist_ok=True)
        routes = ", ".join(f'"nats://127.0.0.1:{port}"' for port in self.routes)
        config = store / "server.conf"
        config.write_text(
            f"""
            server_name: node{number}
            listen: "127.0.0.1:{self.ports[number]}"
            authorization {{ token: "{TOKEN}" }}
            jetstream {{ store_dir: "{store}", sync_interval: "always" }}
            cluster {{ name: atelier, listen: "127.0.0.1:{self.routes[number]}", routes: [{routes}] }}
            """
        )
        with (store / "log").open("ab") as log:
            self.processes[number] = subprocess.Popen([find(), "-c", config], stdout=log, stderr=log)

    def wait_listening(self, number: int) -> None:
        deadline_s = time.monotonic() + START_S
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.ports[number]), timeout=1) as connection:
                    if connection.recv(5) == b"INFO ":
                        return
            except OSError:
                pass
            assert self.processes[number].poll() is None, (self.directory / f"node{number}" / "log").read_text()
            assert time.monotonic() < deadline_s, "a node of the cluster does not listen"
            time.sleep(0.05)

    def kill(self, number: int) -> None:
        self.processes[number].kill()
        self.processes[number].wait()

    def stop(self) -> None:
        for number in self.processes:
            self.kill(number)
