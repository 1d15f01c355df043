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

from client import AsyncAtelier, Invalid, TlsFiles, Unreachable
from client.command import exits
from tests.e2e.cli import CommandLine
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


async def test_the_client_over_grpc_shows_its_certificate(
    stack: Stack, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {name: tmp_path / path.name for name, path in files.items()}
    for name, path in files.items():
        own[name].write_bytes(path.read_bytes())
    target = f"dns:///{stack.address('orchestrator')}"
    async with AsyncAtelier(target, tls=TlsFiles(**own)) as atelier:
        job = atelier.create("A harbour at dawn", width=256, height=256)
        assert (await job.result()).state == pb.Asset.STATE_SUCCEEDED
        assert [picture.suffix async for picture in job.images()]
        # New files count from the next call on, without a restart; broken ones never do.
        before = atelier.connection.stub
        own["ca"].unlink()
        monkeypatch.setattr("client.connection.LOOK_AGAIN_S", 0.0)
        assert (await atelier.get(job.name)).name == job.name
        assert atelier.connection.stub is before
        own["ca"].write_bytes(files["ca"].read_bytes() + b"\n")
        assert (await atelier.get(job.name)).name == job.name
        assert atelier.connection.stub is not before
    for name in files:
        monkeypatch.setenv(f"ATELIER_TLS_{name.upper()}", str(files[name]))
    async with AsyncAtelier(target) as atelier:
        assert (await atelier.get(job.name)).name == job.name
    monkeypatch.delenv("ATELIER_TLS_KEY")
    with pytest.raises(Invalid, match="ATELIER_TLS_KEY"):
        AsyncAtelier(target)


async def test_the_client_without_a_certificate_gets_nowhere(stack: Stack) -> None:
    async with AsyncAtelier(f"dns:///{stack.address('orchestrator')}") as atelier:
        with pytest.raises(Unreachable):
            await atelier.get("assets/x")


def test_the_doctor_asks_over_mutual_tls(stack: Stack, files: dict[str, Path], tmp_path: Path) -> None:
    environ = {f"ATELIER_TLS_{name.upper()}": str(path) for name, path in files.items()}
    trusting = {**environ, "REQUESTS_CA_BUNDLE": str(files["ca"])}
    done = CommandLine(stack, trusting)("doctor")
    assert done.code == 0, done.out
    assert "image model" in done.out
    called = CommandLine(stack, trusting)("call", "moderation", "ModerateText", '{"text": "A lamp"}')
    assert "DECISION_ALLOWED" in called.out
    stranger = trustme.CA().issue_cert("gateway", "orchestrator")
    for name, blob in (("certificate", stranger.cert_chain_pems[0]), ("key", stranger.private_key_pem)):
        (tmp_path / name).write_bytes(blob.bytes())
        trusting[f"ATELIER_TLS_{name.upper()}"] = str(tmp_path / name)
    refused = CommandLine(stack, trusting)("doctor", "--no-models")
    assert refused.code == 1
    assert refused.out.count("BAD\t") == 4
    half = CommandLine(stack, {"ATELIER_TLS_CA": str(files["ca"]), "REQUESTS_CA_BUNDLE": str(files["ca"])})("doctor")
    assert (half.code, "ATELIER_TLS_CERTIFICATE, ATELIER_TLS_KEY is not set" in half.err) == (exits.REFUSED, True), half


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
