"""What a call to a model took and cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from atelier.type.v1.model_call_pb2 import ModelCall
from google.protobuf.duration_pb2 import Duration

from services.workers_ai.cost import NOTHING, Cost

_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One or more requests to one model.

    `duration_s` is summed over `attempts`, the number of HTTP requests; waiting between them does not count. `neurons`
    is what the provider stated, 0 where it stated none; `cost` is what is known of all attempts together, the failed
    ones and those at models before a fallback included. `engine` names the embedded engine that answered in
    place of the hosted model; empty where Workers AI itself answered.
    """

    model: str
    duration_s: float = 0.0
    attempts: int = 1
    input_tokens: int = 0
    output_tokens: int = 0
    neurons: float = 0.0
    engine: str = ""
    cost: Cost = NOTHING

    def plus(self, other: CallRecord) -> CallRecord:
        """Both calls as one; the later one says which model and engine answered."""
        return replace(
            other,
            duration_s=self.duration_s + other.duration_s,
            attempts=self.attempts + other.attempts,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            neurons=self.neurons + other.neurons,
            cost=self.cost.plus(other.cost),
        )

    def to_proto(self) -> ModelCall:
        """The record as the services publish it."""
        duration = Duration()
        duration.FromMicroseconds(round(self.duration_s * 1e6))
        return ModelCall(
            model=self.model,
            duration=duration,
            attempts=self.attempts,
            input_tokens=min(self.input_tokens, _INT32),
            output_tokens=min(self.output_tokens, _INT32),
            neurons=self.neurons,
            engine=self.engine,
            cost=self.cost.to_proto(),
        )
