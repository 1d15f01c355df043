"""Settings of the moderation service."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import ConfigError, setting
from services.workers_ai.catalogue import GUARD_MODELS
from services.workers_ai.hazards import HAZARDS
from services.workers_ai.settings import WorkersAISettings

DEFAULT_MODEL = "@cf/meta/llama-guard-3-8b"
DEFAULT_RULES_MODEL = "@cf/cloudflare/clef-flash"


@dataclass(frozen=True)
class Config(WorkersAISettings):
    """Everything that can be set."""

    listen: str = setting("127.0.0.1:50052", "host:port to listen on; port 0 takes any free one.")
    peers: tuple[str, ...] = setting(
        ("orchestrator",), "Names in callers' certificates that may call, with mutual TLS; * is any."
    )
    model: tuple[str, ...] = setting(
        (DEFAULT_MODEL,), "Moderation model; further ones, after commas, are asked where those before do not answer."
    )
    image_model: tuple[str, ...] = setting(
        (),
        "Model that judges finished pictures, such as @cf/cloudflare/clef-flash, with fallbacks after commas; empty for"
        " none: pictures then go unjudged, or are blocked where a policy requires a judgement.",
    )
    rules_model: tuple[str, ...] = setting(
        (DEFAULT_RULES_MODEL,),
        "Model that answers a policy's own rules about texts where those that vote take no questions.",
    )
    policies: tuple[str, ...] = setting(
        (), "Policy documents beside those that ship: YAML files, and directories of them, after commas."
    )
    default_policy: str = setting("balanced", "Name of the policy of requests that name none.")
    block: tuple[str, ...] = setting(
        (),
        "Hazards that alone block, codes S1 to S14 after commas; others are findings in an allowing verdict. Empty"
        " leaves it to the default policy.",
    )
    slots: int = setting(64, "Calls served at once, 1 or more; further ones are answered SERVER_BUSY at once.")
    timeout_s: float = setting(30.0, "Longest that one call of a model may take, in seconds, above 0.")
    attempts: int = setting(3, "Requests to a model for one text, 1 or more; a caller may set fewer.")
    parallel: int = setting(4, "Pieces of a long text that are judged at once, 1 or more.")

    def __post_init__(self) -> None:
        super().__post_init__()
        unknown = [code for code in self.block if code not in HAZARDS]
        _check("BLOCK", not unknown, f"codes out of {', '.join(HAZARDS)}")
        _check("RULES_MODEL", bool(self.rules_model), "at least one model")
        for name, models in (("IMAGE_MODEL", self.image_model), ("RULES_MODEL", self.rules_model)):
            seeing = [model for model, row in GUARD_MODELS.items() if row.sees]
            _check(name, set(models) <= set(seeing), f"models out of {', '.join(seeing)}")
        _check("MODEL", bool(self.model), "at least one model")
        _check("SLOTS", self.slots >= 1, "1 or more")
        _check("TIMEOUT_S", self.timeout_s > 0, "a number above 0")
        _check("ATTEMPTS", self.attempts >= 1, "1 or more")
        _check("PARALLEL", self.parallel >= 1, "1 or more")


def _check(name: str, holds: bool, takes: str) -> None:
    if not holds:
        raise ConfigError(f"ATELIER_MODERATION_{name} takes {takes}")
