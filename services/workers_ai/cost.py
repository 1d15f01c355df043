"""What calls cost: reported by the provider, else computed from the price list, else estimated. Pure arithmetic.

an answer came    it states neurons                      REPORTED
                  it states tokens, or is a picture      PRICE_LIST
                  it states nothing                      ESTIMATED, from the length of what was asked
no answer came    the provider said no                   nothing is charged
                  the connection broke, time was over    ESTIMATED: the model may have worked
an embedded engine answered                              as above, PRICE_LIST at best, and nothing is billed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from atelier.type.v1 import cost_pb2

from services.workers_ai.errors import WorkersAIError
from services.workers_ai.prices import USD_PER_NEURON, Use, neurons_of
from services.workers_ai.wire import Usage


class Source(IntEnum):
    """Where figures come from, the less certain the larger: `atelier.type.v1.CostSource`."""

    NOTHING = cost_pb2.COST_SOURCE_UNSPECIFIED
    REPORTED = cost_pb2.COST_SOURCE_REPORTED
    PRICE_LIST = cost_pb2.COST_SOURCE_PRICE_LIST
    ESTIMATED = cost_pb2.COST_SOURCE_ESTIMATED


@dataclass(frozen=True, slots=True)
class Cost:
    """Neurons, and what of them is billed: none where an embedded engine did the work."""

    neurons: float = 0.0
    billed_neurons: float = 0.0
    source: Source = Source.NOTHING

    @property
    def usd(self) -> float:
        """The price of all neurons. Unit: US dollars."""
        return self.neurons * USD_PER_NEURON

    @property
    def billed_usd(self) -> float:
        """The price of the neurons that are billed. Unit: US dollars."""
        return self.billed_neurons * USD_PER_NEURON

    def plus(self, other: Cost) -> Cost:
        """Both together; the less certain source is that of the sum."""
        return Cost(
            self.neurons + other.neurons,
            self.billed_neurons + other.billed_neurons,
            max(self.source, other.source),
        )

    def to_proto(self) -> cost_pb2.Cost:
        """The cost as the services publish it."""
        source = cost_pb2.CostSource.ValueType(self.source)
        return cost_pb2.Cost(neurons=self.neurons, usd=self.usd, source=source, billed_usd=self.billed_usd)

    def to_metadata(self) -> dict[str, str]:
        """The cost as an error carries it: `neurons`, `usd`, `billed_usd`, `cost_source`; empty where it is nothing."""
        if self.source is Source.NOTHING:
            return {}
        return {
            "neurons": f"{self.neurons:.6g}",
            "usd": f"{self.usd:.6g}",
            "billed_usd": f"{self.billed_usd:.6g}",
            "cost_source": self.source.name,
        }


NOTHING = Cost()


def cost_from(metadata: Mapping[str, str]) -> Cost:
    """The cost that an error's metadata tells of."""
    try:
        neurons, usd = float(metadata["neurons"]), float(metadata["usd"])
        billed = neurons * float(metadata["billed_usd"]) / usd if usd else 0.0
        return Cost(neurons, billed, Source[metadata["cost_source"]])
    except (KeyError, ValueError):
        return NOTHING


def cost_of_answer(model: str, usage: Usage, expected: Use, engine: str) -> Cost:
    """What a call cost that was answered; `expected` is what it was thought to use before it was made."""
    if usage.neurons:
        cost = _charged(usage.neurons, Source.REPORTED)
    elif expected.width:
        cost = _charged(neurons_of(model, expected), Source.PRICE_LIST)
    elif usage.input_tokens or usage.output_tokens:
        cost = _charged(neurons_of(model, Use(usage.input_tokens, usage.output_tokens)), Source.PRICE_LIST)
    else:
        cost = expected_cost(model, expected)
    if not engine:
        return cost
    return replace(cost, billed_neurons=0.0, source=max(cost.source, Source.PRICE_LIST))


def cost_of_failure(model: str, error: WorkersAIError, expected: Use, *, billed: bool) -> Cost:
    """What a request may have cost that no answer came to: an answer that says no is not charged."""
    known = cost_from(error.metadata)
    if known.source or error.http_status or error.provider_code or not error.sent:
        return known
    return expected_cost(model, expected, billed=billed)


def expected_cost(model: str, expected: Use, *, billed: bool = True) -> Cost:
    """The cost of a call by what it is thought to use; `billed` is whether an account pays for it."""
    neurons = neurons_of(model, expected)
    return Cost(neurons, neurons if billed else 0.0, Source.ESTIMATED)


def _charged(neurons: float, source: Source) -> Cost:
    return Cost(neurons, neurons, source)
