"""What lists know of an asset without reading its log, and which assets a caller wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent

from services.orchestrator.cost import NOTHING, Spent, event_cost, read_cost
from services.orchestrator.view import stored_images

STATES = frozenset(Asset.State.values())

_STATES: Mapping[str, Asset.State.ValueType] = {
    "accepted": Asset.STATE_QUEUED,
    "queued": Asset.STATE_QUEUED,
    "review_requested": Asset.STATE_NEEDS_REVIEW,
}


class Summary(NamedTuple):
    """When an asset was recorded (Unix time in ns), its state, its owner, its pictures, what it cost so far."""

    created_ns: int
    state: int
    owner: str
    images: int = 0
    spent: Spent = NOTHING


class Selection(NamedTuple):
    """Which assets are wanted: those in one of the states (none: any), of a span of time, of an owner ("": any).

    `before_ns` itself is not in the span; 0 means that it has no end.
    """

    states: frozenset[int] = frozenset()
    after_ns: int = 0
    before_ns: int = 0
    owner: str = ""

    def wants(self, summary: Summary) -> bool:
        """Whether an asset is wanted."""
        return (
            (not self.states or summary.state in self.states)
            and summary.created_ns >= self.after_ns
            and (not self.before_ns or summary.created_ns < self.before_ns)
            and (not self.owner or summary.owner == self.owner)
        )


EVERYTHING = Selection()


def summarise(event: AssetEvent, before: Summary | None) -> Summary:
    """The summary of a log that ends with `event`; `before` is its summary without it, None for the first event."""
    kind = event.WhichOneof("kind") or ""
    if kind == "accepted" or before is None:
        before = Summary(event.create_time.ToNanoseconds(), 0, event.accepted.owner)
    spent = before.spent.plus(event_cost(event))
    if kind == "finished":
        asset = event.finished.asset
        return before._replace(state=asset.state, images=_images(asset), spent=spent)
    state = _STATES.get(kind, Asset.STATE_RUNNING)
    return before._replace(state=state, images=before.images + (kind == "variant_imaged"), spent=spent)


def summary_of(asset: Asset) -> Summary:
    """The summary of an asset."""
    created_ns = asset.create_time.ToNanoseconds()
    return Summary(created_ns, asset.state, asset.owner, _images(asset), read_cost(asset.cost))


def _images(asset: Asset) -> int:
    return sum(1 for _ in stored_images(asset))
