"""The training: one loop that can be seen whole, and that goes on exactly where it stopped.

A run that was killed and resumed ends with the bits of one that was not (at one thread and in one precision;
more threads add floats in an order of their own).
"""

from __future__ import annotations

import json
import math
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from tqdm import tqdm

from generator.rng import mix

from . import checkpoint
from .corpus import Corpus
from .errors import TrainingError
from .files import write_atomically
from .memory import keep_freed_memory
from .networks import recalibrated
from .precision import measure
from .sample import fixed_z, save_grid
from .trainer import GRID_STREAM, TrainConfig, Trainer

__all__ = ["Budget", "TrainConfig", "Trainer", "choose_precision", "train"]

EARLY_GRIDS = (1_000, 2_000)
"""Images seen at which a sample grid is drawn besides every `grid_every`: the start changes fast."""


@dataclass(frozen=True)
class Budget:
    """How far and how: may differ from one start of a run to the next."""

    images: int = 400_000  # images seen at which the run is finished
    minutes: float = math.inf  # minutes of training, over all starts, at which it is finished
    grid_every: int = 4_000  # images between sample grids
    save_every: int = 4_000  # images between checkpoints
    precision: str = "auto"  # "fp32", "bf16", or "auto": the faster, by measurement
    device: str = "auto"  # "cpu", "cuda", or "auto": the GPU where there is one
    grid: int = 24  # screens in a sample grid
    calibration: int = 256  # dreams from which a grid's batch norms are recalibrated


def choose_precision(
    corpus: Corpus, config: TrainConfig, device: torch.device
) -> tuple[str, dict[str, float]]:
    """The faster precision here, and the seconds a step took in each. Works on networks of its own."""
    trial = Trainer(corpus, config, device)
    seconds = measure(lambda precision: void(trial.step(1, precision)), device)
    return min(seconds, key=seconds.__getitem__), seconds


def void(_: object) -> None:
    """Drops a result."""


