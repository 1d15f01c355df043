"""Webhooks against a real receiver: signed, in order, nothing lost when either side goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from standardwebhooks import Webhook

from client.events import parse_stream, split_lines
from tests.e2e.harness import Stack, eventually, run_stack
from tests.e2e.receiver import OK, Delivery, Receiver


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("webhooks")


@pytest.fixture(scope="module")
def hooked(data: Path) -> Iterator[Stack]:
    """A stack of its own, whose webhooks may reach this machine."""
    settings = {
        "ATELIER_LOCAL_ENGINES": "instant",
        "ATELIER_LOG_FORMAT": "json",
        "ATELIER_GATEWAY_WEBHOOK_ALLOW": "127.0.0.0/8",
    }
    yield from run_stack(data, **settings)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


def create(stack: Stack, webhook: dict[str, object], word: str = "harbour", **headers: str) -> requests.Response:
    body = {"content": word, "webhook": webhook}
    return stack.session.post(f"{stack.url}/v1/assets", json=body, headers=headers, timeout=90)


def made(stack: Stack, webhook: dict[str, object], **headers: str) -> str:
    answer = create(stack, webhook, **headers)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["name"])


def status(stack: Stack, name: str) -> dict[str, object]:
    answer = stack.get(f"/v1/{name}/webhook")
    assert answer.status_code == 200, answer.text
    shown: dict[str, object] = answer.json()
    return shown


def is_in(stack: Stack, name: str, state: str) -> Callable[[], bool]:
    return lambda: status(stack, name)["state"] == state


def secrets(data: Path) -> list[str]:
    return (data / "webhook-secret").read_text().split()


def test_every_event_arrives_signed_in_order_and_as_the_stream_has_it(
    hooked: Stack, receiver: Receiver, data: Path
) -> None:
    name = made(hooked, {"url": receiver.url("/hook?token=hidden")})
    eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
    stream = hooked.get(f"/v1/{name}:watch")
    events = list(parse_stream(split_lines([stream.content])))
    assert [delivery.body.decode() for delivery in receiver.taken] == [event.data for event in events]
    (secret,) = secrets(data)
    for number, delivery in enumerate(receiver.taken, 1):
        assert delivery.path == "/hook?token=hidden"
        assert delivery.headers["content-type"] == "application/json"
        assert delivery.id == f"{name.removeprefix('assets/')}:{number}"
        assert Webhook(secret).verify(delivery.body, delivery.headers)["sequence"] == str(number)
    shown = status(hooked, name)
    assert (shown["lastDeliveredSequence"], shown["attempts"], shown["lastStatus"]) == (len(events), 0, 200)
    assert shown["url"] == receiver.url("/hook?***")


def test_secret_and_url_stay_out_of_logs_and_out_of_others_reach(hooked: Stack, receiver: Receiver, data: Path) -> None:
    receiver.answer = lambda _: (500, {})
    name = made(hooked, {"url": receiver.url("/hook?token=hidden")})
    eventually(lambda: status(hooked, name)["attempts"], "an attempt failed")
    logged = "\n".join(hooked.output)
    assert '"webhook failed"' in logged
    assert "token=hidden" not in logged
    assert "whsec_" not in logged
    assert not any(secret in logged for secret in secrets(data))
    for file in data.glob("webhook*"):
        assert file.stat().st_mode & 0o077 == 0, file


def test_only_the_events_asked_for_are_sent(hooked: Stack, receiver: Receiver) -> None:
    name = made(hooked, {"url": receiver.url(), "events": ["finished", "prompts_generated"]})
    eventually(is_in(hooked, name, "COMPLETE"), "the last event is delivered")
    kinds = [[kind for kind in ("promptsGenerated", "finished") if kind in json.loads(d.body)] for d in receiver.taken]
    assert kinds == [["promptsGenerated"], ["finished"]]
    assert status(hooked, name)["events"] == ["finished", "promptsGenerated"]


def test_what_happens_behind_a_final_event_is_delivered_too(hooked: Stack, receiver: Receiver) -> None:
    name = made(hooked, {"url": receiver.url(), "events": ["finished", "variantUpdated"]})
    eventually(is_in(hooked, name, "COMPLETE"), "the last event is delivered")
    body = {"variant": 0, "caption": "Said again."}
    assert hooked.session.patch(f"{hooked.url}/v1/{name}", json=body, timeout=90).status_code == 200
    eventually(lambda: len(receiver.taken) == 3, "the update and the end behind it are delivered")
    eventually(is_in(hooked, name, "COMPLETE"), "nothing follows again")


def test_a_webhook_that_wants_no_late_event_completes_with_the_asset(hooked: Stack, receiver: Receiver) -> None:
    name = made(hooked, {"url": receiver.url(), "events": ["accepted"]})
    eventually(is_in(hooked, name, "COMPLETE"), "the log has ended")
    assert receiver.sequences() == [1]


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data"])
def test_bodies_that_are_no_json_name_the_webhook_in_the_query(
    hooked: Stack, receiver: Receiver, media_type: str
) -> None:
    query = {"webhook_url": receiver.url(), "webhook_events": "finished", "variantCount": "2"}
    url = f"{hooked.url}/v1/assets"
    if media_type == "text/plain":
        answer = requests.post(url, params=query, data="A harbour", headers={"Content-Type": media_type}, timeout=90)
    else:
        answer = requests.post(url, params=query, files={"file": ("a.txt", b"A harbour", "text/plain")}, timeout=90)
    assert answer.status_code == 202, answer.text
    eventually(receiver.has_finished, "the final event is delivered")
    assert len(json.loads(receiver.taken[0].body)["finished"]["asset"]["variants"]) == 2


def test_a_receiver_that_was_away_gets_everything_when_it_is_back(hooked: Stack) -> None:
    away = Receiver()
    away.close()
    name = made(hooked, {"url": away.url()})
    eventually(lambda: int(str(status(hooked, name)["attempts"])) >= 2, "attempts fail")
    shown = status(hooked, name)
    assert "cannot connect" in str(shown["lastProblem"])
    assert shown["nextAttemptTime"]
    back = Receiver(port=away.port)
    try:
        eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
        assert back.sequences() == list(range(1, len(hooked.events(name)) + 1))
    finally:
        back.close()


def test_a_failed_event_is_sent_again_under_the_same_id_before_any_later_one(hooked: Stack, receiver: Receiver) -> None:
    failures = {3: 2, 5: 1}

    def answer(delivery: Delivery) -> tuple[int, dict[str, str]]:
        if failures.get(delivery.sequence, 0):
            failures[delivery.sequence] -= 1
            return 503, {"Retry-After": "0"}
        return OK

    receiver.answer = answer
    name = made(hooked, {"url": receiver.url()})
    eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
    count = len(hooked.events(name))
    assert receiver.sequences() == list(range(1, count + 1))
    assert [delivery.sequence for delivery in receiver.seen] == sorted([*range(1, count + 1), 3, 3, 5])
    assert len({delivery.id for delivery in receiver.seen}) == count


@pytest.mark.parametrize("at", [1, 4])
def test_a_gateway_killed_between_deliveries_loses_nothing(hooked: Stack, receiver: Receiver, at: int) -> None:
    reached, killed = threading.Event(), threading.Event()

    def answer(delivery: Delivery) -> tuple[int, dict[str, str]]:
        if delivery.sequence == at and not reached.is_set():
            reached.set()
            killed.wait(60)
        return OK

    receiver.answer = answer
    name = made(hooked, {"url": receiver.url()})
    assert reached.wait(60)
    hooked.runner.children["gateway"].kill()
    killed.set()
    hooked.runner.restart("gateway")
    eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
    count = len(hooked.events(name))
    # The event whose answer the killed gateway never saw comes twice, with one id; no other does.
    assert [delivery.sequence for delivery in receiver.seen] == sorted([*range(1, count + 1), at])
    twice = [delivery for delivery in receiver.seen if delivery.sequence == at]
    assert len({(delivery.id, delivery.body) for delivery in twice}) == 1


def test_a_gateway_that_is_asked_to_stop_finishes_what_it_sends(hooked: Stack, receiver: Receiver) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def answer(delivery: Delivery) -> tuple[int, dict[str, str]]:
        if delivery.sequence == 2:
            reached.set()
            go_on.wait(60)
        return OK

    receiver.answer = answer
    name = made(hooked, {"url": receiver.url()})
    assert reached.wait(60)
    gateway = hooked.runner.children["gateway"]
    gateway.terminate()
    eventually(lambda: _refuses(hooked), "the gateway takes no new connection")
    go_on.set()
    gateway.wait()
    assert gateway.exit_code == 0
    hooked.runner.restart("gateway")
    eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
    assert [delivery.sequence for delivery in receiver.seen] == list(range(1, len(hooked.events(name)) + 1))


def _refuses(stack: Stack) -> bool:
    try:
        return requests.get(f"{stack.url}/healthz", timeout=5).status_code != 200
    except requests.ConnectionError:
        return True


def test_a_redirect_is_a_failure_and_not_followed(hooked: Stack, receiver: Receiver) -> None:
    receiver.answer = lambda _: (302, {"Location": receiver.url("/elsewhere")})
    name = made(hooked, {"url": receiver.url()})
    eventually(lambda: int(str(status(hooked, name)["attempts"])) >= 2, "attempts fail")
    shown = status(hooked, name)
    assert (shown["state"], shown["lastStatus"], shown["lastDeliveredSequence"]) == ("ACTIVE", 302, 0)
    assert {delivery.path for delivery in receiver.seen} == {"/hook"}


def test_a_receiver_that_is_gone_for_good_is_left_alone(hooked: Stack, receiver: Receiver) -> None:
    receiver.answer = lambda delivery: OK if delivery.sequence == 1 else (410, {})
    name = made(hooked, {"url": receiver.url()})
    eventually(is_in(hooked, name, "GONE"), "the subscription ends")
    hooked.events(name)
    assert [delivery.sequence for delivery in receiver.seen] == [1, 2]
    assert status(hooked, name)["lastDeliveredSequence"] == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/hook",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:8080/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://100.64.0.1/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://no-such-host.invalid/",
        "http://user:password@127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1/#part",
        "http://127.0.0.1/" + "a" * 2048,
        "",
    ],
)
def test_a_target_that_may_not_be_reached_is_refused_and_nothing_is_made(hooked: Stack, url: str) -> None:
    newest = newest_asset(hooked)
    answer = create(hooked, {"url": url})
    assert answer.status_code == 400, answer.text
    problem = answer.json()
    assert (problem["reason"], problem["field"]) == ("FIELD_INVALID", "webhook.url")
    assert "password" not in answer.text.replace("user name or password", "")
    assert newest_asset(hooked) == newest


def newest_asset(stack: Stack) -> list[str]:
    """Its name; what it is made of may still be under way."""
    return [asset["name"] for asset in stack.get("/v1/assets?page_size=1").json().get("assets", [])]


@pytest.mark.parametrize(
    ("webhook", "field"),
    [
        ({"url": "http://127.0.0.1/", "colour": 1}, "webhook.colour"),
        ({"url": "http://127.0.0.1/", "events": ["nonsense"]}, "webhook.events"),
        ({"url": "http://127.0.0.1/", "events": "finished"}, "webhook.events"),
        ({"events": []}, "webhook.url"),
    ],
)
def test_what_is_no_webhook_names_its_field(hooked: Stack, webhook: dict[str, object], field: str) -> None:
    answer = create(hooked, webhook)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_a_repeated_request_makes_no_second_webhook(hooked: Stack, receiver: Receiver, word: str) -> None:
    hook: dict[str, object] = {"url": receiver.url()}
    first = create(hooked, hook, word, **{"Idempotency-Key": word})
    name = first.json()["name"]
    eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
    again = create(hooked, hook, word, **{"Idempotency-Key": word})
    assert (again.status_code, again.json()["name"]) == (202, name)
    assert status(hooked, name)["state"] == "COMPLETE"
    other = create(hooked, {"url": receiver.url("/other")}, word, **{"Idempotency-Key": word})
    assert (other.status_code, other.json()["reason"]) == (409, "REQUEST_ID_REUSED")
    # A whole later webhook arrives meanwhile, so a second run of the first one would have been seen by now.
    eventually(is_in(hooked, made(hooked, {"url": receiver.url("/later")}), "COMPLETE"), "a later one is done")
    mine = [delivery.sequence for delivery in receiver.seen if delivery.path != "/later"]
    assert mine == list(range(1, len(hooked.events(name)) + 1))


def test_a_webhook_goes_with_its_asset(hooked: Stack, receiver: Receiver) -> None:
    receiver.answer = lambda _: (500, {})
    name = made(hooked, {"url": receiver.url()})
    hooked.final(name)
    eventually(lambda: status(hooked, name)["attempts"], "an attempt failed")
    assert hooked.session.delete(f"{hooked.url}/v1/{name}", timeout=90).status_code == 204
    assert hooked.get(f"/v1/{name}/webhook").status_code == 404
    plain = hooked.get(f"/v1/{hooked.create('harbour')}/webhook")
    assert (plain.status_code, plain.content) == (204, b"")


def test_during_a_rotation_old_and_new_secret_both_verify(hooked: Stack, receiver: Receiver, data: Path) -> None:
    before = made(hooked, {"url": receiver.url()})
    eventually(is_in(hooked, before, "COMPLETE"), "all events are delivered")
    (old,) = secrets(data)
    environ = {**os.environ, "ATELIER_GATEWAY_WEBHOOKS": str(data / "webhooks.db")}
    command = [sys.executable, "-m", "gateway.webhooks"]
    printed = subprocess.run([*command, "--rotate"], env=environ, check=True, capture_output=True, text=True).stdout
    new, kept = printed.split()
    assert (kept, secrets(data)) == (old, [new, old])
    receiver.taken.clear()
    name = made(hooked, {"url": receiver.url()})
    eventually(is_in(hooked, name, "COMPLETE"), "all events are delivered")
    for delivery in receiver.taken:
        Webhook(old).verify(delivery.body, delivery.headers)
        Webhook(new).verify(delivery.body, delivery.headers)
    subprocess.run([*command, "--forget"], env=environ, check=True, capture_output=True)
    assert secrets(data) == [new]


def test_gateways_that_share_a_store_deliver_each_event_once_and_stand_in_for_each_other(
    hooked: Stack, receiver: Receiver
) -> None:
    environ = {**hooked.runner.plan.environments["gateway"], "ATELIER_GATEWAY_LISTEN": "127.0.0.1:0"}
    command = [sys.executable, "-m", "gateway"]
    second = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert second.stdout is not None
    try:
        address = json.loads(second.stdout.readline())["address"]
        body = {"content": "harbour", "webhook": {"url": receiver.url()}}
        answer = requests.post(f"http://{address}/v1/assets", json=body, timeout=90)
        assert answer.status_code == 202, answer.text
        eventually(is_in(hooked, answer.json()["name"], "COMPLETE"), "all events are delivered")
        count = len(receiver.seen)
        assert len({delivery.id for delivery in receiver.seen}) == count
        hooked.runner.children["gateway"].kill()
        answer = requests.post(f"http://{address}/v1/assets", json=body, timeout=90)
        eventually(receiver_has(receiver, answer.json()["name"]), "the other gateway takes over")
    finally:
        second.terminate()
        second.wait(60)
        second.stdout.close()
        if hooked.runner.children["gateway"].exit_code is not None:
            hooked.runner.restart("gateway")


def receiver_has(receiver: Receiver, name: str) -> Callable[[], bool]:
    id_prefix = name.removeprefix("assets/")
    return lambda: any(d.id.startswith(id_prefix) and b'"finished"' in d.body for d in list(receiver.taken))
