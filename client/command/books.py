"""Subcommands about money and rules: usage, policies."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Place
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..http import DEFAULT_URL, Atelier
from ..money import cost_text, dollars
from . import exits
from .options import AsJson, Key, Url
from .output import print_json


def usage(
    from_day: Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help="First day; 30 days back if not.")] = "",
    until_day: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day; today if not.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Only what this API key (its id) made.")] = "",
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Show what assets cost, by day and owner, and how much of the budgets is used. Days are of UTC."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        found = atelier.usage(from_day, until_day, owner)
    if as_json:
        print_json(found)
    elif sys.stdout.isatty():
        _show_usage(found)
    else:
        for row in found.rows:
            cells = (row.day, row.owner, str(row.assets), str(row.images), f"{row.cost.neurons:g}", f"{row.cost.usd:g}")
            sys.stdout.write("\t".join(cells) + "\n")


def policies(
    name: Annotated[str, typer.Argument(help="Print the whole document of this policy.")] = "",
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """List the content policies, or print one."""
    with exits.errors_exit(), Atelier(url, api_key) as atelier:
        found = atelier.policies()
    if name:
        named = [policy for policy in found.policies if policy.version.name == name]
        if not named:
            exits.say(f"there is no policy {name}; there are {', '.join(one.version.name for one in found.policies)}")
            sys.exit(exits.NOT_FOUND)
        sys.stdout.write(named[0].document.rstrip() + "\n")
    elif as_json:
        print_json(found)
    elif sys.stdout.isatty():
        table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
        for title in ("policy", "version", "judges", "for"):
            table.add_column(title, no_wrap=title != "for", overflow="fold")
        for number, policy in enumerate(found.policies):
            places = ", ".join(Place.Name(place).removeprefix("PLACE_").lower() for place in policy.places)
            mark = " (default)" if number == 0 else ""
            version = policy.version.version.partition("+")[0]
            table.add_row(Text(policy.version.name + mark), Text(version), places, Text(policy.description))
        Console().print(table)
    else:
        for policy in found.policies:
            sys.stdout.write(f"{policy.version.name}\t{policy.version.version}\t{policy.description}\n")


def _show_usage(found: pb.GetUsageResponse) -> None:
    console = Console()
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("day", "key", "assets", "pictures", "neurons", "cost", "billed"):
        table.add_column(title, justify="left" if title in ("day", "key") else "right", no_wrap=True)
    for row in found.rows:
        cost = row.cost
        money = (f"{cost.neurons:,.1f}", dollars(cost.usd), dollars(cost.billed_usd))
        table.add_row(row.day, row.owner or "-", str(row.assets), str(row.images), *money)
    if not found.rows:
        console.print("nothing was made in these days", style="dim")
        return
    console.print(table)
    console.print()
    console.print(f"in all {cost_text(found.total) or '$0'}", highlight=False)
    for budget in found.budgets:
        whose = f"key {budget.owner}" if budget.scope == "owner" else "everybody"
        resets = budget.reset_time.ToDatetime().strftime("%H:%M UTC")
        says = f"budget of today, {whose}: {dollars(budget.used_usd)} of {dollars(budget.limit_usd)}, anew at {resets}"
        console.print(says, style="yellow" if budget.used_usd >= 0.8 * budget.limit_usd else "", highlight=False)
