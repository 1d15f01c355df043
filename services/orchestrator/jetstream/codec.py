"""What one append looks like as one JetStream message: events in the payload, what lists need to know in the headers.

The events of one append travel in one message, so that an append is atomic and costs one synced write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.orchestrator.cost import NOTHING, Spent
from services.orchestrator.summary import Summary

OWNER = "Atelier-Owner"
STATE = "Atelier-State"
CREATED = "Atelier-Created"
LAST = "Atelier-Last"
IMAGES = "Atelier-Images"
SPENT = "Atelier-Spent"

_LENGTH_BYTES = 4


def pack(events: Sequence[AssetEvent]) -> bytes:
    """The events as a payload: each after its length, 4 bytes, big-endian."""
    parts = []
    for event in events:
        data = event.SerializeToString()
        parts += [len(data).to_bytes(_LENGTH_BYTES, "big"), data]
    return b"".join(parts)


def unpack(payload: bytes) -> Iterator[AssetEvent]:
    """The events of a payload."""
    start = 0
    while start < len(payload):
        end = start + _LENGTH_BYTES
        length = int.from_bytes(payload[start:end], "big")
        start = end + length
        yield AssetEvent.FromString(payload[end:start])


def write_headers(summary: Summary, last: int) -> dict[str, str]:
    """The summary as headers of a message whose last event has the sequence `last`."""
    headers = {CREATED: str(summary.created_ns), STATE: str(summary.state), LAST: str(last)}
    if summary.owner:
        headers[OWNER] = summary.owner
    if summary.images:
        headers[IMAGES] = str(summary.images)
    if summary.spent.source:
        headers[SPENT] = " ".join(repr(part) for part in summary.spent)
    return headers


def read_headers(headers: Mapping[str, str]) -> Summary:
    """The summary that a message's headers tell."""
    return Summary(
        int(headers.get(CREATED, "0")),
        int(headers.get(STATE, "0")),
        headers.get(OWNER, ""),
        int(headers.get(IMAGES, "0")),
        _read_spent(headers.get(SPENT, "")),
    )


def _read_spent(text: str) -> Spent:
    if not text:
        return NOTHING
    neurons, usd, billed_usd, source = text.split(" ")
    return Spent(float(neurons), float(usd), float(billed_usd), int(source))
