"""Picture stores to run the one suite against; a further implementation is a further parameter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.image.filesystem import FilesystemStore
from services.image.store import ImageStore


@pytest.fixture(params=["filesystem"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ImageStore]:
    """An empty store of each implementation."""
    assert request.param == "filesystem"
    store = FilesystemStore(tmp_path / "pictures")
    await store.prepare()
    yield store
    await store.close()
