"""Checks at start: what they find is logged, and the process serves all the same, because calls say it again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from services.kit import telemetry
from services.kit.errors import ServiceError

log = telemetry.get_logger(__name__)


@asynccontextmanager
async def checked(**checks: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Run the checks, by the name of what they check, beside the block; its end cancels those still running."""
    running = [asyncio.create_task(_run(part, check)) for part, check in checks.items()]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _run(part: str, check: Coroutine[None, None, None]) -> None:
    try:
        await check
    except ServiceError as error:
        log.error("start-up check failed; serving all the same", part=part, reason=error.reason, error=error.message)
    except Exception:
        log.exception("start-up check has a defect; serving all the same", part=part)
