"""A process reads its settings once, strictly, and shows them without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.config import Common, ConfigError, describe, load, setting


@dataclass(frozen=True)
class Config(Common):
    listen: str = setting("127.0.0.1:50051", "Where to listen.")
    slots: int = setting(4, "Calls at once.")
    share: float = setting(0.5, "A share.")
    strict: bool = setting(False, "Whether to be strict.")
    model: tuple[str, ...] = setting(("a",), "Models.")
    store: Path = setting(Path("data"), "A directory.")
    token: str = setting("", "A secret.", env="CLOUDFLARE_API_TOKEN", secret=True)


def test_nothing_set_means_the_defaults() -> None:
    assert load(Config, "prompt", {}) == Config()


def test_every_type_is_read() -> None:
    environ = {
        "ATELIER_PROMPT_LISTEN": "0.0.0.0:1",
        "ATELIER_PROMPT_SLOTS": "9",
        "ATELIER_PROMPT_SHARE": "0.25",
        "ATELIER_PROMPT_STRICT": "on",
        "ATELIER_PROMPT_MODEL": "x, y ,",
        "ATELIER_PROMPT_STORE": "/tmp/x",
        "CLOUDFLARE_API_TOKEN": "t0ken",
        "ATELIER_LOG_LEVEL": "debug",
    }
    config = load(Config, "prompt", environ)
    assert (config.listen, config.slots, config.share, config.strict) == ("0.0.0.0:1", 9, 0.25, True)
    assert (config.model, config.store, config.token) == (("x", "y"), Path("/tmp/x"), "t0ken")
    assert config.log_level == "debug"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load(Config, "prompt", {"ATELIER_PROMPT_SLOTS": ""}).slots == 4


@pytest.mark.parametrize("name", ["ATELIER_PROMPT_SLOT", "ATELIER_SLOTS", "ATELIER_TYPO"])
def test_an_unknown_variable_is_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load(Config, "prompt", {name: "1"})


def test_a_variable_of_a_sibling_process_passes() -> None:
    load(Config, "prompt", {"ATELIER_IMAGE_MODEL": "x", "ATELIER_ORCHESTRATOR_SLOTS": "2"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ATELIER_PROMPT_SLOTS", "many"),
        ("ATELIER_PROMPT_STRICT", "perhaps"),
        ("ATELIER_PROMPT_SHARE", "half"),
        ("ATELIER_LOG_LEVEL", "loud"),
        ("ATELIER_LOG_FORMAT", "xml"),
    ],
)
def test_a_value_that_does_not_parse_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load(Config, "prompt", {name: value})


@given(st.text(st.characters(codec="utf-8", exclude_characters="*\x00"), min_size=1).filter(str.strip))
def test_a_secret_is_never_shown(token: str) -> None:
    config = load(Config, "prompt", {"CLOUDFLARE_API_TOKEN": "secret-" + token})
    assert describe(config, "prompt")["CLOUDFLARE_API_TOKEN"] == "***"
