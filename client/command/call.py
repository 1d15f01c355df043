"""`atelier call`: any RPC of any server with reflection, with JSON in and out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from . import exits


def call(
    address: Annotated[str, typer.Argument(help="host:port, or orchestrator, prompt, moderation, image.")],
    method: Annotated[str, typer.Argument(help="package.Service/Method or Method; without one, all are listed.")] = "",
    request: Annotated[str, typer.Argument(help="The request as JSON, or - for stdin.")] = "{}",
    timeout_s: Annotated[float, typer.Option("--timeout", help="Unit: seconds.")] = 120.0,
) -> None:
    """Call an RPC by reflection, as grpcurl does; a stream prints one JSON document a line."""
    try:
        from .reflection import run
    except ImportError:
        exits.say("calls need gRPC: pip install 'atelier-client[grpc]'")
        sys.exit(exits.FAILED)
    with exits.errors_exit():
        sys.exit(run(address, method, sys.stdin.read() if request == "-" else request, timeout_s))
