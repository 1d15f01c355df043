"""One real embedder and one sentinel for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.local.embedding import MiniLM
from services.local.sentinel import Sentinel


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM(integers=True)


@pytest.fixture(scope="session")
def sentinel(embedder: MiniLM) -> Sentinel:
    return Sentinel(embedder)


@pytest.fixture(scope="session")
def articles() -> dict[str, str]:
    folder = Path(__file__).parent / "articles"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
