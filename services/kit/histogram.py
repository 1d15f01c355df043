"""A histogram for what happens often: one bisection and two additions a time, everything else when it is read.

The client library's own takes locks, looks up labels and checks examples each time, some forty calls; with twenty
durations a job that was a twentieth of a process. Ours is fed on the event loop alone.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from prometheus_client import REGISTRY
from prometheus_client.core import Exemplar, HistogramMetricFamily
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from services.kit.trace_context import CURRENT


class _Series:
    """What was counted under one set of labels; an example is trace id, seconds, Unix time."""

    __slots__ = ("counts", "examples", "sum")

    def __init__(self, buckets: int) -> None:
        self.counts = [0] * buckets
        self.examples: list[tuple[str, float, float] | None] = [None] * buckets
        self.sum = 0.0


class Histogram(Collector):
    """Durations by labels, in the page of this process. `buckets` are upper bounds in seconds, ascending."""

    def __init__(
        self, name: str, documentation: str, labelnames: Sequence[str] = (), *, buckets: Sequence[float]
    ) -> None:
        self._name = name
        self._documentation = documentation
        self._labelnames = tuple(labelnames)
        self._bounds = tuple(buckets)
        self._series: dict[tuple[str, ...], _Series] = {}
        if not self._labelnames:
            self._new(())
        REGISTRY.register(self)

    def observe(self, seconds: float, labels: tuple[str, ...] = ()) -> None:
        """Count one duration, with the running trace as an example of its bucket.

        Raises:
            ValueError: as many labels as it has names are needed.
        """
        series = self._series.get(labels) or self._new(labels)
        place = bisect_left(self._bounds, seconds)
        series.counts[place] += 1
        series.sum += seconds
        current = CURRENT.get()
        if current is not None:
            series.examples[place] = current.trace_id, seconds, time.time()

    def show(self, *labels: str) -> None:
        """Have labels in the page before anything is counted under them.

        Raises:
            ValueError: as many labels as it has names are needed.
        """
        if labels not in self._series:
            self._new(labels)

    def collect(self) -> Iterable[HistogramMetricFamily]:
        """What the page shows; see `Collector`."""
        family = HistogramMetricFamily(self._name, self._documentation, labels=self._labelnames)
        bounds = [*map(floatToGoString, self._bounds), "+Inf"]
        for labels, series in tuple(self._series.items()):
            total, rows = 0, []
            for bound, count, example in zip(bounds, tuple(series.counts), series.examples, strict=True):
                total += count
                rows.append((bound, float(total), _exemplar(example)) if example else (bound, float(total)))
            family.add_metric(labels, rows, series.sum)
        return [family]

    def _new(self, labels: tuple[str, ...]) -> _Series:
        if len(labels) != len(self._labelnames):
            raise ValueError(f"{self._name} takes the labels {self._labelnames}")
        series = self._series[labels] = _Series(len(self._bounds) + 1)
        return series


def _exemplar(example: tuple[str, float, float]) -> Exemplar:
    trace_id, seconds, time_s = example
    return Exemplar({"trace_id": trace_id}, seconds, time_s)
