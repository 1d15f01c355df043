"""Clients that order assets over HTTP and keep book of what was accepted and how it ended."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import requests

FINAL = {"STATE_SUCCEEDED", "STATE_BLOCKED", "STATE_FAILED", "STATE_CANCELLED"}
CONTENT = "Fishermen mend their nets on a misty harbour at dawn."


class Load:
    """`clients` threads that order one asset after the other, until `stop`; `url` is asked again after a failure."""

    def __init__(self, url: Callable[[], str], clients: int) -> None:
        self._url = url
        self._stopped = threading.Event()
        self._accepted: list[str] = []
        self.problems: list[dict[str, object]] = []
        self._threads = [threading.Thread(target=self._order, args=(number,)) for number in range(clients)]
        for thread in self._threads:
            thread.start()

    @property
    def accepted(self) -> int:
        """How many assets were accepted so far."""
        return len(self._accepted)

    def stop(self) -> None:
        """Order no more."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def ends(self, timeout_s: float) -> Counter[str]:
        """How many accepted assets ended in which state, and why where one failed; once all did or the time is over."""
        deadline_s = time.monotonic() + timeout_s
        states = dict.fromkeys(self._accepted, "")
        while (open_ones := [name for name, state in states.items() if state not in FINAL]) and (
            time.monotonic() < deadline_s
        ):
            for name in open_ones:
                states[name] = self._state(name)
            time.sleep(0.5)
        return Counter(states.values())

    def _order(self, number: int) -> None:
        url, order = self._url(), 0
        while not self._stopped.is_set():
            key = f"load-{number}-{order}"
            try:
                answer = requests.post(
                    f"{url}/v1/assets",
                    json={"content": CONTENT},
                    headers={"Idempotency-Key": key, "Prefer": "wait=30"},
                    timeout=60,
                )
                if answer.status_code in (200, 202):
                    self._accepted.append(answer.json()["name"])
                    order += 1
                    continue
            except requests.RequestException:
                url = self._again(url)
            # The same key again: whatever the failed request led to is joined and not made twice.
            self._stopped.wait(0.2)

    def _state(self, name: str) -> str:
        try:
            asset = requests.get(f"{self._url()}/v1/{name}", timeout=10).json()
        except requests.RequestException:
            return ""
        if asset.get("state") in FINAL - {"STATE_SUCCEEDED"}:
            self.problems.append(asset)
        return str(asset.get("state", ""))

    def _again(self, url: str) -> str:
        try:
            return self._url()
        except AssertionError:
            return url
