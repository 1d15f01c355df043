"""Starting processes: each from the beginning, or forked from one that has imported what they share."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Protocol

import orjson

MODULE = "services.local.fork_server"
MOMENT_S = 0.005
EX_UNKNOWN = 1


class Running(Protocol):
    """A process that was started; what is used of `subprocess.Popen`."""

    @property
    def pid(self) -> int:
        """Process id."""
        ...

    @property
    def stdin(self) -> IO[bytes] | None:
        """Writes to its standard input."""
        ...

    @property
    def stdout(self) -> IO[bytes] | None:
        """Reads its standard output."""
        ...

    @property
    def stderr(self) -> IO[bytes] | None:
        """Reads its standard error."""
        ...

    def poll(self) -> int | None:
        """Its exit code, -N after signal N, or None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended; `subprocess.TimeoutExpired` after `timeout` seconds."""
        ...

    def terminate(self) -> None:
        """Send SIGTERM."""
        ...

    def kill(self) -> None:
        """Send SIGKILL."""
        ...


def command(module: str, arguments: Sequence[str]) -> list[str]:
    """The command line of a module."""
    return [sys.executable, "-m", module, *arguments]


def start(module: str, arguments: Sequence[str], environment: dict[str, str]) -> Running:
    """Start a module in a new interpreter.

    It gets a session of its own: Ctrl-C reaches only the parent, which then stops its children in order.
    """
    return subprocess.Popen(  # noqa: S603 - our own modules
        command(module, arguments),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


class Forked:
    """A process that the fork server started; see `Running`."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], stderr: IO[bytes]) -> None:
        self.stdin: IO[bytes] | None = stdin
        self.stdout: IO[bytes] | None = stdout
        self.stderr: IO[bytes] | None = stderr
        self.pid = 0
        self._descriptor = -1
        self._code: int | None = None
        self._known = threading.Event()
        self._orphaned = False

    def begun(self, pid: int) -> None:
        """It runs. A descriptor names it, and never another process that gets its number later."""
        self.pid = pid
        with suppress(ProcessLookupError):
            self._descriptor = os.pidfd_open(pid)
        self._known.set()

    def ended(self, code: int) -> None:
        """It has ended."""
        self._code = code

    def orphaned(self) -> None:
        """Nobody will tell how it ends."""
        self._orphaned = True
        self._known.set()

    def wait_begun(self) -> bool:
        """Whether it was started."""
        self._known.wait()
        return bool(self.pid)

    def poll(self) -> int | None:
        """See `Running.poll`."""
        if self._code is None and self._orphaned and self._is_gone(0.0):
            self._code = EX_UNKNOWN
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """See `Running.wait`."""
        if not self._is_gone(timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        while (code := self.poll()) is None:
            # It is a matter of moments until the fork server has told.
            time.sleep(MOMENT_S)
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        return code

    def terminate(self) -> None:
        """See `Running.terminate`."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """See `Running.kill`."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self._descriptor >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def _is_gone(self, timeout_s: float | None) -> bool:
        if self._descriptor < 0:
            return True
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        return bool(poll.poll(None if timeout_s is None else timeout_s * 1000))


class ForkServer:
    """The process that forks others, and what is told of them. `start` may be called from several threads."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command(MODULE, [str(theirs.fileno())]),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # What it cannot import, whoever is started in its stead cannot import either, and says so.
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._lock = threading.Lock()
        self._ordered: deque[Forked] = deque()
        self._running: dict[int, Forked] = {}
        self._reader = threading.Thread(target=self._read, name="fork server", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @staticmethod
    def is_possible() -> bool:
        """Whether this system has what it takes; elsewhere libraries do not survive a fork."""
        return sys.platform == "linux" and hasattr(os, "pidfd_open")

    def start(self, module: str, arguments: Sequence[str], environment: dict[str, str]) -> Running:
        """Start a module as `start` does; where the fork server is gone, in a new interpreter."""
        (their_in, our_in), (our_out, their_out), (our_err, their_err) = os.pipe(), os.pipe(), os.pipe()
        forked = Forked(os.fdopen(our_in, "wb"), os.fdopen(our_out, "rb"), os.fdopen(our_err, "rb"))
        streams = [their_in, their_out, their_err]
        try:
            with self._lock:
                self._ordered.append(forked)
                order = orjson.dumps([module, list(arguments), environment])
                socket.send_fds(self._control, [order], streams)
        except OSError:
            forked.orphaned()
        finally:
            for stream in streams:
                os.close(stream)
        if forked.wait_begun():
            return forked
        for pipe in (forked.stdin, forked.stdout, forked.stderr):
            if pipe is not None:
                pipe.close()
        return start(module, arguments, environment)

    def close(self) -> None:
        """End it; what it started goes on."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._process.wait()
        self._reader.join()
        self._control.close()

    def _read(self) -> None:
        """Take in what the fork server tells, in its order: nothing ends before it was started."""
        while report := self._next_report():
            if (pid := report.get("started")) is not None:
                forked = self._running[pid] = self._ordered.popleft()
                forked.begun(pid)
            elif (ended := self._running.pop(report["ended"], None)) is not None:
                ended.ended(report["code"])
        for forked in (*self._ordered, *self._running.values()):
            forked.orphaned()

    def _next_report(self) -> dict[str, int]:
        try:
            data = self._control.recv(4096)
        except OSError:
            return {}
        return dict(orjson.loads(data)) if data else {}
