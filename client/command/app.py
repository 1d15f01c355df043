"""`atelier`: the command line of Atelier."""

from __future__ import annotations

import typer

from . import assets, batch, call, doctor, exits, keys

app = typer.Typer(
    name="atelier",
    help="Turn content into publishable pictures.",
    epilog=(exits.__doc__ or "").partition("\n\n")[2].replace("\n    ", "\n\n"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(assets.create)
app.command()(assets.watch)
app.command()(assets.get)
app.command("list")(assets.list_)
app.command()(assets.cancel)
app.command()(assets.rm)
app.command("open")(assets.open_)
app.command()(batch.batch)
app.command()(doctor.doctor)
app.command()(call.call)
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
