"""Settings of the prompt service."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import ConfigError, setting
from services.workers_ai.settings import WorkersAISettings

DEFAULT_MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"


@dataclass(frozen=True)
class Config(WorkersAISettings):
    """Everything that can be set."""

    listen: str = setting("127.0.0.1:50051", "host:port to listen on; port 0 takes any free one.")
    peers: tuple[str, ...] = setting(
        ("orchestrator",), "Names in callers' certificates that may call, with mutual TLS; * is any."
    )
    model: tuple[str, ...] = setting(
        (DEFAULT_MODEL,), "Text model; further ones, after commas, are asked where those before do not answer."
    )
    slots: int = setting(32, "Calls served at once, 1 or more; further ones are answered SERVER_BUSY at once.")
    timeout_s: float = setting(60.0, "Longest that one question to a model may take, in seconds, above 0.")
    attempts: int = setting(3, "Requests to a model for one question, 1 or more; a caller may set fewer.")
    rounds: int = setting(3, "Times that the model is asked for prompts that are missing or no use, 1 to 10.")
    parallel: int = setting(4, "Pieces of long content that are summarised at once, 1 or more.")
    temperature: float = setting(0.7, "How freely the model writes, 0 to 2.")

    def __post_init__(self) -> None:
        super().__post_init__()
        _check("MODEL", bool(self.model), "at least one model")
        _check("SLOTS", self.slots >= 1, "1 or more")
        _check("TIMEOUT_S", self.timeout_s > 0, "a number above 0")
        _check("ATTEMPTS", self.attempts >= 1, "1 or more")
        _check("ROUNDS", 1 <= self.rounds <= 10, "1 to 10")
        _check("PARALLEL", self.parallel >= 1, "1 or more")
        _check("TEMPERATURE", 0 <= self.temperature <= 2, "0 to 2")


def _check(name: str, holds: bool, takes: str) -> None:
    if not holds:
        raise ConfigError(f"ATELIER_PROMPT_{name} takes {takes}")
