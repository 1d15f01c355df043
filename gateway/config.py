"""Settings of the gateway."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import Common, setting


@dataclass(frozen=True)
class Config(Common):
    """Where the gateway listens, whom it calls, and how long it waits."""

    listen: str = setting("127.0.0.1:8080", "Address of the HTTP server, host:port; port 0 takes a free one.")
    orchestrator_target: str = setting("dns:///127.0.0.1:50050", "gRPC target of the orchestrator.")
    rpc_timeout_s: float = setting(30.0, "Longest unary call to the orchestrator. Unit: seconds.")
    heartbeat_s: float = setting(15.0, "Pause after which a silent event stream sends a comment. Unit: seconds.")
    max_wait_s: float = setting(300.0, "Longest `Prefer: wait` that is honoured. Unit: seconds.")
    grace_s: float = setting(30.0, "How long requests in flight may go on after SIGTERM. Unit: seconds.")
