"""Settings of the moderation service."""

from __future__ import annotations

import pytest

from services.kit.config import ConfigError, load
from services.moderation.config import DEFAULT_MODEL, Config


def test_the_defaults_stand_and_leave_it_to_the_default_policy() -> None:
    config = load(Config, "moderation", {})
    assert (config.listen, config.model, config.image_model) == ("127.0.0.1:50052", (DEFAULT_MODEL,), ())
    assert (config.default_policy, config.policies, config.block) == ("balanced", (), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BLOCK", "S1,S15"),
        ("IMAGE_MODEL", "@cf/meta/llama-guard-3-8b"),
        ("RULES_MODEL", "@cf/none/such"),
        ("RULES_MODEL", ","),
        ("MODEL", ","),
        ("SLOTS", "0"),
        ("TIMEOUT_S", "-1"),
        ("ATTEMPTS", "0"),
        ("PARALLEL", "0"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"ATELIER_MODERATION_{name}"):
        load(Config, "moderation", {f"ATELIER_MODERATION_{name}": value})
