"""The Envoy configuration on a real Envoy and a real stack: gRPC, grpc-web, JSON, and a replica that is not there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
import requests
import yaml
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.ports import find_ports
from tests.e2e.harness import Stack, eventually
from tests.manifests import ROOT

CONFIG = ROOT / "deploy" / "envoy" / "envoy.yaml"
ENVOY = Path(sys.executable).parent / "envoy"


@pytest.fixture(scope="module")
def envoy(running: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Envoy that knows, besides each real replica, one that nobody listens for."""
    folder = tmp_path_factory.mktemp("envoy")
    descriptors = folder / "descriptors.binpb"
    generate = [sys.executable, str(ROOT / "protos" / "generate.py"), "--descriptors", str(descriptors)]
    subprocess.run(generate, check=True, capture_output=True)
    port, dead_port = find_ports(2)
    config = yaml.safe_load(CONFIG.read_text().replace("descriptors.binpb", str(descriptors)))
    del config["admin"]
    config["static_resources"]["listeners"][0]["address"]["socket_address"] = {
        "address": "127.0.0.1",
        "port_value": port,
    }
    for cluster in config["static_resources"]["clusters"]:
        host, _, real_port = running.address(cluster["name"]).rpartition(":")
        endpoints = [
            {"endpoint": {"address": {"socket_address": {"address": host, "port_value": number}}}}
            for number in (int(real_port), dead_port)
        ]
        cluster["load_assignment"]["endpoints"] = [{"lb_endpoints": endpoints}]
    file = folder / "envoy.json"
    file.write_text(json.dumps(config))
    command = [str(ENVOY), "-c", str(file), "--concurrency", "1", "--use-dynamic-base-id", "--log-level", "warn"]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            eventually(lambda: _answers(f"http://127.0.0.1:{port}/v1/assets"), "Envoy answers")
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def test_grpc_goes_to_the_replica_that_is_there(envoy: str) -> None:
    with grpc.insecure_channel(envoy) as channel:
        stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
        for _ in range(20):
            stub.ListAssets(pb.ListAssetsRequest(), timeout=30)
        events = [reply.event for reply in stub.CreateAsset(_order(), timeout=60)]
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


def test_errors_keep_their_reason_on_the_way(envoy: str) -> None:
    with grpc.insecure_channel(envoy) as channel:
        stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
        with pytest.raises(grpc.RpcError) as caught:
            stub.GetAsset(pb.GetAssetRequest(name="assets/18ea8b5a16eb5106bef8dcf9af06d9e7"), timeout=30)
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    answer = requests.get(f"http://{envoy}/v1/assets/18ea8b5a16eb5106bef8dcf9af06d9e7", timeout=30)
    assert (answer.status_code, answer.json()["details"][0]["reason"]) == (404, "ASSET_UNKNOWN")


def test_plain_json_streams_the_events(envoy: str) -> None:
    order = {"content": "A harbour at dawn"}
    answer = requests.post(f"http://{envoy}/v1/assets", json=order, timeout=60)
    events = [json.loads(line)["event"] for line in answer.text.splitlines() if line]
    assert "accepted" in events[0]
    assert events[-1]["finished"]["asset"]["state"] == "STATE_SUCCEEDED"


def test_a_browser_speaks_grpc_web(envoy: str) -> None:
    message = pb.ListAssetsRequest(page_size=1).SerializeToString()
    frame = b"\0" + len(message).to_bytes(4, "big") + message
    answer = requests.post(
        f"http://{envoy}/atelier.orchestrator.v1.OrchestratorService/ListAssets",
        data=frame,
        headers={"content-type": "application/grpc-web+proto", "x-grpc-web": "1"},
        timeout=30,
    )
    length = int.from_bytes(answer.content[1:5], "big")
    pb.ListAssetsResponse.FromString(answer.content[5 : 5 + length])
    # The trailers are the last frame.
    assert answer.content[5 + length] == 0x80
    assert b"grpc-status:0" in answer.content[5 + length :]


def _order() -> pb.CreateAssetRequest:
    return pb.CreateAssetRequest(asset=pb.Asset(content="A harbour at dawn"))
