"""Reading server-sent events: lines in, typed asset events and the last event id out. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format

# An event may carry an error with these details; JSON parsing knows only message types that are loaded.
from google.rpc import error_details_pb2  # noqa: F401


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event of the WHATWG event-stream format; `id` is empty where the event had none."""

    type: str
    data: str
    id: str


def split_lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """The lines of a UTF-8 byte stream, split at line feeds only.

    The usual splitters also break at U+2028 and its kin, which JSON leaves as they are.
    """
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.removesuffix(b"\r").decode("utf-8", "replace")


def parse_stream(lines: Iterable[str]) -> Iterator[ServerSentEvent]:
    """The events of a stream of lines; comments and unknown fields are passed over, an unfinished event is dropped."""
    fields: dict[str, list[str]] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            if name:
                fields.setdefault(name, []).append(value.removeprefix(" "))
            continue
        if "data" in fields:
            kind, number = fields.get("event", ["message"])[-1], fields.get("id", [""])[-1]
            yield ServerSentEvent(kind, "\n".join(fields["data"]), number)
        fields = {}


def asset_event(event: ServerSentEvent) -> pb.AssetEvent:
    """The asset event that a server-sent event carries; fields of a newer server are passed over."""
    message = pb.AssetEvent()
    json_format.ParseDict(orjson.loads(event.data), message, ignore_unknown_fields=True)
    return message
