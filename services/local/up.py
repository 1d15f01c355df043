"""`python -m services.local.up`: the whole stack in the foreground, or around one command.

    python -m services.local.up                      serve until Ctrl-C, on the ports of the design
    python -m services.local.up --free-ports -- CMD  serve on free ports while CMD runs, and exit as it did

CMD finds the gateway in ATELIER_CLIENT_URL.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from services.kit.config import ConfigError
from services.local.runner import Output, PortTakenError, Runner, StartError
from services.local.stack import Plan, free_ports, plan

ATTEMPTS = 3


def main() -> None:
    """Parse the command line, run the stack, and exit with its command's code."""
    parser = argparse.ArgumentParser(prog="python -m services.local.up", description="Run all of Atelier here.")
    parser.add_argument("--free-ports", action="store_true", help="take any free ports instead of the usual ones")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where pictures and logs go (default: data)")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- followed by a command to run, then stop")
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    # SIGTERM ends the stack as Ctrl-C does: through `finally`, children first.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        runner = start(options.data, free=options.free_ports, output=_log_file(options.data) if command else _print)
    except (ConfigError, StartError, PortTakenError) as error:
        sys.exit(f"up: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        sys.exit(_run_command(runner.plan, command) if command else _serve(runner))
    except KeyboardInterrupt:
        _say("stopping")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        runner.stop()


def start(data: Path, *, free: bool, output: Output, environ: dict[str, str] | None = None) -> Runner:
    """Start a stack and return once it serves; with free ports a lost race for one is tried again."""
    environment = dict(os.environ if environ is None else environ)
    environment.setdefault("ATELIER_LOG_FORMAT", "text")
    for attempt in range(ATTEMPTS):
        runner = Runner(plan(environment, data, free_ports() if free else None), output)
        try:
            runner.start()
        except PortTakenError:
            if not free or attempt == ATTEMPTS - 1:
                raise
        else:
            return runner
    raise AssertionError("unreachable: the last attempt returns or raises")


def _serve(runner: Runner) -> int:
    stop = threading.Event()
    watch = threading.Thread(target=runner.supervise, args=(stop, _say), daemon=True)
    watch.start()
    models = "the hosted models of Workers AI" if runner.plan.hosted else "the embedded engines (no account needed)"
    _say(f"serving on {runner.plan.url} with {models}; Ctrl-C stops")
    try:
        while True:
            signal.pause()
    finally:
        stop.set()
        watch.join()


def _run_command(made: Plan, command: list[str]) -> int:
    environment = {**os.environ, "ATELIER_CLIENT_URL": made.url}
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - the caller's own command


def _log_file(data: Path) -> Output:
    data.mkdir(parents=True, exist_ok=True)
    lock = threading.Lock()
    file = (data / "stack.log").open("w", buffering=1, encoding="utf-8")

    def write(name: str, line: str) -> None:
        with lock:
            file.write(f"{name:12} {line}\n")

    return write


def _print(name: str, line: str) -> None:
    # The event store greets with two dozen lines; what it warns of is worth a look.
    if name == "nats" and "[INF]" in line:
        return
    sys.stderr.write(f"{name:12} {line}\n")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
