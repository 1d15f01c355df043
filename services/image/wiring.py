"""Puts the parts of the service together, for the process and for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from services.image.inspector import Inspector
from services.image.marking import Marker
from services.image.painting import Painter
from services.image.previews import Previews
from services.image.relabelling import Relabeller
from services.image.service import ImageService
from services.image.store import ImageStore
from services.workers_ai.client import WorkersAI


def image_service(
    client: WorkersAI,
    models: Sequence[str],
    store: ImageStore,
    *,
    marker: Marker,
    inspector: Inspector,
    workers: Executor,
    attempts: int,
    timeout_s: float,
    slots: int,
    billed: bool = True,
) -> ImageService:
    """The service; see `Painter` and `ImageService` for what the numbers mean."""
    painter = Painter(client, models, marker, attempts=attempts, timeout_s=timeout_s, workers=workers, billed=billed)
    return ImageService(
        painter,
        store,
        relabeller=Relabeller(store, marker, workers),
        previews=Previews(store, workers),
        inspector=inspector,
        slots=slots,
    )
