"""The training: one loop that can be seen whole, and that goes on exactly where it stopped.

A run that was killed and resumed ends with the bits of one that was not (at one thread and in one precision;
more threads add floats in an order of their own). Where it goes wrong it goes back to its last good state.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from generator.files import write_atomically
from generator.nes.cells import colour_counts, cut
from generator.nes.palette import quantise
from generator.nes.roles import TILE
from generator.rng import mix

from ..corpus import Corpus
from ..errors import TrainingError
from ..judging.metrics import diversity
from . import checkpoint, processes
from .export import export_generator
from .health import ATTEMPTS, Relapse, check_numbers, complaint
from .memory import keep_freed_memory
from .networks import recalibrated
from .precision import measure
from .record import Record
from .sample import dream, fixed_z, grid_picture, save_picture
from .trainer import GRID_STREAM, TrainConfig, Trainer
from .warm_start import read_start

__all__ = ["Budget", "TrainConfig", "Trainer", "choose_precision", "train"]

EARLY_GRIDS = (1_000, 2_000, 4_000)
"""Images seen at which a sample grid is drawn besides every `grid_every`: the start changes fast."""


@dataclass(frozen=True)
class Budget:
    """How far and how: may differ from one start of a run to the next."""

    images: int = 400_000  # images seen at which the run is finished
    minutes: float = math.inf  # minutes of training, over all starts, at which it is finished
    grid_every: int = 8_000  # images between sample grids, each with a checkpoint and an export
    precision: str = "auto"  # "fp32", "bf16", or "auto": the faster, by measurement
    device: str = "auto"  # "cpu", "cuda", or "auto": the GPU where there is one
    grid: int = 24  # screens in a sample grid
    start: Path | None = None  # exported network to begin with; see TrainConfig.start_sha256
    calibration: int = 256  # dreams from which a grid's batch norms are recalibrated


@dataclass
class Progress:
    """Where a run is; what a checkpoint says besides its tensors."""

    step: int = 0
    seconds: float = 0.0
    attempt: int = 0  # how often it went back
    diversity: list[tuple[int, float]] = field(default_factory=list)  # images, share of the corpus's own


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
    device = _device(budget.device)
    with processes.joined(device), interruptible() as interrupted:
        return _Run(corpus, run, config, budget, device).go(interrupted)


class _Run:
    """One start of a run: what the loop needs at hand."""

    def __init__(
        self, corpus: Corpus, folder: Path, config: TrainConfig, budget: Budget, device: torch.device
    ) -> None:
        self.corpus, self.folder = corpus, folder
        self.config, self.budget, self.device = config, budget, device
        if device.type == "cpu":
            keep_freed_memory()
        self.trainer = Trainer(corpus, config, device)
        self.at = Progress()
        self.first = processes.rank() == 0
        self.precision = budget.precision
        saved = checkpoint.load_newest(folder / "checkpoints")
        if saved:
            _must_match(saved, config, corpus)
            self._load(saved)
            self.precision = saved.description["precision"] if self.precision == "auto" else self.precision
            say(f"{folder}: going on at {self.images:,} images", self.first)
        else:
            self._begin()
        if processes.any_of_all(processes.from_first(self.at.step) != self.at.step):
            raise TrainingError(f"{folder}: not every process sees it; give a folder that all machines share")
        if self.precision == "auto":
            self.precision, measured = choose_precision(corpus, config, device)
            figures = ", ".join(f"{name} {config.batch / took:.1f}" for name, took in measured.items())
            say(f"precision {self.precision}: images/s on this machine {figures}", self.first)
        self.precision = processes.from_first(self.precision)
        self.threads = torch.get_num_threads()
        together = f", {processes.count()} processes" if processes.count() > 1 else ""
        rows = corpus.training_rows()
        screens = f"{len(rows):,} screens, batch {config.batch}"
        say(f"{screens}, {device.type}, {self.threads} threads{together}", self.first)
        self.grid_z = fixed_z(budget.grid, config.latent, mix(config.seed, GRID_STREAM) >> 1).to(device)
        self.own_diversity = diversity(corpus.read(rows[:: max(1, len(rows) // 64)][:64]))
        self.description = {
            "config": asdict(config),
            "corpus_sha256": corpus.sha256,
            "licence": corpus.licence,
        }
        self.description |= {"credits": corpus.credits, "precision": self.precision}

    @property
    def images(self) -> int:
        return self.at.step * self.config.batch

    def go(self, interrupted: list[int]) -> bool:
        """The loop."""
        if self.first:
            self._write_description()
        record = Record(self.folder, self.at.step, self.images) if self.first else None
        bar = tqdm(
            total=self.budget.images,
            initial=self.images,
            unit="img",
            disable=None if self.first else True,
            smoothing=0.02,
        )
        began, begun_at = time.monotonic(), self.images
        penalty = math.nan
        stopped = False
        try:
            while not self._is_finished() and not (stopped := processes.any_of_all(bool(interrupted))):
                start = time.perf_counter()
                try:
                    numbers = self.trainer.step(self.at.step, self.precision)
                    check_numbers(self.at.step, numbers)
                    self.at.step += 1
                    took = time.perf_counter() - start
                    self.at.seconds += took
                    penalty = numbers.get("r1", penalty)
                    if record:
                        entry = {
                            "step": self.at.step,
                            "images": self.images,
                            "seconds": round(self.at.seconds, 2),
                        }
                        entry |= {"images_per_s": round(self.config.batch / took, 2)}
                        entry |= _rounded({**numbers, "r1": penalty})
                        record.step({**entry, "precision": self.precision, "threads": self.threads})
                    bar.update(self.config.batch)
                    bar.set_postfix(d=f"{numbers['loss_d']:.2f}", g=f"{numbers['loss_g']:.2f}", refresh=False)
                    if _crossed(self.images, self.config.batch, self.budget.grid_every, EARLY_GRIDS):
                        self._look(record)
                        speed = (self.images - begun_at) / (time.monotonic() - began)
                        say(
                            f"{self.images:,} images, {self._left(speed)}", only_if=bar.disable and self.first
                        )
                except Relapse as relapse:
                    self._go_back(relapse)
                    bar.update(self.images - bar.n)
                    if record:
                        record.cut(self.at.step, self.images)
            self._save()
        except OSError as error:
            raise TrainingError(
                f"{self.folder}: cannot be written ({error.strerror}); make room: the same command goes on"
            ) from error
        finally:
            bar.close()
            if record:
                record.close()
        if stopped:
            say(
                f"{self.folder}: saved at {self.images:,} images; the same command goes on from there",
                self.first,
            )
        return not stopped

    def _is_finished(self) -> bool:
        spent = processes.from_first(self.at.seconds)
        return self.images >= self.budget.images or spent >= self.budget.minutes * 60

    def _left(self, speed: float) -> str:
        seconds = (self.budget.images - self.images) / max(speed, 1e-9)
        seconds = min(seconds, self.budget.minutes * 60 - self.at.seconds)
        minutes = max(0, round(seconds / 60))
        return f"{speed:.1f} a second, {minutes // 60} h {minutes % 60:02d} min left"

    def _look(self, record: Record | None) -> None:
        """Draws a sample grid, raises Relapse where the samples have become alike, else saves and exports."""
        wrong = ""
        if record:
            calm = recalibrated(self.trainer.averaged, self.budget.calibration)
            screens = dream(calm, self.grid_z)
            save_picture(self.folder / "samples" / f"images-{self.images:08d}.png", grid_picture(screens))
            indices = quantise(screens)
            alike = diversity(indices) / max(self.own_diversity, 1e-9)
            self.at.diversity.append((self.images, round(alike, 3)))
            cells = np.concatenate([cut(screen).reshape(-1, TILE, TILE) for screen in indices])
            figures = {"diversity": alike, "tidy": float((colour_counts(cells) <= 4).mean())}
            record.look(self.images, figures, screens)
            wrong = complaint(self.at.diversity)
        if wrong := processes.from_first(wrong):
            raise Relapse(wrong)
        self._save()
        if record:
            calm = calm.cpu()
            export_generator(calm, self._as_saved(), self.folder / "network.onnx")

    def _go_back(self, relapse: Relapse) -> None:
        """To the last good state, with other noise; raises TrainingError where that has been tried too
        often."""
        attempt = self.at.attempt + 1
        saved = checkpoint.load_newest(self.folder / "checkpoints")
        if attempt - (saved.description.get("attempt", 0) if saved else 0) > ATTEMPTS:
            raise TrainingError(
                f"{self.folder}: {relapse}; going back did not help {ATTEMPTS} times; the last save is "
                "kept: try --precision fp32, or a larger corpus"
            )
        if saved:
            self._load(saved)
        else:
            seconds = self.at.seconds
            self.trainer = Trainer(self.corpus, self.config, self.device)
            self._begin()
            self.at.seconds = seconds
        self.at.attempt = self.trainer.attempt = attempt
        say(f"{self.folder}: {relapse}; back to {self.images:,} images, with other noise", self.first)

    def _begin(self) -> None:
        self.at = Progress(step=-(-self.config.start_images // self.config.batch))
        if self.budget.start:
            self.trainer.begin_with(read_start(self.budget.start))
            say(f"{self.folder}: begins with {self.budget.start}, at {self.images:,} images", self.first)

    def _load(self, saved: checkpoint.Checkpoint) -> None:
        self.trainer.load(saved)
        told = saved.description
        looks = [(int(images), float(share)) for images, share in told.get("diversity", ())]
        self.at = Progress(told["step"], told["seconds"], told.get("attempt", 0), looks)
        self.trainer.attempt = self.at.attempt

    def _as_saved(self) -> checkpoint.Checkpoint:
        now = {**asdict(self.at), "images": self.images, "seconds": round(self.at.seconds, 3)}
        return checkpoint.Checkpoint(self.folder, {**self.description, **now}, {})

    def _save(self) -> None:
        if not self.trainer.generator_adam.state or not self.first:
            return  # before its first step Adam has nothing that could be resumed
        if not self.trainer.is_finite():
            raise TrainingError(
                f"{self.folder}: the weights after step {self.at.step} are not finite; the last save is "
                "kept: the same command tries again, --precision fp32 is calmer"
            )
        description = self._as_saved().description
        checkpoint.save_checkpoint(self.folder / "checkpoints", description, self.trainer.tensors())

    def _write_description(self) -> None:
        where = {"corpus": str(self.corpus.path.resolve())}
        told = {**self.description, **where, "budget": asdict(self.budget), "threads": self.threads}
        text = json.dumps(told, indent=2, default=str) + "\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.folder / "run.json", lambda file: file.write(text.encode()))
        except OSError as error:
            raise TrainingError(
                f"{self.folder}: cannot be written ({error.strerror}); choose another --out"
            ) from error


def _device(name: str) -> torch.device:
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda":
        local = int(os.environ.get("LOCAL_RANK", "0"))
        torch.cuda.set_device(local)
        return torch.device("cuda", local)
    return torch.device(name)


def _rounded(numbers: dict[str, float]) -> dict[str, Any]:
    return {name: round(value, 5) if math.isfinite(value) else None for name, value in numbers.items()}


def _crossed(images: int, batch: int, every: int, early: tuple[int, ...] = ()) -> bool:
    """Whether the last step carried the images over a multiple of `every`, or over one of `early`."""
    before = images - batch
    return images // every > before // every or any(before < mark <= images for mark in early)


def _must_match(saved: checkpoint.Checkpoint, config: TrainConfig, corpus: Corpus) -> None:
    """Raises TrainingError where a run was begun with other options or another corpus."""
    begun: dict[str, Any] = {
        **asdict(TrainConfig()),
        **saved.description["config"],
        "corpus": saved.description["corpus_sha256"],
    }
    for name, now in json.loads(json.dumps({**asdict(config), "corpus": corpus.sha256})).items():
        if begun.get(name) != now:
            raise TrainingError(
                f"{saved.path}: begun with {name} {begun.get(name)}, not {now}; give that, or another --out"
            )


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


def say(line: str, only_if: bool | None = True) -> None:
    """One line for the person at the terminal; stdout stays for results."""
    if only_if:
        print(line, file=sys.stderr, flush=True)
