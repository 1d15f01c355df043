"""A copy of a stored picture that says something else about itself, signed again; its pixels stay as they are."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from services.image.checking import FORMATS
from services.image.facts import Facts
from services.image.inspecting import inspect
from services.image.labels import Label
from services.image.marking import Marked, Marker
from services.image.reading import verified_pieces
from services.image.sizing import Size
from services.image.store import ImageStore
from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import IMAGE_MODELS
from services.workers_ai.media import media_type_of


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy, and what is known about the picture from what it said before."""

    marked: Marked
    media_type: str
    size: Size
    source_digest: str
    reproducible: bool


class Relabeller:
    """Relabels pictures of a store, in `workers`."""

    def __init__(self, store: ImageStore, marker: Marker, workers: Executor) -> None:
        self._store = store
        self._marker = marker
        self._workers = workers

    async def relabel(self, digest: str, label: Label) -> Copy:
        """The copy with the texts, credit and decision of `label` where it says any; all else stays.

        Raises:
            ServiceError: IMAGE_UNKNOWN, IMAGE_CORRUPT, STORE_UNAVAILABLE or SIGNING_FAILED.
        """
        data = b"".join([piece async for piece in verified_pieces(self._store, digest)])
        return await asyncio.get_running_loop().run_in_executor(self._workers, self._copy, data, label)

    def _copy(self, data: bytes, label: Label) -> Copy:
        media_type = media_type_of(data)
        try:
            with Image.open(BytesIO(data), formats=[FORMATS[media_type]]) as image:
                size = Size(*image.size)
        except Exception as error:
            raise ServiceError(Reason.IMAGE_CORRUPT, f"the stored picture cannot be read: {error}") from error
        _, facts = inspect(data, "")
        facts = _edited(facts, label)
        marked = self._marker.mark(data, media_type, facts, edited=True)
        model = IMAGE_MODELS.get(facts.model)
        return Copy(marked, media_type, size, facts.source_digest, model is not None and model.seed is not None)


def _edited(facts: Facts, label: Label) -> Facts:
    return Facts(
        label=facts.label.edited(label),
        model=facts.model,
        engine=facts.engine,
        prompt_digest=facts.prompt_digest,
        source_digest=facts.source_digest,
        made_at=facts.made_at,
    )
