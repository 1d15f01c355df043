"""How a fuzzed stack is locked: by API keys at its HTTP door, by mutual TLS between its services, or not at all."""

from __future__ import annotations

import json
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import grpc
import trustme

from tests.e2e.gateways import keys_command

NAMES = ("gateway", "orchestrator", "localhost", "127.0.0.1")
SCOPES = (("admin",), ("read", "create"), ("read",), ("review", "styles", "usage"))


@dataclass
class Doors:
    """The keys that were given out, the first one for everything, and the files of TLS; empty where there are none."""

    tokens: tuple[str, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        """What the stack is told."""
        if not self.files:
            return {}
        return {
            "ATELIER_TLS_CERTIFICATE": str(self.files["certificate"]),
            "ATELIER_TLS_KEY": str(self.files["key"]),
            "ATELIER_TLS_CA": str(self.files["ca"]),
            "ATELIER_GATEWAY_HTTPS_CERTIFICATE": str(self.files["certificate"]),
            "ATELIER_GATEWAY_HTTPS_KEY": str(self.files["key"]),
        }

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no answer and no log may hold: the tokens, and a line of the private key."""
        line = (self.files["key"].read_text().splitlines()[1],) if self.files else ()
        return (*self.tokens, *line)

    def channel(self, address: str) -> grpc.aio.Channel:
        """A channel to a service, with a certificate that it takes where it wants one."""
        if not self.files:
            return grpc.aio.insecure_channel(address)
        ca, key, certificate = (self.files[name].read_bytes() for name in ("ca", "key", "certificate"))
        return grpc.aio.secure_channel(address, grpc.ssl_channel_credentials(ca, key, certificate))

    def tls(self) -> ssl.SSLContext | None:
        """What a browser trusts; None where the door speaks HTTP."""
        return ssl.create_default_context(cafile=self.files["ca"]) if self.files else None

    def pass_for(self, dice: Random) -> str:
        """The Authorization header of a request: mostly one that opens, now and then another, a broken one or none."""
        if not self.tokens:
            return ""
        luck = dice.random()
        if luck < 0.75:
            return f"Bearer {self.tokens[0]}"
        if luck < 0.9:
            return f"Bearer {dice.choice(self.tokens)}"
        return dice.choice(
            ("", f"Bearer {self.tokens[0][:-1]}", "Bearer atl_\u00e9", "Basic eA==", "Bearer " + "a" * 500)
        )


def locked(data: Path, *, keys: bool, tls: bool) -> Doors:
    """Make keys and certificates for a stack that keeps its data there."""
    doors = Doors()
    data.mkdir(parents=True, exist_ok=True)
    if keys:
        made = []
        for number, scopes in enumerate(SCOPES):
            wanted = (part for scope in scopes for part in ("--scope", scope))
            done = keys_command(data / "keys.json", "create", "--name", f"fuzz {number}", "--json", *wanted)
            made.append(json.loads(done.stdout)["token"])
        doors.tokens = tuple(made)
    if tls:
        authority = trustme.CA()
        leaf = authority.issue_cert(*NAMES)
        doors.files = {name: data / f"{name}.pem" for name in ("certificate", "key", "ca")}
        doors.files["certificate"].write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
        doors.files["key"].write_bytes(leaf.private_key_pem.bytes())
        doors.files["ca"].write_bytes(authority.cert_pem.bytes())
    return doors
