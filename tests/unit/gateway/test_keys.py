"""API keys: tokens, how they are kept, and the file that keeps them."""

from __future__ import annotations

import json
import os
import secrets
import stat
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import keys, keystore
from gateway.keys import Key, KeyFileError, Principal, Scope

RANDOM_BYTES = keys.ID_BYTES + keys.SALT_BYTES + keys.SECRET_BYTES
NOW = "2026-11-23T00:00:00Z"


def made(name: str = "ci", *scopes: Scope) -> tuple[Key, str]:
    return keys.make(name, scopes or (Scope.READ,), NOW, secrets.token_bytes(RANDOM_BYTES))


def add(path: Path, key: Key) -> None:
    keystore.update(path, lambda known: {**known, key.id: key})


@given(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_a_token_finds_its_key_and_nothing_else_does(random: bytes) -> None:
    key, token = keys.make("ci", [Scope.READ], NOW, random)
    known = {key.id: key}
    assert keys.find(known, token) == key
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (other, token[:-1], token + "A", "", key.id, f"atl_{key.id}_", token.upper()):
        assert wrong == token or keys.find(known, wrong) is None
    assert keys.find(keys.revoke(known, key.id, NOW), token) is None
    assert keys.find({}, token) is None


def test_neither_the_file_nor_a_repr_holds_the_secret() -> None:
    key, token = made()
    secret = token.rpartition(key.id)[2].strip("_")
    assert secret not in json.dumps(keys.to_document({key.id: key}))
    assert key.digest not in repr(key)
    assert key.salt not in repr(key)
    assert "digest" not in key.public()


def test_two_keys_with_one_secret_have_different_digests() -> None:
    secret = secrets.token_bytes(keys.SECRET_BYTES)
    one, _ = keys.make("a", [Scope.READ], NOW, secrets.token_bytes(22) + secret)
    two, _ = keys.make("b", [Scope.READ], NOW, secrets.token_bytes(22) + secret)
    assert one.digest != two.digest


def test_revoking_twice_keeps_the_first_time() -> None:
    key, _ = made()
    once = keys.revoke({key.id: key}, key.id, "then")
    assert keys.revoke(once, key.id, "later") == once
    with pytest.raises(KeyError):
        keys.revoke({}, key.id, NOW)


def test_admin_may_everything_and_others_what_their_scopes_say() -> None:
    reader, admin = Principal("a", frozenset({Scope.READ})), Principal("b", frozenset({Scope.ADMIN}))
    assert (reader.may(Scope.READ), reader.may(Scope.CREATE), reader.sees_all) == (True, False, False)
    assert (admin.may(Scope.READ), admin.may(Scope.CREATE), admin.sees_all) == (True, True, True)
    assert Principal().sees_all


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\nb"])
def test_a_name_is_something_that_can_be_read(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        made(name)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    first, second = made("one", Scope.ADMIN)[0], made("two", Scope.CREATE, Scope.READ)[0]
    add(path, first)
    add(path, second)
    assert keystore.read(path) == {first.id: first, second.id: second}
    assert second.scopes == (Scope.READ, Scope.CREATE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keystore.read(tmp_path / "none.json") == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "keys": []}',
        '{"version": 1, "keys": [{}]}',
        '{"version": 1, "keys": [3]}',
        "\xff",
    ],
)
def test_a_file_that_holds_something_else_is_said_to(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(KeyFileError, match=r"keys\.json"):
        keystore.read(path)


def test_writers_wait_for_each_other_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    writers = [threading.Thread(target=add, args=(path, made(str(number))[0])) for number in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(keystore.read(path)) == 20
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["keys.json", "keys.json.lock"]


def test_a_change_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key, _ = made()
    add(path, key)

    def fail(known: Mapping[str, Key]) -> Mapping[str, Key]:
        raise KeyError

    with pytest.raises(KeyError):
        keystore.update(path, fail)
    assert keystore.read(path) == {key.id: key}


def test_a_running_gateway_sees_changes_and_outlives_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ring = keystore.KeyRing(path)
    assert ring.current() == {}
    key, _ = made()
    add(path, key)
    assert ring.current() == {key.id: key}
    path.write_text("{")
    assert ring.current() == {key.id: key}
    path.unlink()
    add(path, made()[0])
    assert key.id not in ring.current()


def run(path: Path, *arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "gateway.keys_cli", *arguments]
    environment = {**os.environ, "ATELIER_GATEWAY_KEYS": str(path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


def test_the_command_makes_lists_and_revokes(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = json.loads(run(path, "create", "--name", "ci", "--scope", "admin", "--json"))
    found = keys.find(keystore.read(path), key["token"])
    assert found is not None
    assert (found.id, found.name, found.scopes) == (key["id"], "ci", (Scope.ADMIN,))
    plain = run(path, "create", "--name", "editor").strip()
    listed = run(path, "list", "--json")
    assert [row["name"] for row in json.loads(listed)] == ["ci", "editor"]
    assert json.loads(listed)[1]["scopes"] == ["read", "create"]
    for secret in (plain, key["token"]):
        assert secret.split("_", 2)[2] not in listed + run(path, "list")
    assert json.loads(run(path, "revoke", key["id"], "--json"))["revoked"]
    assert keys.find(keystore.read(path), key["token"]) is None
    run(path, "revoke", "0" * 12, code=1)
    run(path, "create", "--name", "", code=2)
    path.write_text("{")
    run(path, "list", code=78)


def test_a_key_may_have_a_daily_budget_which_can_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key, token = keys.make("ci", [Scope.CREATE], NOW, secrets.token_bytes(RANDOM_BYTES), 2.5)
    add(path, key)
    assert keystore.read(path)[key.id].daily_budget_usd == 2.5
    keystore.update(path, lambda known: keys.set_budget(known, key.id, 0))
    found = keys.find(keystore.read(path), token)
    assert found is not None
    assert found.daily_budget_usd == 0
    for wrong in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="budget"):
            keys.set_budget({key.id: key}, key.id, wrong)


def test_keys_from_before_there_were_budgets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key, _ = made()
    document = keys.to_document({key.id: key})
    del document["keys"][0]["daily_budget_usd"]  # type: ignore[index]
    path.write_text(json.dumps(document))
    assert keystore.read(path) == {key.id: key}
