"""`python -m tests.bench.starts`: from nothing to a whole stack that serves, and the CPU until then by process.

Starts with and without the fork server take turns, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import psutil

from services.local.runner import Runner
from services.local.stack import free_ports, plan
from tests.environment import clean_environ


def started(environ: Mapping[str, str], *, forks: bool) -> tuple[float, dict[str, float]]:
    """Start a stack and stop it. Returns the seconds until it served, and the CPU seconds of each process."""
    with tempfile.TemporaryDirectory() as data:
        runner = Runner(plan(environ, Path(data), free_ports()), lambda name, line: None, forks=forks)
        begun = time.monotonic()
        runner.start()
        took_s = time.monotonic() - begun
        try:
            return took_s, {name: sum(psutil.Process(pid).cpu_times()[:2]) for name, pid in runner.pids.items()}
        finally:
            runner.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.starts", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    environ = clean_environ()
    times: dict[bool, list[float]] = defaultdict(list)
    cpu: dict[bool, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(options.rounds):
        for forks in (True, False):
            took_s, used_s = started(environ, forks=forks)
            times[forks].append(took_s)
            for name, seconds in used_s.items():
                cpu[forks][name].append(seconds)
    lines = ["| a start | median | least, most | CPU | of it |", "|---|---|---|---|---|"]
    for forks, taken in times.items():
        shares = {name: statistics.median(seconds) for name, seconds in cpu[forks].items()}
        of_it = ", ".join(f"{name} {seconds:.2f}" for name, seconds in shares.items())
        name = "forked" if forks else "each from the beginning"
        least, most = min(taken), max(taken)
        lines.append(
            f"| {name} | {statistics.median(taken):.2f} s | {least:.2f}, {most:.2f} s "
            f"| {sum(shares.values()):.1f} s | {of_it} |"
        )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
