"""A generator as one ONNX file that the game loads: weights inside, described in its metadata."""

from __future__ import annotations

import logging
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from generator.files import write_atomically
from generator.nes.roles import SCREEN_PX, TILE

from ..errors import TrainingError
from .checkpoint import Checkpoint

FORMAT = "1"
OPSET = 18
"""The oldest that the exporter writes without converting; ONNX Runtime 1.20 reads up to 22."""
LARGEST_FILE_BYTES = 24 * 1024 * 1024
LARGEST_DIFFERENCE = 1e-3
"""Between PyTorch and ONNX Runtime, of values in -1..1: a quarter of one of 256 levels is 2e-3."""
FLIPPED = 1e-4
"""Share of values that may differ more: where two choices of the palette head are all but equally likely."""


def to_onnx(network: nn.Module, example: torch.Tensor, input_name: str, output_name: str) -> onnx.ModelProto:
    """An eval-mode network as a model with a free batch axis; `example` needs 2 or more, or 1 is baked in."""
    batch = torch.export.Dim("batch", min=1, max=4096)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # says that torchvision is not there
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            external_data=False,
            opset_version=OPSET,
            input_names=[input_name],
            output_names=[output_name],
            dynamic_shapes=({0: batch},),
            verbose=False,
        )
    if program is None:
        raise TrainingError("the exporter of PyTorch returned no program; install the pinned versions")
    return program.model_proto


def describe(model: onnx.ModelProto, metadata: dict[str, str]) -> None:
    """Replaces the metadata by `ganvania.*` strings; the exporter's own names paths of this machine."""
    del model.metadata_props[:]
    for part in (*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        del part.metadata_props[:]
        if isinstance(part, onnx.NodeProto):
            part.doc_string = ""
    del model.graph.metadata_props[:]
    onnx.helper.set_model_props(model, {f"ganvania.{name}": value for name, value in metadata.items()})
    model.producer_name, model.producer_version, model.doc_string = "ganvania", FORMAT, ""


def check_out(path: Path) -> None:
    """Raises TrainingError where a network cannot be written there, before hours are spent on it."""
    if path.suffix != ".onnx":
        raise TrainingError(f"{path}: no name for a network; end --out with .onnx")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise TrainingError(f"{path}: cannot be written ({error.strerror}); choose another --out") from error


def save_model(model: onnx.ModelProto, path: Path, network: nn.Module, example: torch.Tensor) -> float:
    """Checks a model, holds it against the network that it is of, and writes it.

    Returns: the largest difference of their outputs on the example.
    Raises: TrainingError where that or the file is too large, or the disk refuses; then nothing is written.
    """
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    if len(data) > LARGEST_FILE_BYTES:
        raise TrainingError(
            f"{path}: {len(data):,} bytes, more than {LARGEST_FILE_BYTES:,}; use narrower networks"
        )
    if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in model.graph.initializer):
        raise TrainingError(
            f"{path}: the exporter left weights outside of the file; install the pinned versions"
        )
    difference = compare(network, data, example)
    try:
        write_atomically(path, lambda file: file.write(data))
    except OSError as error:
        raise TrainingError(f"{path}: cannot be written ({error.strerror}); choose another --out") from error
    return difference


def compare(network: nn.Module, data: bytes, example: torch.Tensor) -> float:
    """Largest difference between PyTorch and ONNX Runtime on one batch, the largest `FLIPPED` of them aside;
    TrainingError where too large."""
    with torch.no_grad():
        expected = network(example).numpy()
    differences = np.abs(run_onnx(data, example.numpy()) - expected)
    difference = float(np.quantile(differences, 1.0 - FLIPPED, method="lower"))
    if not difference <= LARGEST_DIFFERENCE:
        raise TrainingError(
            f"the exported network differs from the trained one by {difference:.2g}; do not use it"
        )
    return difference


def run_onnx(data: bytes, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    """One run of a model with one input and one output, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    (output,) = session.run(None, {session.get_inputs()[0].name: batch})
    return np.asarray(output, dtype=np.float32)


def export_generator(generator: nn.Module, saved: Checkpoint, path: Path) -> float:
    """Writes a generator as ONNX; returns its largest difference from PyTorch. Raises TrainingError."""
    check_out(path)
    latent = saved.description["config"]["latent"]
    example = torch.randn(3, latent, generator=torch.Generator().manual_seed(0))
    model = to_onnx(generator, example, "z", "screen")
    metadata = {
        "format": FORMAT,
        "kind": "generator",
        "latent": str(latent),
        "image_size": str(SCREEN_PX),
        "tile_size": str(TILE),
        "palette": "2C02",
        "corpus_sha256": saved.description["corpus_sha256"],
        "images_seen": str(saved.description["images"]),
        "licence": saved.description["licence"],
        "credits": saved.description["credits"],
    }
    describe(model, metadata)
    return save_model(model, path, generator, example)
