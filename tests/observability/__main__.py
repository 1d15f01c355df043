"""`python -m tests.observability`: plays the scenes to a real Prometheus and draws the dashboard into docs/images."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from services.local.stack import free_ports
from tests.e2e.harness import run_stack
from tests.manifests import ROOT
from tests.observability.draw import draw, legend
from tests.observability.prometheus import BINARY, panels, prometheus
from tests.observability.scenes import SETTINGS, Play

PICTURE = ROOT / "docs" / "images" / "dashboard.png"
PROCESSES = ("orchestrator", "prompt", "moderation", "image")


def main() -> None:
    """Play, ask, draw."""
    if BINARY is None:
        sys.exit("prometheus is not installed")
    ports = free_ports()
    pages = {name: f"127.0.0.1:{ports[name]}" for name in PROCESSES}
    listen = {f"ATELIER_{name.upper()}_METRICS_LISTEN": page for name, page in pages.items()}
    with tempfile.TemporaryDirectory() as folder:
        for stack in run_stack(Path(folder), **SETTINGS, **listen):
            with prometheus(Path(folder) / "prometheus", pages | {"gateway": stack.address("gateway")}) as asked:
                play = Play(stack, asked)
                play.all()
                end_s = time.time()
                drawn = []
                for panel in panels():
                    lines = [
                        (legend(name, json.loads(labels)), points)
                        for expression, name in panel.lines
                        for labels, points in asked.series(expression, play.began_s, end_s).items()
                    ]
                    drawn.append((panel, lines))
                title = f"Atelier: {end_s - play.began_s:.0f} seconds of everyday work, refusals, failures and outages"
                PICTURE.write_bytes(draw(drawn, title, play.began_s, end_s))
                sys.stdout.write(f"{PICTURE}\nalerts that fired: {', '.join(sorted(play.fired()))}\n")


if __name__ == "__main__":
    main()
