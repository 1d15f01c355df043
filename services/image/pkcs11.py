"""Signatures of a key that lies in a PKCS#11 token and never leaves it. Blocking.

It needs the package python-pkcs11, which is not installed by default. The key is named by a URI (RFC 7512), such as

    pkcs11:token=pictures;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/secrets/pin
"""

from __future__ import annotations

import hashlib
import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from services.image.certificates import CertificateError

_SCHEME = "pkcs11:"
_DIGESTS = {"es256": hashlib.sha256, "es384": hashlib.sha384, "es512": hashlib.sha512}


@dataclass(frozen=True, slots=True)
class KeyUri:
    """The parts of a URI that find a key; `pin` is secret."""

    token: str
    label: str
    module: str
    pin: str


def is_uri(text: str) -> bool:
    """Whether a setting names a key in a token."""
    return text.startswith(_SCHEME)


def read_uri(text: str) -> KeyUri:
    """The parts of a URI.

    Raises:
        CertificateError: one is missing, or the file with the PIN cannot be read.
    """
    path, _, query = text.removeprefix(_SCHEME).partition("?")
    parts = _pairs(path, ";") | _pairs(query, "&")
    missing = [name for name in ("token", "object", "module-path") if not parts.get(name)]
    if missing:
        raise CertificateError(f"the PKCS#11 URI lacks {', '.join(missing)}")
    pin = parts.get("pin-value", "")
    if source := parts.get("pin-source"):
        try:
            pin = Path(source.removeprefix("file:")).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise CertificateError(f"the file of pin-source cannot be read: {error.strerror}") from None
    return KeyUri(parts["token"], parts["object"], parts["module-path"], pin)


def token_sign(algorithm: str, uri: str) -> Callable[[bytes], bytes]:
    """A function that signs with the key; one session is used for all signatures, one after the other.

    Raises:
        CertificateError: the package, the module, the token or the key is not there, or the algorithm not supported.
    """
    if algorithm not in (*_DIGESTS, "ps256"):
        raise CertificateError(f"keys in a token sign with EC or RSA, not with {algorithm}")
    named = read_uri(uri)
    try:
        library: Any = importlib.import_module("pkcs11")
    except ImportError:
        raise CertificateError("a PKCS#11 URI needs the package python-pkcs11: pip install python-pkcs11") from None
    try:
        session = library.lib(named.module).get_token(token_label=named.token).open(user_pin=named.pin or None)
        key = session.get_key(object_class=library.ObjectClass.PRIVATE_KEY, label=named.label)
    except (library.PKCS11Error, RuntimeError, OSError) as error:
        raise CertificateError(f"the PKCS#11 key cannot be used: {type(error).__name__}") from None
    lock = threading.Lock()

    def sign(data: bytes) -> bytes:
        with lock:
            if algorithm == "ps256":
                parameters = (library.Mechanism.SHA256, library.MGF.SHA256, 32)
                return bytes(
                    key.sign(data, mechanism=library.Mechanism.SHA256_RSA_PKCS_PSS, mechanism_param=parameters)
                )
            return bytes(key.sign(_DIGESTS[algorithm](data).digest(), mechanism=library.Mechanism.ECDSA))

    return sign


def _pairs(text: str, separator: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(separator) if part)
    return {name: unquote(value) for name, _, value in pairs}
