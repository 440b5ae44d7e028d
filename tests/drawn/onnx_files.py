"""Tiny ONNX files for tests: networks whose answers are known, and the many ways in which a file can be
wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from generator.nes.palette import to_rgb
from generator.nes.roles import BASE_ROLES, FOLD, Role

LATENT = 16
METADATA = {
    "format": "1",
    "image_size": "224",
    "tile_size": "16",
    "palette": "2C02",
    "corpus_sha256": "0" * 64,
    "images_seen": "1",
    "licence": "MIT",
    "credits": "tests",
}
GENERATOR_METADATA = METADATA | {"kind": "generator", "latent": str(LATENT)}
ROLES_METADATA = METADATA | {"kind": "roles", "roles": ",".join(role.name for role in Role)}

Constants = dict[str, NDArray[Any] | np.generic]


@cache
def painted(game: int = 3, count: int = LATENT) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(palette indices uint8[count, 224, 224], roles uint8[count, 14, 14]) of screens of one painted game."""
    from training.painter import paint_game, paint_screen

    made = paint_game(game)
    pairs = [paint_screen(made, seed) for seed in range(count)]
    return np.stack([p[0] for p in pairs]), np.stack([p[1] for p in pairs])


def certain_odds(roles: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Odds float32[n, 14, 14, 17] of somebody who is rather sure of these roles."""
    odds = np.full((*roles.shape, BASE_ROLES), 0.01, np.float32)
    np.put_along_axis(odds, FOLD[roles][..., None].astype(np.intp), 1.0 - 0.01 * (BASE_ROLES - 1), -1)
    return odds


def model(
    nodes: list[onnx.NodeProto],
    constants: Constants,
    ports: tuple[tuple[str, list[Any]], tuple[str, list[Any]]],
    metadata: dict[str, str],
    dtype: int = TensorProto.FLOAT,
) -> onnx.ModelProto:
    """A model with one input and one output: ports = ((name, shape), (name, shape))."""
    (input_name, input_shape), (output_name, output_shape) = ports
    graph = helper.make_graph(
        nodes,
        "test",
        [helper.make_tensor_value_info(input_name, dtype, input_shape)],
        [helper.make_tensor_value_info(output_name, TensorProto.FLOAT, output_shape)],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in constants.items()],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(made, {f"ganvania.{key}": value for key, value in metadata.items()})
    return made


def generator_model(
    metadata: dict[str, str] | None = None,
    scale: float = 1 / 127.5,
    input_name: str = "z",
    latent: int = LATENT,
) -> onnx.ModelProto:
    """Dreams the painted screen whose number is the largest entry of z."""
    screens = to_rgb(painted()[0]).transpose(0, 3, 1, 2)
    nodes = [
        helper.make_node("ArgMax", [input_name], ["which"], axis=1, keepdims=0),
        helper.make_node("Gather", ["screens", "which"], ["picked"], axis=0),
        helper.make_node("Cast", ["picked"], ["levels"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["levels", "scale"], ["scaled"]),
        helper.make_node("Sub", ["scaled", "one"], ["screen"]),
    ]
    constants: Constants = {"screens": screens, "scale": np.float32(scale), "one": np.float32(1)}
    ports = ((input_name, ["batch", latent]), ("screen", ["batch", 3, 224, 224]))
    return model(nodes, constants, ports, GENERATOR_METADATA if metadata is None else metadata)


def telling_generator_model(scale: float = 1.0, width: int = len(Role)) -> onnx.ModelProto:
    """Dreams as `generator_model` does, and says so many of its screens' roles, times `scale`, and thirteen
    colours."""
    made = generator_model(GENERATOR_METADATA | {"roles": ",".join(role.name for role in Role)})
    odds = np.full((LATENT, 14, 14, len(Role)), 0.001, np.float32)
    np.put_along_axis(odds, painted()[1][..., None].astype(np.intp), 0.975, -1)
    colours = np.random.default_rng(2).uniform(-1, 1, (LATENT, 13, 3)).astype(np.float32)
    for name, values in (("roles", odds[..., :width] * np.float32(scale)), ("colours", colours)):
        made.graph.initializer.append(numpy_helper.from_array(values, f"all_{name}"))
        made.graph.node.append(helper.make_node("Gather", [f"all_{name}", "which"], [name], axis=0))
        shape = ["batch", *values.shape[1:]]
        made.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    return made


def roles_model(
    metadata: dict[str, str] | None = None, roles: tuple[Role, ...] = tuple(Role)
) -> onnx.ModelProto:
    """Guesses a cell's role, of these, by how much red, green and blue it has."""
    nodes = [
        helper.make_node("AveragePool", ["screens"], ["mean"], kernel_shape=[16, 16], strides=[16, 16]),
        helper.make_node("Conv", ["mean", "weights"], ["logits"]),
    ]
    weights = np.random.default_rng(1).normal(0, 4, (len(roles), 3, 1, 1)).astype(np.float32)
    ports = (("screens", ["batch", 3, 224, 224]), ("logits", ["batch", len(roles), 14, 14]))
    said = ROLES_METADATA | {"roles": ",".join(role.name for role in roles)}
    return model(nodes, {"weights": weights}, ports, said if metadata is None else metadata)


def write(made: onnx.ModelProto, path: Path) -> Path:
    """The model as a file."""
    path.write_bytes(made.SerializeToString())
    return path


def with_external_data(made: onnx.ModelProto) -> onnx.ModelProto:
    """The same, its first weights said to lie in another file."""
    changed: onnx.ModelProto = onnx.ModelProto.FromString(made.SerializeToString())
    tensor = changed.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    return changed


def flat_generator(level: float) -> onnx.ModelProto:
    """Dreams one grey, whatever z is: -1 is black."""
    nodes = [
        helper.make_node("ReduceSum", ["z", "axes"], ["sum"], keepdims=1),
        helper.make_node("Mul", ["sum", "zero"], ["nothing"]),
        helper.make_node("Reshape", ["nothing", "shape"], ["one"]),
        helper.make_node("Add", ["one", "picture"], ["screen"]),
    ]
    constants: Constants = {
        "axes": np.array([1], np.int64),
        "zero": np.float32(0),
        "shape": np.array([-1, 1, 1, 1], np.int64),
        "picture": np.full((1, 3, 224, 224), level, np.float32),
    }
    ports = (("z", ["batch", LATENT]), ("screen", ["batch", 3, 224, 224]))
    return model(nodes, constants, ports, GENERATOR_METADATA)


def noise_generator() -> onnx.ModelProto:
    """Random weights: one linear layer from z to the cells, a sine over it."""
    dice = np.random.default_rng(5)
    nodes = [
        helper.make_node("MatMul", ["z", "weights"], ["coarse"]),
        helper.make_node("Reshape", ["coarse", "shape"], ["grid"]),
        helper.make_node("Resize", ["grid", "", "scales"], ["large"], mode="nearest"),
        helper.make_node("Add", ["large", "grain"], ["mixed"]),
        helper.make_node("Sin", ["mixed"], ["screen"]),
    ]
    constants: Constants = {
        "weights": dice.normal(0, 1, (LATENT, 3 * 28 * 28)).astype(np.float32),
        "shape": np.array([-1, 3, 28, 28], np.int64),
        "scales": np.array([1, 1, 8, 8], np.float32),
        "grain": dice.normal(0, 1, (1, 3, 224, 224)).astype(np.float32),
    }
    ports = (("z", ["batch", LATENT]), ("screen", ["batch", 3, 224, 224]))
    return model(nodes, constants, ports, GENERATOR_METADATA, TensorProto.FLOAT)
