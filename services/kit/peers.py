"""Who may call: the names in the certificate that a caller shows, against the names that a service takes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.kit.errors import Reason, ServiceError
from services.kit.handlers import Admission

ANYBODY = "*"

_NAMES = ("x509_subject_alternative_name", "x509_common_name")


def names_of(auth_context: Mapping[str, Any]) -> frozenset[str]:
    """The names in the certificate of a connection, as gRPC tells them; empty without one."""
    values = (value for key in _NAMES for value in auth_context.get(key, ()))
    return frozenset(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values)


def peers_only(peers: Collection[str]) -> Admission:
    """Lets pass whose certificate has one of the names; `*` among them lets everybody pass who has a certificate."""
    wanted = frozenset(peers)

    def admit(context: Any) -> None:
        shown = names_of(context.auth_context())
        if ANYBODY not in wanted and not wanted & shown:
            named = ", ".join(sorted(shown)) or "nobody"
            raise ServiceError(Reason.PEER_REFUSED, f"the certificate is of {named}; this service takes others")

    return admit
