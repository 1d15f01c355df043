"""Settings of the prompt service."""

from __future__ import annotations

import pytest

from services.kit.config import ConfigError, load
from services.prompt.config import DEFAULT_MODEL, Config


def test_the_defaults_stand_without_any_variable() -> None:
    config = load(Config, "prompt", {})
    assert (config.listen, config.model) == ("127.0.0.1:50051", (DEFAULT_MODEL,))


def test_models_after_commas_are_fallbacks() -> None:
    assert load(Config, "prompt", {"ATELIER_PROMPT_MODEL": "@cf/a, @cf/b"}).model == ("@cf/a", "@cf/b")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODEL", ","),
        ("SLOTS", "0"),
        ("TIMEOUT_S", "0"),
        ("ATTEMPTS", "0"),
        ("ROUNDS", "11"),
        ("PARALLEL", "0"),
        ("TEMPERATURE", "3"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"ATELIER_PROMPT_{name}"):
        load(Config, "prompt", {f"ATELIER_PROMPT_{name}": value})