def train(corpus: Corpus, run: Path, config: TrainConfig, budget: Budget) -> bool:
    """Trains, or goes on training, the run in a folder until its budget is used up.

    Returns: True if it is finished, False if it was interrupted (its state is saved; call again to go on).
    Raises: TrainingError for a folder of another run, numbers that are not finite, a disk that refuses.
    """
    device = torch.device(
        ("cuda" if torch.cuda.is_available() else "cpu") if budget.device == "auto" else budget.device
    )
    if device.type == "cpu":
        keep_freed_memory()
    saved = checkpoint.load_newest(run / "checkpoints")
    trainer = Trainer(corpus, config, device)
    step, seconds = 0, 0.0
    precision = budget.precision
    if saved:
        _must_match(saved, config, corpus)
        trainer.load(saved)
        step, seconds = saved.description["step"], saved.description["seconds"]
        precision = saved.description["precision"] if precision == "auto" else precision
        say(f"{run}: going on at {step * config.batch:,} images")
    if precision == "auto":
        precision, measured = choose_precision(corpus, config, device)
        figures = ", ".join(f"{name} {config.batch / took:.1f}" for name, took in measured.items())
        say(f"precision {precision}: images/s on this machine {figures}")
    threads = torch.get_num_threads()
    say(f"{len(trainer.screens):,} screens, batch {config.batch}, {device.type}, {threads} threads")
    description = {"config": asdict(config), "corpus_sha256": corpus.sha256, "licence": corpus.licence}
    description |= {"credits": corpus.credits, "precision": precision}

    def save() -> None:
        if step == 0:
            return  # before its first step Adam has nothing that could be resumed
        if not trainer.is_finite():
            raise TrainingError(
                f"{run}: the weights after step {step} are not finite; the last save is kept: the same "
                "command tries again, --precision fp32 is calmer"
            )
        now = {"step": step, "images": step * config.batch, "seconds": round(seconds, 3)}
        checkpoint.save_checkpoint(run / "checkpoints", {**description, **now}, trainer.tensors())

    text = json.dumps({**description, "budget": asdict(budget), "threads": threads}, indent=2) + "\n"
    try:
        run.mkdir(parents=True, exist_ok=True)
        write_atomically(run / "run.json", lambda file: file.write(text.encode()))
        _cut_log(run / "log.jsonl", step)
    except OSError as error:
        raise TrainingError(f"{run}: cannot be written ({error.strerror}); choose another --out") from error
    grid_z = fixed_z(budget.grid, config.latent, mix(config.seed, GRID_STREAM) >> 1)
    penalty = math.nan
    progress = tqdm(
        total=budget.images, initial=step * config.batch, unit="img", disable=None, smoothing=0.02
    )
    with (
        interruptible() as interrupted,
        (run / "log.jsonl").open("a", buffering=1, encoding="utf-8") as log,
        progress,
    ):
        while step * config.batch < budget.images and seconds < budget.minutes * 60 and not interrupted:
            began = time.perf_counter()
            numbers = {name: float(value) for name, value in trainer.step(step, precision).items()}
            if not all(math.isfinite(value) for value in numbers.values()):
                raise TrainingError(
                    f"{run}: step {step} gave a number that is not finite ({numbers}); the last save is "
                    "kept: the same command tries again, --precision fp32 is calmer"
                )
            step += 1
            images = step * config.batch
            took = time.perf_counter() - began
            seconds += took
            penalty = numbers.get("r1", penalty)
            entry: dict[str, Any] = {"step": step, "images": images, "seconds": round(seconds, 2)}
            entry |= {"images_per_s": round(config.batch / took, 2), **_rounded({**numbers, "r1": penalty})}
            log.write(json.dumps({**entry, "precision": precision, "threads": threads}) + "\n")
            progress.update(config.batch)
            progress.set_postfix(d=f"{numbers['loss_d']:.2f}", g=f"{numbers['loss_g']:.2f}", refresh=False)
            if _crossed(images, config.batch, budget.grid_every, EARLY_GRIDS):
                calm = recalibrated(trainer.averaged, budget.calibration)
                save_grid(run / "samples" / f"images-{images:08d}.png", calm, grid_z.to(device))
            if _crossed(images, config.batch, budget.save_every):
                save()
        save()
    if interrupted:
        say(f"{run}: saved at {step * config.batch:,} images; the same command goes on from there")
    return not interrupted


def _rounded(numbers: dict[str, float]) -> dict[str, float | None]:
    return {name: round(value, 5) if math.isfinite(value) else None for name, value in numbers.items()}


def _crossed(images: int, batch: int, every: int, early: tuple[int, ...] = ()) -> bool:
    """Whether the last step carried the images over a multiple of `every`, or over one of `early`."""
    before = images - batch
    return images // every > before // every or any(before < mark <= images for mark in early)


def _must_match(saved: checkpoint.Checkpoint, config: TrainConfig, corpus: Corpus) -> None:
    """Raises TrainingError where a run was begun with other options or another corpus."""
    begun: dict[str, Any] = {**saved.description["config"], "corpus": saved.description["corpus_sha256"]}
    for name, now in json.loads(json.dumps({**asdict(config), "corpus": corpus.sha256})).items():
        if begun.get(name) != now:
            raise TrainingError(
                f"{saved.path}: begun with {name} {begun.get(name)}, not {now}; give that, or another --out"
            )


def _cut_log(log: Path, step: int) -> None:
    """Removes lines of steps that were logged but never saved; they are about to be run again."""
    if not log.exists():
        return
    kept = []
    for line in log.read_text("utf-8").splitlines(keepends=True):
        try:
            if line.endswith("\n") and json.loads(line)["step"] <= step:
                kept.append(line)
        except (ValueError, KeyError, TypeError):
            continue
    write_atomically(log, lambda file: file.write("".join(kept).encode()))


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """Within it Ctrl-C and SIGTERM only append to the yielded list, so that the step at hand is finished."""
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say(line: str) -> None:
    """One line for the person at the terminal; stdout stays for results."""
    print(line, file=sys.stderr, flush=True)
