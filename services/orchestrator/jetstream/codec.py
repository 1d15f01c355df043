"""What one append looks like as one JetStream message: events in the payload, what lists need to know in the headers.

The events of one append travel in one message, so that an append is atomic and costs one synced write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent

OWNER = "Atelier-Owner"
STATE = "Atelier-State"
CREATED = "Atelier-Created"
LAST = "Atelier-Last"

_LENGTH_BYTES = 4

_STATES: Mapping[str, Asset.State.ValueType] = {
    "accepted": Asset.STATE_QUEUED,
    "queued": Asset.STATE_QUEUED,
}


class Head(NamedTuple):
    """What a list has to know about an asset: when it was recorded (Unix time in ns), its state, its owner."""

    created_ns: int
    state: int
    owner: str


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


def message_id(asset: str, payload: bytes) -> str:
    """The id under which the server knows a repeated append of the very same events."""
    return hashlib.blake2b(payload, digest_size=16, key=asset.encode()[:64]).hexdigest()


def head_after(event: AssetEvent, before: Head | None) -> Head:
    """What lists know once `event` is the last one of its log."""
    kind = event.WhichOneof("kind") or ""
    if kind == "accepted" or before is None:
        before = Head(event.create_time.ToNanoseconds(), 0, event.accepted.owner)
    state = event.finished.asset.state if kind == "finished" else _STATES.get(kind, Asset.STATE_RUNNING)
    return before._replace(state=state)


def head_headers(head: Head, last: int) -> dict[str, str]:
    """The head as headers of a message whose last event has the sequence `last`."""
    headers = {CREATED: str(head.created_ns), STATE: str(head.state), LAST: str(last)}
    return headers | {OWNER: head.owner} if head.owner else headers


def read_head(headers: Mapping[str, str]) -> Head:
    """The head that a message's headers tell."""
    return Head(int(headers.get(CREATED, "0")), int(headers.get(STATE, "0")), headers.get(OWNER, ""))
