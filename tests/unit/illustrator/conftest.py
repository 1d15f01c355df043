"""One illustrator for all tests, and a short way to paint."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from services.local.engine import PaintRequest
from services.local.illustrator import Illustrator

Paint = Callable[..., NDArray[np.uint8]]


@pytest.fixture(scope="session")
def paint() -> Paint:
    illustrator = Illustrator()

    def painted(
        prompt: str, *, negative_prompt: str = "", size: tuple[int, int] = (256, 256), seed: int = 0
    ) -> NDArray[np.uint8]:
        return illustrator.paint(PaintRequest(prompt, negative_prompt, size[0], size[1], seed))

    return painted
