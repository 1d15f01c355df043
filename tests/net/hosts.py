"""Hosts with addresses of their own on one machine: network namespaces on a bridge, and a hosts file instead of DNS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.manifests import ROOT

NETWORK = "10.213.77"
_FETCH = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())"


def ip(*arguments: str) -> None:
    """Run ip(8).

    Raises:
        subprocess.CalledProcessError: it refused.
    """
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def missing() -> str:
    """Why there can be no hosts here; empty where there can."""
    name = f"atl{os.getpid()}"
    try:
        ip("netns", "add", name)
        ip("netns", "exec", name, "iptables", "-L")
        ip("-n", name, "link", "add", "bridge", "type", "bridge")
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no network namespaces can be made here: {error}"
    finally:
        with suppress(OSError, subprocess.CalledProcessError):
            ip("netns", "del", name)
    return ""


class Hosts:
    """A bridge with hosts on it; `close` removes everything."""

    def __init__(self) -> None:
        self.prefix = f"atl{os.getpid() % 100_000}"
        # The switch is a namespace too: what this machine's own firewall does to bridges is none of its business.
        self._switch = f"{self.prefix}s"
        self._hosts: list[Host] = []
        ip("netns", "add", self._switch)
        ip("-n", self._switch, "link", "add", "bridge", "type", "bridge")
        ip("-n", self._switch, "link", "set", "bridge", "up")

    def add(self) -> Host:
        """One more host."""
        host = Host(self.prefix, len(self._hosts) + 2, self._switch)
        self._hosts.append(host)
        return host

    def close(self) -> None:
        for host in self._hosts:
            host.close()
        with suppress(subprocess.CalledProcessError):
            ip("netns", "del", self._switch)


class Host:
    """A namespace with one address."""

    def __init__(self, prefix: str, number: int, switch: str) -> None:
        self.address = f"{NETWORK}.{number}"
        self._name = f"{prefix}h{number}"
        self._switch, self._port = switch, f"port{number}"
        self._processes: list[subprocess.Popen[str]] = []
        self._etc = Path("/etc/netns") / self._name
        ip("netns", "add", self._name)
        ip("-n", switch, "link", "add", self._port, "type", "veth", "peer", "name", "eth0", "netns", self._name)
        ip("-n", switch, "link", "set", self._port, "master", "bridge", "up")
        for arguments in (
            ("addr", "add", f"{self.address}/24", "dev", "eth0"),
            ("link", "set", "eth0", "up"),
            ("link", "set", "lo", "up"),
        ):
            ip("-n", self._name, *arguments)

    def names(self, **addresses: list[Host]) -> None:
        """What this host knows names for; counts for processes that are started later, and may be changed any time."""
        self._etc.mkdir(parents=True, exist_ok=True)
        lines = [f"{host.address} {name}" for name, hosts in addresses.items() for host in hosts]
        # Written in place: the file is mounted where a process looks for it.
        with (self._etc / "hosts").open("w") as file:
            file.write("\n".join(["127.0.0.1 localhost", *lines, ""]))

    def run(self, module: str, *arguments: str, environ: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start a Python module here; what it prints can be read."""
        return self.start([sys.executable, "-m", module, *arguments], environ)

    def start(self, command: Sequence[str], environ: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start a program here, with more in its environment; what it prints can be read."""
        process = subprocess.Popen(
            ["ip", "netns", "exec", self._name, *command],
            cwd=ROOT,
            env={**os.environ, **(environ or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._processes.append(process)
        return process

    def page(self, url: str) -> str:
        """What a page says that is served here."""
        command = ["ip", "netns", "exec", self._name, sys.executable, "-S", "-c", _FETCH, url]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def fetch(self, url: str) -> dict[str, Any]:
        """What a page says that is served here, as JSON."""
        found: dict[str, Any] = json.loads(self.page(url))
        return found

    def cable(self, *, plugged: bool) -> None:
        """Plug the network cable in or pull it out: nobody is told, packets just go nowhere."""
        ip("-n", self._switch, "link", "set", self._port, "up" if plugged else "down")

    def deaf(self, *, deaf: bool) -> None:
        """Drop what the host sends, although it hears everything: loss in one direction."""
        rule = ["iptables", "-A" if deaf else "-D", "OUTPUT", "-o", "eth0", "-j", "DROP"]
        ip("netns", "exec", self._name, *rule)

    def cut(self, others: Iterable[Host], *, cut: bool) -> None:
        """Drop everything between this host and others; the rest of the network goes on."""
        for other in others:
            for rule in (["INPUT", "-s", other.address], ["OUTPUT", "-d", other.address]):
                ip("netns", "exec", self._name, "iptables", "-A" if cut else "-D", *rule, "-j", "DROP")

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.communicate()
        with suppress(subprocess.CalledProcessError):
            ip("netns", "del", self._name)
        with suppress(FileNotFoundError):
            (self._etc / "hosts").unlink()
            self._etc.rmdir()


class Answers:
    """Who has answered a caller, counted as its lines come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._counts: Counter[str] = Counter()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._counts[line.strip()] += 1

    def since(self, before: Counter[str] | None = None) -> Counter[str]:
        """How many answers and errors came since a moment that `now` gave."""
        return Counter(self._counts) - (before or Counter())

    def now(self) -> Counter[str]:
        return Counter(self._counts)
