"""Subcommands that take an asset or a file up again: replay, export, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from atelier.type.v1.provenance_pb2 import Verification
from google.protobuf import json_format
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import AtelierError
from ..http import DEFAULT_URL, Atelier
from . import exits
from .options import AsJson, Key, Name, Url, full_name
from .output import follow, print_line, save_pictures, show_result, stem_for

OUTCOMES = {
    Verification.OUTCOME_INTACT: ("intact", "green"),
    Verification.OUTCOME_CHANGED: ("CHANGED", "red"),
    Verification.OUTCOME_UNSIGNED: ("unsigned", "yellow"),
    Verification.OUTCOME_UNREADABLE: ("unreadable", "red"),
}


def replay(
    name: Name,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Also save the pictures there.")] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Run the recipe and prompts of an asset again, as a new one, and say whether the pictures are the same.

    The exit code is that of create, and 8 where a model that takes a seed gave other pictures.
    """
    with Atelier(url, api_key) as atelier:
        job = atelier.replay(full_name(name))
        with exits.errors_exit(lambda: job.name):
            timeline = follow(job, as_json=as_json)
            asset = job.result()
            pictures = save_pictures(atelier, asset, out, stem_for(asset)) if out else []
            show_result(asset, timeline, pictures, as_json=as_json)
            sys.exit(exits.of_asset(asset))


def export(
    name: Name,
    out: Annotated[str, typer.Option("--out", "-o", help="The zip file, or - for stdout; ID.zip if not.")] = "",
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Save an asset as one zip: all pictures, manifest.json, and texts.csv with alt texts and captions."""
    full = full_name(name)
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        if out == "-":
            atelier.export(full, sys.stdout.buffer)
            return
        path = Path(out or f"{full.rpartition('/')[2]}.zip")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        try:
            with part.open("wb") as file:
                atelier.export(full, file)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        typer.echo(str(path))


def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Picture files.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Say who made pictures, from what, and whether they were changed; any files, not only this server's.

    The exit code is 0 if every file is signed and as it was signed, else 1.
    """
    code = exits.OK
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        for file in files:
            try:
                found = atelier.verify(file.read_bytes())
            except AtelierError as error:
                sys.stderr.write(f"{file}\t")
                exits.explain(error)
                code = code or exits.of_error(error)
                continue
            if found.outcome != Verification.OUTCOME_INTACT:
                code = code or exits.FAILED
            if as_json:
                print_line({"file": str(file), **json_format.MessageToDict(found)})
            elif sys.stdout.isatty():
                Console().print(_table(file, found))
            else:
                word, _ = OUTCOMES.get(found.outcome, ("unknown", ""))
                trusted = "trusted" if found.trusted else "not trusted"
                sys.stdout.write("\t".join((str(file), word.lower(), trusted, found.signer, found.model)) + "\n")
    sys.exit(code)


def _table(file: Path, found: Verification) -> Table:
    word, style = OUTCOMES.get(found.outcome, ("unknown", ""))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    signed = found.outcome in (Verification.OUTCOME_INTACT, Verification.OUTCOME_CHANGED)
    trust = "development certificate, not trusted by others" if found.development else "not trusted here"
    said = found.provenance
    rows = {
        "signer": f"{found.signer} ({'trusted' if found.trusted else trust})" if signed else "",
        "signed": found.sign_time.ToDatetime().strftime("%Y-%m-%d %H:%M:%S UTC") if found.HasField("sign_time") else "",
        "made by": " with ".join(part for part in (found.claim_generator, found.model) if part),
        "kind": found.digital_source_type.rpartition("/")[2],
        "asset": said.asset,
        "policy": f"{said.policy.name} {said.policy.version}".strip(),
        "alt text": said.alt_text,
        "caption": said.caption,
        "credit": said.credit,
        "findings": ", ".join(found.findings),
    }
    table.add_row(Text(word, style=f"bold {style}"), Text(str(file), style="bold"))
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value))
    return table
