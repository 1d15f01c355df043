"""Mutual TLS by three files: a certificate, its key, and the authority that everybody's certificates come from.

The files are looked at again when a connection is made, at most once a second. New ones count from then on; files that
do not fit together are reported and leave the last good ones in force, so that a rotation that is half done breaks
nothing.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grpc
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from services.kit import telemetry
from services.kit.config import ConfigError, TlsFiles

log = telemetry.get_logger(__name__)

LOOK_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What the files hold, PEM."""

    certificate: bytes
    key: bytes
    ca: bytes

    @property
    def fingerprint(self) -> str:
        """Tells one set of files from another, without telling what is in them."""
        return hashlib.sha256(self.certificate + self.key + self.ca).hexdigest()


def read(files: TlsFiles) -> Credentials:
    """What the files hold.

    Raises:
        ConfigError: a file cannot be read, or certificate and key do not belong together.
    """
    parts = []
    for path in (files.certificate, files.key, files.ca):
        try:
            parts.append(path.read_bytes())
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}") from None
    certificate, key, ca = parts
    try:
        private = serialization.load_pem_private_key(key, password=None)
        public = x509.load_pem_x509_certificates(certificate)[0].public_key()
        x509.load_pem_x509_certificates(ca)
    except (ValueError, TypeError):
        # What the parser says may quote the file, and one of them is a key.
        raise ConfigError(f"{files.certificate}, {files.key} or {files.ca} is no PEM file of its kind") from None
    if _encoded(private.public_key()) != _encoded(public):
        raise ConfigError(f"{files.key} is not the key of {files.certificate}")
    return Credentials(certificate, key, ca)


class Identity:
    """What a process shows and trusts, as the files are now. Thread-safe, because gRPC asks from its own threads.

    Raises:
        ConfigError: the files are no good at the start.
    """

    def __init__(self, files: TlsFiles, now_s: Callable[[], float] = time.monotonic) -> None:
        self._files = files
        self._now_s = now_s
        self._lock = threading.Lock()
        self._credentials = read(files)
        self._looked_s = now_s()
        self._refused = ""

    def current(self) -> Credentials:
        """The newest good credentials."""
        with self._lock:
            if self._now_s() - self._looked_s >= LOOK_AGAIN_S:
                self._looked_s = self._now_s()
                self._look()
            return self._credentials

    def _look(self) -> None:
        try:
            found = read(self._files)
        except ConfigError as error:
            if str(error) != self._refused:
                self._refused = str(error)
                log.error("new TLS files are no good; the old ones stay in force", error=self._refused)
            return
        self._refused = ""
        if found != self._credentials:
            self._credentials = found
            log.info("TLS files were changed", fingerprint=found.fingerprint)


def server_credentials(identity: Identity) -> grpc.ServerCredentials:
    """Credentials of a gRPC server that asks every client for a certificate."""
    told = identity.current()

    def configuration(credentials: Credentials) -> grpc.ServerCertificateConfiguration:
        pairs = [(credentials.key, credentials.certificate)]
        return grpc.ssl_server_certificate_configuration(pairs, root_certificates=credentials.ca)

    def fetch() -> Any:
        nonlocal told
        now = identity.current()
        if now is told:
            # Tells gRPC that nothing has changed.
            return None
        told = now
        return configuration(now)

    return grpc.dynamic_ssl_server_credentials(configuration(told), fetch, require_client_authentication=True)


def channel_credentials(credentials: Credentials) -> grpc.ChannelCredentials:
    """Credentials of a gRPC client."""
    return grpc.ssl_channel_credentials(credentials.ca, credentials.key, credentials.certificate)


def client_context(files: TlsFiles) -> ssl.SSLContext:
    """A context for clients that speak TLS by Python's own means; it holds the files as they are now.

    Raises:
        ConfigError: as `read`.
    """
    context = ssl.create_default_context(cafile=str(files.ca))
    renew(context, files)
    return context


def renew(context: ssl.SSLContext, files: TlsFiles) -> None:
    """Let the next connections of a context use the files as they are now.

    Raises:
        ConfigError: as `read`.
    """
    read(files)
    context.load_verify_locations(files.ca)
    context.load_cert_chain(files.certificate, files.key)


def _encoded(key: object) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined, no-any-return]
