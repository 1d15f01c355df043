"""A short run of the fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import asyncio
import re
from importlib import import_module
from pathlib import Path

import pytest

from gateway.openapi.document import document
from tests.fuzz.hostile import ROUTES
from tests.fuzz.rpcs import targets
from tests.fuzz.run import fuzzed_stack, run
from tests.manifests import ROOT

SEED = 7


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("locked", "count"), [(False, 1500), (True, 600)], ids=["open", "keys and TLS"])
def test_hostile_inputs_break_nothing_and_every_error_is_typed(tmp_path: Path, locked: bool, count: int) -> None:
    with fuzzed_stack(tmp_path, keys=locked, tls=locked) as (stack, doors):
        report = asyncio.run(run(stack, doors, count, SEED))
    assert not report.judge.findings, "\n".join(report.judge.findings)
    assert sum(counts.total() for counts in report.judge.counts.values()) == count


def test_every_route_of_the_api_is_among_the_targets() -> None:
    def plain(path: str) -> str:
        return re.sub(r"\{\w+\}", "*", path.replace("/v1/assets/{", "/v1/{"))

    assert {plain(path) for path in document()["paths"]} <= {plain(route) for route in ROUTES}


def test_every_method_of_every_service_is_among_the_targets() -> None:
    described = {
        f"/{service.full_name}/{method.name}"
        for path in (ROOT / "protos" / "python" / "atelier").rglob("*_pb2.py")
        for service in import_module(
            ".".join(path.relative_to(ROOT / "protos/python").with_suffix("").parts)
        ).DESCRIPTOR.services_by_name.values()
        for method in service.methods
    }
    assert len(described) > 20
    assert described <= {target.path for target in targets()}
