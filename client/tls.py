"""Mutual TLS for the client over gRPC: the same three settings as the services have."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import Invalid

ENV = ("ATELIER_TLS_CERTIFICATE", "ATELIER_TLS_KEY", "ATELIER_TLS_CA")


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where certificate chain, private key and authority are, each PEM."""

    certificate: Path
    key: Path
    ca: Path

    def read(self) -> tuple[bytes, bytes, bytes]:
        """Certificate, key and authority as they are now.

        Raises:
            Invalid: a file cannot be read; what is in them is never quoted.
        """
        parts = []
        for path in (self.certificate, self.key, self.ca):
            try:
                parts.append(Path(path).read_bytes())
            except OSError as error:
                raise Invalid("FIELD_INVALID", f"{path}: {error.strerror}", field="tls") from None
        return parts[0], parts[1], parts[2]


def tls_from(environ: Mapping[str, str] = os.environ) -> TlsFiles | None:
    """The files that the ATELIER_TLS_ variables name; None where none is set.

    Raises:
        Invalid: only some of the three are set.
    """
    named = [environ.get(name, "") for name in ENV]
    if not any(named):
        return None
    if not all(named):
        missing = ", ".join(name for name, value in zip(ENV, named, strict=True) if not value)
        raise Invalid("FIELD_INVALID", f"mutual TLS takes all three files; {missing} is not set", field="tls")
    return TlsFiles(*map(Path, named))
