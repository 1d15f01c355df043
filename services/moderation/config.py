"""Settings of the moderation service."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import ConfigError, setting
from services.workers_ai.hazards import HAZARDS
from services.workers_ai.settings import WorkersAISettings

DEFAULT_MODEL = "@cf/meta/llama-guard-3-8b"


@dataclass(frozen=True)
class Config(WorkersAISettings):
    """Everything that can be set."""

    listen: str = setting("127.0.0.1:50052", "host:port to listen on; port 0 takes any free one.")
    model: tuple[str, ...] = setting(
        (DEFAULT_MODEL,), "Moderation model; further ones, after commas, are asked where those before do not answer."
    )
    block: tuple[str, ...] = setting(
        tuple(HAZARDS), "Hazards that block, codes S1 to S14 after commas; others are findings in an allowing verdict."
    )
    slots: int = setting(64, "Calls served at once, 1 or more; further ones are answered SERVER_BUSY at once.")
    timeout_s: float = setting(30.0, "Longest that one call of a model may take, in seconds, above 0.")
    attempts: int = setting(3, "Requests to a model for one text, 1 or more; a caller may set fewer.")
    parallel: int = setting(4, "Pieces of a long text that are judged at once, 1 or more.")

    def __post_init__(self) -> None:
        super().__post_init__()
        unknown = [code for code in self.block if code not in HAZARDS]
        _check("BLOCK", bool(self.block) and not unknown, f"codes out of {', '.join(HAZARDS)}")
        _check("MODEL", bool(self.model), "at least one model")
        _check("SLOTS", self.slots >= 1, "1 or more")
        _check("TIMEOUT_S", self.timeout_s > 0, "a number above 0")
        _check("ATTEMPTS", self.attempts >= 1, "1 or more")
        _check("PARALLEL", self.parallel >= 1, "1 or more")


def _check(name: str, holds: bool, takes: str) -> None:
    if not holds:
        raise ConfigError(f"ATELIER_MODERATION_{name} takes {takes}")
