"""The eye sees nothing indecent in what is harmless, and has no score for what it cannot see.

Whether it finds what it is there for cannot be tested with material that belongs into a repository.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from services.local.embedding import MiniLM
from services.local.engine import PaintRequest
from services.local.eye import SentinelEye
from services.local.illustrator import Illustrator

PROMPTS = (
    "A lighthouse above the cliffs at dusk",
    "Nurses carrying cool boxes by bicycle in Malawi",
    "A bowl of lentil soup in a warm kitchen, watercolour",
    "An abstract composition in pink and beige curves",
)


@pytest.fixture(scope="module")
def illustrator() -> Illustrator:
    return Illustrator(MiniLM(threads=1))


@pytest.fixture(scope="module")
def eye() -> SentinelEye:
    return SentinelEye()


@pytest.mark.parametrize("prompt", PROMPTS)
def test_harmless_pictures_pass(eye, illustrator, prompt):
    hazards = eye.look(illustrator.paint(PaintRequest(prompt, width=512, height=512, seed=3)))
    assert hazards.flagged == ()
    assert hazards.scores["S12"] < 0.3


def test_only_sexual_hazards_have_a_score_and_the_others_follow_from_it(eye):
    picture = np.random.default_rng(1).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    scores = eye.look(picture).scores
    assert scores.keys() == {"S3", "S4", "S12"}
    assert scores["S3"] == scores["S4"] == pytest.approx(scores["S12"] / 2, abs=1e-3)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 900, 3), (700, 2, 3)])
def test_odd_shapes_are_looked_at_too(eye, shape):
    assert 0 <= eye.look(np.full(shape, 128, dtype=np.uint8)).scores["S12"] <= 1


def test_the_same_picture_gets_the_same_score(eye):
    picture = np.random.default_rng(2).integers(0, 255, (300, 200, 3)).astype(np.uint8)
    assert eye.look(picture) == eye.look(picture)


def test_the_network_is_loaded_with_the_first_picture_and_not_before():
    code = """
import sys
from services.local.eye import SentinelEye
import onnxruntime
made = []
real = onnxruntime.InferenceSession
onnxruntime.InferenceSession = lambda *a, **k: made.append(1) or real(*a, **k)
eye = SentinelEye()
assert not made
import numpy
eye.look(numpy.zeros((8, 8, 3), numpy.uint8))
eye.look(numpy.zeros((8, 8, 3), numpy.uint8))
sys.exit(0 if len(made) == 1 else 1)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
