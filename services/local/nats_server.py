"""Becomes a nats-server for this machine alone: loopback, a token, a locked directory, every write synced.

`python -m services.local.nats_server` takes NATS_LISTEN, NATS_STORE and NATS_TOKEN from the environment. It replaces
itself by the server, so that whoever watches or kills this process watches or kills the server.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

READY = "Server is ready"

OLDEST = (2, 11)
STOP_S = 10.0
CHECK_S = 0.5


class NoServerError(Exception):
    """There is no nats-server to run, or not here; the message says what to do."""


def find() -> Path:
    """The nats-server of PATH if it is new enough, else the one that was installed beside this Python.

    Raises:
        NoServerError: there is none.
    """
    installed = Path(sys.executable).with_name("nats-server")
    on_path = shutil.which("nats-server")
    if on_path and (Path(on_path) == installed or _version(on_path) >= OLDEST):
        return Path(on_path)
    if installed.exists():
        return installed
    wanted = ".".join(str(part) for part in OLDEST)
    raise NoServerError(f"there is no nats-server {wanted} or newer: install one, or set NATS_URL to one that runs")


def configuration(listen: str, store: Path, token: str) -> str:
    """The server's configuration file; it holds the token."""
    return "\n".join(
        (
            f"listen: {json.dumps(listen)}",
            f"authorization {{ token: {json.dumps(token)} }}",
            # Acknowledged means on the disk: the default would sync every two minutes.
            f'jetstream {{ store_dir: {json.dumps(str(store))}, sync_interval: "always" }}',
            "max_payload: 8MB",
            "",
        )
    )


def lock(store: Path) -> int:
    """Take the directory for as long as the file descriptor that is returned is open, here or in a child.

    Raises:
        NoServerError: another server has it.
    """
    store.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(store / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise NoServerError(f"{store} is in use by another nats-server") from None
    os.set_inheritable(descriptor, True)
    return descriptor


def main() -> None:
    """Lock, configure, and become the server."""
    listen, store, token = (
        os.environ["NATS_LISTEN"],
        Path(os.environ["NATS_STORE"]).absolute(),
        os.environ["NATS_TOKEN"],
    )
    try:
        server = find()
        locked = lock(store)
    except NoServerError as error:
        sys.stderr.write(f"nats: {error}\n")
        sys.exit(os.EX_CONFIG)
    if not _is_free(listen):
        sys.stderr.write(f"nats cannot listen on {listen}: is the port in use?\n")
        sys.exit(os.EX_UNAVAILABLE)
    file = store / "server.conf"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(configuration(listen, store, token))
    if "--with-parent" in sys.argv:
        _end_with_parent(locked)
    # Its heap is a few MiB; collected at a fifth of growth instead of at the double, the process takes a third less.
    os.environ.setdefault("GOGC", "20")
    # One stack's events are far from filling a core; with one thread it wakes itself less, a sixth of its CPU a job.
    os.environ.setdefault("GOMAXPROCS", "1")
    os.execv(server, [str(server), "-c", str(file)])  # noqa: S606 - no shell is wanted


def _end_with_parent(locked: int) -> None:
    """Leave a process behind that ends the server once standard input ends: the server itself does not look at it."""
    server = os.getpid()
    if os.fork():
        return
    for descriptor in (locked, 1, 2):
        os.close(descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while os.getppid() == server:
        ready, _, _ = select.select([0], [], [], CHECK_S)
        if ready and not os.read(0, 1):
            _end(server)
            break
    os._exit(0)


def _end(server: int) -> None:
    os.kill(server, signal.SIGTERM)
    deadline_s = time.monotonic() + STOP_S
    while os.getppid() == server:
        if time.monotonic() > deadline_s:
            os.kill(server, signal.SIGKILL)
        time.sleep(CHECK_S / 10)


def _is_free(listen: str) -> bool:
    host, _, port = listen.rpartition(":")
    try:
        socket.create_server((host, int(port))).close()
    except OSError:
        return False
    return True


def _version(server: str) -> tuple[int, ...]:
    try:
        answer = subprocess.run([server, "--version"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"v(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in found.groups()) if found else ()


if __name__ == "__main__":
    main()
