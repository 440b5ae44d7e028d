"""The loop: it resumes to the bit, survives being killed, and goes back when it goes wrong."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PIL import Image

from generator.dream.loading import load_generator
from generator.files import WriteError
from tests.drawn.tiny_corpus import TINY, budget, newest, same_state, tiny_corpus
from tests.drawn.waiting import HANGS_S
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan import checkpoint, health, losses, precision, sample_grids
from training.gan.train import train
from training.gan.trainer import Trainer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.usefixtures("quick_grids")
@pytest.mark.parametrize("precision_name", ["fp32", "bf16"])
def test_a_run_in_pieces_is_the_same_run_to_the_bit(
    corpus: Corpus, tmp_path: Path, precision_name: str
) -> None:
    """The pieces end in the codec's lesson, at its end, in that of codes, and in that of screens."""
    assert train(corpus, tmp_path / "once", TINY, budget(16, precision=precision_name))
    for steps in (2, 6, 8, 14, 16):
        assert train(corpus, tmp_path / "twice", TINY, budget(steps, precision=precision_name))
    assert same_state(tmp_path / "once", tmp_path / "twice")


@pytest.mark.usefixtures("quick_grids")
def test_resuming_across_epochs_and_penalties(corpus: Corpus, twenty_steps: Path, tmp_path: Path) -> None:
    # 34 screens to train on make epochs of 8 steps; R1 comes every 6 on codes and every 8 on screens.
    for steps in (7, 18, 20):
        train(corpus, tmp_path, TINY, budget(steps))
    assert same_state(twenty_steps, tmp_path)


def test_another_seed_is_another_run(corpus: Corpus, run: Path, tmp_path: Path) -> None:
    train(corpus, tmp_path / "other", replace(TINY, seed=6), budget(2))
    assert not same_state(run, tmp_path / "other")


def test_grids_are_drawn_and_two_checkpoints_kept(
    corpus: Corpus, tmp_path: Path, quick_grids: list[int]
) -> None:
    train(corpus, tmp_path, TINY, budget(9, grid_every=12, grid=4))
    pictures = sorted((tmp_path / "samples").iterdir())
    assert [picture.name for picture in pictures] == [f"images-{n:08d}.png" for n in (12, 24, 36)]
    assert {Image.open(picture).size for picture in pictures} == {(4 * 224, 224)}, (
        "two pairs, then four dreams"
    )
    kept = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert kept == ["step-00000006.safetensors", "step-00000009.safetensors"]
    with Image.open(tmp_path / "progress.gif") as film:
        assert film.n_frames == 3  # type: ignore[attr-defined]  # a GIF has it
    assert quick_grids == [36], "the codec alone dreams nothing"
    (curves,) = (tmp_path / "tensorboard").iterdir()
    assert b"samples/diversity" in curves.read_bytes()


def test_a_grid_exports_and_does_not_change_the_run(
    corpus: Corpus, seven_steps: Path, tmp_path: Path
) -> None:
    assert load_generator(seven_steps / "network.onnx").metadata["images_seen"] == "28"
    train(corpus, tmp_path, TINY, budget(7))
    assert same_state(seven_steps, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_saved_and_goes_on(
    corpus: Corpus, tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Trainer.step

    def interrupted_in_its_second_step(self: Trainer, at: int, name: str) -> dict[str, float]:
        if at == 1:
            os.kill(os.getpid(), number)
        return step(self, at, name)

    before = signal.getsignal(number)
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "step", interrupted_in_its_second_step)
        assert train(corpus, tmp_path / "stopped", TINY, budget(4)) is False
    assert newest(tmp_path / "stopped").description["step"] == 2
    assert signal.getsignal(number) is before
    assert train(corpus, tmp_path / "stopped", TINY, budget(4)) is True
    train(corpus, tmp_path / "whole", TINY, budget(4))
    assert same_state(tmp_path / "stopped", tmp_path / "whole")


KILLED_AGAIN_AND_AGAIN = """
import os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{root!r}]
import torch
from tests.drawn.tiny_corpus import TINY, budget
from training.corpus import open_corpus
from training.gan import checkpoint, sample, sample_grids
from training.gan.train import train
torch.set_num_threads(1)
sample_grids.export_generator = lambda *_: None  # takes seconds
sample.RECALIBRATE_BATCH = 8
corpus, run = open_corpus(Path({corpus!r})), Path({run!r})

def grids():
    return len(list((run / "samples").glob("*.png")))

for number in range(4):
    wanted = grids() + 1 + number % 2
    child = os.fork()
    if not child:
        train(corpus, run, TINY, budget(20, grid_every=4, grid=2))
        os._exit(0)
    while grids() < wanted:
        time.sleep(0.001 * (number + 1))
        assert not os.waitpid(child, os.WNOHANG)[0], "it ended before it could be killed"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not (run / "checkpoints").exists() or checkpoint.load_newest(run / "checkpoints") is not None
"""
"""A run is killed four times. It saves at every step, so that most of the kills come while it does."""


@pytest.mark.usefixtures("quick_grids")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_killed_at_any_moment_a_run_goes_on_to_the_same_bits(
    corpus: Corpus, twenty_steps: Path, tmp_path: Path
) -> None:
    code = KILLED_AGAIN_AND_AGAIN.format(root=str(ROOT), corpus=str(corpus.path), run=str(tmp_path / "run"))
    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=HANGS_S
    )
    assert ended.returncode == 0, ended.stderr
    train(corpus, tmp_path / "run", TINY, budget(20))
    assert same_state(tmp_path / "run", twenty_steps)
    assert not list((tmp_path / "run" / "checkpoints").glob(".*"))


