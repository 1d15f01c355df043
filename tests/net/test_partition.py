"""A cluster of NATS servers on hosts of their own, cut off from each other and from an orchestrator, under load.

Skipped where no network namespaces can be made.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from services.local.nats_server import find
from tests.e2e.harness import eventually
from tests.net.hosts import Answers, Host, Hosts
from tests.net.leaves import PORTS
from tests.net.outside import Outside

TOKEN = "secret"
CLIENT_PORT, ROUTE_PORT, MONITOR_PORT = 4222, 6222, 8222
ORCHESTRATOR_PORT = 50050
# As many assets as end before the next thing happens.
SOME = 8

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Cluster:
    """Three servers, each on its own host."""

    def __init__(self, hosts: Hosts, directory: Path) -> None:
        self.nodes = {f"node{number}": hosts.add() for number in range(3)}
        routes = json.dumps([f"nats://{host.address}:{ROUTE_PORT}" for host in self.nodes.values()])
        for name, host in self.nodes.items():
            file = directory / f"{name}.conf"
            file.write_text(
                f"""
                server_name: {name}
                listen: "{host.address}:{CLIENT_PORT}"
                http: "127.0.0.1:{MONITOR_PORT}"
                authorization {{ token: "{TOKEN}" }}
                jetstream {{ store_dir: "{directory / name}", sync_interval: "always" }}
                cluster {{ name: atelier, listen: "{host.address}:{ROUTE_PORT}", routes: {routes} }}
                """
            )
            host.start([str(find()), "-c", str(file)])

    @property
    def url(self) -> str:
        return ",".join(f"nats://{TOKEN}@{host.address}:{CLIENT_PORT}" for host in self.nodes.values())

    def leader(self, asked: str = "node0") -> str:
        """Who leads the stream of the logs, as one server believes; empty where it believes in nobody."""
        try:
            found = self.nodes[asked].fetch(f"http://127.0.0.1:{MONITOR_PORT}/jsz?streams=true")
        except subprocess.CalledProcessError:
            return ""
        streams = [stream for account in found.get("account_details", ()) for stream in account["stream_detail"]]
        leaders = [s["cluster"].get("leader", "") for s in streams if s["name"] == "atelier_events"]
        return leaders[0] if leaders else ""

    def server_of(self, host: Host) -> str:
        """The server that a host is connected to."""
        for name, node in self.nodes.items():
            connections = node.fetch(f"http://127.0.0.1:{MONITOR_PORT}/connz")["connections"]
            if host.address in {connection["ip"] for connection in connections}:
                return name
        return ""


def orchestrator(hosts: Hosts, cluster: Cluster, leaves: Host) -> Host:
    host = hosts.add()
    environ = {
        "NATS_URL": cluster.url,
        "ATELIER_ORCHESTRATOR_NATS_REPLICAS": "3",
        "ATELIER_ORCHESTRATOR_LISTEN": f"{host.address}:{ORCHESTRATOR_PORT}",
        "ATELIER_ORCHESTRATOR_LEASE_S": "3",
        "ATELIER_ORCHESTRATOR_MAX_DELIVERIES": "1000",
        "ATELIER_LOG_LEVEL": "warning",
    }
    targets = {f"ATELIER_ORCHESTRATOR_{name.upper()}_TARGET": f"ipv4:{leaves.address}:{p}" for name, p in PORTS.items()}
    process = host.run("services.orchestrator", environ=environ | targets)
    assert process.stdout is not None
    assert any('"ready"' in line for line in process.stdout)
    # Whatever else it prints is taken from it, or it would have to wait.
    Answers(process)
    return host


def test_whoever_is_cut_off_from_whom_everything_accepted_comes_to_its_end(hosts: Hosts, tmp_path: Path) -> None:
    cluster = Cluster(hosts, tmp_path)
    leaves = hosts.add()
    serving = leaves.run("tests.net.leaves", leaves.address)
    assert serving.stdout is not None
    assert "serving" in serving.stdout.readline()
    replicas = [orchestrator(hosts, cluster, leaves) for _ in range(2)]
    targets = [f"{host.address}:{ORCHESTRATOR_PORT}" for host in replicas]
    crowd = Outside(hosts.add(), targets)

    crowd.ends(SOME)
    eventually(cluster.leader, "there is a leader")

    # One orchestrator hears nothing of the leader, nor of the server through which it could.
    lost = {cluster.leader(), cluster.server_of(replicas[0])}
    replicas[0].cut([cluster.nodes[name] for name in lost], cut=True)
    crowd.ends(SOME)
    eventually(lambda: cluster.server_of(replicas[0]) not in {"", *lost}, "it finds another server")
    crowd.ends(SOME)
    replicas[0].cut([cluster.nodes[name] for name in lost], cut=False)
    crowd.ends(SOME)

    # The leader hears nothing of the other servers, although both orchestrators hear it.
    leader = cluster.leader()
    others = [name for name in cluster.nodes if name != leader]
    cluster.nodes[leader].cut([cluster.nodes[name] for name in others], cut=True)
    eventually(lambda: cluster.leader(others[0]) in others, "the others choose a leader of their own")
    crowd.ends(SOME)
    cluster.nodes[leader].cut([cluster.nodes[name] for name in others], cut=False)
    eventually(lambda: cluster.leader(leader) in others, "the old leader follows")
    crowd.ends(SOME)

    crowd.all_ended_well()
