"""Work on text beside the event loop, where there is so much of it that others would have to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

# Up to here reading a text takes a millisecond, and about five where it is made to be slow. Handing it to a thread and
# taking it back costs half a millisecond of both cores, more where other calls run beside it.
SHORT = 4_000

P = ParamSpec("P")
T = TypeVar("T")


async def beside(length: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns: done at once for a text of at most SHORT code points, else on a thread."""
    if length <= SHORT:
        return work(*args, **kwargs)
    return await asyncio.to_thread(work, *args, **kwargs)
