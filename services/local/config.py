"""Settings of the Workers AI stand-in."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import Common, check_choice, setting


@dataclass(frozen=True)
class Config(Common):
    """What the operator may set; see the sentences."""

    listen: str = setting("127.0.0.1:8787", "HTTP address host:port; port 0 takes any free one.")
    engines: str = setting(
        "embedded", "embedded answers with the real local engines; instant answers at once, for benchmarks."
    )
    token: str = setting("", "The only API token accepted; empty accepts any.", secret=True)
    account_id: str = setting("", "An account id accepted besides those of 32 hexadecimal digits.")
    faults: bool = setting(False, "on serves the routes that make the stand-in misbehave and list its calls.")
    threads: int = setting(2, "Engine calls at once, 1 to 64: so many pictures, and as many other answers besides.")
    max_body_mib: int = setting(10, "Largest request body in MiB, 1 to 100.")
    grace_s: float = setting(10.0, "Seconds that requests in flight get once the process stops.")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("ATELIER_LOCAL_ENGINES", self.engines, ("embedded", "instant"))
        check_choice("ATELIER_LOCAL_THREADS", str(self.threads), tuple(str(count) for count in range(1, 65)))
        check_choice("ATELIER_LOCAL_MAX_BODY_MIB", str(self.max_body_mib), tuple(str(size) for size in range(1, 101)))
