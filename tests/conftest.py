"""What holds for every test."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# No example has a deadline: how long one takes depends on what else the machine does.
settings.register_profile("atelier", deadline=None)
settings.load_profile("atelier")


# What runs in the background of a shell ignores Ctrl-C, and so would the processes that it starts and tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def _strangers() -> set[str]:
    """What lies in the repository and is neither tracked nor ignored; nothing where this is no checkout."""
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return set(done.stdout.splitlines())


@pytest.fixture(scope="session", autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    """No test writes into the repository: a picture once came to lie there, and was committed.

    Looked at in CI alone; elsewhere somebody may be writing while the tests run.
    """
    before = _strangers()
    yield
    if os.environ.get("CI"):
        assert _strangers() - before == set()
