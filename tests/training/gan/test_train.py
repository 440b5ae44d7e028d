"""Training: resumes to the bit, survives being killed, says what is wrong."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from generator.dream.network import load_generator
from generator.files import WriteError, write_atomically
from tests.drawn.tiny_corpus import TINY, tiny_corpus
from tests.drawn.waiting import HANGS_S
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan import augment, checkpoint, health, losses, precision, sample_grids
from training.gan.config import Budget
from training.gan.networks import PaletteHead
from training.gan.train import train
from training.gan.trainer import Trainer, dice, hardness_at, sharpness_at

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return tiny_corpus(tmp_path_factory.mktemp("corpus") / "c")


def budget(steps: int, **others: object) -> Budget:
    plain = Budget(images=steps * TINY.batch, grid_every=10**9, precision="fp32", grid=1, calibration=64)
    return replace(plain, **others)  # type: ignore[arg-type]


def state(run: Path) -> dict[str, torch.Tensor]:
    newest = checkpoint.load_newest(run / "checkpoints")
    assert newest is not None
    return newest.tensors


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("precision_name", ["fp32", "bf16"])
def test_two_steps_and_two_more_are_four_to_the_bit(
    corpus: Corpus, tmp_path: Path, precision_name: str
) -> None:
    assert train(corpus, tmp_path / "once", TINY, budget(4, precision=precision_name))
    for steps in (2, 4):
        assert train(corpus, tmp_path / "twice", TINY, budget(steps, precision=precision_name))
    assert same(state(tmp_path / "once"), state(tmp_path / "twice"))


def test_resuming_across_epochs_and_penalties(corpus: Corpus, tmp_path: Path) -> None:
    # 34 screens to train on make epochs of 17 steps; R1 comes every 8.
    train(corpus, tmp_path / "once", TINY, budget(20))
    for steps in (7, 18, 20):
        train(corpus, tmp_path / "thrice", TINY, budget(steps))
    assert same(state(tmp_path / "once"), state(tmp_path / "thrice"))


def test_another_seed_is_another_run(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path / "a", TINY, budget(1))
    train(corpus, tmp_path / "b", replace(TINY, seed=6), budget(1))
    assert not same(state(tmp_path / "a"), state(tmp_path / "b"))


def test_the_log_has_one_line_a_step_even_after_a_crash(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path, TINY, budget(2))
    with (tmp_path / "log.jsonl").open("a") as log:
        log.write('{"step": 3, "images": 6}\n{"step": 4, "im')  # logged, never saved
    train(corpus, tmp_path, TINY, budget(4))
    entries = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in entries] == [1, 2, 3, 4]
    assert {"images", "seconds", "images_per_s", "loss_d", "loss_g", "r1", "precision", "threads"} <= set(
        entries[2]
    )


def test_grids_are_drawn_and_two_checkpoints_kept(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path, TINY, budget(3, grid_every=2, grid=3))
    pictures = sorted((tmp_path / "samples").iterdir())
    assert [picture.name for picture in pictures] == [f"images-{n:08d}.png" for n in (2, 4, 6)]
    assert Image.open(pictures[0]).size == (3 * 224, 224)
    kept = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert kept == ["step-00000002.safetensors", "step-00000003.safetensors"]
    with Image.open(tmp_path / "progress.gif") as film:
        assert film.n_frames == 3
    assert load_generator(tmp_path / "network.onnx").metadata["images_seen"] == "6"
    (curves,) = (tmp_path / "tensorboard").iterdir()
    assert b"samples/diversity" in curves.read_bytes()


def test_grids_outlive_a_log_that_was_deleted(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path, TINY, budget(2, grid_every=2))
    (tmp_path / "log.jsonl").unlink()
    train(corpus, tmp_path, TINY, budget(3, grid_every=2))
    assert len(list((tmp_path / "samples").iterdir())) == 3


def test_grids_do_not_change_the_run(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path / "with", TINY, budget(2, grid_every=4))
    train(corpus, tmp_path / "without", TINY, budget(2))
    assert same(state(tmp_path / "with"), state(tmp_path / "without"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_saved_and_goes_on(
    corpus: Corpus, tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Trainer.step

    def interrupted_in_its_second_step(self: Trainer, at: int, name: str) -> dict[str, float]:
        if at == 1:
            os.kill(os.getpid(), number)
        return step(self, at, name)

    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "step", interrupted_in_its_second_step)
        assert train(corpus, tmp_path / "stopped", TINY, budget(4)) is False
    newest = checkpoint.load_newest(tmp_path / "stopped" / "checkpoints")
    assert newest is not None
    assert newest.description["step"] == 2
    assert signal.getsignal(number) is not None
    assert train(corpus, tmp_path / "stopped", TINY, budget(4)) is True
    train(corpus, tmp_path / "whole", TINY, budget(4))
    assert same(state(tmp_path / "stopped"), state(tmp_path / "whole"))


TWENTY_STEPS = """
import sys, time
from pathlib import Path
sys.path[:0] = [{root!r}]
import torch
from tests.drawn.tiny_corpus import TINY
from training.corpus import open_corpus
from training.gan.config import Budget
from training.gan.train import train
torch.set_num_threads(1)
budget = Budget(images=40, grid_every={every}, precision="fp32", grid=1, calibration=64)
train(open_corpus(Path({corpus!r})), Path({run!r}), TINY, budget)
"""
"""Twenty steps in a process of their own."""
HOLDING_ITS_FIRST_CHECKPOINT = """
import sys
sys.path[:0] = [{root!r}]
from training.gan import checkpoint
save = checkpoint.save_checkpoint
def save_and_hold(*arguments):
    save(*arguments)
    sys.stdin.read()
