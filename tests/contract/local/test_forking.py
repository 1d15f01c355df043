"""Forked processes are like new ones: environment, command line, session, streams, chance, and how they end."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import orjson
import psutil
import pytest

from services.local.forking import ForkServer, Running, start

pytestmark = pytest.mark.skipif(not ForkServer.is_possible(), reason="this system does not fork")

# Runs what comes in by its standard input.
CONSOLE = "code"
LOOK = (
    "import os, random, sys, orjson; "
    "sys.stdout.buffer.write(orjson.dumps({"
    "'here': os.environ.get('ATELIER_HERE'), 'inherited': os.environ.get('ATELIER_INHERITED'), "
    "'arguments': sys.argv[1:], 'pid': os.getpid(), 'session': os.getsid(0), 'chance': random.random(), "
    "'imported': 'grpc' in sys.modules}) + b'\\n'); sys.stdout.flush()"
)


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServer]:
    monkeypatch.setenv("ATELIER_INHERITED", "1")
    server = ForkServer()
    yield server
    server.close()


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "ATELIER_HERE": "2"}


def tell(process: Running, line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()


def look(process: Running) -> dict[str, object]:
    tell(process, LOOK)
    assert process.stdout is not None
    # The console shows its prompt before what it prints, and the number of characters after it.
    line = process.stdout.readline()
    return dict(orjson.loads(line[line.index(b"{") :]))


def shown(process: Running) -> str:
    """What ps tells of it."""
    command = ["ps", "-o", "comm=,args=", "-p", str(process.pid)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def close(process: Running) -> None:
    for pipe in (process.stdin, process.stdout, process.stderr):
        assert pipe is not None
        pipe.close()


def test_a_forked_process_is_like_a_new_one(forks: ForkServer) -> None:
    forked, new = forks.start(CONSOLE, ["-q"], environment()), start(CONSOLE, ["-q"], environment())
    first, second = look(forked), look(new)
    for seen, process in ((first, forked), (second, new)):
        assert seen["here"] == "2"
        assert seen["inherited"] is None
        assert seen["arguments"] == ["-q"]
        assert seen["pid"] == seen["session"] == process.pid
    assert shown(forked) == shown(new)
    assert first["imported"]
    assert not second["imported"]
    for process in (forked, new):
        assert process.poll() is None
        tell(process, "raise SystemExit(7)")
        assert process.wait(60) == process.poll() == 7
        close(process)


def test_processes_of_one_fork_server_do_not_share_their_chance(forks: ForkServer) -> None:
    processes = [forks.start(CONSOLE, [], environment()) for _ in range(3)]
    assert len({look(process)["chance"] for process in processes}) == 3
    for process in processes:
        process.kill()
        process.wait(60)
        close(process)


def test_signals_end_a_forked_process_and_are_its_exit_code(forks: ForkServer) -> None:
    for name, code in (("kill", -9), ("terminate", -15)):
        process = forks.start(CONSOLE, [], environment())
        end = getattr(process, name)
        look(process)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.01)
        end()
        assert process.wait(60) == code
        # There is nobody to be reached any more.
        end()
        close(process)


def test_what_was_forked_outlives_the_fork_server_and_its_end_is_noticed() -> None:
    server = ForkServer()
    process = server.start(CONSOLE, [], environment())
    server.close()
    look(process)
    assert process.poll() is None
    tell(process, "raise SystemExit")
    assert process.wait(60) is not None
    close(process)


def test_without_its_fork_server_a_process_is_started_anew(forks: ForkServer) -> None:
    process = forks.start(CONSOLE, [], environment())
    parent = psutil.Process(process.pid).parent()
    assert parent is not None
    assert "services.local.fork_server" in " ".join(parent.cmdline())
    parent.kill()
    psutil.wait_procs([parent])
    another = forks.start(CONSOLE, [], environment())
    assert look(another)["pid"] == another.pid
    for left in (process, another):
        assert left.poll() is None
        left.kill()
        assert left.wait(60)
        close(left)
