"""Forks processes from one that has imported what they share, so that they start in a part of the time.

`python -m services.local.fork_server FD` takes orders on the socket FD and tells there what it started and how that
ended; `forking.py` is its other end. Each order comes with the three standard streams of the new process. It ends with
its socket; what it started goes on.

Nothing here may start a thread or use gRPC: a fork copies the one thread that forks, and gRPC does not survive it
(https://github.com/grpc/grpc/blob/master/doc/fork_support.md). Importing is harmless.
"""

from __future__ import annotations

import gc
import importlib
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson
import setproctitle

# What at least four of the processes import, by the largest of its parts.
SHARED = (
    "aiohttp",
    "grpc.aio",
    "grpc_health.v1.health",
    "grpc_reflection.v1alpha._async",
    "services.kit.handlers",
    "services.kit.local_server",
    "services.kit.main",
    "services.kit.serve",
    "services.kit.together",
    "atelier.type.v1.model_call_pb2",
    "atelier.type.v1.recipe_pb2",
    "atelier.type.v1.verdict_pb2",
)
STREAMS = 3
LARGEST = 1024 * 1024


class Order(NamedTuple):
    """A process to start: its module, what stands behind it on the command line, its environment."""

    module: str
    arguments: list[str]
    environment: dict[str, str]


def main() -> None:
    """Serve orders; in a process that was forked, become what was ordered."""
    control = socket.socket(fileno=int(sys.argv[1]))
    # A title takes the place of the command line and the environment, which have to be as they were at first.
    _title("services.local.fork_server", sys.argv[1:])
    gc.disable()
    for name in SHARED:
        importlib.import_module(name)
    gc.enable()
    # What is shared stays as it is: a collector that marked it would copy its pages into each process.
    gc.freeze()
    order = _serve(control)
    if order is not None:
        sys.argv[1:] = order.arguments
        # As python -m does it; how this ends is how the process ends.
        runpy.run_module(order.module, run_name="__main__", alter_sys=True)


def _serve(control: socket.socket) -> Order | None:
    """Take orders until the socket ends. Returns an order in the process that is to carry it out."""
    woken, wakes = os.pipe()
    for descriptor in (woken, wakes):
        os.set_blocking(descriptor, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(wakes)
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == woken:
                    with suppress(BlockingIOError):
                        os.read(woken, 4096)
                    _tell_ends(control)
                    continue
                data, streams, _, _ = socket.recv_fds(control, LARGEST, STREAMS)
                if not data:
                    return None
                order = Order(*orjson.loads(data))
                if pid := os.fork():
                    for stream in streams:
                        os.close(stream)
                    _tell(control, {"started": pid})
                    continue
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for descriptor in (woken, wakes, control.detach()):
                    os.close(descriptor)
                _settle(order, streams)
                return order


def _settle(order: Order, streams: list[int]) -> None:
    """Make of a fork what a new process would be: a session, streams, an environment and a title of its own."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(order.environment)
    _title(order.module, order.arguments)


def _title(module: str, arguments: list[str]) -> None:
    """Have ps and top show what they would show of a process that was not forked."""
    setproctitle.setproctitle(" ".join([sys.executable, "-m", module, *arguments]))
    setproctitle.setthreadtitle(Path(sys.executable).name)


def _tell_ends(control: socket.socket) -> None:
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            _tell(control, {"ended": ended[0], "code": os.waitstatus_to_exitcode(ended[1])})


def _tell(control: socket.socket, report: dict[str, int]) -> None:
    # Whoever gave the orders may be gone; that is read next.
    with suppress(OSError):
        control.send(orjson.dumps(report))


if __name__ == "__main__":
    main()
