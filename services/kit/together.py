"""Several services in one process: each is started and stopped by whoever put them together, and not by signals."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Member:
    """One of them: `ready` is set once it serves, and it drains when `stop` is set."""

    ready: asyncio.Event = field(default_factory=asyncio.Event)
    stop: asyncio.Event = field(default_factory=asyncio.Event)


# In the context of the task that runs a member; None in a process with one service.
MEMBER: ContextVar[Member | None] = ContextVar("atelier_member", default=None)
