"""Free ports of this machine for servers that are told where to listen before they start.

They lie below those that systems hand to outgoing connections (32768 on Linux, 49152 elsewhere; RFC 6335, section 6,
and ip_local_port_range in ip(7)): a server that was stopped finds its port free again. They are picked at random, so
that two who look at the same moment hardly ever find the same.
"""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack

FIRST, END = 12_000, 32_768


def find_ports(count: int, *, beside: int = 0, host: str = "127.0.0.1") -> list[int]:
    """That many different ports that are free on `host`; where `beside` is given, so is each one plus `beside`.

    Raises:
        OSError: there are not enough.
    """
    ports: list[int] = []
    with ExitStack() as held:
        for port in random.SystemRandom().sample(range(FIRST, END - beside), END - beside - FIRST):
            if all(_take(host, number, held) for number in {port, port + beside}):
                ports.append(port)
            if len(ports) == count:
                return ports
    raise OSError(f"there are no {count} free ports from {FIRST} to {END - 1} on {host}")


def _take(host: str, port: int, held: ExitStack) -> bool:
    try:
        held.enter_context(socket.create_server((host, port)))
    except OSError:
        return False
    return True
