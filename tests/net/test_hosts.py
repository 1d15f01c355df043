"""Replicas on hosts of their own: names that change, a dead host, one that comes back, loss in one direction.

Skipped where no network namespaces can be made.
"""

from __future__ import annotations

import pytest

from tests.e2e.harness import eventually
from tests.net.hosts import Answers, Host, Hosts

PORT = 50051

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def replica(hosts: Hosts, name: str) -> Host:
    host = hosts.add()
    process = host.run("tests.net.replica", name, f"0.0.0.0:{PORT}")
    assert process.stdout is not None
    assert '"ready"' in process.stdout.readline()
    return host


def calling(hosts: Hosts, *replicas: Host) -> tuple[Host, Answers]:
    caller = hosts.add()
    caller.names(replicas=list(replicas))
    return caller, Answers(caller.run("tests.net.caller", f"dns:///replicas:{PORT}"))


def answered(answers: Answers, *names: str) -> None:
    """Wait until each of these has answered again."""
    before = answers.now()
    eventually(lambda: set(names) <= set(answers.since(before)), f"{names} answer")


def errors(answers: Answers) -> dict[str, int]:
    return {name: count for name, count in answers.since().items() if name.startswith("-")}


def test_a_replica_that_is_added_to_or_taken_from_dns_gets_or_loses_its_share(hosts: Hosts) -> None:
    one, two = replica(hosts, "one"), replica(hosts, "two")
    caller, answers = calling(hosts, one)
    answered(answers, "one")
    caller.names(replicas=[one, two])
    answered(answers, "one", "two")
    caller.names(replicas=[two])

    def only_two() -> bool:
        before = answers.now()
        eventually(lambda: answers.since(before)["two"] >= 20, "two answers")
        return "one" not in answers.since(before)

    eventually(only_two, "one is asked no more")
    assert errors(answers) == {}


def test_a_host_whose_cable_is_pulled_is_passed_over_and_taken_back(hosts: Hosts) -> None:
    one, two = replica(hosts, "one"), replica(hosts, "two")
    _, answers = calling(hosts, one, two)
    answered(answers, "one", "two")
    two.cable(plugged=False)
    before = answers.now()
    # Calls that were on their way to the dead host are noticed as lost, and made again on the other.
    eventually(lambda: answers.since(before)["one"] >= 200, "the host that is left answers")
    two.cable(plugged=True)
    answered(answers, "two")
    assert errors(answers) == {}


def test_a_host_that_hears_but_is_not_heard_is_passed_over_and_taken_back(hosts: Hosts) -> None:
    one, two = replica(hosts, "one"), replica(hosts, "two")
    _, answers = calling(hosts, one, two)
    answered(answers, "one", "two")
    two.deaf(deaf=True)
    before = answers.now()
    eventually(lambda: answers.since(before)["one"] >= 200, "the host that is heard answers")
    two.deaf(deaf=False)
    answered(answers, "two")
    assert errors(answers) == {}