checkpoint.save_checkpoint = save_and_hold
"""
"""Put before them: they stop at the first checkpoint, so that a slow test finds that one and no later one."""
NO_THREAD_LEFT = """
names = [path.read_text() for path in Path("/proc/self/task").glob("*/comm")]
assert not [name for name in names if "gloo" in name], names
"""
"""One that outlives its process group crashes the process now and then as it ends."""


def begin(corpus: Corpus, run: Path, every: int, *, hold: bool = False) -> subprocess.Popen[bytes]:
    code = TWENTY_STEPS.format(root=str(ROOT), corpus=str(corpus.path), run=str(run), every=every)
    if hold:
        code = HOLDING_ITS_FIRST_CHECKPOINT.format(root=str(ROOT)) + code
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)


def test_ten_steps_kill_minus_nine_and_ten_more_are_twenty_to_the_bit(corpus: Corpus, tmp_path: Path) -> None:
    process = begin(corpus, tmp_path / "killed", every=20, hold=True)
    while not list((tmp_path / "killed" / "checkpoints").glob("step-*")) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    first = checkpoint.load_newest(tmp_path / "killed" / "checkpoints")
    assert first is not None
    assert first.description["step"] == 10
    train(corpus, tmp_path / "killed", TINY, budget(20))
    train(corpus, tmp_path / "whole", TINY, budget(20))
    assert same(state(tmp_path / "killed"), state(tmp_path / "whole"))


def test_killed_at_any_moment_a_run_goes_on(corpus: Corpus, tmp_path: Path) -> None:
    """It saves at every step, so that most of the kills come while it does."""
    whole = tmp_path / "whole"
    train(corpus, whole, TINY, budget(20))
    run = tmp_path / "killed"
    for number in range(3):
        process = begin(corpus, run, every=2)
        before = len(list((run / "samples").glob("*.png")))
        while process.poll() is None and len(list((run / "samples").glob("*.png"))) <= before + number % 2:
            time.sleep(0.003 * (number + 1))
        process.kill()
        process.communicate()
        assert not (run / "checkpoints").exists() or checkpoint.load_newest(run / "checkpoints") is not None
    train(corpus, run, TINY, budget(20))
    assert same(state(run), state(whole))
    assert not list((run / "checkpoints").glob(".*"))


def test_two_processes_have_the_losses_of_one(corpus: Corpus, tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        TWENTY_STEPS.format(
            root=str(ROOT),
            corpus=str(corpus.path),
            run=str(tmp_path / "two"),
            every=16,
        )
        + NO_THREAD_LEFT
    )
    command = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node=2",
        "--standalone",
        str(script),
    ]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=HANGS_S)
    assert ended.returncode == 0, ended.stderr
    train(corpus, tmp_path / "one", TINY, budget(20))
    logs = []
    for name in ("one", "two"):
        lines = (tmp_path / name / "log.jsonl").read_text().splitlines()
        logs.append([[json.loads(line)[key] for key in ("loss_d", "loss_g", "r1")] for line in lines])
    assert len(logs[0]) == len(logs[1]) == 20
    np.testing.assert_allclose(np.array(logs[0]), np.array(logs[1]), rtol=2e-3, atol=1e-4)


def test_two_processes_train_from_the_command_line(corpus: Corpus, tmp_path: Path) -> None:
    launch = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone"]
    options = {"corpus": corpus.path, "out": tmp_path / "run", "images": 8, "batch": 4, "precision": "fp32"}
    command = [*launch, "-m", "training", "train"]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=HANGS_S)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.count("2 processes") == 1
    assert ended.stdout.count("network.onnx") == 1
    assert load_generator(tmp_path / "run" / "network.onnx").metadata["images_seen"] == "8"


def test_a_full_disk_keeps_the_last_good_state(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(corpus, tmp_path, TINY, budget(2))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(WriteError, match="No space left on device"):
        patched.setattr(os, "fsync", full)
        train(corpus, tmp_path, TINY, budget(4))
    newest = checkpoint.load_newest(tmp_path / "checkpoints")
    assert newest is not None
    assert newest.description["step"] == 2
    assert train(corpus, tmp_path, TINY, budget(4))


def test_no_code_is_run_from_a_checkpoint(corpus: Corpus, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "owned"),)

    (tmp_path / "checkpoints").mkdir()
    torch.save({"x": Evil()}, tmp_path / "checkpoints" / "step-00000002.safetensors")
    with pytest.raises(TrainingError, match="not a readable checkpoint"):
        train(corpus, tmp_path, TINY, budget(3))
    assert not (tmp_path / "owned").exists()


def test_a_checkpoint_of_wrong_shapes_is_named(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path, TINY, budget(2))
    newest = checkpoint.load_newest(tmp_path / "checkpoints")
    assert newest is not None
    tampered = {**newest.tensors, "generator.plan.0.weight": torch.zeros(3)}
    checkpoint.save_checkpoint(tmp_path / "checkpoints", {**newest.description, "step": 3}, tampered)
    with pytest.raises(TrainingError, match=r"generator\.plan\.0\.weight has shape \[3\], not"):
        train(corpus, tmp_path, TINY, budget(4))


def test_killed_while_saving_leaves_the_checkpoint_before(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(corpus, tmp_path, TINY, budget(2))

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "fsync", killed)
        checkpoint.save_checkpoint(tmp_path / "checkpoints", {"step": 3}, {"x": torch.zeros(3)})
    # A real kill leaves the temporary file behind as well; it is no checkpoint.
    (tmp_path / "checkpoints" / ".step-00000003.safetensors.1.tmp").write_bytes(b"half of")
    newest = checkpoint.load_newest(tmp_path / "checkpoints")
    assert newest is not None
    assert newest.description["step"] == 2
    train(corpus, tmp_path, TINY, budget(3))
    assert not list((tmp_path / "checkpoints").glob(".*")), (
        "the half of a file is swept away by the next save"
    )


def test_a_damaged_newest_checkpoint_falls_back_to_the_one_before(corpus: Corpus, tmp_path: Path) -> None:
    for steps in (3, 4):
        train(corpus, tmp_path, TINY, budget(steps))
    newest = tmp_path / "checkpoints" / "step-00000004.safetensors"
    newest.write_bytes(newest.read_bytes()[:-100])
    found = checkpoint.load_newest(tmp_path / "checkpoints")
    assert found is not None
    assert found.description["step"] == 3
    (tmp_path / "checkpoints" / "step-00000003.safetensors").write_bytes(b"")
    with pytest.raises(TrainingError, match=r"step-0000000\d\.safetensors: not a readable checkpoint"):
        train(corpus, tmp_path, TINY, budget(5))


def test_another_configuration_or_corpus_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path / "run", TINY, budget(1))
    with pytest.raises(TrainingError, match="begun with batch 2, not 3"):
        train(corpus, tmp_path / "run", replace(TINY, batch=3), budget(2))
    with pytest.raises(TrainingError, match="begun with corpus"):
        train(tiny_corpus(tmp_path / "other", seed=9), tmp_path / "run", TINY, budget(2))


def test_numbers_that_are_not_finite_send_the_run_back(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    step, failed = Trainer.step, []

    def failing_once(self: Trainer, at: int, name: str) -> dict[str, float]:
        numbers = step(self, at, name)
        if at == 2 and not failed:
            failed.append(at)
            return {**numbers, "loss_g": float("nan")}
        return numbers

    train(corpus, tmp_path, TINY, budget(1))
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "step", failing_once)
        assert train(corpus, tmp_path, TINY, budget(4))
    assert (
        "step 2 gave a number that is not finite; back to 2 images, with other noise"
        in capsys.readouterr().err
    )
    newest = checkpoint.load_newest(tmp_path / "checkpoints")
    assert newest is not None
    assert (newest.description["step"], newest.description["attempt"]) == (4, 1)
    entries = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in entries] == [1, 2, 3, 4]


def test_a_run_that_fails_again_and_again_stops_and_keeps_the_last_state(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(corpus, tmp_path, TINY, budget(1))
    with (
        monkeypatch.context() as patched,
        pytest.raises(TrainingError, match="going back did not help 4 times"),
    ):
        patched.setattr(losses, "generator_loss", lambda logits: logits.mean() * float("nan"))
        train(corpus, tmp_path, TINY, budget(3))
    newest = checkpoint.load_newest(tmp_path / "checkpoints")
    assert newest is not None
    assert newest.description["step"] == 1


def test_samples_that_are_all_alike_send_the_run_back(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shares = iter([1.0, 0.9, 0.1, 0.05, 0.9, 0.9, 0.9])
    with monkeypatch.context() as patched:
        patched.setattr(health, "GRACE_IMAGES", 8)
        patched.setattr(sample_grids, "diversity", lambda screens: next(shares) if len(screens) == 3 else 1.0)
        assert train(corpus, tmp_path, TINY, budget(5, grid_every=2, grid=3))
    said = capsys.readouterr().err
    assert (
        "the samples are all alike since 6 images: they differ 5% as much as the corpus's screens do" in said
    )
    assert "back to 6 images, with other noise" in said


def test_another_attempt_meets_other_noise(corpus: Corpus) -> None:
    trainer = Trainer(corpus, TINY, torch.device("cpu"))
    before = trainer.noise(3), trainer.real(3)
    trainer.attempt = 1
    assert not torch.equal(before[0], trainer.noise(3))
    assert not torch.equal(before[1], trainer.real(3))


def test_weights_that_are_not_finite_are_never_saved(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Trainer.step

    def overflowing(self: Trainer, at: int, name: str) -> dict[str, float]:
        numbers = step(self, at, name)
        if at == 1:
            with torch.no_grad():
                next(self.generator.parameters()).fill_(float("inf"))
        return numbers

    train(corpus, tmp_path / "run", TINY, budget(1))
    with monkeypatch.context() as patched, pytest.raises(TrainingError, match="step 2 are not finite"):
        patched.setattr(Trainer, "step", overflowing)
        train(corpus, tmp_path / "run", TINY, budget(2))
    assert train(corpus, tmp_path / "run", TINY, budget(2))


def test_interrupted_before_its_first_step_a_run_can_be_begun_again(corpus: Corpus, tmp_path: Path) -> None:
    assert train(corpus, tmp_path, TINY, budget(0))
    assert checkpoint.load_newest(tmp_path / "checkpoints") is None
    assert train(corpus, tmp_path, TINY, budget(1))


def test_a_run_folder_that_is_a_file(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for run in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(WriteError, match=r"file.*cannot be written"):
            train(corpus, run, TINY, budget(1))


def test_fewer_screens_than_a_batch_are_shown_several_times(tmp_path: Path) -> None:
    config = replace(TINY, batch=8, roll=False, mirror=False)
    trainer = Trainer(tiny_corpus(tmp_path / "c", 3, 3), config, torch.device("cpu"))
    shown = {screen.numpy().tobytes() for screen in trainer.real(0)}
    assert len(shown) == 3


def test_nothing_but_held_out_screens(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path / "c", 2, 2)
    held_out = replace(corpus, sources=tuple(replace(source, held_out=True) for source in corpus.sources))
    with pytest.raises(TrainingError, match="all its screens are held out; add some"):
        train(held_out, tmp_path / "run", TINY, budget(1))


def test_every_epoch_shows_every_screen_once(corpus: Corpus) -> None:
    trainer = Trainer(corpus, replace(TINY, roll=False, mirror=False), torch.device("cpu"))
    steps = trainer.epoch_steps
    orders = []
    for epoch in range(2):
        shown = torch.cat([trainer.real(epoch * steps + step) for step in range(steps)])
        orders.append([hash(screen.numpy().tobytes()) for screen in shown])
        assert len(set(orders[-1])) == steps * TINY.batch
    assert set(orders[0]) == set(orders[1])
    assert orders[0] != orders[1]


def test_real_screens_are_the_corpus_in_colour(corpus: Corpus) -> None:
    trainer = Trainer(corpus, TINY, torch.device("cpu"))
    real = trainer.real(0)
    assert real.shape == (2, 3, 224, 224)
    assert real.is_contiguous(memory_format=torch.channels_last)
    assert -1 <= real.min() < real.max() <= 1


def test_rolling_keeps_the_bar_and_the_cells() -> None:
    screens = torch.arange(14 * 14).reshape(14, 14).repeat_interleave(16, 0).repeat_interleave(16, 1)
    batch = screens.byte()[None].repeat(8, 1, 1)
    rolled = augment.roll_sideways(batch, torch.full((8,), 32), dice(1, 2, 3))
    assert torch.equal(rolled[:, :32], batch[:, :32])
    assert not torch.equal(rolled[:, 32:], batch[:, 32:])
    assert torch.equal(rolled.sort(dim=2).values, batch.sort(dim=2).values)
    cells = rolled[:, ::16, ::16]
    assert torch.equal(cells.repeat_interleave(16, 1).repeat_interleave(16, 2), rolled)
    assert torch.equal(rolled, augment.roll_sideways(batch, torch.full((8,), 32), dice(1, 2, 3)))


def test_bar_heights_count_unbroken_rows_from_the_top() -> None:
    roles = np.zeros((3, 14, 14), np.uint8)
    roles[1, :2, 5] = 15
    roles[2, 4, 5] = 15
    assert augment.bar_heights_px(roles).tolist() == [0, 32, 0]


def test_the_gradient_penalty_of_a_linear_judge_is_its_weights_square() -> None:
    weight = torch.randn(3, 4, 4)
    screens = torch.randn(5, 3, 4, 4, requires_grad=True)
    penalty = losses.gradient_penalty((screens * weight).sum(dim=(1, 2, 3)), screens)
    assert torch.isclose(penalty, weight.square().sum())
    assert torch.isclose(losses.r1_loss(penalty, 1.0, 8), 4 * penalty)


def test_choices_become_sharper_by_equal_factors() -> None:
    config = replace(TINY, sharpness=(4.0, 64.0), sharpen_images=1000)
    found = [sharpness_at(images, config) for images in (0, 250, 500, 1000, 9000)]
    assert found == pytest.approx([4, 8, 16, 64, 64])


def test_choices_become_hard_by_equal_steps() -> None:
    config = replace(TINY, harden_images=(100, 300))
    found = [hardness_at(images, config) for images in (0, 100, 150, 300, 9000)]
    assert found == pytest.approx([0, 0, 0.25, 1, 1])


def test_hard_choices_show_at_most_four_colours_a_cell_and_can_be_learnt() -> None:
    dice = torch.Generator().manual_seed(1)
    head = PaletteHead(latent=8, channels=4).eval()
    head.hardness.fill_(1.0)
    z, plan, details = (
        torch.randn(shape, generator=dice) for shape in ((2, 8), (2, 4, 14, 14), (2, 4, 224, 224))
    )
    screens = head(z, plan, details.requires_grad_(True))
    (gradient,) = torch.autograd.grad(screens.square().sum(), details)
    assert gradient.abs().min() > 0
    for cell in screens.unfold(2, 16, 16).unfold(3, 16, 16).permute(0, 2, 3, 4, 5, 1).reshape(-1, 256, 3):
        assert len(torch.unique((cell * 1000).round(), dim=0)) <= 4


def test_losses_at_undecided_logits() -> None:
    nothing = torch.zeros(4)
    assert losses.discriminator_loss(nothing, nothing).item() == pytest.approx(2 * np.log(2))
    assert losses.generator_loss(nothing).item() == pytest.approx(np.log(2))


def test_the_faster_precision_is_chosen_and_a_hopeless_one_is_tried_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    now = [0.0]
    monkeypatch.setattr(precision.time, "perf_counter", lambda: now[0])

    def step(name: str) -> None:
        tried.append(name)
        now[0] += {"fp32": 1.0, "bf16": 50.0}[name]

    name, seconds = precision.fastest(step, torch.device("cpu"))
    assert name == "fp32"
    assert set(seconds) == set(precision.PRECISIONS)
    assert tried.count("bf16") == 1


def test_precision_is_measured_without_touching_the_run(corpus: Corpus, tmp_path: Path) -> None:
    train(corpus, tmp_path / "a", TINY, budget(1, precision="auto"))
    name = json.loads((tmp_path / "a" / "run.json").read_text())["precision"]
    assert name in precision.PRECISIONS
    train(corpus, tmp_path / "b", TINY, budget(1, precision=name))
    assert same(state(tmp_path / "a"), state(tmp_path / "b"))


def test_an_atomic_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(file: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, fail)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
