"""Shell completion of asset names: one quick question to the gateway, and silence where it does not answer."""

from __future__ import annotations

import typer
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format

from ..errors import AtelierError

NEWEST = 30


def complete_name(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The newest assets whose name begins so, with or without `assets/`, each with its content for a help text."""
    from ..http import Atelier

    try:
        with Atelier(context.params.get("url") or "", context.params.get("api_key") or "") as atelier:
            answer = atelier.send("GET", "/v1/assets", params={"page_size": NEWEST})
    except AtelierError:
        return []
    page = json_format.Parse(answer.content, pb.ListAssetsResponse(), ignore_unknown_fields=True)
    prefix = "assets/" if incomplete.startswith("assets/") else ""
    names = ((prefix + asset.name.removeprefix("assets/"), asset) for asset in page.assets)
    return [
        (name, " ".join(asset.content[:60].split()).replace(":", " "))
        for name, asset in names
        if name.startswith(incomplete)
    ]
