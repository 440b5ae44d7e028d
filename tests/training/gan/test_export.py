"""The exported file: ONNX against PyTorch, a free batch, its metadata; and the command line around it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from PIL import Image

from generator.nes.roles import Role
from tests.drawn.tiny_corpus import TINY, newest
from training import onnx_file
from training.__main__ import COMMANDS, main
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan import sample_grids
from training.gan.checkpoint import Checkpoint
from training.gan.codec import Codec
from training.gan.export import export_generator
from training.gan.networks import Generator
from training.gan.sample import dream, load_generator, z_of_seeds
from training.onnx_file import compare, run_onnx, save_model

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def exported(seven_steps: Path) -> tuple[Generator, Path]:
    """The generator of a run and what the run exported of it; both are calibrated by one batch of dreams."""
    generator, _ = load_generator(seven_steps, calibration=64)
    assert isinstance(generator, Generator)
    return generator, seven_steps / "network.onnx"


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_onnx_runtime_dreams_what_pytorch_dreams(exported: tuple[Generator, Path], batch: int) -> None:
    generator, path = exported
    z = z_of_seeds(list(range(batch)), TINY.latent)
    with torch.no_grad():
        expected = generator(z)
    made = run_onnx(path.read_bytes(), z.numpy())
    assert [output.shape[1:] for output in made] == [(3, 224, 224), (14, 14, len(Role)), (13, 3)]
    for output, wanted in zip(made, expected, strict=True):
        np.testing.assert_allclose(output, wanted.numpy(), atol=1e-4)


def test_the_file_is_one_small_plain_model_with_its_metadata(exported: tuple[Generator, Path]) -> None:
    _, path = exported
    assert path.stat().st_size <= onnx_file.LARGEST_EXPORT_BYTES
    assert [entry.name for entry in path.parent.glob("network*")] == ["network.onnx"]
    model = onnx.load_from_string(path.read_bytes())
    onnx.checker.check_model(model)
    assert {entry.domain for entry in model.opset_import} <= {"", "ai.onnx"}
    assert [entry.version for entry in model.opset_import] == [onnx_file.OPSET]
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    saved = newest(path.parent)
    assert metadata == {
        "ganvania.format": "1",
        "ganvania.kind": "generator",
        "ganvania.latent": "6",
        "ganvania.image_size": "224",
        "ganvania.tile_size": "16",
        "ganvania.palette": "2C02",
        "ganvania.corpus_sha256": saved.description["corpus_sha256"],
        "ganvania.images_seen": "28",
        "ganvania.roles": ",".join(role.name for role in Role),
        "ganvania.licence": "MIT",
        "ganvania.credits": "painted by a test",
    }
    shapes = {
        port.name: [axis.dim_value for axis in port.type.tensor_type.shape.dim]
        for port in (*model.graph.input, *model.graph.output)
    }
    assert shapes == {
        "z": [0, 6],
        "screen": [0, 3, 224, 224],
        "roles": [0, 14, 14, len(Role)],
        "colours": [0, 13, 3],
    }


def test_the_file_names_no_path_of_the_machine_that_made_it(exported: tuple[Generator, Path]) -> None:
    data = exported[1].read_bytes()
    assert b"/training/" not in data
    assert b".py" not in data


def test_a_file_that_is_too_large_is_not_written(
    exported: tuple[Generator, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_file, "LARGEST_EXPORT_BYTES", 1000)
    generator, path = exported
    z = z_of_seeds([1, 2], TINY.latent)
    with pytest.raises(TrainingError, match="more than 1,000"):
        save_model(onnx.load(path), tmp_path / "network.onnx", generator, z)
    assert not list(tmp_path.iterdir())


def test_an_export_that_differs_is_refused(exported: tuple[Generator, Path]) -> None:
    other = Generator(TINY.latent, TINY.plan_widths, 1, TINY.bank, Codec(TINY.code, 16)).eval()
    with pytest.raises(TrainingError, match="differs from the trained one"):
        compare(other, exported[1].read_bytes(), torch.randn(2, TINY.latent))


def test_a_screen_is_a_function_of_its_seed_alone(exported: tuple[Generator, Path]) -> None:
    generator, _ = exported
    assert torch.equal(z_of_seeds([3, 4], 6)[1], z_of_seeds([4], 6)[0])
    both, alone = dream(generator, z_of_seeds([3, 4], 6)), dream(generator, z_of_seeds([4], 6))
    assert np.abs(both[1].astype(int) - alone[0].astype(int)).max() <= 1


def test_sampling_from_a_run_and_from_its_export(
    exported: tuple[Generator, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator, path = exported
    saved = newest(path.parent)
    # As many dreams to calibrate with as the export had, or the pictures differ a little.
    monkeypatch.setattr("training.gan.sample.load_generator", lambda source: (generator, saved))
    for source in (path.parent, path):
        out = tmp_path / f"{source.name}.png"
        assert main(["sample", str(source), "--seeds", "0-2,9", "--out", str(out), "--raw"]) == 0
        assert Image.open(out).size == (4 * 224, 224)
    pictures = [np.asarray(Image.open(out), dtype=int) for out in sorted(tmp_path.iterdir())]
    assert np.abs(pictures[0] - pictures[1]).max() <= 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "--corpus", "nowhere", "--out", "run"],
        ["train"],
        ["roles", "--corpus", "nowhere", "--out", "r.onnx"],
        ["sample", "nowhere"],
        ["sample", "nowhere.onnx"],
        ["export", "nowhere", "--out", "x.onnx"],
        ["corpus", "--art", "nowhere", "--out", "c"],
        ["corpus", "--screens", "nowhere", "--out", "c"],
        ["export", str(Path(__file__)), "--out", "x.onnx"],
    ],
)
def test_errors_are_one_line_and_exit_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", [each.__name__.rpartition(".")[2] for each in COMMANDS])
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert command in capsys.readouterr().out


def test_arguments_that_are_no_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["sample", "x", "--seeds", "one"],
        ["train", "--batch", "0"],
        ["train", "--images", "x"],
        ["train", "--minutes", "0"],
        ["train", "--minutes", "nan"],
        ["train", "--threads", "99999999999"],
    ):
        assert main(arguments) == 2
        error = capsys.readouterr().err
        assert error.startswith("error: ") and error.count("\n") == 1


def test_a_dry_run_does_everything_once_and_leaves_a_run_in_its_folder_alone(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With networks of full size; it dreams with what its last grid exported. The others need not export."""

    def export_at_last(generator: Generator, saved: Checkpoint, path: Path) -> float:
        return export_generator(generator, saved, path) if saved.description["images"] == 16 else 0.0

    monkeypatch.setattr(sample_grids, "export_generator", export_at_last)
    here, run = tmp_path / "here", tmp_path / "run"
    here.mkdir()
    monkeypatch.chdir(here)
    arguments = ["train", "--dry-run", "--threads", "1", "--precision", "fp32", "--out", str(run)]
    assert main([*arguments, "--corpus", str(corpus.path)]) == 0
    assert "dry run: 16 images" in capsys.readouterr().out
    assert [grid.name for grid in sorted((run / "samples").glob("*.png"))] == [
        f"images-{images:08d}.png" for images in (4, 12, 16)
    ], "one for each lesson"
    assert not list(here.iterdir())


def test_weights_are_stored_in_half_of_their_bytes_and_lose_nothing(exported: tuple[Generator, Path]) -> None:
    generator, path = exported
    model = onnx.load(path)
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    name = "layout.larger.weight"
    assert name not in stored
    half = onnx.numpy_helper.to_array(stored[f"{name}.half"])
    assert half.dtype == np.float16
    assert np.array_equal(half.astype(np.float32), generator.get_parameter(name).detach().numpy())
    assert all(
        tensor.data_type != onnx.TensorProto.FLOAT for tensor in stored.values() if np.prod(tensor.dims) > 9e3
    )
