"""Both clients against real processes: events without gap or duplicate while servers and connections break."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

import client
from client import AsyncAtelier, Atelier, Order
from services.local.ports import find_ports
from services.local.runner import Child
from services.local.stack import HOST, Process
from tests.e2e.harness import WAIT_S, Stack, eventually

SLOW_MS = 3000
PAINTER = "@cf/black-forest-labs/flux-1-schnell"


@dataclass
class Line:
    """A proxied connection; while it is deaf, answers get lost."""

    near: socket.socket
    far: socket.socket
    deaf: bool = False


class Proxy:
    """A TCP proxy whose connections can be cut, or lose what answers a request."""

    def __init__(self, target: str) -> None:
        host, _, port = target.rpartition(":")
        self._target = (host, int(port))
        self._server = socket.create_server((HOST, 0))
        self._lines: list[Line] = []
        self._unanswered = b""
        self.accepted = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"{HOST}:{self._server.getsockname()[1]}"

    def lose_answer(self, word: str) -> None:
        """The next request with this word in it gets through, and no answer comes back over its connection."""
        self._unanswered = word.encode()

    def cut(self) -> None:
        """Break every connection."""
        for line in tuple(self._lines):
            self._lines.remove(line)
            for connection in (line.near, line.far):
                with_reset = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                with suppress(OSError):
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, with_reset)
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            self.accepted += 1
            line = Line(near, socket.create_connection(self._target))
            self._lines.append(line)
            for carry in (self._carry_requests, self._carry_answers):
                threading.Thread(target=carry, args=(line,), daemon=True).start()

    def _carry_requests(self, line: Line) -> None:
        asked = b""
        with suppress(OSError):
            while data := line.near.recv(65536):
                asked += data
                if self._unanswered and self._unanswered in asked:
                    # From before it is sent on: no answer to it can be faster.
                    self._unanswered, line.deaf = b"", True
                line.far.sendall(data)
            line.far.shutdown(socket.SHUT_WR)

    def _carry_answers(self, line: Line) -> None:
        with suppress(OSError):
            while data := line.far.recv(65536):
                if not line.deaf:
                    line.near.sendall(data)
            line.near.shutdown(socket.SHUT_WR)


@pytest.fixture
def http_proxy(stack: Stack) -> Iterator[Proxy]:
    proxy = Proxy(stack.address("gateway"))
    yield proxy
    proxy.close()


@pytest.fixture
def grpc_proxy(stack: Stack) -> Iterator[Proxy]:
    proxy = Proxy(stack.address("orchestrator"))
    yield proxy
    proxy.close()


@contextmanager
def another_gateway(stack: Stack, **settings: str) -> Iterator[Child]:
    """A second gateway before the same orchestrator."""
    address = f"{HOST}:{find_ports(1)[0]}"
    environment = {**stack.runner.plan.environments["gateway"], "ATELIER_GATEWAY_LISTEN": address, **settings}
    child = Child(Process("gateway", "gateway", 0), environment, lambda name, line: None)
    child.start()
    child.wait_ready(time.monotonic() + WAIT_S)
    try:
        yield child
    finally:
        child.terminate()
        child.wait()


@pytest.fixture
def spare_gateway(stack: Stack) -> Iterator[Child]:
    """A second gateway, to be killed."""
    with another_gateway(stack) as child:
        yield child


@pytest.fixture
def key(tmp_path: Path) -> str:
    """An API key in tmp_path / "keys.json"."""
    words = ("create", "--name", "test", "--file", str(tmp_path / "keys.json"))
    return subprocess.run(
        [sys.executable, "-m", "gateway.keys_cli", *words], stdout=-1, text=True, check=True
    ).stdout.strip()


def url_of(child: Child) -> str:
    return f"http://{child._environment['ATELIER_GATEWAY_LISTEN']}"


def numbers(events: list[pb.AssetEvent]) -> list[int]:
    return [event.sequence for event in events]


def about(stack: Stack, word: str) -> list[pb.Asset]:
    with Atelier(stack.url) as atelier:
        return [asset for asset in atelier.list() if word in asset.content]


def test_a_stream_survives_the_death_of_its_gateway_without_gap_or_duplicate(
    stack: Stack, spare_gateway: Child, word: str
) -> None:
    stack.fault(model=PAINTER, latency_ms=SLOW_MS)
    with Atelier(url_of(spare_gateway)) as atelier:
        job = atelier.create(f"The {word} in the mist", variants=2)
        events: list[pb.AssetEvent] = []
        for event in job:
            events.append(event)
            if event.HasField("prompts_generated"):
                assert stack.asset(job.name).state == pb.Asset.STATE_RUNNING
                spare_gateway.kill()
                threading.Timer(0.5, spare_gateway.start).start()
        assert job.result().state == pb.Asset.STATE_SUCCEEDED
        assert numbers(events) == list(range(1, len(events) + 1))
        assert events == stack.events(job.name)
        assert len(list(job.images())) == 2
    assert len(about(stack, word)) == 1


async def test_the_async_client_goes_on_after_its_connection_was_cut(
    stack: Stack, grpc_proxy: Proxy, word: str
) -> None:
    stack.fault(model=PAINTER, latency_ms=SLOW_MS)
    async with AsyncAtelier(f"dns:///{grpc_proxy.address}") as atelier:
        job = atelier.create(f"The {word} in the mist", variants=2)
        events: list[pb.AssetEvent] = []
        async for event in job:
            events.append(event)
            if event.HasField("accepted") or event.HasField("prompts_generated"):
                grpc_proxy.cut()
        assert (await job.result()).state == pb.Asset.STATE_SUCCEEDED
        assert numbers(events) == list(range(1, len(events) + 1))
        assert events == stack.events(job.name)
        assert len([picture async for picture in job.images()]) == 2
    assert grpc_proxy.accepted >= 3
    assert len(about(stack, word)) == 1


def lose_the_first_answer(stack: Stack, proxy: Proxy, word: str) -> threading.Thread:
    """Let a request through, lose its answer, and cut the connection once the asset is there."""
    proxy.lose_answer(word)

    def cut_late() -> None:
        eventually(lambda: about(stack, word), "the asset is made")
        proxy.cut()

    thread = threading.Thread(target=cut_late)
    thread.start()
    return thread


def test_a_create_whose_answer_was_lost_makes_one_asset(stack: Stack, http_proxy: Proxy, word: str) -> None:
    thread = lose_the_first_answer(stack, http_proxy, word)
    with Atelier(f"http://{http_proxy.address}") as atelier:
        events = list(atelier.create(f"The {word} at noon"))
    thread.join()
    assert numbers(events) == list(range(1, len(events) + 1))
    assert http_proxy.accepted >= 2
    assert len(about(stack, word)) == 1


def test_a_submit_whose_answer_was_lost_makes_one_asset(stack: Stack, http_proxy: Proxy, word: str) -> None:
    thread = lose_the_first_answer(stack, http_proxy, word)
    with Atelier(f"http://{http_proxy.address}") as atelier:
        name = atelier.submit(Order(f"The {word} at night")).name
    thread.join()
    assert [asset.name for asset in about(stack, word)] == [name]


async def test_an_async_create_whose_answer_was_lost_makes_one_asset(
    stack: Stack, grpc_proxy: Proxy, word: str
) -> None:
    thread = lose_the_first_answer(stack, grpc_proxy, word)
    async with AsyncAtelier(f"dns:///{grpc_proxy.address}") as atelier:
        events = [event async for event in atelier.create(f"The {word} at dawn")]
    thread.join()
    assert numbers(events) == list(range(1, len(events) + 1))
    assert grpc_proxy.accepted >= 2
    assert len(about(stack, word)) == 1


def test_a_watch_after_the_last_event_has_the_result_at_once(stack: Stack) -> None:
    with Atelier(stack.url) as atelier:
        asset = atelier.create("A quiet canal").result()
        late = atelier.watch(asset.name, asset.last_sequence)
        assert list(late) == []
        assert late.result() == asset


async def test_both_transports_say_the_same(stack: Stack) -> None:
    async with AsyncAtelier(stack.address("orchestrator")) as fast:
        accepted = await fast.submit(Order("A ferry in the evening", variants=2, seed=7))
        events = [event async for event in fast.watch(accepted.name)]
        with Atelier(stack.url) as outside:
            assert list(outside.watch(accepted.name)) == events
            asset = outside.get(accepted.name)
            assert asset == await fast.get(accepted.name) == events[-1].finished.asset
            assert outside.picture(asset, 1) == await fast.picture(asset, 1)
            assert outside.cancel(asset.name).state == pb.Asset.STATE_SUCCEEDED
            states = ("STATE_SUCCEEDED",)
            assert accepted.name in [found.name for found in outside.list(page_size=2, states=states)]
            assert accepted.name in [found.name async for found in fast.list(page_size=2, states=states)]
        await fast.delete(asset.name)
        with pytest.raises(client.NotFound):
            await fast.get(asset.name)


async def test_errors_have_types_and_say_which_field(stack: Stack) -> None:
    with Atelier(stack.url) as outside:
        with pytest.raises(client.Invalid) as invalid:
            list(outside.create("Fog", width=99, height=99))
        assert (invalid.value.reason, invalid.value.field) == ("FIELD_INVALID", "asset.recipe.width")
        assert invalid.value.limit
        with pytest.raises(client.NotFound):
            outside.get("assets/none")
        one = Order("Fog").request_id
        outside.submit(Order("Fog", request_id=one))
        with pytest.raises(client.Conflict):
            outside.submit(Order("Rain", request_id=one))
    async with AsyncAtelier(stack.address("orchestrator")) as fast:
        with pytest.raises(client.Invalid) as invalid:
            await fast.submit(Order("Fog", width=99, height=99))
        assert (invalid.value.reason, invalid.value.field) == ("FIELD_INVALID", "asset.recipe.width")
        with pytest.raises(client.NotFound):
            await fast.watch("assets/none").result()


async def test_a_server_that_never_answered_is_unreachable_soon() -> None:
    address = f"{HOST}:{find_ports(1)[0]}"
    with Atelier(f"http://{address}") as outside, pytest.raises(client.Unreachable, match=address):
        list(outside.create("Fog"))
    async with AsyncAtelier(address) as fast:
        with pytest.raises(client.Unreachable):
            await fast.get("assets/any")


def test_an_address_that_is_none_is_an_error_of_the_package() -> None:
    with Atelier("no address") as outside, pytest.raises(client.AtelierError):
        outside.get("assets/any")


def test_a_client_waits_for_a_free_place_where_its_key_has_no_more(
    stack: Stack, tmp_path: Path, key: str, word: str
) -> None:
    stack.fault(contains=word, latency_ms=SLOW_MS)
    settings = {"ATELIER_GATEWAY_KEYS": str(tmp_path / "keys.json"), "ATELIER_GATEWAY_CONCURRENT_JOBS": "1"}
    with another_gateway(stack, **settings) as gateway, Atelier(url_of(gateway), key) as atelier:
        first = atelier.submit(Order(f"The {word} at ten"))
        assert first.state in (pb.Asset.STATE_QUEUED, pb.Asset.STATE_RUNNING)
        second = atelier.submit(Order(f"The {word} at eleven"))
        assert atelier.get(first.name).state == pb.Asset.STATE_SUCCEEDED
        assert second.name != first.name
        with Atelier(url_of(gateway), "atl_none") as stranger, pytest.raises(client.KeyRefused):
            stranger.get(first.name)


def test_a_document_is_sent_as_it_is_and_read_by_the_gateway(stack: Stack, word: str) -> None:
    page = client.Document('a "quoted" näme.html', f"<p>Sails over the {word}</p>".encode())
    with Atelier(stack.url) as atelier:
        order = Order("", document=page, variants=2, width=300, height=256, style="paper cut")
        asset = atelier.create_order(order).result()
        assert atelier.submit(order).name == asset.name
    assert word in asset.content
    assert (asset.content_type, asset.recipe.style) == ("text/html", "paper cut")
    assert [(variant.image.width, variant.image.height) for variant in asset.variants] == [(300, 256)] * 2


async def test_a_document_cannot_go_past_the_gateway(stack: Stack) -> None:
    async with AsyncAtelier(stack.address("orchestrator")) as fast:
        with pytest.raises(client.Invalid, match="HTTP only"):
            await fast.create("", document=client.Document("a.txt", b"Fog")).result()


def test_the_examples_of_the_documentation_run(stack: Stack, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    examples = re.findall(r"```python\n(.*?)```", (root / "docs" / "client.md").read_text(encoding="utf-8"), re.DOTALL)
    ours = [example for example in examples if "from client import" in example]
    assert len(ours) == 2
    for example in ours:
        script = example.replace("http://127.0.0.1:8080", stack.url)
        script = script.replace("127.0.0.1:50050", stack.address("orchestrator"))
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "finished" in done.stdout
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["harbour-0", "harbour-1"]


def test_pictures_can_be_written_under_their_suffix(stack: Stack, tmp_path: Path) -> None:
    with Atelier(stack.url) as atelier:
        for picture in atelier.create("A lamp", width=256, height=256).images():
            (tmp_path / f"{picture.variant}{picture.suffix}").write_bytes(picture.data)
            assert picture.alt_text
    assert [path.suffix for path in tmp_path.iterdir()] != [".bin"]
