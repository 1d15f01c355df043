"""How soon a replica that DNS gains or loses gets or loses its share, under load: `python -m tests.bench.joining`.

Hosts of their own in network namespaces, as in tests/net; calls go on all the while, and none may fail.
"""

from __future__ import annotations

import statistics
import sys
import time

from tests.net.hosts import Answers, Host, Hosts, missing

PORT = 50051
ROUNDS = 5
QUIET_S = 4.0


def replica(hosts: Hosts, name: str) -> Host:
    host = hosts.add()
    process = host.run("tests.net.replica", name, f"0.0.0.0:{PORT}")
    assert process.stdout is not None
    process.stdout.readline()
    return host


def until_asked(answers: Answers, name: str, begun_s: float) -> float:
    """Seconds until a replica has answered for the first time."""
    before = answers.now()
    while not answers.since(before)[name]:
        time.sleep(0.01)
    return time.monotonic() - begun_s


def until_left(answers: Answers, name: str, begun_s: float) -> float:
    """Seconds until the last answer of a replica that is then silent."""
    last_s, before = begun_s, answers.now()
    while time.monotonic() - last_s < QUIET_S:
        time.sleep(0.01)
        if answers.since(before)[name]:
            last_s, before = time.monotonic(), answers.now()
    return last_s - begun_s


def main() -> None:
    """Measure and print."""
    if reason := missing():
        sys.exit(reason)
    hosts = Hosts()
    try:
        one, two = replica(hosts, "one"), replica(hosts, "two")
        caller = hosts.add()
        caller.names(replicas=[one])
        answers = Answers(caller.run("tests.net.caller", f"dns:///replicas:{PORT}"))
        until_asked(answers, "one", time.monotonic())
        joined, left = [], []
        for _ in range(ROUNDS):
            caller.names(replicas=[one, two])
            joined.append(until_asked(answers, "two", time.monotonic()))
            time.sleep(1.0)
            caller.names(replicas=[one])
            left.append(until_left(answers, "two", time.monotonic()))
        failed = sum(count for name, count in answers.since().items() if name.startswith("-"))
        for what, times in (("joined", joined), ("left", left)):
            print(f"{what}: median {statistics.median(times):.1f} s, most {max(times):.1f} s of {ROUNDS}")  # noqa: T201
        print(f"{sum(answers.since().values())} calls, {failed} failed")  # noqa: T201
    finally:
        hosts.close()


if __name__ == "__main__":
    main()
