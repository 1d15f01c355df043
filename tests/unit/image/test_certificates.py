"""Certificates and keys: the one for development, and the operator's own in every form."""

from __future__ import annotations

import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

from services.image.certificates import CertificateError, development_pem, identity_of
from services.image.facts import Facts
from services.image.inspecting import Outcome, inspect
from services.image.marking import Marker
from services.image.pkcs11 import read_uri
from services.image.signers import as_cose, is_safe_url
from services.image.signing import Keys, Signatures

NOW = datetime(2026, 11, 25, tzinfo=UTC)
KEYS = {
    "es256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "es384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "es512": lambda: ec.generate_private_key(ec.SECP521R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "ps256": lambda: rsa.generate_private_key(65537, 2048),
}


def named(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "The Press"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def chain_for(key: CertificateIssuerPrivateKeyTypes) -> str:
    """A leaf for the key and the root that signed it."""
    root_key = ec.generate_private_key(ec.SECP256R1())

    def begun(subject: str, public: object) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named("Root"))
        builder = builder.public_key(public).serial_number(x509.random_serial_number())  # type: ignore[arg-type]
        now = datetime.now(UTC)
        return builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=30))

    root = begun("Root", root_key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
    leaf = (
        begun("Pictures", key.public_key())
        .add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(x509.KeyUsage(True, False, False, False, False, False, False, False, False), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), False)
    )
    certificates = [part.sign(root_key, hashes.SHA256()) for part in (leaf, root)]
    return "".join(certificate.public_bytes(Encoding.PEM).decode() for certificate in certificates)


def pem(key: CertificateIssuerPrivateKeyTypes, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


def picture() -> bytes:
    output = BytesIO()
    Image.effect_noise((128, 128), 50).convert("RGB").save(output, "JPEG")
    return output.getvalue()


def signed_with(keys: Keys) -> bytes:
    marker = Marker(Signatures(keys), required=True, credit="", version="1")
    return marker.mark(picture(), "image/jpeg", marker.dated(Facts(model="m"))).data


def test_the_development_certificate_is_made_once_and_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "signing"
    first = development_pem(directory, NOW)
    assert development_pem(directory, NOW + timedelta(days=300)) == first
    file = directory / "development.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in directory.iterdir()] == ["development.pem"]
    identity = identity_of(first)
    assert (identity.algorithm, identity.development) == ("es256", True)
    leaf, root = x509.load_pem_x509_certificates(first.encode())
    leaf.verify_directly_issued_by(root)
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.EMAIL_PROTECTION]
    assert first.count("PRIVATE KEY") == 2


def test_one_that_ends_soon_is_made_anew(tmp_path: Path) -> None:
    first = development_pem(tmp_path, NOW)
    second = development_pem(tmp_path, NOW + timedelta(days=5 * 365 - 10))
    assert first != second
    assert development_pem(tmp_path, NOW + timedelta(days=5 * 365)) == second


def test_a_file_that_holds_no_certificate_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "development.pem").write_text("notes")
    with pytest.raises(CertificateError, match="holds no certificate"):
        development_pem(tmp_path, NOW)
    assert (tmp_path / "development.pem").read_text() == "notes"


def test_replicas_that_start_together_share_one_certificate(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        made = pool.starmap(development_pem, [(tmp_path, NOW)] * 8)
    assert len(set(made)) == 1


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("form", ["files", "variables", "variables without line ends"])
def test_an_own_key_signs_whatever_its_kind_and_wherever_it_lies(algorithm: str, form: str, tmp_path: Path) -> None:
    key = KEYS[algorithm]()
    chain, private = chain_for(key), pem(key)
    if form == "files":
        (tmp_path / "chain.pem").write_text(chain)
        (tmp_path / "key.pem").write_text(private)
        keys = Keys(tmp_path, str(tmp_path / "chain.pem"), str(tmp_path / "key.pem"))
    elif form == "variables":
        keys = Keys(tmp_path, chain, private)
    else:
        keys = Keys(tmp_path, chain.replace("\n", "\\n"), private.replace("\n", "\\n"))
    data = signed_with(keys)
    found, _ = inspect(data, chain)
    assert (found.outcome, found.signer, found.issuer) == (Outcome.OUTCOME_INTACT, "Pictures", "The Press")
    assert (found.development, found.trusted) == (False, True)
    assert not (tmp_path / "development.pem").exists()


def test_a_key_in_its_traditional_form_is_taken_too(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    data = signed_with(Keys(tmp_path, chain_for(key), pem(key, PrivateFormat.TraditionalOpenSSL)))
    assert inspect(data, "")[0].outcome == Outcome.OUTCOME_INTACT


def wrong_keys() -> dict[str, Keys]:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")).decode()
    chain = chain_for(key)
    curve = ec.generate_private_key(ec.SECP256K1())
    return {
        "not that of the certificate": Keys(Path(), chain, pem(other)),
        "no unencrypted PEM": Keys(Path(), chain, locked),
        "no PEM certificate": Keys(Path(), "-----BEGIN CERTIFICATE-----\nAAAA\n", pem(key)),
        "cannot be read": Keys(Path(), chain, "/no/such/file.pem"),
        "none of EC P-256": Keys(Path(), chain_for(curve), pem(curve)),
        "lacks object, module-path": Keys(Path(), chain, "pkcs11:token=pictures"),
        "EC or RSA": Keys(Path(), chain_for(ed25519.Ed25519PrivateKey.generate()), "pkcs11:token=t;object=o"),
        "no unencrypted": Keys(Path(), chain, chain),
    }


@pytest.mark.parametrize("problem", wrong_keys())
def test_what_cannot_sign_is_said_without_showing_any_of_it(problem: str) -> None:
    keys = wrong_keys()[problem]
    with pytest.raises(CertificateError, match=problem) as caught:
        Signatures(keys)()
    assert "MII" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_signature_of_any_form_becomes_that_of_cose() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    der = key.sign(b"data", ec.ECDSA(hashes.SHA384()))
    assert len(as_cose("es384", der)) == 96
    assert as_cose("es384", b"x" * 96) == b"x" * 96
    assert as_cose("ps256", b"whatever") == b"whatever"
    with pytest.raises(OSError, match="neither"):
        as_cose("es256", b"whatever")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://signer.example/sign", True),
        ("http://127.0.0.1:9/", True),
        ("http://localhost/", True),
        ("http://signer.example/", False),
        ("ftp://signer.example/", False),
        ("http://127.0.0.1.example/", False),
        ("", False),
    ],
)
def test_what_is_signed_crosses_no_network_in_the_open(url: str, safe: bool) -> None:
    assert is_safe_url(url) is safe


def test_a_key_in_a_token_is_named_by_a_uri(tmp_path: Path) -> None:
    (tmp_path / "pin").write_text("1234\n")
    uri = read_uri(f"pkcs11:token=my%20pictures;object=signing?module-path=/lib/x.so&pin-source=file:{tmp_path}/pin")
    assert (uri.token, uri.label, uri.module, uri.pin) == ("my pictures", "signing", "/lib/x.so", "1234")
    with pytest.raises(CertificateError, match="pin-source"):
        read_uri("pkcs11:token=t;object=o?module-path=/lib/x.so&pin-source=/no/such/pin")
