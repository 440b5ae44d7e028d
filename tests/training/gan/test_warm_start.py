"""A run that begins with an exported network dreams like it, and learns from there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from generator.dream.network import NetworkError
from tests.drawn.tiny_corpus import TINY, budget, newest, same_state
from training.__main__ import main
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan.config import TrainConfig
from training.gan.export import export_generator
from training.gan.networks import Generator
from training.gan.sample import dream, dream_of_onnx, load_generator, z_of_seeds
from training.gan.train import train
from training.gan.warm_start import begin_with, read_start

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["palette", "rgb"])
def exported(
    request: pytest.FixtureRequest, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("first")
    train(corpus, folder, replace(TINY, head=request.param, harden_images=(0, 1)), budget(6))
    export_generator(*load_generator(folder, calibration=64), folder / "network.onnx")
    return folder / "network.onnx"


def config_for(path: Path, **others: object) -> TrainConfig:
    start = read_start(path)
    head = "palette" if "head.choice.weight" in start.weights else "rgb"
    config = replace(
        TINY, head=head, harden_images=(0, 1), start_sha256=start.sha256, start_images=start.images
    )
    return replace(config, **others)  # type: ignore[arg-type]


def test_the_weights_dream_as_the_file_does(exported: Path) -> None:
    config = config_for(exported)
    generator = Generator(config.latent, config.generator_widths, config.head)
    begin_with(generator, read_start(exported))
    ours = dream(generator.eval(), z_of_seeds([1, 2, 3], config.latent)).astype(int)
    off = np.abs(ours - dream_of_onnx(exported, [1, 2, 3])[0])
    assert np.quantile(off, 0.99) <= 2  # of 255; near a tie a hard choice may flip


def test_counting_goes_on_and_the_generator_waits(corpus: Corpus, exported: Path, tmp_path: Path) -> None:
    config = config_for(exported, wait_images=4)
    assert train(corpus, tmp_path, config, budget(8, start=exported))
    waited = newest(tmp_path)
    assert waited.description["images"] == 16
    fresh = Generator(config.latent, config.generator_widths, config.head)
    begin_with(fresh, read_start(exported))
    for name, weight in fresh.named_parameters():
        moved = (waited.tensors[f"generator.{name}"] - weight.detach()).abs().max()
        assert moved < config.rate / 2  # rounding; a step of Adam moves by the rate
    assert train(corpus, tmp_path, config, budget(10, start=exported))  # resumes, and learns
    learnt = newest(tmp_path)
    assert not torch.equal(
        learnt.tensors["generator.details.0.weight"], waited.tensors["generator.details.0.weight"]
    )
    assert learnt.description["config"]["start_images"] == 12


def test_it_resumes_to_the_bit(corpus: Corpus, exported: Path, tmp_path: Path) -> None:
    config = config_for(exported, wait_images=2)
    train(corpus, tmp_path / "once", config, budget(9, start=exported))
    for steps in (7, 9):
        train(corpus, tmp_path / "twice", config, budget(steps, start=exported))
    assert same_state(tmp_path / "once", tmp_path / "twice")


def test_other_layers_are_refused(exported: Path) -> None:
    config = config_for(exported)
    wider = Generator(config.latent, (16, 8, 4, 4, 4), config.head)
    with pytest.raises(TrainingError, match=r"network\.onnx: a network with other layers .*leave --start"):
        begin_with(wider, read_start(exported))


def test_a_file_that_is_no_network_is_refused(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"not a network")
    with pytest.raises(NetworkError, match=r"broken\.onnx"):
        read_start(tmp_path / "broken.onnx")
    said = ["train", "--corpus", str(corpus.path), "--out", str(tmp_path / "run"), "--start"]
    assert main([*said, str(tmp_path / "broken.onnx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_without_the_start_the_run_says_what_differs(corpus: Corpus, exported: Path, tmp_path: Path) -> None:
    config = config_for(exported)
    train(corpus, tmp_path, config, budget(7, start=exported))
    with pytest.raises(TrainingError, match="begun with start_sha256"):
        train(corpus, tmp_path, replace(config, start_sha256="", start_images=0), budget(7))
