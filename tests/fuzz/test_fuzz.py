"""A short run of the fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.fuzz.run import fuzzed_stack, run

COUNT, SEED = 1500, 7


@pytest.mark.timeout(300)
def test_hostile_inputs_break_nothing_and_every_error_is_typed(tmp_path: Path) -> None:
    with fuzzed_stack(tmp_path) as stack:
        report = asyncio.run(run(stack, COUNT, SEED))
    assert not report.judge.findings, "\n".join(report.judge.findings)
    assert sum(counts.total() for counts in report.judge.counts.values()) == COUNT
