"""Work on text beside the event loop, where there is so much of it that others would have to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

# Up to here reading a text takes half a millisecond, and five where it is made to be slow. A thread would not save
# that, because the work holds the interpreter's lock; what it saves others is waiting for long texts.
SHORT = 4_000

P = ParamSpec("P")
T = TypeVar("T")


async def beside(length: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns: done at once for a text of at most SHORT code points, else on a thread."""
    if length <= SHORT:
        return work(*args, **kwargs)
    return await asyncio.to_thread(work, *args, **kwargs)
