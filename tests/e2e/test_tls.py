"""The whole stack with mutual TLS between its services and HTTPS at its door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
import requests
import trustme
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from tests.e2e.harness import Stack, run_stack

NAMES = ("gateway", "orchestrator", "localhost", "127.0.0.1")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, authority = tmp_path_factory.mktemp("tls"), trustme.CA()
    leaf = authority.issue_cert(*NAMES)
    paths = {name: folder / f"{name}.pem" for name in ("certificate", "key", "ca")}
    paths["certificate"].write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    paths["key"].write_bytes(leaf.private_key_pem.bytes())
    paths["ca"].write_bytes(authority.cert_pem.bytes())
    return paths


@pytest.fixture(scope="module")
def stack(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = {
        "ATELIER_LOCAL_ENGINES": "instant",
        "ATELIER_TLS_CERTIFICATE": str(files["certificate"]),
        "ATELIER_TLS_KEY": str(files["key"]),
        "ATELIER_TLS_CA": str(files["ca"]),
        "ATELIER_GATEWAY_HTTPS_CERTIFICATE": str(files["certificate"]),
        "ATELIER_GATEWAY_HTTPS_KEY": str(files["key"]),
    }
    yield from run_stack(tmp_path_factory.mktemp("stack"), **settings)


def test_content_becomes_a_picture_over_https(stack: Stack, files: dict[str, Path]) -> None:
    assert stack.url.startswith("https://")
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(files["ca"])
        answer = session.post(
            f"{stack.url}/v1/assets", json={"content": "A harbour at dawn"}, headers={"Prefer": "wait=60"}, timeout=90
        )
        asset = answer.json()
        assert (answer.status_code, asset["state"]) == (200, "STATE_SUCCEEDED")
        picture = session.get(f"{stack.url}/v1/{asset['name']}/variants/0/image", timeout=60)
        assert picture.headers["content-type"].startswith("image/")


def test_no_service_speaks_with_a_caller_without_a_certificate(stack: Stack) -> None:
    with grpc.insecure_channel(stack.address("orchestrator")) as channel:
        stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
        with pytest.raises(grpc.RpcError) as caught:
            stub.GetAsset(pb.GetAssetRequest(name="assets/x"), timeout=30)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


def test_no_key_and_no_token_stands_in_what_the_processes_log(stack: Stack, files: dict[str, Path]) -> None:
    key = files["key"].read_text().splitlines()[1]
    assert stack.output
    assert not any(key in line for line in stack.output)
