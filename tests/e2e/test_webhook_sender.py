"""The sender of webhooks against a real receiver: it reaches the addresses that were judged, and no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from ipaddress import ip_address

import aiohttp
import pytest
from yarl import URL

from gateway.webhooks.addresses import AllowList
from gateway.webhooks.sender import NOT_PUBLIC, Sender, post_to
from tests.e2e.receiver import OK, Delivery, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


async def test_without_an_allow_list_this_machine_is_out_of_reach(receiver: Receiver) -> None:
    sender = Sender(AllowList())
    for host in ("127.0.0.1", "[::ffff:127.0.0.1]", "localhost"):
        outcome = await sender.post(f"http://{host}:{receiver.port}/", {}, b"{}")
        assert (outcome.status, outcome.problem) == (0, NOT_PUBLIC)
    assert not receiver.seen


async def test_a_request_goes_to_the_judged_addresses_whatever_the_name_means_now(receiver: Receiver) -> None:
    url = URL(f"http://rebound.invalid:{receiver.port}/hook")
    outcome = await post_to([ip_address("127.0.0.1")], url, {}, b"{}")
    assert outcome.status == 200
    assert receiver.seen[0].headers["host"] == f"rebound.invalid:{receiver.port}"


async def test_a_connection_to_an_address_that_was_not_judged_is_never_opened(receiver: Receiver) -> None:
    for host in ("127.0.0.1", "127.1"):
        with pytest.raises(aiohttp.ClientError):
            await post_to([ip_address("203.0.113.1")], URL(f"http://{host}:{receiver.port}/"), {}, b"{}")
    assert not receiver.seen


async def test_a_receiver_that_never_answers_is_left_after_the_timeout(receiver: Receiver) -> None:
    let_go = threading.Event()

    def answer(_: Delivery) -> tuple[int, dict[str, str]]:
        let_go.wait(60)
        return OK

    receiver.answer = answer
    outcome = await Sender(AllowList.parse(["127.0.0.1"]), timeout_s=0.2).post(receiver.url(), {}, b"{}")
    let_go.set()
    assert (outcome.status, outcome.problem) == (0, "no answer within 0.2 s")
