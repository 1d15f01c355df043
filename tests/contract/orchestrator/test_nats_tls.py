"""The journal over TLS: both sides show certificates, and a server of a strange authority is not believed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from services.kit.config import ConfigError, TlsFiles
from services.local.nats_server import find
from services.local.stack import free_ports
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams


def issue(folder: Path, authority: trustme.CA, name: str) -> TlsFiles:
    folder.mkdir(parents=True)
    files = TlsFiles(folder / "tls.crt", folder / "tls.key", folder / "ca.crt")
    leaf = authority.issue_cert(name)
    files.certificate.write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    files.key.write_bytes(leaf.private_key_pem.bytes())
    files.ca.write_bytes(authority.cert_pem.bytes())
    return files


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def url(tmp_path: Path, authority: trustme.CA) -> AsyncIterator[str]:
    """A nats-server that wants certificates of the authority."""
    port = free_ports()["nats"]
    files = issue(tmp_path / "nats", authority, "localhost")
    tls = {"cert_file": str(files.certificate), "key_file": str(files.key), "ca_file": str(files.ca), "verify": True}
    config = {"listen": f"127.0.0.1:{port}", "jetstream": {"store_dir": str(tmp_path / "store")}, "tls": tls}
    file = tmp_path / "server.conf"
    file.write_text(json.dumps(config))
    server = await asyncio.create_subprocess_exec(
        str(find()), "-c", str(file), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    assert server.stderr is not None
    while b"Server is ready" not in await server.stderr.readline():
        assert server.returncode is None
    yield f"tls://localhost:{port}"
    server.terminate()
    await server.communicate()


async def test_the_journal_is_kept_over_mutual_tls(url: str, tmp_path: Path, authority: trustme.CA) -> None:
    files = issue(tmp_path / "orchestrator", authority, "orchestrator")
    async with jetstream(url, Streams(), tls=files) as (journal, *_):
        assert await journal.head("assets/18ea8b5a16eb5106bef8dcf9af06d9e7") is None


async def test_a_certificate_of_a_strange_authority_is_turned_away(url: str, tmp_path: Path) -> None:
    files = issue(tmp_path / "orchestrator", trustme.CA(), "orchestrator")
    with pytest.raises(ConfigError, match="NATS_URL cannot be used"):
        async with jetstream(url, Streams(), tls=files, patience_s=3.0):
            pass
