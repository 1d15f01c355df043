"""What it takes to reach Workers AI: account, token, address; the names are those of Cloudflare's own tools."""

from __future__ import annotations

import dataclasses
import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from services.kit.config import Common, ConfigError, setting
from services.kit.errors import Reason, ServiceError

ACCOUNT_ENV = "CLOUDFLARE_ACCOUNT_ID"
TOKEN_ENV = "CLOUDFLARE_API_TOKEN"  # noqa: S105 - the name of a variable
BASE_URL_ENV = "CLOUDFLARE_BASE_URL"
GATEWAY_ENV = "CLOUDFLARE_AI_GATEWAY_ID"

# The stand-in takes any token. This one is no secret, so it alone may cross a network without TLS.
STAND_IN_TOKEN = "local"  # noqa: S105


def _hidden(doc: str, env: str) -> str:
    # Like `setting(secret=True)`, and left out of the repr of every class that inherits it.
    return dataclasses.field(default="", repr=False, metadata={"doc": doc, "env": env, "secret": True})


@dataclass(frozen=True)
class WorkersAISettings(Common):
    """Settings of every process that calls Workers AI; they are checked when the object is made."""

    account_id: str = setting("", "Cloudflare account id, 32 hexadecimal digits.", env=ACCOUNT_ENV)
    api_token: str = _hidden("API token with Workers AI Read and Edit.", TOKEN_ENV)
    base_url: str = setting(
        "https://api.cloudflare.com/client/v4",
        "Where the REST API is: https, or http to this machine.",
        env=BASE_URL_ENV,
    )
    gateway_id: str = setting("", "AI Gateway that calls go through; empty for none.", env=GATEWAY_ENV)
    grace_s: float = setting(30.0, "Time that calls under way get when the process stops, above 0. Unit: seconds.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.grace_s <= 0:
            raise ConfigError(f"grace_s is {self.grace_s:g}; it takes a number of seconds above 0")
        _check_header(ACCOUNT_ENV, self.account_id)
        _check_header(TOKEN_ENV, self.api_token)
        _check_header(GATEWAY_ENV, self.gateway_id)
        _check_base_url(self.base_url, public_token=self.api_token in ("", STAND_IN_TOKEN))

    @property
    def billed(self) -> bool:
        """Whether an account pays for the calls: not where the stand-in on this machine takes them."""
        return not (self.api_token == STAND_IN_TOKEN and is_loopback(urlsplit(self.base_url).hostname or ""))

    def require_credentials(self) -> None:
        """Raise MODEL_CREDENTIALS naming each variable that is missing."""
        wanted = {ACCOUNT_ENV: self.account_id, TOKEN_ENV: self.api_token}
        missing = [name for name, value in wanted.items() if not value]
        if missing:
            message = (
                f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set; set"
                f" {ACCOUNT_ENV} and {TOKEN_ENV}, or point {BASE_URL_ENV} at the local Workers AI stand-in"
                " and set both to any word"
            )
            raise ServiceError(Reason.MODEL_CREDENTIALS, message, metadata={"missing": ",".join(missing)})


def _check_header(name: str, value: str) -> None:
    """Refuse what cannot be part of a request's head; the value itself is never shown."""
    if value and not (value.isascii() and value.isprintable() and " " not in value):
        raise ConfigError(f"{name} takes printable ASCII without spaces, the bare value without a scheme")


def _check_base_url(base_url: str, *, public_token: bool) -> None:
    """Refuse an address to which a token must not be sent."""
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ConfigError(f"{BASE_URL_ENV} is no URL") from None
    if not base_url.isascii() or not base_url.isprintable() or " " in base_url or not host or _has_extras(parts):
        raise ConfigError(
            f"{BASE_URL_ENV} takes scheme, host, port and path, like https://api.cloudflare.com/client/v4"
        )
    if parts.scheme == "https" or (parts.scheme == "http" and (public_token or is_loopback(host))):
        return
    raise ConfigError(f"{BASE_URL_ENV} has to be https: a token never leaves this machine without TLS")


def _has_extras(parts: SplitResult) -> bool:
    return bool(parts.query or parts.fragment or parts.username or parts.password)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
