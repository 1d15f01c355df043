from __future__ import annotations

from dataclasses import dataclass

import pytest

from services.kit.config import ConfigError, describe, load, setting
from services.kit.errors import Reason, ServiceError
from services.workers_ai.settings import WorkersAISettings

TOKEN = "t0ken-that-nobody-may-see"


@dataclass(frozen=True)
class Config(WorkersAISettings):
    listen: str = setting("127.0.0.1:0", "Address.")


def test_the_variables_are_those_of_the_official_tools() -> None:
    environ = {
        "CLOUDFLARE_ACCOUNT_ID": "a" * 32,
        "CLOUDFLARE_API_TOKEN": TOKEN,
        "CLOUDFLARE_BASE_URL": "http://127.0.0.1:8787/client/v4",
        "CLOUDFLARE_AI_GATEWAY_ID": "gate",
    }
    config = load(Config, "prompt", environ)
    assert (config.account_id, config.api_token) == ("a" * 32, TOKEN)
    assert (config.base_url, config.gateway_id) == ("http://127.0.0.1:8787/client/v4", "gate")


def test_the_token_is_in_no_repr_and_no_description_of_a_process_that_inherits_it() -> None:
    config = Config(account_id="a" * 32, api_token=TOKEN)
    assert TOKEN not in repr(config)
    assert TOKEN not in str(config)
    assert TOKEN not in str(describe(config, "prompt"))
    assert describe(config, "prompt")["CLOUDFLARE_API_TOKEN"] == "***"


@pytest.mark.parametrize(
    "url",
    [
        "https://api.cloudflare.com/client/v4",
        "https://api.cloudflare.com/client/v4/",
        "https://workers-ai.example:8443",
        "http://127.0.0.1:8787/client/v4",
        "http://localhost:1",
        "http://[::1]:8787",
    ],
)
def test_a_token_is_sent_over_tls_or_to_this_machine(url: str) -> None:
    assert WorkersAISettings(account_id="a", api_token=TOKEN, base_url=url).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://api.cloudflare.com/client/v4",
        "http://10.0.0.1:8787",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "api.cloudflare.com",
        "",
        "https://",
        "https://user:word@api.cloudflare.com",
        "https://api.cloudflare.com/?a=b",
        "https://api.cloudflare.com/#f",
        "https://api.cloudflare.com/ x",
        "https://[::1",
        "https://host:port",
    ],
)
def test_any_other_address_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigError, match="CLOUDFLARE_BASE_URL"):
        WorkersAISettings(account_id="a", api_token=TOKEN, base_url=url)


def test_the_stand_in_may_be_reached_by_another_container_with_its_public_token() -> None:
    WorkersAISettings(account_id="local", api_token="local", base_url="http://local:8787/client/v4")


@pytest.mark.parametrize("token", ["Bearer abc", "abc\n", "abc\r\nx: y", "ab€", "a\x00b"])
def test_a_token_that_cannot_be_a_header_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(ConfigError, match="CLOUDFLARE_API_TOKEN") as caught:
        WorkersAISettings(account_id="a", api_token=token)
    assert token not in str(caught.value)


@pytest.mark.parametrize(
    ("account", "token", "missing"),
    [
        ("", "", "CLOUDFLARE_ACCOUNT_ID,CLOUDFLARE_API_TOKEN"),
        ("", "x", "CLOUDFLARE_ACCOUNT_ID"),
        ("x", "", "CLOUDFLARE_API_TOKEN"),
    ],
)
def test_missing_credentials_are_named(account: str, token: str, missing: str) -> None:
    with pytest.raises(ServiceError) as caught:
        WorkersAISettings(account_id=account, api_token=token).require_credentials()
    assert caught.value.reason is Reason.MODEL_CREDENTIALS
    assert caught.value.metadata["missing"] == missing
    assert caught.value.message.startswith(missing.replace(",", " and "))
