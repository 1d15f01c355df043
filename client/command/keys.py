"""`atelier keys`: API keys of the gateway on this machine."""

from __future__ import annotations

import subprocess
import sys

import typer

app = typer.Typer(help="Create, list and revoke API keys; runs where the gateway's key file is.", no_args_is_help=True)

PASS = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@app.command(context_settings=PASS)
def create(context: typer.Context) -> None:
    """Make a key and show its secret this once."""
    _run("create", context)


@app.command("list", context_settings=PASS)
def list_(context: typer.Context) -> None:
    """List keys; secrets are not stored and cannot be shown."""
    _run("list", context)


@app.command(context_settings=PASS)
def revoke(context: typer.Context) -> None:
    """Make a key useless."""
    _run("revoke", context)


def _run(verb: str, context: typer.Context) -> None:
    # The gateway owns the format of its key file; the command line only hands the words on.
    command = [sys.executable, "-m", "gateway.keys_cli", verb, *context.args]
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - our own module