def test_a_full_disk_keeps_the_last_good_state(
    corpus: Corpus, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(WriteError, match="No space left on device"):
        patched.setattr(os, "fsync", full)
        train(corpus, run, TINY, budget(4))
    assert newest(run).description["step"] == 2
    assert train(corpus, run, TINY, budget(4))


def test_another_configuration_or_corpus_is_refused(corpus: Corpus, run: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="begun with batch 4, not 3"):
        train(corpus, run, replace(TINY, batch=3), budget(3))
    with pytest.raises(TrainingError, match="begun with corpus"):
        train(tiny_corpus(tmp_path / "other", seed=9), run, TINY, budget(3))


def failing(
    monkeypatch: pytest.MonkeyPatch, at: int, go_wrong: Callable[[Trainer, dict[str, float]], None]
) -> None:
    """Makes one step go wrong, once."""
    step = Trainer.step
    failed: list[int] = []

    def failing_once(self: Trainer, number: int, name: str) -> dict[str, float]:
        numbers = step(self, number, name)
        if number == at and not failed:
            failed.append(number)
            go_wrong(self, numbers)
        return numbers

    monkeypatch.setattr(Trainer, "step", failing_once)


def test_numbers_that_are_not_finite_send_the_run_back(
    corpus: Corpus, run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, 3, lambda _, numbers: numbers.update(loss=float("nan")))
    assert train(corpus, run, TINY, budget(5))
    said = "step 3 gave a number that is not finite; back to 8 images, with other noise"
    assert said in capsys.readouterr().err
    told = newest(run).description
    assert (told["step"], told["attempt"]) == (5, 1)
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in entries] == [1, 2, 3, 4, 5]


def test_a_run_that_fails_again_and_again_stops_and_keeps_the_last_state(
    corpus: Corpus, seven_steps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Path(shutil.copytree(seven_steps, tmp_path / "run"))
    monkeypatch.setattr(losses, "generator_loss", lambda logits, weights: logits.mean() * float("nan"))
    with pytest.raises(TrainingError, match="going back did not help 4 times"):
        train(corpus, run, TINY, budget(9))
    assert newest(run).description["step"] == 7


def test_samples_that_are_all_alike_send_the_run_back(
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    quick_grids: list[int],
) -> None:
    shares = iter([1.0, 0.1, 0.9, 0.9, 0.9])
    monkeypatch.setattr(health, "GRACE_IMAGES", 8)
    monkeypatch.setattr(sample_grids, "diversity", lambda screens: next(shares) if len(screens) == 3 else 1.0)
    assert train(corpus, tmp_path, TINY, budget(10, grid_every=4, grid=3))
    said = capsys.readouterr().err
    assert (
        "the samples are all alike since 32 images: they differ 10% as much as the corpus's screens do"
        in said
    )
    assert "back to 28 images, with other noise" in said


def test_a_codec_whose_tiles_are_all_alike_sends_the_run_back(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(health, "GRACE_IMAGES", 8)
    monkeypatch.setattr(health, "ALIKE", 0.5)  # its screens have four different tiles
    monkeypatch.setattr(sample_grids, "redrawn", lambda _, shades: shades * 0)
    with pytest.raises(TrainingError, match="going back did not help"):
        train(corpus, tmp_path, TINY, budget(5, grid_every=8, grid=2))
    assert "all alike since 8 images: they differ" in capsys.readouterr().err


def test_weights_that_are_not_finite_are_never_saved(
    corpus: Corpus, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overflow(trainer: Trainer, _: dict[str, float]) -> None:
        with torch.no_grad():
            next(trainer.generator.parameters()).fill_(float("inf"))

    failing(monkeypatch, 2, overflow)
    with pytest.raises(TrainingError, match="step 3 are not finite"):
        train(corpus, run, TINY, budget(3))
    assert train(corpus, run, TINY, budget(3))


def test_interrupted_before_its_first_step_a_run_can_be_begun_again(corpus: Corpus, tmp_path: Path) -> None:
    assert train(corpus, tmp_path, TINY, budget(0))
    assert checkpoint.load_newest(tmp_path / "checkpoints") is None
    assert train(corpus, tmp_path, TINY, budget(1))


def test_a_run_folder_that_is_a_file(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for run in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(WriteError, match=r"file.*cannot be written"):
            train(corpus, run, TINY, budget(1))


def test_precision_is_measured_without_touching_the_run(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path / "a", TINY, budget(1, precision="auto"))
    name = json.loads((tmp_path / "a" / "run.json").read_text())["precision"]
    assert name in precision.PRECISIONS
    train(corpus, tmp_path / "b", TINY, budget(1, precision=name))
    assert same_state(tmp_path / "a", tmp_path / "b")
