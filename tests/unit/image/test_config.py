"""Settings of the image service."""

from __future__ import annotations

import pytest

from services.image.config import DEFAULT_MODEL, Config
from services.kit.config import ConfigError, load


def test_the_defaults_are_those_of_the_design() -> None:
    config = load(Config, "image", {})
    assert (config.listen, config.model, config.store) == ("127.0.0.1:50053", (DEFAULT_MODEL,), "data/images")


def test_every_setting_has_its_variable() -> None:
    environ = {
        "ATELIER_IMAGE_LISTEN": "0.0.0.0:1",
        "ATELIER_IMAGE_MODEL": "@cf/a/b, @cf/c/d",
        "ATELIER_IMAGE_STORE": "/pictures",
        "ATELIER_IMAGE_SLOTS": "3",
        "ATELIER_IMAGE_TIMEOUT_S": "1.5",
        "ATELIER_IMAGE_ATTEMPTS": "2",
    }
    config = load(Config, "image", environ)
    assert (config.listen, config.model) == ("0.0.0.0:1", ("@cf/a/b", "@cf/c/d"))
    assert (config.store, config.slots) == ("/pictures", 3)
    assert (config.timeout_s, config.attempts) == (1.5, 2)


@pytest.mark.parametrize(
    ("name", "value"), [("MODEL", ","), ("SLOTS", "0"), ("TIMEOUT_S", "0"), ("TIMEOUT_S", "nan"), ("ATTEMPTS", "0")]
)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"ATELIER_IMAGE_{name}"):
        load(Config, "image", {f"ATELIER_IMAGE_{name}": value})
