"""The subscriptions in an SQLite file: what they are and how far each has come, on disk before anybody is told."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from gateway.webhooks.delivery import State, Subscription
from services.kit.errors import Reason, ServiceError

SCHEMA = """
CREATE TABLE IF NOT EXISTS subscriptions (
    asset TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    traceparent TEXT NOT NULL,
    create_time_s REAL NOT NULL,
    next_attempt_s REAL NOT NULL,
    state TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    first_attempt_s REAL NOT NULL,
    last_attempt_s REAL NOT NULL,
    last_status INTEGER NOT NULL,
    last_problem TEXT NOT NULL
) STRICT, WITHOUT ROWID;
DROP INDEX IF EXISTS due;
CREATE INDEX IF NOT EXISTS looked_for ON subscriptions (next_attempt_s) WHERE state IN ('ACTIVE', 'COMPLETE');
"""
COLUMNS = tuple(field.name for field in dataclasses.fields(Subscription))
SELECT = f"SELECT {', '.join(COLUMNS)} FROM subscriptions "  # noqa: S608 - our own field names
INSERT = (
    f"INSERT INTO subscriptions ({', '.join(COLUMNS)}) "  # noqa: S608 - likewise
    f"VALUES ({', '.join(f':{name}' for name in COLUMNS)}) ON CONFLICT (asset) DO NOTHING"
)
# Where a subscription has got to; what it is never changes.
MOVING = COLUMNS[COLUMNS.index("next_attempt_s") :]
UPDATE = (
    f"UPDATE subscriptions SET {', '.join(f'{name} = :{name}' for name in MOVING)} "  # noqa: S608 - likewise
    "WHERE asset = :asset AND state IN ('ACTIVE', 'COMPLETE')"
)
LOOKED_FOR = "state IN ('ACTIVE', 'COMPLETE')"
BUSY_TIMEOUT_S = 10.0

T = TypeVar("T")


class Store:
    """One connection in a thread of its own; every method raises ServiceError (STORE_UNAVAILABLE).

    The file is made when the first subscription comes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="webhooks")

    def exists(self) -> bool:
        """Whether there has ever been a subscription."""
        return self._connection is not None or self._path.exists()

    async def prepare(self) -> None:
        """Make the file if there is none, so that what can go wrong with it goes wrong now."""
        await self._run(lambda _: None)

    async def add(self, subscription: Subscription) -> Subscription:
        """Record a subscription; returns the one that the asset has now, which may be an earlier one."""

        def work(connection: sqlite3.Connection) -> Subscription:
            connection.execute(INSERT, _row(subscription))
            found = connection.execute(SELECT + "WHERE asset = ?", (subscription.asset,)).fetchone()
            return _subscription(found)

        return await self._run(work)

    async def get(self, asset: str) -> Subscription | None:
        """The subscription of an asset."""

        def work(connection: sqlite3.Connection) -> Subscription | None:
            found = connection.execute(SELECT + "WHERE asset = ?", (asset,)).fetchone()
            return _subscription(found) if found else None

        return await self._run(work) if self.exists() else None

    async def save(self, subscription: Subscription) -> bool:
        """Record how far a subscription has come; False where it has been deleted or ended by others."""
        return await self._run(lambda connection: connection.execute(UPDATE, _row(subscription)).rowcount == 1)

    async def hurry(self, asset: str, now_s: float) -> None:
        """Have a complete subscription looked at now."""
        order = "UPDATE subscriptions SET next_attempt_s = ? WHERE asset = ? AND state = 'COMPLETE'"
        if self.exists():
            await self._run(lambda connection: connection.execute(order, (now_s, asset)))

    async def delete(self, asset: str) -> None:
        """Forget the subscription of an asset."""
        if self.exists():
            await self._run(
                lambda connection: connection.execute("DELETE FROM subscriptions WHERE asset = ?", (asset,))
            )

    async def due(self, now_s: float, limit: int) -> list[Subscription]:
        """Subscriptions whose next attempt or look is due, the longest waiting first."""
        order = SELECT + f"WHERE {LOOKED_FOR} AND next_attempt_s <= ? ORDER BY next_attempt_s LIMIT ?"
        return await self._run(
            lambda connection: [_subscription(row) for row in connection.execute(order, (now_s, limit))]
        )

    async def next_due_s(self, now_s: float) -> float | None:
        """When the next attempt or look after `now_s` is due."""
        order = f"SELECT min(next_attempt_s) FROM subscriptions WHERE {LOOKED_FOR} AND next_attempt_s > ?"  # noqa: S608

        def work(connection: sqlite3.Connection) -> float | None:
            (found,) = connection.execute(order, (now_s,)).fetchone()
            return None if found is None else float(found)

        return await self._run(work)

    async def purge(self, before_s: float) -> int:
        """Forget ended subscriptions that were made before a time; returns how many."""
        order = "DELETE FROM subscriptions WHERE state <> 'ACTIVE' AND create_time_s < ?"
        return await self._run(lambda connection: connection.execute(order, (before_s,)).rowcount)

    async def close(self) -> None:
        """Close the file once what was asked for before is done."""

        def work() -> None:
            if self._connection is not None:
                self._connection.close()

        await asyncio.get_running_loop().run_in_executor(self._thread, work)
        self._thread.shutdown()

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._with_connection, work)
        except (sqlite3.Error, OSError) as error:
            raise ServiceError(Reason.STORE_UNAVAILABLE, f"the webhook store failed: {error}") from None

    def _with_connection(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            self._connection = _open(self._path)
        return work(self._connection)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # URLs may hold secrets; SQLite gives its side files the permissions of the main one.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    # Each statement is a transaction of its own.
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(SCHEMA)
    return connection


def _row(subscription: Subscription) -> dict[str, object]:
    values = {name: getattr(subscription, name) for name in COLUMNS}
    return {**values, "events": ",".join(subscription.events), "state": str(subscription.state)}


def _subscription(row: tuple[object, ...]) -> Subscription:
    values = dict(zip(COLUMNS, row, strict=True))
    events = tuple(part for part in str(values["events"]).split(",") if part)
    return Subscription(**{**values, "events": events, "state": State(str(values["state"]))})  # type: ignore[arg-type]
