"""Settings of the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.kit.config import Common, ConfigError, setting


@dataclass(frozen=True, slots=True)
class Https:
    """Where the certificate chain and the private key of the gateway are, each PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Config(Common):
    """Where the gateway listens, whom it calls, and how long it waits."""

    listen: str = setting("127.0.0.1:8080", "Address of the HTTP server, host:port; port 0 takes a free one.")
    published_on_loopback: bool = setting(
        False,
        "on where the address is published on this machine's loopback only, as by docker-compose.yml: no key needed.",
    )
    https_certificate: str = setting(
        "", "PEM file of the certificate chain; with the key the gateway speaks HTTPS only. Read again when it changes."
    )
    https_key: str = setting("", "PEM file of that certificate's key.")
    orchestrator_target: str = setting("dns:///127.0.0.1:50050", "gRPC target of the orchestrator.")
    rpc_timeout_s: float = setting(30.0, "Longest unary call to the orchestrator. Unit: seconds.")
    heartbeat_s: float = setting(15.0, "Pause after which a silent event stream sends a comment. Unit: seconds.")
    max_wait_s: float = setting(300.0, "Longest `Prefer: wait` that is honoured. Unit: seconds.")
    grace_s: float = setting(30.0, "How long requests in flight may go on after SIGTERM. Unit: seconds.")
    keys: Path = setting(Path("data/keys.json"), "File of the API keys; `python -m gateway.keys_cli` writes it.")
    requests_per_minute: int = setting(120, "Requests a minute that one key may make.")
    concurrent_jobs: int = setting(8, "Assets that one key may have in work at once, 1 to 1000.")
    cors_origins: tuple[str, ...] = setting((), "Origins whose pages may call this API, comma separated; * is any.")
    public_url: str = setting(
        "", "Where clients reach this gateway, for links in answers; empty takes the Host header."
    )
    max_connections: int = setting(1000, "Connections at once; one more is answered 503 and closed.")
    header_timeout_s: float = setting(10.0, "Longest a client may take to send a request's headers. Unit: seconds.")
    body_timeout_s: float = setting(60.0, "Longest a client may take to send a request's body. Unit: seconds.")
    write_timeout_s: float = setting(60.0, "Longest a client may leave its answer unread. Unit: seconds.")
    webhooks: Path = setting(Path("data/webhooks.db"), "SQLite file of the webhooks; their secret is kept beside it.")
    webhook_secret: str = setting(
        "", "whsec_ secret that signs webhooks; two, comma separated, during a rotation; empty makes one.", secret=True
    )
    webhook_allow: tuple[str, ...] = setting(
        (), "Host names and networks that webhooks may reach although they are not public, comma separated."
    )
    idle_timeout_s: int = setting(75, "How long a connection without a request stays open. Unit: seconds.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.https_certificate) != bool(self.https_key):
            raise ConfigError("ATELIER_GATEWAY_HTTPS_CERTIFICATE and ATELIER_GATEWAY_HTTPS_KEY go together")
        check_range("ATELIER_GATEWAY_REQUESTS_PER_MINUTE", self.requests_per_minute, 1_000_000)
        check_range("ATELIER_GATEWAY_CONCURRENT_JOBS", self.concurrent_jobs, 1000)
        check_range("ATELIER_GATEWAY_MAX_CONNECTIONS", self.max_connections, 100_000)

    @property
    def https(self) -> Https | None:
        """The files of HTTPS; None for plain HTTP."""
        return Https(Path(self.https_certificate), Path(self.https_key)) if self.https_certificate else None


def check_range(name: str, value: int, at_most: int) -> None:
    """Raise ConfigError unless the value is 1 to `at_most`."""
    if not 1 <= value <= at_most:
        raise ConfigError(f"{name} is {value}; it takes 1 to {at_most}")
