"""The outside client of `load` on a host of its own: as many assets as end while something happens; how it went."""

from __future__ import annotations

import json

from tests.e2e.harness import eventually
from tests.net.hosts import Answers, Host


class Outside:
    """A client that makes assets at replicas, "host:port" each, until `all_ended_well`."""

    def __init__(self, host: Host, targets: list[str]) -> None:
        self._client = host.run("tests.net.load", *targets)
        self._answers = Answers(self._client)

    def ends(self, count: int) -> None:
        """Wait until so many more assets have come to their end."""
        before = self._answers.now()
        eventually(lambda: self._answers.since(before)["ended"] >= count, "assets end")

    def all_ended_well(self) -> None:
        """Stop it; everything that was accepted ended, none failed, and no event is missing or was changed."""
        self._client.terminate()
        eventually(lambda: self._reports() != [], "everything has ended")
        (line,) = self._reports()
        report = json.loads(line.removeprefix("report "))
        wrong = {name: report[name] for name in ("lost", "gaps", "changed", "repeated_steps", "wrong_digests")}
        assert not any(wrong.values()), (wrong, report["problems"])
        assert report["accepted"] == report["final"] > 0
        assert set(report["states"]) <= {"SUCCEEDED", "CANCELLED"}

    def _reports(self) -> list[str]:
        return [line for line in self._answers.now() if line.startswith("report")]
