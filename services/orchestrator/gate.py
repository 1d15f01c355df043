"""How many calls one replica has under way to a service: as many as it takes, learned from its "busy" answers.

Without it every call that waits for a free slot would ask for one again and again; with it most of them wait here, and
about one call in five is spent on finding out whether there is more room.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from services.kit.errors import Reason, ServiceError

# A busy answer tells of one replica. Another one is asked at once, and only so many in a row say that all are full.
MOST_ASKED = 4
# Below this share of replicas that had room after a busy one, there are hardly others: then only now and then.
WORTH, NOW_AND_THEN = 0.1, 16
# Until most of them had room, only so many calls at once look for it: a crowd refused together learns from a few.
SURE, FEW = 0.5, 4
# Growth for each call that was taken: quick enough to find the slots of a new replica within seconds.
GROWTH = 0.25


class Gate:
    """Lets in calls up to a limit, which shrinks to what is under way when one is refused, and grows with each success.

    `limit` is where it begins: high, so that nothing waits before anything was refused.
    """

    def __init__(self, limit: float = 1024.0) -> None:
        self.limit = limit
        self.under_way = 0
        self._most = limit
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._found = 2 * WORTH
        self._fruitless = 0
        self._looking = 0

    def looks_on(self, asked: int) -> bool:
        """Whether a call that `asked` so many full replicas is to ask another before the service counts as full."""
        worth = self._found >= WORTH or self._fruitless % NOW_AND_THEN == 0
        if asked < MOST_ASKED and worth and (self._found >= SURE or self._looking < FEW):
            return True
        self._fruitless += 1
        return False

    @contextmanager
    def looking(self, asked: int) -> Iterator[None]:
        """Surrounds the next question of a call that has `asked` some replicas before; learns from how it ends."""
        if not asked:
            yield
            return
        self._looking += 1
        room = True
        try:
            yield
        except ServiceError as error:
            room = error.reason is not Reason.SERVER_BUSY
            raise
        finally:
            self._looking -= 1
            self._found += 0.1 * (float(room) - self._found)

    def try_enter(self) -> bool:
        """Let one more call in if nobody has to wait; whether it was."""
        if self._waiting or self.under_way >= int(self.limit):
            return False
        self.under_way += 1
        return True

    async def enter(self, *, first: bool = False) -> None:
        """Wait until one more call may be sent; `first` for one that was refused, so that nobody overtakes it."""
        if self.try_enter():
            return
        ticket = asyncio.get_running_loop().create_future()
        if first:
            self._waiting.appendleft(ticket)
        else:
            self._waiting.append(ticket)
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.cancelled():
                with suppress(ValueError):
                    self._waiting.remove(ticket)
            else:
                self.leave()
            raise

    def leave(self, *, taken: bool = False, busy: bool = False) -> None:
        """A call has ended: `taken` where the service had a slot for it, `busy` where it had none."""
        self.under_way -= 1
        if busy:
            self.limit = max(1.0, float(self.under_way))
        elif taken:
            self.limit = min(self._most, self.limit + GROWTH)
        while self._waiting and self.under_way < int(self.limit):
            ticket = self._waiting.popleft()
            if not ticket.done():
                self.under_way += 1
                ticket.set_result(None)
