"""Subscriptions and secrets on disk: there after a crash, for their owner's eyes only."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.webhooks import secretfile, signing
from gateway.webhooks.delivery import State, Subscription
from gateway.webhooks.secretfile import SecretSource
from gateway.webhooks.slots import HostSlots
from gateway.webhooks.store import Store
from services.kit.config import ConfigError
from services.kit.errors import Reason, ServiceError

FIRST = Subscription("assets/a", "https://hooks.example.org/", ("finished", "queued"), "00-x", 10.0, 20.0)
LATER = Subscription("assets/b", "https://hooks.example.org/b", (), "", 11.0, 30.0)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    made = Store(tmp_path / "sub" / "webhooks.db")
    yield made
    await made.close()


async def test_nothing_is_on_disk_before_the_first_subscription(store: Store, tmp_path: Path) -> None:
    assert await store.get("assets/a") is None
    await store.delete("assets/a")
    assert not (tmp_path / "sub").exists()


async def test_a_subscription_is_there_for_the_next_process(store: Store, tmp_path: Path) -> None:
    moved = replace(FIRST, delivered=3, attempts=2, last_status=500, last_problem="x", next_attempt_s=21.5)
    assert await store.add(FIRST) == FIRST
    assert await store.save(moved)
    other = Store(tmp_path / "sub" / "webhooks.db")
    assert await other.get("assets/a") == moved
    await other.close()
    for file in (tmp_path / "sub").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_the_first_subscription_of_an_asset_stays(store: Store) -> None:
    await store.add(FIRST)
    await store.save(replace(FIRST, delivered=3))
    again = await store.add(replace(FIRST, url="https://other.example.org/"))
    assert (again.url, again.delivered) == (FIRST.url, 3)


async def test_the_longest_waiting_is_due_first_and_what_has_ended_is_not(store: Store) -> None:
    await store.add(LATER)
    await store.add(FIRST)
    assert await store.due(19, 10) == []
    assert await store.next_due_s(19) == 20
    assert await store.due(30, 10) == [FIRST, LATER]
    assert await store.due(30, 1) == [FIRST]
    await store.save(replace(FIRST, state=State.GONE))
    assert await store.due(30, 10) == [LATER]
    assert await store.next_due_s(30) is None


async def test_what_was_deleted_or_has_ended_is_not_brought_back(store: Store) -> None:
    await store.add(FIRST)
    await store.add(LATER)
    await store.delete("assets/a")
    assert not await store.save(FIRST)
    assert await store.save(replace(LATER, state=State.GONE))
    assert not await store.save(LATER)
    assert await store.get("assets/a") is None


async def test_a_log_that_goes_on_makes_a_complete_subscription_due_and_no_other(store: Store) -> None:
    await store.add(LATER)
    await store.save(replace(LATER, state=State.COMPLETE, next_attempt_s=500))
    assert await store.due(100, 10) == []
    await store.hurry(LATER.asset, 100)
    (found,) = await store.due(100, 10)
    assert (found.state, found.next_attempt_s) == (State.COMPLETE, 100)
    await store.save(replace(found, state=State.ACTIVE, next_attempt_s=500))
    await store.hurry(LATER.asset, 100)
    assert await store.due(100, 10) == []


async def test_only_what_ended_long_ago_is_purged(store: Store) -> None:
    await store.add(FIRST)
    await store.add(LATER)
    await store.save(replace(FIRST, state=State.COMPLETE))
    assert await store.purge(10.0) == 0
    assert await store.purge(99.0) == 1
    assert await store.get("assets/b") == LATER


async def test_a_file_that_is_no_database_is_a_typed_error(tmp_path: Path) -> None:
    path = tmp_path / "webhooks.db"
    path.write_text("this is no database, and long enough to be seen as none" * 20)
    store = Store(path)
    with pytest.raises(ServiceError) as caught:
        await store.add(FIRST)
    assert caught.value.reason is Reason.STORE_UNAVAILABLE
    await store.close()


def test_a_secret_is_made_at_first_use_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "webhook-secret"
    source = SecretSource("", path)
    assert not path.exists()
    (secret,) = source.current()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SecretSource("", path).current() == source.current() == (secret,)
    assert [file.name for file in path.parent.iterdir()] == ["webhook-secret"]


def test_a_changed_file_is_in_force_at_once_and_a_broken_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "webhook-secret"
    source = SecretSource("", path)
    (old,) = source.current()
    new = signing.make_secret(b"n" * 32)
    secretfile.replace(path, [new, old])
    assert source.current() == (new, old)
    path.write_text("rubbish")
    assert source.current() == (new, old)
    path.unlink()
    assert source.current() == (new, old)
    secretfile.replace(path, [new])
    assert source.current() == (new,)


def test_the_operators_secret_wins_and_touches_no_file(tmp_path: Path) -> None:
    secret = signing.make_secret(b"n" * 32)
    assert SecretSource(secret, tmp_path / "webhook-secret").current() == (secret,)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("configured", ["rubbish", ""])
def test_a_secret_that_is_none_stops_the_start_and_is_not_shown(tmp_path: Path, configured: str) -> None:
    path = tmp_path / "webhook-secret"
    path.write_text("rubbish")
    with pytest.raises(ConfigError) as caught:
        SecretSource(configured, path)
    assert "rubbish" not in str(caught.value)


async def test_a_full_host_waits_while_others_pass() -> None:
    slots = HostSlots(3, 2)
    let_go = asyncio.Event()
    full = asyncio.Event()
    inside: list[str] = []

    async def hold(host: str) -> None:
        async with slots.take(host):
            inside.append(host)
            if len(inside) == 3:
                full.set()
            await let_go.wait()

    tasks = [asyncio.create_task(hold("slow")) for _ in range(4)]
    tasks.append(asyncio.create_task(hold("other")))
    await full.wait()
    assert sorted(inside) == ["other", "slow", "slow"]
    let_go.set()
    await asyncio.gather(*tasks)
    assert sorted(inside) == ["other"] + ["slow"] * 4
