"""Managing API keys: `python -m gateway.keys_cli create|list|budget|revoke`. A token is printed once, by `create`.

Exit codes: 0 done, 1 no such key, 2 wrong usage, 78 the key file is unreadable.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import orjson

from gateway import keys, keystore
from gateway.config import Config
from gateway.keys import Key, Scope
from services.kit.config import settings

EX_UNKNOWN = 1
EX_USAGE = 2


def create(path: Path, arguments: argparse.Namespace) -> int:
    """Make a key and print its token."""
    random = secrets.token_bytes(keys.ID_BYTES + keys.SALT_BYTES + keys.SECRET_BYTES)
    try:
        scopes = arguments.scope or [Scope.READ, Scope.CREATE]
        key, token = keys.make(arguments.name, scopes, _now(), random, arguments.daily_budget_usd)
    except ValueError as error:
        return _fail(str(error), EX_USAGE)
    keystore.update(path, lambda known: {**known, key.id: key})
    if arguments.json:
        _print_json({**key.public(), "token": token})
    else:
        _print(token)
        sys.stderr.write(
            f"Key {key.id} ({key.name}) may {', '.join(key.scopes)}{_limit(key)}. The token is not shown again.\n"
        )
    return 0


def show(path: Path, arguments: argparse.Namespace) -> int:
    """Print the keys, without their secrets."""
    known = keystore.read(path)
    if arguments.json:
        _print_json([key.public() for key in known.values()])
        return 0
    for key in known.values():
        state = f"revoked {key.revoked}" if key.revoked else "good"
        budget = f"${key.daily_budget_usd:g}/day" if key.daily_budget_usd else "no limit"
        _print(f"{key.id}  {','.join(key.scopes):18}  {budget:9}  {key.created}  {state:8}  {key.name}")
    return 0


def budget(path: Path, arguments: argparse.Namespace) -> int:
    """Change the most that a key's assets may cost in a day."""

    def change(known: Mapping[str, Key]) -> Mapping[str, Key]:
        return keys.set_budget(known, arguments.id, arguments.daily_budget_usd)

    try:
        keystore.update(path, change)
    except KeyError:
        return _fail(f"there is no key {arguments.id}", EX_UNKNOWN)
    except ValueError as error:
        return _fail(str(error), EX_USAGE)
    if arguments.json:
        _print_json(keystore.read(path)[arguments.id].public())
    return 0


def revoke(path: Path, arguments: argparse.Namespace) -> int:
    """Make a key useless from now on."""

    def change(known: Mapping[str, Key]) -> Mapping[str, Key]:
        return keys.revoke(known, arguments.id, _now())

    try:
        keystore.update(path, change)
    except KeyError:
        return _fail(f"there is no key {arguments.id}", EX_UNKNOWN)
    if arguments.json:
        _print_json(keystore.read(path)[arguments.id].public())
    return 0


def main() -> int:
    """Run one command."""
    arguments = _parser().parse_args()
    default = next(row for row in settings(Config, "gateway") if row.field == "keys")
    path = Path(arguments.file or os.environ.get(default.env) or str(default.default)).expanduser()
    commands = {"create": create, "list": show, "budget": budget, "revoke": revoke}
    try:
        return commands[arguments.command](path, arguments)
    except keys.KeyFileError as error:
        return _fail(str(error), os.EX_CONFIG)
    except OSError as error:
        return _fail(f"{path} cannot be written: {error.strerror}", os.EX_CONFIG)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gateway.keys_cli", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--file", default="", help="the key file; else ATELIER_GATEWAY_KEYS, else data/keys.json")
    common.add_argument("--json", action="store_true", help="print JSON")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("create", parents=[common], help="make a key and print its token, once")
    making.add_argument("--name", required=True, help="who or what the key is for")
    making.add_argument(
        "--scope", action="append", type=Scope, choices=list(Scope), help="may be given again; read and create if not"
    )
    limit = "most that its assets may cost in a day (UTC), in US dollars; 0 for no limit"
    making.add_argument("--daily-budget-usd", type=float, default=0.0, help=limit)
    limiting = commands.add_parser("budget", parents=[common], help="change a key's daily budget")
    limiting.add_argument("id", help="the key's id, the second part of its token")
    limiting.add_argument("daily_budget_usd", type=float, help=limit)
    commands.add_parser("list", parents=[common], help="print the keys without their secrets")
    revoking = commands.add_parser("revoke", parents=[common], help="make a key useless from now on")
    revoking.add_argument("id", help="the key's id, the second part of its token")
    return parser


def _limit(key: Key) -> str:
    return f", for at most ${key.daily_budget_usd:g} a day" if key.daily_budget_usd else ""


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def _print_json(document: object) -> None:
    _print(orjson.dumps(document).decode())


def _fail(message: str, code: int) -> int:
    sys.stderr.write(message + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
