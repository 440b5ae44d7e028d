"""A run that begins with the networks of another one dreams as that does, and learns from there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.drawn.tiny_corpus import TINY, budget, newest, same_state
from training.__main__ import main
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan.config import ARTICLE, TrainConfig
from training.gan.sample import dream, load_generator, z_of_seeds
from training.gan.train import train
from training.gan.trainer import Trainer
from training.gan.warm_start import begin_with, read_start, save_start

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def start(twenty_steps: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("start") / "start.safetensors"
    assert save_start(newest(twenty_steps), path) == path.stat().st_size
    return path


def config_for(path: Path) -> TrainConfig:
    found = read_start(path)
    return replace(TINY, codec_images=4, start_sha256=found.sha256, start_images=found.images)


def test_it_dreams_as_the_averaged_generator(corpus: Corpus, twenty_steps: Path, start: Path) -> None:
    trainer = Trainer(corpus, TINY, torch.device("cpu"))
    begin_with(trainer.networks, read_start(start))
    z = z_of_seeds([1, 2, 3], TINY.latent)
    wanted, saved = load_generator(twenty_steps, calibration=64)
    averaged = dream(trainer.averaged.eval(), z).astype(int)
    assert np.quantile(np.abs(averaged - dream(wanted, z)), 0.5) < 64  # norms are calibrated by few dreams
    for name, tensor in trainer.averaged.state_dict().items():
        assert torch.allclose(tensor.float(), saved.tensors[f"averaged.{name}"].float(), atol=2e-3, rtol=1e-3)


def test_it_learns_counts_on_and_resumes_to_the_bit(corpus: Corpus, start: Path, tmp_path: Path) -> None:
    config = config_for(start)
    assert read_start(start).images == 80
    train(corpus, tmp_path / "once", config, budget(4, start=start))
    for steps in (2, 4):
        train(corpus, tmp_path / "twice", config, budget(steps, start=start))
    assert same_state(tmp_path / "once", tmp_path / "twice")
    assert newest(tmp_path / "once").description["config"]["start_images"] == 80


def test_what_a_network_beside_it_holds_is_left_out(
    twenty_steps: Path, start: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network, less = tmp_path / "dream.onnx", tmp_path / "less.safetensors"
    said = ["export", str(twenty_steps), "--out", str(network), "--start", str(less), "--beside"]
    assert main(said) == 0
    assert less.stat().st_size < start.stat().st_size
    whole, joined = read_start(start).weights, read_start(less).weights
    assert all(torch.equal(joined[name], tensor) for name, tensor in whole.items())
    network.write_bytes(network.read_bytes() + b"\0")
    with pytest.raises(TrainingError, match=r"dream\.onnx beside it is another network"):
        read_start(less)
    assert main([*said[:5], str(tmp_path / "else" / "less.safetensors"), "--beside"]) == 2
    assert "one folder" in capsys.readouterr().err


def test_other_shapes_are_refused(corpus: Corpus, start: Path) -> None:
    wider = Trainer(corpus, replace(TINY, bank=7), torch.device("cpu"))
    with pytest.raises(TrainingError, match=r"start\.safetensors: networks of other shapes .*leave --start"):
        begin_with(wider.networks, read_start(start))


def test_a_file_that_is_no_start_is_refused(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"not a network")
    said = ["train", "--corpus", str(corpus.path), "--out", str(tmp_path / "run"), "--start", str(broken)]
    assert main(said) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "nothing that a run can begin with" in error
    assert not (tmp_path / "run").exists()


def test_the_command_writes_one_and_begins_with_it(
    corpus: Corpus, twenty_steps: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.safetensors"
    assert main(["export", str(twenty_steps), "--start", str(path)]) == 0
    assert "mine.safetensors" in capsys.readouterr().out
    assert read_start(path).shapes["bank"] == TINY.bank


def test_nothing_begins_with_the_article_s_recipe(corpus: Corpus, twenty_steps: Path, tmp_path: Path) -> None:
    saved = newest(twenty_steps)
    saved.description["config"]["recipe"] = ARTICLE.recipe
    with pytest.raises(TrainingError, match="nothing can begin with a run of --recipe article"):
        save_start(saved, tmp_path / "start.safetensors")


def test_without_the_start_the_run_says_what_differs(corpus: Corpus, start: Path, tmp_path: Path) -> None:
    config = config_for(start)
    train(corpus, tmp_path, config, budget(1, start=start))
    with pytest.raises(TrainingError, match="begun with start_sha256"):
        train(corpus, tmp_path, replace(config, start_sha256="", start_images=0), budget(2))
