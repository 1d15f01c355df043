"""The frame of every `__main__`: settings from the environment, `--help`, logs, event loop, exit codes."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from typing import TypeVar

import uvloop

from services.kit import telemetry, tracing
from services.kit.admin import served
from services.kit.config import Common, ConfigError, describe, load, plain, settings
from services.kit.listening import ListenError
from services.kit.metrics import MetricsPage, watch_loop
from services.kit.version import version

log = telemetry.get_logger(__name__)

C = TypeVar("C", bound=Common)


def main(process: str, config_class: type[C], body: Callable[[C], Coroutine[None, None, None]]) -> None:
    """Run one process until it is told to stop.

    Exit codes: 0 after a graceful stop, 69 where the address cannot be listened on, 78 for a bad configuration.
    """
    _parse_arguments(process, config_class)
    try:
        config = load(config_class, process, os.environ)
    except ConfigError as error:
        sys.stderr.write(f"{process}: {error}\n")
        sys.exit(os.EX_CONFIG)
    telemetry.configure(process, config.log_level, config.log_format)
    tracing.configure(process, version, os.environ)
    log.info("starting", **describe(config, process))
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_observed(config, body))
    except ListenError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(os.EX_UNAVAILABLE)
    except ConfigError as error:
        sys.stderr.write(f"{process}: {error}\n")
        sys.exit(os.EX_CONFIG)


async def _observed(config: C, body: Callable[[C], Coroutine[None, None, None]]) -> None:
    """Run a process with its metrics served and its spans sent."""
    page = MetricsPage(config.metrics_listen) if config.metrics_listen else None
    if page is not None:
        log.info("metrics are served", address=page.start())
    lag = asyncio.create_task(watch_loop())
    try:
        async with served(config.admin_listen):
            await body(config)
    finally:
        lag.cancel()
        await asyncio.gather(lag, return_exceptions=True)
        if page is not None:
            page.stop()
        await asyncio.to_thread(tracing.shut_down)


def _parse_arguments(process: str, config_class: type[Common]) -> None:
    rows = "".join(f"  {row.env}={plain(row.default)}\n      {row.doc}\n" for row in settings(config_class, process))
    parser = argparse.ArgumentParser(
        prog=f"python -m {'gateway' if process == 'gateway' else f'services.{process}'}",
        description=f"Atelier's {process} process. Settings come from the environment:\n\n{rows}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")
    parser.parse_args()
