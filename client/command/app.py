"""`atelier`: the command line of Atelier."""

from __future__ import annotations

from typing import Annotated

import typer

from ..version import version
from . import again, assets, batch, books, call, doctor, exits, keys, people, styles

app = typer.Typer(
    name="atelier",
    help="Turn content into publishable pictures.",
    epilog="Exit codes:\n\n" + (exits.__doc__ or "").partition("\n\n")[2].replace("\n", "\n\n"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    typer.echo(f"atelier {version()}")
    raise typer.Exit


@app.callback()
def root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn content into publishable pictures."""


app.command()(assets.create)
app.command()(assets.watch)
app.command()(assets.get)
app.command("list")(assets.list_)
app.command()(assets.cancel)
app.command()(assets.rm)
app.command("open")(assets.open_)
app.command()(batch.batch)
app.command()(people.review)
app.command()(people.update)
app.command()(people.texts)
app.command()(again.replay)
app.command()(again.export)
app.command()(again.verify)
app.command()(books.usage)
app.command()(books.policies)
app.add_typer(styles.app, name="styles")
app.command()(doctor.doctor)
app.command()(call.call)
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command line."""
    with exits.written_out():
        app(prog_name="atelier")


if __name__ == "__main__":
    main()
