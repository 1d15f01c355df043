"""Certificates that sign pictures: the operator's own, and the one that is made for development. Blocking."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from services.image.durable import make_directory, sync_directory

DEVELOPMENT = "Atelier development, not to be trusted"
FILE = "development.pem"
_BEGIN = "-----BEGIN "
_LIFE = timedelta(days=5 * 365)
_RENEW_BEFORE = timedelta(days=30)


class CertificateError(ValueError):
    """A certificate or key that cannot sign pictures; the message says why and shows none of it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: certificates as PEM, the signing one first, and the C2PA name of its key's algorithm."""

    chain: str
    algorithm: str
    common_name: str
    development: bool


def identity_of(pem: str) -> Identity:
    """The identity that PEM certificates stand for.

    Raises:
        CertificateError: where there is no certificate, or one with a key that C2PA does not know.
    """
    try:
        certificates = x509.load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise CertificateError("there is no PEM certificate in it") from None
    leaf, *issuers = certificates
    # The root is known to whoever trusts it; leaving it out keeps manifests small.
    sent = [leaf, *(issuer for issuer in issuers if issuer.subject != issuer.issuer)]
    return Identity(
        chain="".join(certificate.public_bytes(Encoding.PEM).decode() for certificate in sent),
        algorithm=_algorithm(leaf),
        common_name=_named(leaf.subject, NameOID.COMMON_NAME),
        development=is_development(_named(leaf.subject, NameOID.ORGANIZATION_NAME)),
    )


def is_development(organisation: str) -> bool:
    """Whether an organisation in a certificate says that it was made for development."""
    return organisation == DEVELOPMENT


def development_pem(directory: Path, now: datetime) -> str:
    """Key and certificates for development, made where there are none; replicas that share the directory share them.

    The root's key is thrown away once it has signed one leaf. The file is readable by its owner alone.

    Raises:
        OSError: the directory cannot be read or written.
        CertificateError: what lies there is no certificate.
    """
    path = directory / FILE
    make_directory(directory)
    found = _read(path)
    if found and _good_until(found) > now + _RENEW_BEFORE:
        return found
    staged = directory / f".{FILE}.{secrets.token_hex(8)}"
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(new_development_pem(now))
            file.flush()
            os.fsync(file.fileno())
        if found:
            staged.rename(path)
        else:
            _link(staged, path)
    finally:
        staged.unlink(missing_ok=True)
    sync_directory(directory)
    return _read(path)


def _link(staged: Path, path: Path) -> None:
    """Give the file its name unless another replica was quicker; its file is the one that counts then."""
    try:
        path.hardlink_to(staged)
    except FileExistsError:
        return


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def _good_until(pem: str) -> datetime:
    try:
        return x509.load_pem_x509_certificates(pem.encode())[0].not_valid_after_utc
    except ValueError:
        raise CertificateError(f"{FILE} holds no certificate; remove it to have a new one made") from None


def new_development_pem(now: datetime) -> str:
    """A key, the certificate of a leaf and that of its root, as PEM, kept nowhere."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = _subject("Atelier development root"), _subject("Atelier development")
    root_id = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    root = (
        _begun(root_name, root_name, root_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(root_id, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        _begun(name, root_name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_id), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (secret + leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)).decode()


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIFE)
    )


def _subject(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEVELOPMENT),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    values = name.get_attributes_for_oid(oid)
    return str(values[0].value) if values else ""


_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


def _algorithm(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        return "ps256"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        return _CURVES[key.curve.name]
    raise CertificateError("its key is none of EC P-256, P-384, P-521, Ed25519 and RSA from 2048 bits")


def is_pem(text: str) -> bool:
    """Whether a setting is PEM itself and not the path of a file."""
    return text.lstrip().startswith(_BEGIN)
