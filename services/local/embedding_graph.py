"""The graph of the embedding model, rewritten before it is run.

The model's file holds its weights as 8-bit integers with a scale for each column, and turns them all into floating
point before it multiplies. What is rewritten keeps the stored weights as they are:

- A word is looked up first and scaled then, instead of a table of 30,522 words being scaled first: the same numbers,
  and no table of 47 MB.
- In integers, what is multiplied by the weights is rounded to 8 bits too, by the range of the values at hand. Products
  and their sums are whole numbers of 32 bits then, the same ones on every processor.

Operators: https://onnx.ai/onnx/operators/ and, of ONNX Runtime's own,
https://onnxruntime.ai/docs/reference/operators/ContribOperators.html
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import onnx
import onnxruntime
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

_OWN_OPERATORS: Final = "com.microsoft"
_MIDDLE: Final = 128


class _Weights(NamedTuple):
    """A matrix as it is stored: 8-bit integers, and what their rows or columns are multiplied by."""

    integers: TensorProto
    scale: TensorProto


def in_floats(path: Path) -> bytes:
    """The model of a file; it gives the very numbers that the file as it is gives."""
    model = onnx.load(path)
    _look_up_then_scale(model.graph)
    return model.SerializeToString()


def in_integers(path: Path, *, signed: bool) -> bytes:
    """The model of a file with its products in integers; the numbers do not depend on `signed`.

    Args:
        path: the file.
        signed: multiply unsigned by signed integers, which is quicker where it `is_exact_signed`.
    """
    model = onnx.load(path)
    _look_up_then_scale(model.graph)
    _multiply_integers(model.graph, signed=signed)
    model.opset_import.append(helper.make_opsetid(_OWN_OPERATORS, 1))
    return model.SerializeToString()


@cache
def is_exact_signed() -> bool:
    """Whether ONNX Runtime multiplies unsigned by signed 8-bit integers without loss on this processor.

    It does where the processor has instructions for it. On x86 without VNNI each sum of two products is cut at 16 bits,
    and only unsigned by unsigned ones are exact:
    https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html
    """
    depth, width = 64, 16
    left = helper.make_tensor_value_info("left", TensorProto.UINT8, [1, depth])
    right = numpy_helper.from_array(np.full((depth, width), 127, np.int8), "right")
    product = helper.make_tensor_value_info("product", TensorProto.INT32, [1, width])
    node = helper.make_node("MatMulInteger", [left.name, right.name], [product.name])
    graph = helper.make_graph([node], "probe", [left], [product], [right])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (found,) = session.run([product.name], {left.name: np.full((1, depth), 255, np.uint8)})
    return bool(np.all(np.asarray(found) == depth * 255 * 127))


def _look_up_then_scale(graph: GraphProto) -> None:
    weights = _weights(graph)
    nodes: list[NodeProto] = []
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0] in weights:
            table, rows, (found,) = weights[node.input[0]], node.input[1], node.output
            nodes += [
                helper.make_node("Gather", [table.integers.name, rows], [f"{found}_integers"]),
                helper.make_node("Gather", [table.scale.name, rows], [f"{found}_scale"]),
                helper.make_node("Cast", [f"{found}_integers"], [f"{found}_floats"], to=TensorProto.FLOAT),
                helper.make_node("Mul", [f"{found}_floats", f"{found}_scale"], [found]),
            ]
        else:
            nodes.append(node)
    _replace(graph, nodes)


def _multiply_integers(graph: GraphProto, *, signed: bool) -> None:
    weights = _weights(graph)
    added = {node.input[0]: node for node in graph.node if node.op_type == "Add"}
    done: set[str] = set()
    nodes: list[NodeProto] = []
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            sum_ = added[node.output[0]]
            inputs = [node.input[0], *_stored(graph, node.input[1], weights[node.input[1]], signed), sum_.input[1]]
            nodes.append(helper.make_node("DynamicQuantizeMatMul", inputs, sum_.output, domain=_OWN_OPERATORS))
            done.add(sum_.output[0])
        elif node.output[0] not in done:
            nodes.append(node)
    _replace(graph, nodes)


def _weights(graph: GraphProto) -> dict[str, _Weights]:
    """The matrices that are scaled from stored integers, by the name of what comes out."""
    stored = {tensor.name: tensor for tensor in graph.initializer}
    cast = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Cast" and node.input[0] in stored}
    return {
        node.output[0]: _Weights(stored[cast[node.input[0]]], stored[node.input[1]])
        for node in graph.node
        if node.op_type == "Mul" and node.input[0] in cast
    }


def _stored(graph: GraphProto, name: str, weights: _Weights, signed: bool) -> tuple[str, str, str]:
    """Names of a matrix's integers, scales by column and zero ("" for 0), as `DynamicQuantizeMatMul` wants them."""
    integers, zero = numpy_helper.to_array(weights.integers), ""
    if not signed:
        integers, zero = (integers.astype(np.int16) + _MIDDLE).astype(np.uint8), f"{name}_zero"
        graph.initializer.append(numpy_helper.from_array(np.full((), _MIDDLE, np.uint8), zero))
    graph.initializer.append(numpy_helper.from_array(integers, f"{name}_integers"))
    graph.initializer.append(numpy_helper.from_array(numpy_helper.to_array(weights.scale).ravel(), f"{name}_scales"))
    return f"{name}_integers", f"{name}_scales", zero


def _replace(graph: GraphProto, nodes: list[NodeProto]) -> None:
    """Give the graph these nodes, in order, without those of which nothing comes; nor does it keep tensors unused."""
    wanted, kept = {output.name for output in graph.output}, []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    tensors = [tensor for tensor in graph.initializer if tensor.name in wanted]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(tensors)
