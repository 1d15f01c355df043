"""Whole assets while image replicas on hosts of their own are added, taken away, and killed.

Skipped where no network namespaces can be made.
"""

from __future__ import annotations

import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.local.stack import ACCOUNT_ID, TOKEN
from tests.e2e.harness import eventually
from tests.net.hosts import Answers, Host, Hosts
from tests.net.leaves import PORTS
from tests.net.outside import Outside

ORCHESTRATOR_PORT, LOCAL_PORT, METRICS_PORT = 50050, 8787, 9464
WRITTEN = "atelier_store_written_bytes_total{"
# As many assets as end before the next thing happens.
SOME = 12

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass
class Painter:
    """An image service; all of them store in the same directory."""

    host: Host
    process: subprocess.Popen[str]

    @property
    def bytes(self) -> float:
        """How much it has painted, by its metrics."""
        page = self.host.page(f"http://127.0.0.1:{METRICS_PORT}/metrics")
        return sum(float(line.rpartition(" ")[2]) for line in page.splitlines() if line.startswith(WRITTEN))


def ready(process: subprocess.Popen[str]) -> subprocess.Popen[str]:
    assert process.stdout is not None
    assert any('"ready"' in line or "serving" in line for line in process.stdout)
    return process


def painter(hosts: Hosts, local: Host, store: Path) -> Painter:
    host = hosts.add()
    environ = {
        "ATELIER_IMAGE_LISTEN": f"{host.address}:{PORTS['image']}",
        "ATELIER_IMAGE_METRICS_LISTEN": f"127.0.0.1:{METRICS_PORT}",
        "ATELIER_IMAGE_STORE": str(store),
        "ATELIER_IMAGE_SIGNING_DIRECTORY": str(store.parent / "signing"),
        "CLOUDFLARE_BASE_URL": f"http://{local.address}:{LOCAL_PORT}/client/v4",
        "CLOUDFLARE_ACCOUNT_ID": ACCOUNT_ID,
        "CLOUDFLARE_API_TOKEN": TOKEN,
        "ATELIER_LOG_LEVEL": "warning",
    }
    process = ready(host.run("services.image", environ=environ))
    # Whatever else it prints is taken from it, or it would have to wait.
    Answers(process)
    return Painter(host, process)


def orchestrator(hosts: Hosts, leaves: Host, painters: list[Painter]) -> Host:
    host = hosts.add()
    host.names(painters=[painter.host for painter in painters])
    environ = {
        "ATELIER_ORCHESTRATOR_JOURNAL": "memory",
        "ATELIER_ORCHESTRATOR_LISTEN": f"{host.address}:{ORCHESTRATOR_PORT}",
        "ATELIER_ORCHESTRATOR_PROMPT_TARGET": f"ipv4:{leaves.address}:{PORTS['prompt']}",
        "ATELIER_ORCHESTRATOR_MODERATION_TARGET": f"ipv4:{leaves.address}:{PORTS['moderation']}",
        "ATELIER_ORCHESTRATOR_IMAGE_TARGET": f"dns:///painters:{PORTS['image']}",
        "ATELIER_LOG_LEVEL": "warning",
    }
    Answers(ready(host.run("services.orchestrator", environ=environ)))
    return host


def test_image_replicas_come_and_go_and_no_asset_fails(hosts: Hosts, tmp_path: Path) -> None:
    leaves = hosts.add()
    ready(leaves.run("tests.net.leaves", leaves.address))
    local = {"ATELIER_LOCAL_LISTEN": f"{leaves.address}:{LOCAL_PORT}", "ATELIER_LOCAL_ENGINES": "instant"}
    Answers(ready(leaves.run("services.local", environ=local)))
    one, two = (painter(hosts, leaves, tmp_path / "pictures") for _ in range(2))
    asked = orchestrator(hosts, leaves, [one])
    crowd = Outside(hosts.add(), [f"{asked.address}:{ORCHESTRATOR_PORT}"])

    def works(painter: Painter) -> None:
        before = painter.bytes
        eventually(lambda: painter.bytes > before, "it paints")

    works(one)
    assert not two.bytes

    # A second one is added.
    asked.names(painters=[one.host, two.host])
    works(two)
    crowd.ends(SOME)

    # The first one is taken away: its name goes, and it stops once it has answered what it was asked.
    asked.names(painters=[two.host])
    one.process.send_signal(signal.SIGTERM)
    works(two)
    crowd.ends(SOME)
    assert one.process.wait(60) == 0

    # A third one comes, and then the second is killed although its name still stands.
    three = painter(hosts, leaves, tmp_path / "pictures")
    asked.names(painters=[two.host, three.host])
    works(three)
    two.process.kill()
    works(three)
    crowd.ends(SOME)

    crowd.all_ended_well()
