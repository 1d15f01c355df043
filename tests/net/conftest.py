"""Hosts of their own for each test here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.net.hosts import Hosts, missing


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    """Network namespaces that go with the test; it is skipped where none can be made."""
    if reason := missing():
        pytest.skip(reason)
    hosts = Hosts()
    try:
        yield hosts
    finally:
        hosts.close()
