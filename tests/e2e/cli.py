"""Running the `atelier` command as a user does: in a pipe, in a terminal, and stopped with Ctrl-C."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.harness import WAIT_S, Stack, eventually
from tests.environment import clean_environ

COMMAND = (sys.executable, "-m", "client.command.app")


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass
class CommandLine:
    """The command, told where a stack is. What it saves where it runs goes away with the stack."""

    stack: Stack
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        clean = clean_environ()
        listen = {
            f"ATELIER_{name.upper()}_LISTEN": self.stack.address(name)
            for name in ("orchestrator", "prompt", "moderation", "image")
        }
        return {**clean, **listen, "ATELIER_CLIENT_URL": self.stack.url, "COLUMNS": "100", **self.extra}

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Done:
        """Run it with pipes."""
        words = [*COMMAND, *map(str, arguments)]
        done = subprocess.run(
            words,
            input=stdin,
            capture_output=True,
            env=self.environment,
            cwd=self.stack.data,
            timeout=WAIT_S,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def interrupted(self, *arguments: str | Path, when: Callable[[], object]) -> Done:
        """Run it with pipes, and press Ctrl-C once a condition holds."""
        words = [*COMMAND, *map(str, arguments)]
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment, cwd=self.stack.data
        )
        try:
            eventually(when, "the moment to interrupt")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=WAIT_S)
        finally:
            process.kill()
            process.wait()
        return Done(process.returncode, out.decode(), err.decode())

    def in_terminal(self, *arguments: str | Path) -> Done:
        """Run it in a terminal; both streams are in `out`, with control sequences."""
        ours, theirs = pty.openpty()
        environment = {**self.environment, "TERM": "xterm-256color", "LINES": "40"}
        words = [*COMMAND, *map(str, arguments)]
        process = subprocess.Popen(
            words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=self.stack.data, close_fds=True
        )
        os.close(theirs)
        pieces: list[bytes] = []
        reader = threading.Thread(target=_read, args=(ours, pieces), daemon=True)
        reader.start()
        code = process.wait(WAIT_S)
        reader.join()
        os.close(ours)
        return Done(code, b"".join(pieces).decode(), "")


def _read(descriptor: int, pieces: list[bytes]) -> None:
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            # Linux says EIO where the other end of a terminal is closed.
            return
        if not piece:
            return
        pieces.append(piece)
