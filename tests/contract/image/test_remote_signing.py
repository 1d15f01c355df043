"""Signatures that come from elsewhere: a service behind HTTPS, and a PKCS#11 token."""

from __future__ import annotations

import importlib.util
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from PIL import Image

from services.image.certificates import development_pem
from services.image.facts import Facts
from services.image.inspecting import Outcome, inspect
from services.image.marking import Marked, Marker
from services.image.signing import Keys, Signatures
from services.kit.errors import Reason, ServiceError

TOKEN = "t0ken-of-the-tests"
SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")


class Service(ThreadingHTTPServer):
    """Signs what is posted to it; `says` is the status of its answers, `answer` what it answers instead."""

    daemon_threads = True

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.key = key
        self.says = 200
        self.answer: bytes | None = None
        self.authorities = ""
        self.seen: list[tuple[str, str, str]] = []


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        head = tuple(str(self.headers[name]) for name in ("Content-Type", "Atelier-Algorithm", "Authorization"))
        self.server.seen.append(head)  # type: ignore[arg-type]
        answer = self.server.answer
        if answer is None:
            answer = self.server.key.sign(data, ec.ECDSA(hashes.SHA256()))
        self.send_response(self.server.says)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, ec.EllipticCurvePrivateKey]:
    text = development_pem(tmp_path, datetime.now(UTC))
    private, mark, certificates = text.partition("-----END PRIVATE KEY-----\n")
    key = load_pem_private_key((private + mark).encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return certificates, key


@pytest.fixture
def service(certificate: tuple[str, ec.EllipticCurvePrivateKey], tmp_path: Path) -> Iterator[Service]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    service = Service(certificate[1])
    service.authorities = str(tmp_path / "ca.pem")
    service.socket = context.wrap_socket(service.socket, server_side=True)
    thread = threading.Thread(target=service.serve_forever, args=(0.01,))
    thread.start()
    yield service
    service.shutdown()
    thread.join()
    service.server_close()


def picture() -> bytes:
    output = BytesIO()
    Image.effect_noise((128, 128), 50).convert("RGB").save(output, "WEBP")
    return output.getvalue()


def mark(keys: Keys, *, required: bool = True) -> Marked:
    marker = Marker(Signatures(keys), required=required, credit="", version="1")
    return marker.mark(picture(), "image/webp", marker.dated(Facts(model="m")))


def keys_for(service: Service, certificates: str) -> Keys:
    url = f"https://127.0.0.1:{service.server_address[1]}/sign"
    return Keys(Path("/nowhere"), certificates, url=url, token=TOKEN, authorities=service.authorities)


def test_a_service_signs_and_sees_what_it_needs(
    service: Service, certificate: tuple[str, ec.EllipticCurvePrivateKey]
) -> None:
    marked = mark(keys_for(service, certificate[0]))
    found, _ = inspect(marked.data, certificate[0])
    assert (found.outcome, found.trusted) == (Outcome.OUTCOME_INTACT, True)
    assert service.seen == [("application/octet-stream", "es256", f"Bearer {TOKEN}")]


@pytest.mark.parametrize(
    ("says", "answer"), [(500, b""), (302, b""), (200, b""), (200, b"no signature"), (200, b"x" * 100_000)]
)
def test_a_service_that_does_not_sign_is_an_error_or_leaves_the_picture_unsigned(
    service: Service, certificate: tuple[str, ec.EllipticCurvePrivateKey], says: int, answer: bytes
) -> None:
    service.says, service.answer = says, answer
    keys = keys_for(service, certificate[0])
    with pytest.raises(ServiceError) as caught:
        mark(keys)
    assert caught.value.reason is Reason.SIGNING_FAILED
    assert TOKEN not in str(caught.value)
    assert mark(keys, required=False).signer == ""


def test_a_signature_of_another_key_is_not_taken_for_one(
    service: Service, certificate: tuple[str, ec.EllipticCurvePrivateKey]
) -> None:
    service.key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(ServiceError) as caught:
        mark(keys_for(service, certificate[0]))
    assert caught.value.reason is Reason.SIGNING_FAILED


def test_a_service_whose_certificate_is_unknown_is_told_nothing(
    service: Service, certificate: tuple[str, ec.EllipticCurvePrivateKey]
) -> None:
    service.authorities = ""
    with pytest.raises(ServiceError):
        mark(keys_for(service, certificate[0]))
    assert service.seen == []


@pytest.mark.skipif(importlib.util.find_spec("pkcs11") is None, reason="python-pkcs11 is not installed")
@pytest.mark.skipif(not SOFTHSM.exists() or not shutil.which("softhsm2-util"), reason="SoftHSM is not installed")
def test_a_key_in_a_token_signs(
    certificate: tuple[str, ec.EllipticCurvePrivateKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    pem = certificate[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "pin").write_text("1234")
    label = ["--token", "pictures", "--pin", "1234"]
    for command in (
        ["--init-token", "--free", "--label", "pictures", "--pin", "1234", "--so-pin", "5678"],
        ["--import", str(tmp_path / "key.pem"), *label, "--label", "signing", "--id", "01"],
    ):
        subprocess.run(["softhsm2-util", *command], check=True, capture_output=True, timeout=60)
    uri = f"pkcs11:token=pictures;object=signing?module-path={SOFTHSM}&pin-source={tmp_path}/pin"
    marked = mark(Keys(Path("/nowhere"), certificate[0], uri))
    assert inspect(marked.data, certificate[0])[0].outcome == Outcome.OUTCOME_INTACT
    wrong = f"pkcs11:token=pictures;object=another?module-path={SOFTHSM}&pin-source={tmp_path}/pin"
    with pytest.raises(ServiceError) as caught:
        mark(Keys(Path("/nowhere"), certificate[0], wrong))
    assert "1234" not in str(caught.value)
