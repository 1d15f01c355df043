"""Who signs, as the settings say: made when the first picture needs it, and again after a failure. Blocking."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import c2pa

from services.image import pkcs11
from services.image.certificates import Identity, development_pem, identity_of, new_development_pem
from services.image.signers import called_back, identity_from, read_setting, remote, with_key
from services.kit import telemetry

log = telemetry.get_logger(__name__)

Signature: TypeAlias = "tuple[Identity, c2pa.Signer]"


@dataclass(frozen=True, slots=True)
class Keys:
    """Where certificate and key come from; all empty for the development certificate in `directory`.

    `certificate` is PEM or the path of a file; `key` the same, or a PKCS#11 URI; `url` the address of a signing
    service, which `token` opens and whose certificate comes from `authorities`, a file, or from those that everybody
    trusts.
    """

    directory: Path
    certificate: str = ""
    key: str = ""
    url: str = ""
    token: str = ""
    authorities: str = ""


class Signatures:
    """Gives identity and signer; several threads may ask."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._lock = threading.Lock()
        self._made: Signature | None = None

    def __call__(self) -> Signature:
        """Who signs, and with what.

        Raises:
            CertificateError, OSError: certificate or key cannot be used.
        """
        with self._lock:
            if self._made is None:
                self._made = _made(self._keys)
                identity = self._made[0]
                log.info(
                    "pictures are signed",
                    signer=identity.common_name,
                    algorithm=identity.algorithm,
                    development=identity.development,
                )
            return self._made


def nobody() -> None:
    """The signature where nothing is to be signed."""
    return


def _development_pem(directory: Path) -> str:
    """The certificate for development; one of this process alone where it cannot be kept."""
    now = datetime.now(UTC)
    try:
        return development_pem(directory, now)
    except OSError as error:
        log.warning("the development certificate cannot be kept", directory=str(directory), error=error.strerror)
        return new_development_pem(now)


def _made(keys: Keys) -> Signature:
    if not keys.certificate:
        pem = _development_pem(keys.directory)
        identity = identity_of(pem)
        return identity, with_key(identity, pem)
    identity = identity_from(keys.certificate)
    if keys.url:
        return identity, called_back(identity, remote(identity, keys.url, keys.token, keys.authorities))
    if pkcs11.is_uri(keys.key):
        return identity, called_back(identity, pkcs11.token_sign(identity.algorithm, keys.key))
    return identity, with_key(identity, read_setting(keys.key))
