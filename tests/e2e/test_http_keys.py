"""API keys over HTTP: who may do what, whose assets are whose, and how much is too much."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openai
import pytest

from tests.e2e.gateways import Gateway, environment, keys_command, run_gateway
from tests.e2e.harness import Stack, eventually


@dataclass
class Keys:
    """A gateway with keys, and the tokens of three holders."""

    gateway: Gateway
    anna: str
    anna_id: str
    ben: str
    admin: str


@pytest.fixture(scope="module")
def keyed(running: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    with run_gateway(running, tmp_path_factory.mktemp("keyed"), requests_per_minute="10000") as gateway:
        anna_id, anna = gateway.make_key("anna", "read", "create")
        _, ben = gateway.make_key("ben", "read", "create")
        _, admin = gateway.make_key("admin", "admin")
        yield Keys(gateway, anna, anna_id, ben, admin)


def reason(answer: object) -> tuple[int, str]:
    status, body = answer.status_code, answer.json()  # type: ignore[attr-defined]
    return status, body["reason"]


def test_once_there_is_a_key_nothing_goes_without_one(keyed: Keys) -> None:
    gateway = keyed.gateway
    for method, path in (("GET", "/v1/assets"), ("POST", "/v1/assets"), ("GET", "/v1/nothing")):
        answer = gateway.call(method, path)
        assert reason(answer) == (401, "KEY_MISSING")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    for token in ("nonsense", keyed.anna[:-1], keyed.anna + "x", "atl_000000000000_" + "A" * 43):
        answer = gateway.call("GET", "/v1/assets", key=token)
        assert reason(answer) == (401, "KEY_REFUSED")
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert gateway.call("GET", "/v1/assets", Authorization="Basic YTpi").status_code == 401
    assert gateway.call("GET", "/v1/assets", key=keyed.anna).status_code == 200
    for path in ("/healthz", "/readyz", "/openapi.json", "/docs", "/problems/KEY_MISSING"):
        assert gateway.call("GET", path).status_code == 200


def test_a_key_does_only_what_its_scopes_say(keyed: Keys) -> None:
    gateway = keyed.gateway
    _, reader = gateway.make_key("reader", "read")
    _, maker = gateway.make_key("maker", "create")
    assert gateway.call("GET", "/v1/assets", key=reader).status_code == 200
    refused = gateway.create("A harbour", key=reader)
    assert reason(refused) == (403, "SCOPE_MISSING")
    assert 'scope="create"' in refused.headers["WWW-Authenticate"]
    made = gateway.create("A harbour", key=maker)
    assert made.status_code == 202
    assert reason(gateway.call("GET", f"/v1/{made.json()['name']}", key=maker)) == (403, "SCOPE_MISSING")


def test_the_assets_of_others_are_not_there(keyed: Keys) -> None:
    gateway = keyed.gateway
    asset = gateway.final("A harbour of Anna's", key=keyed.anna)
    assert asset["owner"] == keyed.anna_id
    path = f"/v1/{asset['name']}"
    for key, expected in ((keyed.anna, 200), (keyed.admin, 200), (keyed.ben, 404)):
        for tail in ("", ":watch", "/variants/0/image"):
            answer = gateway.call("GET", path + tail, key=key)
            assert answer.status_code == expected, (tail, answer.text)
    for method, tail in (
        ("GET", ""),
        ("GET", ":watch"),
        ("GET", "/variants/0/image"),
        ("POST", ":cancel"),
        ("DELETE", ""),
    ):
        assert reason(gateway.call(method, path + tail, key=keyed.ben)) == (404, "ASSET_UNKNOWN")
    assert gateway.call("DELETE", path, key=keyed.anna).status_code == 204
    assert reason(gateway.call("GET", path, key=keyed.anna)) == (404, "ASSET_UNKNOWN")


def test_an_unknown_asset_and_a_strangers_asset_look_the_same(keyed: Keys) -> None:
    name = keyed.gateway.final("A harbour", key=keyed.anna)["name"]
    theirs = keyed.gateway.call("GET", f"/v1/{name}", key=keyed.ben).json()
    nobodys = keyed.gateway.call("GET", "/v1/assets/" + "0" * 32, key=keyed.ben).json()
    theirs["detail"] = theirs["detail"].replace(str(name), "assets/" + "0" * 32)
    assert {**theirs, "trace_id": ""} == {**nobodys, "trace_id": ""}


def test_a_list_holds_the_keys_own_assets_and_all_of_them_for_an_admin(keyed: Keys) -> None:
    gateway = keyed.gateway
    mine = {str(gateway.final(f"Anna's {number}", key=keyed.anna)["name"]) for number in range(3)}
    theirs = str(gateway.final("Ben's", key=keyed.ben)["name"])

    def listed(key: str) -> set[str]:
        names: set[str] = set()
        token = ""
        while True:
            page = gateway.call("GET", f"/v1/assets?page_size=2&page_token={token}", key=key).json()
            names |= {asset["name"] for asset in page.get("assets", [])}
            token = page.get("nextPageToken", "")
            if not token:
                return names

    assert mine <= listed(keyed.anna)
    assert theirs not in listed(keyed.anna)
    assert listed(keyed.ben) & mine == set()
    assert mine | {theirs} <= listed(keyed.admin)
    assert gateway.call("GET", "/v1/assets?owner=x", key=keyed.anna).status_code == 400


def test_two_keys_may_use_the_same_idempotency_key(keyed: Keys) -> None:
    names = [
        keyed.gateway.create("A harbour", key=key, **{"Idempotency-Key": "monday"}).json()["name"]
        for key in (keyed.anna, keyed.ben, keyed.anna)
    ]
    assert names[0] == names[2] != names[1]


def test_a_revoked_key_is_refused_without_a_restart(keyed: Keys) -> None:
    gateway = keyed.gateway
    key_id, token = gateway.make_key("short-lived", "read")
    assert gateway.call("GET", "/v1/assets", key=token).status_code == 200
    keys_command(gateway.keys, "revoke", key_id)
    assert reason(gateway.call("GET", "/v1/assets", key=token)) == (401, "KEY_REFUSED")


def test_the_official_openai_client_meets_errors_that_it_knows(keyed: Keys) -> None:
    with (
        openai.OpenAI(base_url=f"{keyed.gateway.url}/v1", api_key="wrong", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError) as caught,
    ):
        client.images.generate(prompt="A harbour")
    assert caught.value.code == "invalid_api_key"
    with openai.OpenAI(base_url=f"{keyed.gateway.url}/v1", api_key=keyed.anna) as client:
        answer = client.images.generate(prompt="A harbour", size="512x512", response_format="url")
        assert answer.data
        assert answer.data[0].url
        picture = keyed.gateway.session.get(answer.data[0].url, timeout=90)
        assert picture.status_code == 401
        with_key = {"Authorization": f"Bearer {keyed.anna}"}
        assert keyed.gateway.session.get(answer.data[0].url, headers=with_key, timeout=90).status_code == 200


def test_no_token_ever_reaches_the_log(keyed: Keys) -> None:
    keyed.gateway.call("GET", "/v1/assets", key=keyed.anna)
    keyed.gateway.call("GET", "/v1/assets", key="atl_000000000000_" + "Z" * 43)
    eventually(lambda: "/v1/assets" in keyed.gateway.log.read_text(), "the requests are logged")
    text = keyed.gateway.log.read_text()
    for token in (keyed.anna, keyed.ben, keyed.admin):
        assert token.split("_", 2)[2] not in text
    assert "Z" * 43 not in text
    stored = keyed.gateway.keys.read_text()
    assert keyed.anna.split("_", 2)[2] not in stored


def test_too_many_requests_are_told_when_to_come_back(running: Stack, tmp_path: Path) -> None:
    with run_gateway(running, tmp_path, requests_per_minute="3") as gateway:
        _, token = gateway.make_key("busy", "read")
        _, other = gateway.make_key("other", "read")
        left = []
        for _ in range(3):
            answer = gateway.call("GET", "/v1/assets/x", key=token)
            assert answer.status_code == 404
            assert answer.headers["RateLimit-Policy"].startswith('"requests";q=3;w=60')
            left.append(answer.headers["RateLimit"].split(";")[1])
        assert left[0] == "r=2"
        refused = gateway.call("GET", "/v1/assets/x", key=token)
        while refused.status_code == 404:  # the bucket refilled by one while we were slow
            refused = gateway.call("GET", "/v1/assets/x", key=token)
        assert reason(refused) == (429, "RATE_LIMITED")
        assert refused.headers["RateLimit"].startswith('"requests";r=0;t=')
        assert int(refused.headers["Retry-After"]) >= 1
        assert gateway.call("GET", "/v1/assets/x", key=other).status_code == 404


def test_a_key_has_only_so_many_assets_in_work(stack: Stack, tmp_path: Path, word: str) -> None:
    stack.fault(model="*", contains=word, body="hang")
    with run_gateway(stack, tmp_path, concurrent_jobs="2") as gateway:
        _, token = gateway.make_key("busy")
        _, other = gateway.make_key("other")
        names = [gateway.create(f"{word} {number}", key=token).json()["name"] for number in range(2)]
        refused = gateway.create(f"{word} 3", key=token)
        assert reason(refused) == (429, "JOBS_LIMITED")
        assert int(refused.headers["Retry-After"]) >= 1
        assert "concurrent-requests" in refused.headers["RateLimit-Policy"]
        theirs = gateway.create(f"{word} of another", key=other)
        assert theirs.status_code == 202
        for name, key in ((names[0], token), (names[1], token), (theirs.json()["name"], other)):
            assert gateway.call("POST", f"/v1/{name}:cancel", key=key).status_code == 200

        def again() -> bool:
            return gateway.create("A harbour", key=token).status_code == 202

        eventually(again, "a place is free once an asset has ended")


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0"])
def test_strangers_are_not_served_without_keys(tmp_path: Path, listen: str) -> None:
    settings = environment({"listen": listen, "keys": str(tmp_path / "keys.json")})
    command = [sys.executable, "-m", "gateway"]
    refused = subprocess.run(command, env=settings, capture_output=True, text=True, check=False, timeout=90)
    assert refused.returncode == 78
    assert "keys_cli create" in refused.stderr
    (tmp_path / "keys.json").write_text("{")
    broken = subprocess.run(command, env=settings, capture_output=True, text=True, check=False, timeout=90)
    assert broken.returncode == 78
    assert "ATELIER_GATEWAY_KEYS" in broken.stderr


def test_with_a_key_every_address_is_served(running: Stack, tmp_path: Path) -> None:
    keys_command(tmp_path / "keys.json", "create", "--name", "first")
    with run_gateway(running, tmp_path, listen="0.0.0.0:0") as gateway:
        local = f"http://127.0.0.1:{gateway.address.rpartition(':')[2]}"
        assert gateway.session.get(f"{local}/v1/assets", timeout=90).status_code == 401
        foreign = gateway.session.get(f"{local}/healthz", headers={"Host": "atelier.example"}, timeout=90)
        assert foreign.status_code == 200
