"""The running processes of a plan: children that are watched, restarted when they die, and stopped in order."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO

import orjson

from services.kit.config import tls_files
from services.local.forking import ForkServer, Running, start
from services.local.stack import ARGUMENTS, Plan, Process, named

START_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 45.0
CHECK_TIMEOUT_S = 2.0
RESTART_DELAYS_S = (0.2, 0.5, 1.0, 2.0, 5.0)

Output = Callable[[str, str], None]
Launch = Callable[[str, Sequence[str], dict[str, str]], Running]


class PortTakenError(Exception):
    """A process found its port taken; with free ports, others can be tried."""


class StartError(Exception):
    """A process ended or stayed silent instead of becoming ready; the message says which, and its last words."""


class Child:
    """One process of the stack; it may be started again after its end. `launch` starts it."""

    def __init__(self, process: Process, environment: dict[str, str], output: Output, launch: Launch = start) -> None:
        self.process = process
        self._launch = launch
        self._environment = environment
        self._output = output
        self._popen: Running | None = None
        self._ready = threading.Event()
        self._last_lines: list[str] = []
        self._readers: list[threading.Thread] = []

    @property
    def pid(self) -> int:
        """Process id of the current run."""
        return self._running().pid

    @property
    def exit_code(self) -> int | None:
        """Exit code, or None while it runs."""
        return self._running().poll()

    def start(self) -> None:
        """Start it; returns at once."""
        self._ready = threading.Event()
        self._last_lines = []
        self._popen = popen = self._launch(self.process.module, ARGUMENTS, self._environment)
        assert popen.stdout is not None
        assert popen.stderr is not None
        self._readers = [self._follow(popen.stdout, self._on_stdout), self._follow(popen.stderr, self._on_stderr)]

    def wait_ready(self, deadline: float) -> None:
        """Wait for the ready line.

        Raises:
            PortTakenError: its port belongs to another process.
            StartError: it ended, or `deadline` (of `time.monotonic`) passed.
        """
        while not self._ready.wait(0.02):
            if (code := self.exit_code) is not None:
                for reader in self._readers:
                    reader.join()
                words = " | ".join(self._last_lines[-3:])
                kind = PortTakenError if code == os.EX_UNAVAILABLE else StartError
                raise kind(f"{self.process.name} ended with exit code {code}: {words}")
            if time.monotonic() > deadline:
                raise StartError(f"{self.process.name} is not ready: {' | '.join(self._last_lines[-3:])}")

    def terminate(self) -> None:
        """Ask it to drain and end."""
        if self._popen is not None and self._popen.poll() is None:
            self._popen.terminate()

    def kill(self) -> None:
        """End it as a crash would."""
        self._running().kill()
        self.wait()

    def wait(self) -> None:
        """Wait for its end; what does not end in time is killed."""
        if self._popen is None:
            return
        try:
            self._popen.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        for reader in self._readers:
            reader.join()
        for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            if pipe is not None:
                pipe.close()

    def _running(self) -> Running:
        if self._popen is None:
            raise RuntimeError(f"{self.process.name} was never started")
        return self._popen

    def _follow(self, pipe: IO[bytes], on_line: Callable[[str], None]) -> threading.Thread:
        def read() -> None:
            for line in pipe:
                on_line(line.decode(errors="replace").rstrip("\n"))

        thread = threading.Thread(target=read, name=f"{self.process.name} output", daemon=True)
        thread.start()
        return thread

    def _on_stdout(self, line: str) -> None:
        if line.startswith('{"ready":') and "address" in orjson.loads(line):
            self._ready.set()
        else:
            self._on_stderr(line)

    def _on_stderr(self, line: str) -> None:
        if self.process.ready and self.process.ready in line:
            self._ready.set()
        self._last_lines = [*self._last_lines[-20:], line]
        self._output(self.process.name, line)


class Runner:
    """Starts and stops what a plan says. Not thread-safe, except that `supervise` runs in a thread of its own.

    Where the system allows it, our own processes are forked from one that has imported what they share.
    """

    def __init__(self, plan: Plan, output: Output, *, forks: bool = True) -> None:
        self.plan = plan
        self._may_fork = forks and ForkServer.is_possible()
        self._forks: ForkServer | None = None
        self.children = {
            process.name: Child(process, dict(plan.environments[process.name]), output, self._launcher(process))
            for process in plan.processes
        }

    def start(self) -> None:
        """Start every process and wait until each of them serves; the stand-in may still be loading its engines.

        Whoever asks it something waits for them, and until they are there the rest of the work can go on.

        Raises:
            PortTakenError: as `Child.wait_ready`; nothing is left running.
            StartError: likewise.
        """
        deadline = time.monotonic() + START_TIMEOUT_S
        if self._forks is None and self._may_fork:
            self._forks = ForkServer()
        try:
            # The stand-in first: it takes longest, and the leaves ask it at start whether it knows them.
            for child in reversed(self.children.values()):
                child.start()
            for child in self.children.values():
                child.wait_ready(deadline)
            for child in self.children.values():
                if child.process.name != "local":
                    self.wait_serving(child.process, deadline)
        except BaseException:
            self.stop()
            raise

    @property
    def pids(self) -> dict[str, int]:
        """Process ids, that of the fork server included."""
        forks = {"fork server": self._forks.pid} if self._forks is not None else {}
        return forks | {name: child.pid for name, child in self.children.items()}

    def restart(self, name: str) -> None:
        """Start a process that ended, and wait until it serves."""
        child = self.children[name]
        deadline = time.monotonic() + START_TIMEOUT_S
        child.start()
        child.wait_ready(deadline)
        self.wait_serving(child.process, deadline)

    def stop(self) -> None:
        """Stop the processes in the order of the table, each one after those that call it."""
        for child in self.children.values():
            child.terminate()
            child.wait()
        if self._forks is not None:
            self._forks.close()
            self._forks = None

    def wait_serving(self, process: Process, deadline: float) -> None:
        """Wait until the health check of a process says that it serves."""
        # It brings gRPC along, which can be imported while the processes start.
        from services.kit import healthcheck

        tls = tls_files(self.plan.environments[process.name])
        held = [named(name) for name in process.holds] or [process]
        places = [place for one in held for place in _places(one, self.plan.addresses[one.name], self.plan.url)]
        while any(healthcheck.ask(place, CHECK_TIMEOUT_S, tls) for place in places):
            if time.monotonic() > deadline or self.children[process.name].exit_code is not None:
                raise StartError(f"{process.name} listens but does not serve")
            time.sleep(0.02)

    def _launcher(self, process: Process) -> Launch:
        def launch(module: str, arguments: Sequence[str], environment: dict[str, str]) -> Running:
            # What becomes a program that is not ours shares nothing with the others.
            forks = None if process.is_foreign else self._forks
            return (forks.start if forks is not None else start)(module, arguments, environment)

        return launch

    def supervise(self, stop: threading.Event, say: Callable[[str], None]) -> None:
        """Start again what dies, with growing pauses, until `stop` is set."""
        failures = dict.fromkeys(self.children, 0)
        due: dict[str, float] = {}
        while not stop.wait(0.1):
            for name, child in self.children.items():
                if child.exit_code is None:
                    continue
                if name not in due:
                    delay_s = RESTART_DELAYS_S[min(failures[name], len(RESTART_DELAYS_S) - 1)]
                    failures[name] += 1
                    due[name] = time.monotonic() + delay_s
                    say(f"{name} ended with exit code {child.exit_code}; starting it again in {delay_s:g} s")
                elif time.monotonic() >= due[name]:
                    del due[name]
                    child.wait()
                    child.start()


def _places(process: Process, address: str, gateway_url: str) -> tuple[str, ...]:
    """Where to ask whether a process serves."""
    if process.services:
        return tuple(f"grpc://{address}/{service}" for service in process.services)
    if process.name == "nats":
        return (f"nats://{address}",)
    return (f"http://{address}/local/v1/health" if process.name == "local" else f"{gateway_url}/readyz",)
