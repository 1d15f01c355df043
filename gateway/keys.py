"""API keys: what one looks like, how it is kept, and what its holder may do. No I/O.

A token is `atl_<id>_<secret>`. The id may be known; it names the key and owns its assets. The secret is 256 random
bits, so a salted SHA-256 is enough to keep it: there is nothing that a slow hash would protect from guessing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

ID_BYTES = 6
SALT_BYTES = 16
SECRET_BYTES = 32
MAX_NAME = 100
MAX_BUDGET_USD = 1_000_000

_TOKEN = re.compile(r"atl_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_ID = re.compile(r"[0-9a-f]{12}")


class Scope(StrEnum):
    """What a key may do; `scopes.py` says what each is asked for."""

    READ = "read"
    CREATE = "create"
    REVIEW = "review"
    STYLES = "styles"
    USAGE = "usage"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept. Times are RFC 3339; `revoked` is empty while the key is good.

    `daily_budget_usd` is the most that its assets may cost in a day, UTC; 0 for no limit.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created: str
    salt: str = field(repr=False)
    digest: str = field(repr=False)
    revoked: str = ""
    daily_budget_usd: float = 0.0

    def public(self) -> dict[str, object]:
        """What may be shown of it."""
        return {
            "id": self.id,
            "name": self.name,
            "scopes": list(self.scopes),
            "created": self.created,
            "revoked": self.revoked,
            "daily_budget_usd": self.daily_budget_usd,
        }


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a request. Without a key, where none is needed, everything is allowed and nothing is owned."""

    key_id: str = ""
    scopes: frozenset[Scope] = frozenset({Scope.ADMIN})
    name: str = ""
    daily_budget_usd: float = 0.0

    @property
    def sees_all(self) -> bool:
        """Whether assets of others are there for it; a reviewer cannot judge what it does not see."""
        return self.may(Scope.REVIEW)

    @property
    def changes_all(self) -> bool:
        """Whether it may change assets of others in other ways than by a review."""
        return Scope.ADMIN in self.scopes

    def may(self, scope: Scope) -> bool:
        """Whether it has a scope; admin has all."""
        return scope in self.scopes or Scope.ADMIN in self.scopes


class KeyFileError(Exception):
    """The key file does not hold keys."""


def make(
    name: str, scopes: Iterable[Scope], created: str, random: bytes, daily_budget_usd: float = 0.0
) -> tuple[Key, str]:
    """A new key and its token, which is never seen again.

    `random` has ID_BYTES + SALT_BYTES + SECRET_BYTES bytes of the system's random source.

    Raises:
        ValueError: a name, scopes or a budget that a key cannot have.
    """
    if not 1 <= len(name.strip()) <= MAX_NAME or not name.isprintable():
        raise ValueError(f"a name has 1 to {MAX_NAME} printable characters")
    wanted = tuple(sorted(set(scopes), key=list(Scope).index))
    if not wanted:
        raise ValueError("a key has at least one scope")
    check_budget(daily_budget_usd)
    key_id = random[:ID_BYTES].hex()
    salt = random[ID_BYTES : ID_BYTES + SALT_BYTES].hex()
    secret = base64.urlsafe_b64encode(random[ID_BYTES + SALT_BYTES :]).decode().rstrip("=")
    key = Key(key_id, name.strip(), wanted, created, salt, _digest(salt, secret), "", daily_budget_usd)
    return key, f"atl_{key_id}_{secret}"


def find(keys: Mapping[str, Key], token: str) -> Key | None:
    """The good key that a token belongs to; None for any other text."""
    found = _TOKEN.fullmatch(token)
    key = keys.get(found[1]) if found else None
    if found is None or key is None or key.revoked:
        return None
    return key if hmac.compare_digest(key.digest, _digest(key.salt, found[2])) else None


def revoke(keys: Mapping[str, Key], key_id: str, when: str) -> dict[str, Key]:
    """The keys with one revoked; revoking again changes nothing.

    Raises:
        KeyError: there is no such key.
    """
    key = keys[key_id]
    return {**keys, key_id: key if key.revoked else replace(key, revoked=when)}


def set_budget(keys: Mapping[str, Key], key_id: str, daily_budget_usd: float) -> dict[str, Key]:
    """The keys with another daily budget for one of them; 0 takes it away.

    Raises:
        KeyError: there is no such key.
        ValueError: that is no budget.
    """
    check_budget(daily_budget_usd)
    return {**keys, key_id: replace(keys[key_id], daily_budget_usd=daily_budget_usd)}


def check_budget(daily_budget_usd: float) -> None:
    """Raise ValueError for what is no budget."""
    if not 0 <= daily_budget_usd <= MAX_BUDGET_USD:
        raise ValueError(f"a daily budget is 0 to {MAX_BUDGET_USD} US dollars; 0 is no limit")


def to_document(keys: Mapping[str, Key]) -> dict[str, object]:
    """The keys as the key file holds them."""
    return {"version": 1, "keys": [asdict(key) for key in keys.values()]}


def from_document(document: object) -> dict[str, Key]:
    """The keys of a key file.

    Raises:
        KeyFileError: anything that `to_document` did not write.
    """
    rows = document.get("keys") if isinstance(document, dict) and document.get("version") == 1 else None
    if not isinstance(rows, list):
        raise KeyFileError("is no key file of version 1")
    keys = [_key(row) for row in rows]
    return {key.id: key for key in keys}


def _key(row: object) -> Key:
    try:
        assert isinstance(row, dict)
        scopes = tuple(Scope(scope) for scope in row.pop("scopes"))
        key = Key(scopes=scopes, **row)
        check_budget(key.daily_budget_usd)
        assert _ID.fullmatch(key.id)
        assert all(isinstance(value, str) for value in (key.name, key.salt, key.digest, key.created, key.revoked))
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError):
        raise KeyFileError("has an entry that is no key") from None
    return key


def _digest(salt: str, secret: str) -> str:
    return hashlib.sha256(f"{salt}:{secret}".encode()).hexdigest()
