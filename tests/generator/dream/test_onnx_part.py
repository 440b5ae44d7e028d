"""The part of a model that some outputs need says the same of them, and computes nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from generator.dream.loading import GLANCED, load_generator
from generator.dream.onnx_part import part
from tests.drawn import onnx_files


def model(*more: onnx.NodeProto) -> bytes:
    """x -> y = relu(x * w), and from it z = y + w; then more nodes."""
    weights = [
        helper.make_tensor("w", TensorProto.FLOAT, [1], [2.0]),
        helper.make_tensor("unused", TensorProto.FLOAT, [3], [0.0] * 3),
    ]
    nodes = [
        helper.make_node("Mul", ["x", "w"], ["product"]),
        helper.make_node("Relu", ["product"], ["y"]),
        helper.make_node("Add", ["y", "w"], ["z"]),
        *more,
    ]
    x, y, z = (helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n"]) for name in "xyz")
    graph = helper.make_graph(nodes, "g", [x], [y, z], weights)
    opset = [helper.make_opsetid("", 20)]
    made: bytes = helper.make_model(graph, opset_imports=opset, ir_version=10).SerializeToString()
    return made


@pytest.mark.parametrize(("outputs", "nodes"), [(["y"], 2), (["z"], 3), (["y", "z"], 3)])
def test_only_what_is_needed_is_left(outputs: list[str], nodes: int) -> None:
    cut = part(model(), outputs)
    assert cut is not None
    left = onnx.load_from_string(cut)
    onnx.checker.check_model(left, full_check=True)
    assert [output.name for output in left.graph.output] == outputs
    assert len(left.graph.node) == nodes
    assert [weight.name for weight in left.graph.initializer] == ["w"]


def test_what_is_left_says_the_same() -> None:
    x = np.linspace(-1, 1, 7, dtype=np.float32)
    whole = onnxruntime.InferenceSession(model()).run(["y"], {"x": x})[0]
    cut = onnxruntime.InferenceSession(part(model(), ["y"])).run(None, {"x": x})
    assert len(cut) == 1 and np.array_equal(cut[0], whole)


def test_graphs_within_nodes_are_left_alone() -> None:
    empty = helper.make_graph(
        [helper.make_node("Identity", ["y"], ["in"])], "b", [],
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, ["n"])],
    )  # fmt: skip
    node = helper.make_node("If", ["yes"], ["chosen"], then_branch=empty, else_branch=empty)
    assert part(model(node), ["y"]) is None


def test_a_network_glances_by_its_part(tmp_path: Path) -> None:
    network = load_generator(onnx_files.write(onnx_files.telling_generator_model(), tmp_path / "tells.onnx"))
    assert [output.name for output in network._glancing.get_outputs()] == list(GLANCED)
    z = np.random.default_rng(1).standard_normal((2, network.latent), np.float32)
    _, odds = network.dream_with_roles(z)
    assert np.array_equal(network.glance(z)[0], odds)


def test_a_network_that_says_no_roles_has_no_such_part(tmp_path: Path) -> None:
    path = onnx_files.write(onnx_files.generator_model(), tmp_path / "dream.onnx")
    assert load_generator(path)._glancing is None
