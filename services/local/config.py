"""Settings of the Workers AI stand-in."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import Common, ConfigError, check_choice, setting
from services.local.smollm import packages


@dataclass(frozen=True)
class Config(Common):
    """What the operator may set; see the sentences."""

    listen: str = setting("127.0.0.1:8787", "HTTP address host:port; port 0 takes any free one.")
    engines: str = setting(
        "embedded", "embedded answers with the real local engines; instant answers at once, for benchmarks."
    )
    text: str = setting(
        "scribe", "Embedded text engine: scribe, or smollm2, a small language model (optional packages)."
    )
    text_deadline_s: float = setting(20.0, "Seconds, 1 to 600, that smollm2 gets before the scribe answers instead.")
    thresholds: str = setting(
        "", "Scores, above 0 to 1, from which the embedded judge flags, such as S1=0.4,S12=0.7; the others stay."
    )
    token: str = setting("", "The only API token accepted; empty accepts any.", secret=True)
    account_id: str = setting("", "An account id accepted besides those of 32 hexadecimal digits.")
    faults: bool = setting(False, "on serves the routes that make the stand-in misbehave and list its calls.")
    threads: int = setting(2, "Engine calls at once, 1 to 64: so many pictures, and as many other answers besides.")
    max_body_mib: int = setting(13, "Largest request body in MiB, 1 to 100.")
    grace_s: float = setting(10.0, "Seconds, 0 to 3600, that requests in flight get once the process stops.")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("ATELIER_LOCAL_ENGINES", self.engines, ("embedded", "instant"))
        check_choice("ATELIER_LOCAL_TEXT", self.text, ("scribe", "smollm2"))
        if self.text == "smollm2" and packages.missing():
            raise ConfigError(packages.missing())
        if self.thresholds:
            _check_thresholds(self.thresholds)
        _check_range("ATELIER_LOCAL_TEXT_DEADLINE_S", self.text_deadline_s, 1, 600)
        _check_range("ATELIER_LOCAL_THREADS", self.threads, 1, 64)
        _check_range("ATELIER_LOCAL_MAX_BODY_MIB", self.max_body_mib, 1, 100)
        _check_range("ATELIER_LOCAL_GRACE_S", self.grace_s, 0, 3600)


def _check_thresholds(stated: str) -> None:
    # The judge's package imports NumPy, for which nobody else who reads these settings has to wait.
    from services.local.sentinel.policy import read_thresholds

    try:
        read_thresholds(stated)
    except ValueError as error:
        raise ConfigError(f"ATELIER_LOCAL_THRESHOLDS {error}") from None


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ConfigError(f"{name} is {value}; it takes {low} to {high}")
