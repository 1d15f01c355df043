"""What tests of the studio page share: Chromium, ways about the page, a line to cut, axe, a gateway with keys."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.e2e.harness import Stack
from tests.environment import clean_environ

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".cache" / "studio-screenshots"
AXE = "axe-core@4.14.1"
AXE_INTEGRITY = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="


def page_errors(page: Page) -> list[str]:
    """What goes wrong in the page from now on, but not answers above 399: tests provoke those."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def fill(page: Page, content: str, variants: int = 1) -> None:
    page.get_by_label("What are the pictures about?").fill(content)
    page.get_by_role("group", name="Variants").get_by_label(str(variants), exact=True).check()


def order(page: Page, content: str, variants: int = 1) -> str:
    """Order pictures; returns the asset's name."""
    page.goto("/")
    fill(page, content, variants)
    page.get_by_role("button", name="Create pictures").click()
    return opened(page)


def opened(page: Page) -> str:
    page.wait_for_url("**/#/assets/*")
    return page.url.partition("#/")[2]


def see_state(page: Page, state: str) -> None:
    expect(page.locator(".asset-line .badge")).to_have_text(state)


def card(page: Page, content: str) -> Locator:
    return page.locator(".card").filter(has_text=content)


def keep(page: Page, name: str) -> None:
    """Keep a picture of the page for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def assets_about(stack: Stack, word: str) -> list[str]:
    listed = stack.get("/v1/assets?page_size=1000").json().get("assets", [])
    return [asset["name"] for asset in listed if word in asset["content"]]


def axe_source() -> str:
    """The accessibility checker, from the cache or by npm; the test is skipped where there is neither."""
    cached = ROOT / ".cache" / f"{AXE.replace('@', '-')}.tgz"
    if not cached.exists():
        npm = shutil.which("npm")
        if not npm:
            pytest.skip("no npm to get axe-core with")
        cached.parent.mkdir(exist_ok=True)
        command = [npm, "pack", "--silent", AXE, "--pack-destination", str(cached.parent)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        if done.returncode:
            pytest.skip(f"npm cannot get {AXE}")
    data = cached.read_bytes()
    assert base64.b64encode(hashlib.sha512(data).digest()).decode() == AXE_INTEGRITY
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        file = archive.extractfile("package/axe.min.js")
        assert file is not None
        return file.read().decode()


class CutProxy:
    """A TCP line to the gateway that a test can cut, and let nobody through until it is mended."""

    def __init__(self, target: str) -> None:
        host, _, port = target.rpartition(":")
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[socket.socket] = []
        self._is_cut = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        with self._lock:
            self._is_cut = True
            pairs, self._pairs = self._pairs, []
        for one in pairs:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def mend(self) -> None:
        """Let new connections through again."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Stop listening and end every connection."""
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                if self._is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self._target)
                self._pairs += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def gateway_with_key(orchestrator: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Another gateway before the same orchestrator that asks for a key: its URL and the key."""
    clean = clean_environ()
    environ = {
        **clean,
        "ATELIER_GATEWAY_LISTEN": "127.0.0.1:0",
        "ATELIER_GATEWAY_ORCHESTRATOR_TARGET": f"dns:///{orchestrator}",
        "ATELIER_GATEWAY_KEYS": str(folder / "keys.json"),
    }
    make = [sys.executable, "-m", "gateway.keys_cli", "create", "--name", "studio", "--json"]
    made = subprocess.run(make, env=environ, capture_output=True, text=True, check=True)
    token = str(json.loads(made.stdout)["token"])
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway"], env=environ, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            yield f"http://{json.loads(process.stdout.readline())['address']}", token
        finally:
            process.terminate()
            process.wait(60)
            if process.stdout:
                process.stdout.close()
