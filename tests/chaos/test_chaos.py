"""A short run of `make chaos`; the long one has minutes."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest

from tests.chaos.__main__ import rage
from tests.chaos.world import running

SECONDS, CLIENTS = 15.0, 6


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_accepted_is_lost_whatever_is_killed(tmp_path: Path) -> None:
    seed = secrets.randbelow(1_000_000)
    output: list[str] = []
    with running(tmp_path, output) as runner:
        raging = rage(runner, tmp_path / "images", seconds=SECONDS, seed=seed, clients=CLIENTS)
        report, killer = asyncio.run(raging)
    assert report.holds, f"seed {seed}\n{report.table()}\n{report.problems}\n{killer.kills}"
    assert report.accepted == report.final > 0
    assert not killer.died, output[-50:]
