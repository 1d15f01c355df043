"""Where signatures come from: a key at hand, a key in a PKCS#11 token, or a service behind a URL. Blocking.

All of them become a `c2pa.Signer`, made once and used for every picture. A key at hand signs inside of the C2PA
library and adds about 3 KB to a picture; the others are called back, for which the library reserves 12 KB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import c2pa
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from services.image.certificates import CertificateError, Identity, identity_of, is_pem

Sign = Callable[[bytes], bytes]

REMOTE_S = 10.0
LARGEST_SIGNATURE = 8192
_HASHES: Mapping[str, hashes.HashAlgorithm] = {
    "es256": hashes.SHA256(),
    "es384": hashes.SHA384(),
    "es512": hashes.SHA512(),
}
_CURVE_BYTES = {"es256": 32, "es384": 48, "es512": 66}


def with_key(identity: Identity, key: str) -> c2pa.Signer:
    """A signer with a private key as PEM."""
    try:
        private = load_pem_private_key(key.encode(), None)
    except (ValueError, TypeError):
        raise CertificateError("the key is no unencrypted PEM private key") from None
    public = _public_bytes(private.public_key())
    if public != _public_bytes(_leaf_key(identity)):
        raise CertificateError("the key is not that of the certificate")
    try:
        # The library wants PKCS#8, whatever form the key came in.
        return c2pa.Signer.from_info(
            c2pa.C2paSignerInfo(identity.algorithm.encode(), identity.chain.encode(), _pkcs8(private), None)
        )
    except c2pa.C2paError as error:
        raise CertificateError(f"the C2PA library does not take the certificate: {error}") from None


def called_back(identity: Identity, sign: Sign) -> c2pa.Signer:
    """A signer that asks `sign` for each signature, in the form that COSE wants, and checks it."""
    key = _leaf_key(identity)
    algorithm = getattr(c2pa.C2paSigningAlg, identity.algorithm.upper())

    def sign_or_say_why(data: bytes) -> bytes:
        try:
            signature = sign(data)
            _check(identity.algorithm, key, data, signature)
            return signature
        except InvalidSignature:
            raise OSError("no signature: it is not of the certificate's key") from None
        except Exception as error:
            # The library logs whatever is raised here, and an error of the HTTP library has addresses in it.
            why = str(error) if type(error) is OSError else type(error).__name__
            raise OSError(f"no signature: {why}") from None

    return c2pa.Signer.from_callback(sign_or_say_why, algorithm, identity.chain)


def remote(identity: Identity, url: str, token: str, authorities: str = "") -> Sign:
    """Signatures of a service: the bytes are posted to it, and its answer is the signature.

    The request has the headers `Content-Type: application/octet-stream`, `Atelier-Algorithm` (es256, es384, es512,
    ps256 or ed25519) and, where a token is set, `Authorization: Bearer`. An answer other than 200 is a failure. An
    ECDSA signature may be DER, or the two numbers one after the other. `authorities` is the file of those that the
    service's own certificate may come from; empty for those that everybody trusts.
    """
    # A tenth of a second of each start, and only those who sign elsewhere need it.
    import requests

    session = requests.Session()
    # No proxy and no password of the environment.
    session.trust_env = False
    session.verify = authorities or True
    session.headers.update({"Content-Type": "application/octet-stream", "Atelier-Algorithm": identity.algorithm})
    if token:
        session.headers["Authorization"] = f"Bearer {token}"

    def sign(data: bytes) -> bytes:
        with session.post(url, data=data, timeout=REMOTE_S, allow_redirects=False, stream=True) as answer:
            if answer.status_code != 200:
                raise OSError(f"the signing service answered {answer.status_code}")
            signature = answer.raw.read(LARGEST_SIGNATURE + 1, decode_content=True)
        if not 0 < len(signature) <= LARGEST_SIGNATURE:
            raise OSError("the signing service answered no signature")
        return as_cose(identity.algorithm, signature)

    return sign


def as_cose(algorithm: str, signature: bytes) -> bytes:
    """A signature as COSE has it: of ECDSA, the two numbers at full length one after the other."""
    size = _CURVE_BYTES.get(algorithm)
    if size is None or len(signature) == 2 * size:
        return signature
    try:
        r, s = decode_dss_signature(signature)
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    except (ValueError, OverflowError):
        raise OSError("the signature is neither DER nor two numbers of the curve's length") from None


def is_safe_url(url: str) -> bool:
    """Whether what is signed may be sent there: https, or http to this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"))


def read_setting(text: str) -> str:
    """PEM from a setting that is PEM itself or the path of a file.

    Raises:
        CertificateError: the file cannot be read; its content is not shown.
    """
    if is_pem(text):
        # Some ways to set a variable cannot hold line ends.
        return text.replace("\\n", "\n")
    try:
        return Path(text).expanduser().read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else "it is not PEM"
        raise CertificateError(f"the file cannot be read: {problem}") from None


def identity_from(setting: str) -> Identity:
    """The identity of a setting that holds, or names a file with, certificates."""
    return identity_of(read_setting(setting))


def _check(algorithm: str, key: PublicKeyTypes, data: bytes, signature: bytes) -> None:
    """Raise InvalidSignature unless a signature in COSE's form is that of the key."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        size = _CURVE_BYTES[algorithm]
        r, s = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
        key.verify(encode_dss_signature(r, s), data, ec.ECDSA(_HASHES[algorithm]))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, data)


def _leaf_key(identity: Identity) -> PublicKeyTypes:
    return x509.load_pem_x509_certificate(identity.chain.encode()).public_key()


def _public_bytes(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _pkcs8(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
