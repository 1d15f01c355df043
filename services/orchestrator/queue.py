"""The port to the queue of jobs: what has to be worked on, by any replica, at least once.

Every method may raise ServiceError STORE_UNAVAILABLE. A job is the resource name of an asset.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Backlog(NamedTuple):
    """How many jobs wait for a worker, and how many were taken since the queue was made, over all replicas."""

    waiting: int
    taken: int


class Lease(Protocol):
    """One delivery of a job. It is nobody else's while the lease lasts; a lease that ends leads to another delivery."""

    @property
    def asset(self) -> str:
        """Resource name of the asset to work on."""
        ...

    @property
    def delivery(self) -> int:
        """Which delivery of this job it is, from 1."""
        ...

    async def extend(self) -> None:
        """Begin the lease anew, for another `JobQueue.lease_s`."""
        ...

    async def done(self) -> None:
        """The job needs no more work."""
        ...

    async def give_back(self, delay_s: float = 0.0) -> None:
        """Somebody else is to take the job, not before `delay_s` have passed."""
        ...


class JobQueue(Protocol):
    """Jobs, shared by all replicas."""

    @property
    def lease_s(self) -> float:
        """How long a job stays with whoever took it, unless extended. Unit: seconds."""
        ...

    def tell_load(self, jobs: int) -> None:
        """This replica works on so many jobs; the more they are, the longer messages may be gathered."""
        ...

    async def enqueue(self, asset: str) -> None:
        """Add a job; one that waits or is being worked on is not added again."""
        ...

    async def position(self, asset: str) -> int | None:
        """About how many jobs will be taken before this one; None where it was taken, or nobody here knows."""
        ...

    async def backlog(self) -> Backlog:
        """How many jobs wait for a worker, and how many were taken so far."""
        ...

    async def take(self, room: int = 1) -> Lease:
        """Wait for a job and take it; jobs come roughly in the order they were added.

        `room` is how many the caller could begin now, this one included. As many may be on their way to it, and are
        for its next calls; where one of these is given up, they go back to the others.
        """
        ...

    async def stop_taking(self) -> None:
        """No more jobs are wanted here; those on their way go back to the others."""
        ...
