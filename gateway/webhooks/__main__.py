"""The secret that receivers verify webhooks with: `python -m gateway.webhooks [--rotate | --forget]`."""

from __future__ import annotations

import argparse
import os
import secrets
import sys

from gateway.config import Config
from gateway.webhooks import secretfile, signing
from gateway.webhooks.service import secret_path
from services.kit.config import ConfigError, load


def run(rotate: bool, forget: bool) -> None:
    """Change the secrets as asked, then print them, the newest first.

    Raises:
        ConfigError: the secrets are not kept in a file, or the file is broken.
    """
    config = load(Config, "gateway", os.environ)
    if config.webhook_secret:
        raise ConfigError("ATELIER_GATEWAY_WEBHOOK_SECRET is set, so the secrets are whatever it says")
    path = secret_path(config.webhooks)
    current = secretfile.SecretSource("", path).current()
    if rotate:
        fresh = signing.make_secret(secrets.token_bytes(signing.KEY_BYTES))
        current = (fresh, *current[: signing.MAX_SECRETS - 1])
        secretfile.replace(path, current)
    elif forget:
        current = current[:1]
        secretfile.replace(path, current)
    print("\n".join(current))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m gateway.webhooks", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--rotate", action="store_true", help="make a new secret; the one before stays valid beside it")
    choice.add_argument("--forget", action="store_true", help="end a rotation: only the newest secret stays")
    arguments = parser.parse_args()
    try:
        run(arguments.rotate, arguments.forget)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(os.EX_CONFIG)


if __name__ == "__main__":
    main()
