"""What is counted and traced of calls to models, by the semantic conventions for generative AI.

Shapes: https://opentelemetry.io/docs/specs/semconv/gen-ai/ (metrics and attributes of clients, as of 2026).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from types import TracebackType

from prometheus_client import Counter, Gauge

from services.kit import metrics, tracing
from services.kit.errors import Reason, ServiceError
from services.kit.tracing import Span, SpanKind
from services.workers_ai.catalogue import GUARD_MODELS, IMAGE_MODELS
from services.workers_ai.record import CallRecord

PROVIDER = "cloudflare.workers_ai"

DURATION = metrics.Histogram(
    "gen_ai_client_operation_duration_seconds",
    "Calls of models, all their attempts together.",
    ("gen_ai_operation_name", "gen_ai_request_model", "outcome"),
    buckets=metrics.BUCKETS,
)
TOKENS = Counter(
    "gen_ai_client_token_usage",
    "Tokens that text models read and wrote.",
    ("gen_ai_request_model", "gen_ai_token_type"),
)
NEURONS = Counter("atelier_neurons", "Neurons that calls cost, or would have cost.", ("gen_ai_request_model", "billed"))
USD = Counter("atelier_cost_usd", "US dollars that calls cost, or would have cost.", ("gen_ai_request_model", "billed"))
RETRIES = Counter(
    "atelier_model_retries", "Requests to models beyond the first of each call.", ("gen_ai_request_model",)
)
BREAKER_OPEN = Gauge(
    "atelier_breaker_open",
    "1 while a model is passed over because it keeps failing, else 0.",
    ("gen_ai_request_model",),
)
BREAKER_OPENED = Counter(
    "atelier_breaker_opened", "How often a model began to be passed over, or went on to be.", ("gen_ai_request_model",)
)
# Alerts watch these from the first one on, and a rate begins at the second sample of a series.
_WATCHED = ("OK", str(Reason.MODEL_UNREACHABLE), str(Reason.MODEL_QUOTA))


def operation(model: str) -> str:
    """What kind of work a model does: "generate_content" for pictures, "chat" for the rest."""
    return "generate_content" if model in IMAGE_MODELS else "moderation" if model in GUARD_MODELS else "chat"


def expect(models: Iterable[str]) -> None:
    """Let the series of models that may be called be there, at 0, before their first call."""
    for model in models:
        for outcome in _WATCHED:
            DURATION.show(operation(model), model, outcome)
        for billed in ("yes", "no"):
            USD.labels(model, billed)
        BREAKER_OPEN.labels(model)
        BREAKER_OPENED.labels(model)


def passed_over(model: str) -> None:
    """A model keeps failing: it is passed over from now on, or once more."""
    BREAKER_OPENED.labels(model).inc()
    BREAKER_OPEN.labels(model).set(1)


def back(model: str) -> None:
    """A model answers again."""
    BREAKER_OPEN.labels(model).set(0)


class Counted:
    """A span and the measurements around one call of a model; it takes the record of the call once there is one."""

    __slots__ = ("_block", "_kind", "_model", "_span", "_started_s", "record")

    def __init__(self, model: str) -> None:
        self._model = model
        self._kind = operation(model)
        self._block = tracing.span(f"{self._kind} {model}", SpanKind.CLIENT, _attributes(self._kind, model))
        self.record: CallRecord | None = None

    def __enter__(self) -> Counted:
        self._span = self._block.__enter__()
        self._started_s = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        outcome = "OK" if error is None else str(error.reason) if isinstance(error, ServiceError) else "CANCELLED"
        seconds = time.perf_counter() - self._started_s
        metrics.observe(DURATION, seconds, self._kind, self._model, outcome)
        if self.record is not None:
            _tell(self._span, self._model, self.record)
        self._block.__exit__(kind, error, trace)


@lru_cache(maxsize=256)
def _attributes(kind: str, model: str) -> tracing.Attributes:
    return {
        "gen_ai.operation.name": kind,
        "gen_ai.provider.name": PROVIDER,
        "gen_ai.request.model": model,
    }


def _tell(span: Span, model: str, record: CallRecord) -> None:
    metrics.child(TOKENS, model, "input").inc(record.input_tokens)
    metrics.child(TOKENS, model, "output").inc(record.output_tokens)
    billed = "no" if record.engine else "yes"
    metrics.child(NEURONS, model, billed).inc(record.cost.neurons)
    metrics.child(USD, model, billed).inc(record.cost.usd)
    metrics.child(RETRIES, model).inc(record.attempts - 1)
    span.set_attribute("gen_ai.usage.input_tokens", record.input_tokens)
    span.set_attribute("gen_ai.usage.output_tokens", record.output_tokens)
    span.set_attribute("gen_ai.response.model", record.engine or model)
    span.set_attribute("atelier.attempts", record.attempts)
    span.set_attribute("atelier.neurons", record.cost.neurons)
