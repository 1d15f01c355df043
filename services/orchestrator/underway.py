"""What a run has under way for its job: at most one task a step, and each tells the inbox what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import NamedTuple

from services.orchestrator.job import Discarded, Step
from services.orchestrator.notices import Crashed, Notice

DISCARD_WAIT_S = 5.0

Work = Callable[[], Coroutine[None, None, Notice]]


class _Task(NamedTuple):
    """`attempt` numbers the call that a task makes; 0 for one that only waits."""

    attempt: int
    task: asyncio.Task[None]


class UnderWay:
    """The tasks of one job; `tell` is given what each comes to, unless it is stopped."""

    def __init__(self, asset: str, tell: Callable[[Notice], None]) -> None:
        self._asset = asset
        self._tell = tell
        self._tasks: dict[Step, _Task] = {}

    def __contains__(self, step: Step) -> bool:
        return step in self._tasks

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def begin(self, step: Step, attempt: int, work: Work) -> None:
        """Begin the call of a step, or with `attempt` 0 what it waits for."""
        task = asyncio.create_task(self._report(work), name=f"{self._asset} {step.method} {attempt}")
        self._tasks[step] = _Task(attempt, task)

    def ended(self, step: Step, attempt: int = 0) -> None:
        """The task of a step has told what it came to; one of an earlier attempt says nothing of the present one."""
        if (known := self._tasks.get(step)) is not None and known.attempt == attempt:
            del self._tasks[step]

    def stop(self, wants: Callable[[Step, int], bool]) -> None:
        """Stop the tasks that are wanted, by step and attempt."""
        for step, (attempt, task) in tuple(self._tasks.items()):
            if wants(step, attempt):
                task.cancel()
                del self._tasks[step]

    async def stop_all(self) -> None:
        """Stop everything, and wait until it has."""
        tasks = [task for _, task in self._tasks.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _report(self, work: Work) -> None:
        try:
            notice = await work()
        except Exception as error:
            notice = Crashed(error)
        self._tell(notice)


class Discards:
    """Throws away pictures that nobody is to see. Whoever takes over a job does it once more; that changes nothing."""

    def __init__(self, discard: Callable[[Discarded], Coroutine[None, None, None]]) -> None:
        self._discard = discard
        self._tasks: dict[Discarded, asyncio.Task[None]] = {}

    def follow(self, pictures: Collection[Discarded]) -> None:
        """Throw these away, and no others: one that was to go may be wanted again."""
        for picture in [picture for picture in self._tasks if picture not in pictures]:
            self._tasks.pop(picture).cancel()
        for picture in pictures:
            if picture not in self._tasks:
                self._tasks[picture] = asyncio.create_task(self._discard(picture))

    async def end(self) -> None:
        """Wait a moment for what is under way; the rest is left to be swept up."""
        if pending := [task for task in self._tasks.values() if not task.done()]:
            _, late = await asyncio.wait(pending, timeout=DISCARD_WAIT_S)
            for task in late:
                task.cancel()
