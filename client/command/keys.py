"""`atelier keys`: API keys of the gateway on this machine."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from . import exits
from .options import AsJson

app = typer.Typer(help="Create, list and revoke API keys; runs where the gateway's key file is.", no_args_is_help=True)

File = Annotated[str, typer.Option("--file", envvar="ATELIER_GATEWAY_KEYS", help="The key file; else data/keys.json.")]


@app.command()
def create(
    name: Annotated[str, typer.Option("--name", help="Who or what the key is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help="read, create, review, styles, usage or admin; may be given more than once; read and create if not.",
        ),
    ] = None,
    daily_budget: Annotated[
        float, typer.Option("--daily-budget", min=0.0, help="Most that it may spend in a day (UTC), in US dollars.")
    ] = 0.0,
    file: File = "",
    as_json: AsJson = False,
) -> None:
    """Make a key and show its token, this once."""
    scopes = (word for one in scope or () for word in ("--scope", one))
    budget = ("--daily-budget-usd", str(daily_budget)) if daily_budget else ()
    _run("create", "--name", name, *scopes, *budget, file=file, json=as_json)


@app.command("list")
def list_(file: File = "", as_json: AsJson = False) -> None:
    """List keys; tokens are not stored and cannot be shown."""
    _run("list", file=file, json=as_json)


@app.command()
def budget(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The id, as `atelier keys list` shows it.")],
    daily_budget: Annotated[float, typer.Argument(metavar="USD", min=0.0, help="US dollars a day; 0 for no limit.")],
    file: File = "",
    as_json: AsJson = False,
) -> None:
    """Change the most that a key may spend in a day."""
    _run("budget", key_id, str(daily_budget), file=file, json=as_json)


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The id, as `atelier keys list` shows it.")],
    file: File = "",
    as_json: AsJson = False,
) -> None:
    """Make a key useless from now on."""
    _run("revoke", key_id, file=file, json=as_json)


def _run(*words: str, file: str, json: bool) -> None:
    # The gateway owns the format of its key file; the command line only hands the words on.
    if find_spec("gateway") is None:
        exits.say("keys are made where the gateway is installed; here is only its client")
        sys.exit(exits.FAILED)
    options = (["--file", file] if file else []) + (["--json"] if json else [])
    command = [sys.executable, "-m", "gateway.keys_cli", *words, *options]
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - our own module
