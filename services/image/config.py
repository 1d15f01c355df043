"""Settings of the image service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.kit.config import ConfigError, setting
from services.workers_ai.settings import WorkersAISettings

DEFAULT_MODEL = "@cf/black-forest-labs/flux-1-schnell"


@dataclass(frozen=True)
class Config(WorkersAISettings):
    """Everything that can be set."""

    listen: str = setting("127.0.0.1:50053", "host:port to listen on; port 0 takes any free one.")
    model: tuple[str, ...] = setting(
        (DEFAULT_MODEL,), "Text-to-image model; further ones, after commas, are asked where those before do not answer."
    )
    store: Path = setting(Path("data/images"), "Directory of the picture store; replicas may share it.")
    slots: int = setting(8, "Pictures made at once, 1 or more; further calls are answered SERVER_BUSY at once.")
    timeout_s: float = setting(90.0, "Longest that one call of a model may take, in seconds, above 0.")
    attempts: int = setting(3, "Requests to a model for one picture, 1 or more; a caller may set fewer.")

    def __post_init__(self) -> None:
        super().__post_init__()
        _check("ATELIER_IMAGE_MODEL", bool(self.model), "takes at least one model")
        _check("ATELIER_IMAGE_SLOTS", self.slots >= 1, "takes 1 or more")
        _check("ATELIER_IMAGE_TIMEOUT_S", self.timeout_s > 0, "takes a number above 0")
        _check("ATELIER_IMAGE_ATTEMPTS", self.attempts >= 1, "takes 1 or more")


def _check(name: str, holds: bool, takes: str) -> None:
    if not holds:
        raise ConfigError(f"{name} {takes}")
