"""What orders would lead to and cost, without making anything."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.recipe_pb2 import Purpose
from atelier.type.v1.verdict_pb2 import Verdict
from google.protobuf import json_format
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import AtelierError
from ..http import Atelier
from ..money import cost_text, dollars
from ..timeline import verdict_text
from . import exits
from .items import Item
from .output import print_json, print_line


def show_preview(preview: pb.Preview, *, as_json: bool) -> None:
    """Show a preview: a table in a terminal, JSON elsewhere."""
    if as_json or not sys.stdout.isatty():
        print_json(preview)
        return
    recipe = preview.recipe
    policy = preview.policy.version
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    count = max(1, recipe.variant_count) * max(1, len(recipe.formats))
    size = f"{recipe.width}x{recipe.height}" if recipe.width else "as the model makes it"
    rows = {
        "pictures": f"{count}: {max(1, recipe.variant_count)} variant(s) in {', '.join(recipe.formats) or size}",
        "purpose": Purpose.Name(recipe.purpose).removeprefix("PURPOSE_").lower() if recipe.purpose else "",
        "brand style": recipe.brand_style,
        "file type": recipe.media_type,
        "policy": f"{policy.name} {policy.version}".strip(),
        "content": verdict_text(preview.content_verdict) if preview.HasField("content_verdict") else "",
        "cost": cost_text(preview.estimate),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value))
    for warning in preview.warnings:
        table.add_row("note", Text(warning, style="yellow"))
    Console().print(table)


def preview_items(items: Sequence[Item], url: str, api_key: str, *, as_json: bool) -> int:
    """Preview each item and add up; returns the exit code."""
    total, code = 0.0, exits.OK
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        for item in items:
            try:
                if item.order is None:
                    raise AtelierError(item.problem)
                preview = atelier.preview_order(item.order)
            except AtelierError as error:
                exits.say(f"{item.key}: {error}")
                code = exits.FAILED
                continue
            total += preview.estimate.usd
            if as_json:
                print_line({"key": item.key, **json_format.MessageToDict(preview)})
            else:
                blocked = preview.content_verdict.decision == Verdict.DECISION_BLOCKED
                says = "blocked by the policy" if blocked else "; ".join(preview.warnings)
                sys.stdout.write("\t".join((item.key, dollars(preview.estimate.usd), says)).rstrip() + "\n")
    sys.stderr.write(f"{len(items)} to do, {dollars(total)} if every step goes well at once\n")
    return code
