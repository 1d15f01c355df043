"""`make fuzz`: so many hostile inputs at every method and the HTTP door of a whole stack; none may break anything.

python -m tests.fuzz --count 100000 --seed 1
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.run import Report, fuzzed_stack, run


def table(report: Report) -> str:
    """Outcomes by method and memory by process."""
    lines = ["| target | inputs | outcomes |", "|---|---|---|"]
    for target, counts in sorted(report.judge.counts.items()):
        outcomes = ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common())
        lines.append(f"| {target} | {counts.total()} | {outcomes} |")
    lines += ["", "| process | MiB after the warm-up | MiB at the end |", "|---|---|---|"]
    lines += [f"| {name} | {before:.0f} | {after:.0f} |" for name, (before, after) in report.memory.items()]
    return "\n".join(lines)


def main() -> None:
    """Run, print, exit with 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="inputs to send")
    parser.add_argument("--seed", type=int, default=1, help="of the dice; the same seed makes the same inputs")
    parser.add_argument("--seconds", type=float, default=3600.0, help="after which no more is sent")
    parser.add_argument("--keys", action="store_true", help="lock the HTTP door with API keys of different scopes")
    parser.add_argument("--tls", action="store_true", help="HTTPS at the door, mutual TLS between the services")
    options = parser.parse_args()
    locks = " ".join(name for name in ("keys", "tls") if getattr(options, name))
    sys.stdout.write(f"seed {options.seed}, {options.count} inputs, {locks or 'no locks'}\n")
    sys.stdout.flush()
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as data,
        fuzzed_stack(Path(data), keys=options.keys, tls=options.tls) as (stack, doors),
    ):
        report = asyncio.run(run(stack, doors, options.count, options.seed, options.seconds))
    kinds, seconds = report.judge.kinds, time.monotonic() - started
    sent = sum(counts.total() for counts in report.judge.counts.values())
    sys.stdout.write(
        f"{table(report)}\n\n{sent} inputs in {seconds:.0f} s, {kinds.total()} findings of {len(kinds)} kinds\n"
    )
    for finding in report.judge.findings:
        sys.stdout.write(f"- {finding}\n")
    sys.exit(bool(report.judge.findings))


if __name__ == "__main__":
    main()
