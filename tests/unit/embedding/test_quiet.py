"""The embedded engines keep to themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

USE = """
from services.local.embedding import MiniLM
MiniLM().encode(["a harbour at dawn"])
"""


def test_the_embedding_model_leaves_nothing_in_the_home_directory(tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    environment = {**os.environ, **home}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", USE], env=environment, check=True, timeout=60)
    assert list(tmp_path.rglob("*")) == []
