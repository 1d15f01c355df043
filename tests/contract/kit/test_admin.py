"""Channelz on the admin port: what it tells of a process, to whom, and that nobody else can ask."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from grpc_channelz.v1 import channelz_pb2, channelz_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.admin import served
from services.kit.config import ConfigError
from services.kit.listening import ListenError
from tests.environment import clean_environ
from tests.manifests import ROOT

GRPCURL = Path(sys.executable).parent / "grpcurl"
PROCESS = "services.moderation"


@pytest.fixture
def process() -> Iterator[dict[str, str]]:
    """A running service; its own address and the one of its admin port."""
    clean = clean_environ()
    clean |= {
        "ATELIER_MODERATION_LISTEN": "127.0.0.1:0",
        "ATELIER_MODERATION_ADMIN_LISTEN": "127.0.0.1:0",
        "CLOUDFLARE_BASE_URL": "http://127.0.0.1:9/client/v4",
        "CLOUDFLARE_ACCOUNT_ID": "1" * 32,
        "CLOUDFLARE_API_TOKEN": "none",
    }
    with subprocess.Popen(
        [sys.executable, "-m", PROCESS], cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        found = {"ready": json.loads(child.stdout.readline())["address"]}
        for line in child.stderr:
            if "channelz is served" in line:
                found["admin"] = json.loads(line)["address"]
                break
        yield found
        child.terminate()
        child.communicate()


def test_channelz_tells_servers_sockets_and_calls(process: dict[str, str]) -> None:
    with grpc.insecure_channel(process["ready"]) as channel:
        for _ in range(3):
            health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
        with grpc.insecure_channel(process["admin"]) as admin:
            stub = channelz_pb2_grpc.ChannelzStub(admin)
            servers = stub.GetServers(channelz_pb2.GetServersRequest()).server
            # The admin server has answered one call so far, which is this one.
            (ours,) = [server for server in servers if server.data.calls_started >= 3]
            connections = stub.GetServerSockets(
                channelz_pb2.GetServerSocketsRequest(server_id=ours.ref.server_id)
            ).socket_ref
            assert len(connections) >= 1
            assert len(servers) == 2


def test_grpcurl_finds_it_by_reflection(process: dict[str, str]) -> None:
    answer = subprocess.run(
        [GRPCURL, "-plaintext", process["admin"], "grpc.channelz.v1.Channelz/GetServers"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert len(json.loads(answer.stdout)["server"]) == 2
    with grpc.insecure_channel(process["ready"]) as channel, pytest.raises(grpc.RpcError) as refused:
        channelz_pb2_grpc.ChannelzStub(channel).GetServers(channelz_pb2.GetServersRequest())
    assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "10.1.2.3:9901", ":9901", "example.com:1"])
async def test_it_is_served_on_loopback_only(listen: str) -> None:
    with pytest.raises(ConfigError):
        async with served(listen):
            pass


async def test_a_taken_port_is_said_and_no_address_serves_nothing() -> None:
    async with served("127.0.0.1:0") as address:
        with pytest.raises(ListenError):
            async with served(address):
                pass
    async with served("") as nothing:
        assert nothing == ""


async def test_malformed_requests_and_unknown_methods_get_typed_errors() -> None:
    async with served("127.0.0.1:0") as address, grpc.aio.insecure_channel(address) as channel:
        for method, code in (("GetServers", "INVALID_ARGUMENT"), ("Nothing", "UNIMPLEMENTED")):
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await channel.unary_unary(f"/grpc.channelz.v1.Channelz/{method}")(b"\xff\xff")
            assert refused.value.code().name == code
