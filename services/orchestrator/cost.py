"""What the calls of an asset cost, read off its log: pure arithmetic over events, errors and sums.

An event that carries an answer tells its cost in the record of the call; a failed try tells it in `step_retried`, or
where nothing follows it in the metadata of its error; a call whose outcome nobody knows is counted at its estimate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent
from atelier.type.v1.cost_pb2 import COST_SOURCE_ESTIMATED, COST_SOURCE_REPORTED, Cost, CostSource
from atelier.type.v1.model_call_pb2 import ModelCall
from google.rpc.status_pb2 import Status

from services.kit.errors import NEVER_SENT, Reason, ServiceError

_PREFIX = "COST_SOURCE_"

# Failures after which the model may have worked, and nobody said what for.
UNKNOWN_OUTCOMES = frozenset(
    {
        Reason.SERVICE_UNREACHABLE,
        Reason.DEADLINE_EXCEEDED,
        Reason.CANCELLED,
        Reason.STORE_UNAVAILABLE,
        Reason.SIGNING_FAILED,
        Reason.INTERNAL,
    }
)


class Spent(NamedTuple):
    """A sum of costs: `neurons`, `usd`, what of it is billed (`billed_usd`), and the least certain source of a part."""

    neurons: float = 0.0
    usd: float = 0.0
    billed_usd: float = 0.0
    source: int = 0

    def plus(self, other: Spent) -> Spent:
        """Both together."""
        if not other.source:
            return self
        return Spent(
            self.neurons + other.neurons,
            self.usd + other.usd,
            self.billed_usd + other.billed_usd,
            max(self.source, other.source),
        )

    def to_proto(self) -> Cost | None:
        """The sum as messages carry it; None where nothing was spent."""
        if not self.source:
            return None
        source = CostSource.ValueType(self.source)
        return Cost(neurons=self.neurons, usd=self.usd, billed_usd=self.billed_usd, source=source)


NOTHING = Spent()


def read_cost(cost: Cost) -> Spent:
    """What a message says."""
    return Spent(cost.neurons, cost.usd, cost.billed_usd, cost.source)


def call_cost(call: ModelCall) -> Spent:
    """What the record of a call says; one of before there were prices tells neurons only."""
    if call.HasField("cost"):
        return read_cost(call.cost)
    return Spent(neurons=call.neurons, source=COST_SOURCE_REPORTED) if call.neurons else NOTHING


def error_cost(metadata: Mapping[str, str]) -> Spent:
    """What a failed try cost, as the metadata of its error tells: `neurons`, `usd`, `billed_usd`, `cost_source`."""
    try:
        source = CostSource.Value(_PREFIX + metadata["cost_source"])
        return Spent(float(metadata["neurons"]), float(metadata["usd"]), float(metadata["billed_usd"]), source)
    except (KeyError, ValueError):
        return NOTHING


def status_cost(status: Status) -> Spent:
    """What a failed try cost, as its recorded error tells."""
    return error_cost(ServiceError.from_status(status).metadata) if status.details else NOTHING


def charged(error: ServiceError, estimate: Spent) -> ServiceError:
    """The error of a try, with the estimate as its cost where the model may have worked and nobody said what for."""
    known = error.reason not in UNKNOWN_OUTCOMES or NEVER_SENT.items() <= error.metadata.items()
    if not estimate.source or known or error_cost(error.metadata).source:
        return error
    cost = {
        "neurons": f"{estimate.neurons:.9g}",
        "usd": f"{estimate.usd:.9g}",
        "billed_usd": f"{estimate.billed_usd:.9g}",
        "cost_source": CostSource.Name(COST_SOURCE_ESTIMATED).removeprefix(_PREFIX),
    }
    return ServiceError(
        error.reason,
        error.message,
        field=error.field,
        limit=error.limit,
        retry_after_s=error.retry_after_s,
        metadata={**error.metadata, **cost},
    )


def event_cost(event: AssetEvent) -> Spent:
    """What an event adds to the cost of its asset, and of the variant that it is about."""
    kind = event.WhichOneof("kind") or ""
    read = _COSTS.get(kind)
    return read(event) if read else NOTHING


def variant_of(event: AssetEvent) -> int | None:
    """The variant that an event is about; None where it is about the asset as a whole."""
    message = getattr(event, event.WhichOneof("kind") or "", None)
    field = message.DESCRIPTOR.fields_by_name.get("variant") if message is not None else None
    if message is None or field is None or (field.has_presence and not message.HasField("variant")):
        return None
    return int(message.variant)


def _retried(event: AssetEvent) -> Spent:
    retried = event.step_retried
    return read_cost(retried.cost) if retried.HasField("cost") else status_cost(retried.error)


def _finished(event: AssetEvent) -> Spent:
    asset = event.finished.asset
    # The error of a variant was counted when that failed; only one of a step that served all variants is new.
    return NOTHING if not asset.HasField("error") or _is_a_variants(asset) else status_cost(asset.error)


def _is_a_variants(asset: Asset) -> bool:
    errors = (variant.error for variant in asset.variants if variant.HasField("error"))
    return any(error == asset.error for error in errors)


_COSTS: Mapping[str, Callable[[AssetEvent], Spent]] = {
    "prompts_generated": lambda event: call_cost(event.prompts_generated.call),
    "variant_moderated": lambda event: call_cost(event.variant_moderated.call),
    "prompt_rewritten": lambda event: call_cost(event.prompt_rewritten.call),
    "variant_imaged": lambda event: call_cost(event.variant_imaged.call),
    "content_moderated": lambda event: call_cost(event.content_moderated.call),
    "image_moderated": lambda event: call_cost(event.image_moderated.call),
    "step_retried": _retried,
    "step_unknown": lambda event: read_cost(event.step_unknown.cost),
    "variant_failed": lambda event: status_cost(event.variant_failed.error),
    "rendition_failed": lambda event: status_cost(event.rendition_failed.error),
    "finished": _finished,
}
