"""A network as one ONNX file that the game loads: weights inside, described in its metadata."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from generator.files import check_folder
from generator.nes.roles import SCREEN_PX, TILE

from .errors import TrainingError
from .files import write_file

FORMAT = "1"
OPSET = 18
"""The oldest that PyTorch's exporter writes without converting; ONNX Runtime 1.20 reads up to 22."""
LARGEST_EXPORT_BYTES = 24 * 1024 * 1024
"""Largest file that is written. What is read may be larger: `generator/dream/loading.py`."""
LARGEST_DIFFERENCE = 1e-3
"""Between PyTorch and ONNX Runtime, of values in -1..1: a quarter of one of 256 levels is 2e-3."""
SMALLEST_HALVED = 1_024
"""Numbers in the smallest tensor that is stored in half precision."""
FLIPPED = 1e-4
"""Share of values that may differ more: there two choices of the palette head are equally likely."""


def check_out(path: Path) -> None:
    """Raises TrainingError or WriteError where no network can be written: before hours are spent on it."""
    if path.suffix != ".onnx":
        raise TrainingError(f"{path}: no name for a network; end --out with .onnx")
    check_folder(path.parent)


def to_onnx(
    network: nn.Module, example: torch.Tensor, input_name: str, output_names: Sequence[str]
) -> onnx.ModelProto:
    """A network in eval mode as a model whose batch may have any length.

    Args:
        example: an input of 2 or more: a batch of 1 would become a constant.
    """
    batch = torch.export.Dim("batch", min=1, max=4096)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it says that torchvision is not there
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            external_data=False,
            opset_version=OPSET,
            input_names=[input_name],
            output_names=list(output_names),
            dynamic_shapes=({0: batch},),
            verbose=False,
        )
    if program is None:
        raise TrainingError("the exporter of PyTorch returned no program; install the pinned versions")
    return program.model_proto


def describe(model: onnx.ModelProto, kind: str, own: dict[str, str], made_of: Mapping[str, Any]) -> None:
    """Replaces a model's metadata by `ganvania.*` strings; the exporter's own names this machine's paths.

    Args:
        kind: "generator" or "roles".
        own: what networks of this kind say beside all others.
        made_of: corpus_sha256, images (seen in training), licence and credits.
    """
    del model.metadata_props[:]
    for part in (*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        del part.metadata_props[:]
        if isinstance(part, onnx.NodeProto):
            part.doc_string = ""
    del model.graph.metadata_props[:]
    strings = {"format": FORMAT, "kind": kind, **own}
    strings |= {"image_size": str(SCREEN_PX), "tile_size": str(TILE), "palette": "2C02"}
    strings |= {"corpus_sha256": made_of["corpus_sha256"], "images_seen": str(made_of["images"])}
    strings |= {"licence": made_of["licence"], "credits": made_of["credits"]}
    onnx.helper.set_model_props(model, {f"ganvania.{name}": value for name, value in strings.items()})
    model.producer_name, model.producer_version, model.doc_string = "ganvania", FORMAT, ""


def store_halves(model: onnx.ModelProto) -> None:
    """Stores the float32 weights that half precision holds exactly in half of their bytes, in place.

    They are cast back where they are used; ONNX Runtime does that once, when it loads the file, and computes
    in float32 as before.
    """
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != onnx.TensorProto.FLOAT:
            continue
        whole = onnx.numpy_helper.to_array(tensor)
        half = whole.astype(np.float16)
        if whole.size < SMALLEST_HALVED or not np.array_equal(half.astype(np.float32), whole):
            continue
        name = tensor.name
        tensor.CopyFrom(onnx.numpy_helper.from_array(half, f"{name}.half"))
        casts.append(onnx.helper.make_node("Cast", [tensor.name], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def save_model(model: onnx.ModelProto, path: Path, network: nn.Module, example: torch.Tensor) -> float:
    """Checks a model, compares it with its network, and writes it.

    Returns: the largest difference of their outputs on the example.
    Raises: TrainingError where that or the file is too large, WriteError where the disk refuses; then nothing
        is written.
    """
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    if len(data) > LARGEST_EXPORT_BYTES:
        raise TrainingError(
            f"{path}: {len(data):,} bytes, more than {LARGEST_EXPORT_BYTES:,}; use narrower networks"
        )
    if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in model.graph.initializer):
        raise TrainingError(
            f"{path}: the exporter left weights outside of the file; install the pinned versions"
        )
    difference = compare(network, data, example)
    write_file(path, data)
    return difference


def compare(network: nn.Module, data: bytes, example: torch.Tensor) -> float:
    """The largest difference between PyTorch and ONNX Runtime on a batch, but for the share `FLIPPED`.

    Raises TrainingError where it is too large.
    """
    with torch.no_grad():
        expected = network(example)
    all_expected = expected if isinstance(expected, tuple) else (expected,)
    difference = 0.0
    for given, wanted in zip(run_onnx(data, example.numpy()), all_expected, strict=True):
        differences = np.abs(given - wanted.numpy())
        difference = max(difference, float(np.quantile(differences, 1.0 - FLIPPED, method="lower")))
    if not difference <= LARGEST_DIFFERENCE:
        raise TrainingError(
            f"the exported network differs from the trained one by {difference:.2g}; do not use it"
        )
    return difference


def run_onnx(data: bytes, batch: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The outputs of a model that has one input, computed on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    outputs = session.run(None, {session.get_inputs()[0].name: batch})
    return [np.asarray(output, dtype=np.float32) for output in outputs]
