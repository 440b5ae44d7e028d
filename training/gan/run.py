"""A run: its folder, its networks and how far it is. It is begun, resumed, saved, and can go back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch

from ..corpus import Corpus
from ..errors import TrainingError
from ..files import write_json
from . import checkpoint, processes
from .config import Budget, TrainConfig
from .health import ATTEMPTS, Relapse
from .precision import fastest
from .terminal import say
from .trainer import Trainer
from .warm_start import begin_with, read_start


@dataclass
class Progress:
    """How far a run is; every checkpoint keeps it."""

    step: int = 0
    seconds: float = 0.0  # of training, over all starts
    attempt: int = 0  # how often the run went back
    diversity: list[tuple[int, float]] = field(default_factory=list)  # images, share of the corpus's own


class Run:
    """A run in a folder: `run.json`, `checkpoints/`, and the trainer with all that they describe.

    Where several processes train together each has a run of its own; the first one's writes the files.
    """

    def __init__(
        self, corpus: Corpus, folder: Path, config: TrainConfig, budget: Budget, device: torch.device
    ) -> None:
        self.corpus, self.folder = corpus, folder
        self.config, self.budget, self.device = config, budget, device
        self.first = processes.rank() == 0
        self.threads = torch.get_num_threads()
        self.trainer = Trainer(corpus, config, device)
        self.at = Progress()
        saved = checkpoint.load_newest(self._checkpoints)
        if saved:
            _must_match(saved, config, corpus)
            self._load(saved)
            self.say(f"{folder}: going on at {self.images:,} images")
        else:
            self._begin()
        if processes.any_of_all(processes.from_first(self.at.step) != self.at.step):
            raise TrainingError(f"{folder}: not every process sees it; give a folder that all machines share")
        self.precision = self._choose_precision(saved)
        together = f", {processes.count()} processes" if processes.count() > 1 else ""
        screens = f"{len(corpus.training_rows()):,} screens, batch {config.batch}"
        self.say(f"{screens}, {device.type}, {self.threads} threads{together}")

    @property
    def images(self) -> int:
        """Images seen so far."""
        return self.at.step * self.config.batch

    @property
    def lesson(self) -> str:
        """The lesson of the last step."""
        return self.config.lesson_at(max(0, self.images - self.config.batch))

    def is_finished(self) -> bool:
        """Whether the budget is used up; all processes say the same."""
        spent = processes.from_first(self.at.seconds)
        return self.images >= self.budget.images or spent >= self.budget.minutes * 60

    def say(self, line: str) -> None:
        """Tells the person at the terminal, once for all processes."""
        if self.first:
            say(line)

    def write_description(self) -> None:
        """Writes `run.json`: what the run is made of. Raises WriteError."""
        told = {
            **self._description(),
            "corpus": str(self.corpus.path.resolve()),
            "budget": asdict(self.budget),
            "threads": self.threads,
        }
        if self.first:
            write_json(self.folder / "run.json", told)

    def save(self) -> None:
        """Writes a checkpoint. Raises TrainingError for weights that are not finite, WriteError."""
        if not self.first or not any(adam.state for adam in self.trainer.optimisers.values()):
            return  # before its first step there is nothing that could be resumed
        if not self.trainer.is_finite():
            raise TrainingError(
                f"{self.folder}: the weights after step {self.at.step} are not finite; the last save is "
                "kept: the same command tries again, --precision fp32 is calmer"
            )
        checkpoint.save_checkpoint(self._checkpoints, self.as_saved().description, self.trainer.tensors())

    def as_saved(self) -> checkpoint.Checkpoint:
        """The checkpoint of this moment, without its tensors."""
        now = {**asdict(self.at), "images": self.images, "seconds": round(self.at.seconds, 3)}
        return checkpoint.Checkpoint(self.folder, {**self._description(), **now}, {})

    def go_back(self, relapse: Relapse) -> None:
        """Returns to the last good state; from there the run meets other noise.

        Raises: TrainingError where that has been tried too often.
        """
        attempt = self.at.attempt + 1
        saved = checkpoint.load_newest(self._checkpoints)
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
        self.at.attempt = self.trainer.screens.attempt = attempt
        self.say(f"{self.folder}: {relapse}; back to {self.images:,} images, with other noise")

    @property
    def _checkpoints(self) -> Path:
        return self.folder / "checkpoints"

    def _begin(self) -> None:
        self.at = Progress()
        if self.budget.start:
            begin_with(self.trainer.networks, read_start(self.budget.start))
            self.say(f"{self.folder}: begins with {self.budget.start}")

    def _load(self, saved: checkpoint.Checkpoint) -> None:
        self.trainer.load(saved)
        told = saved.description
        shares = [(int(images), float(share)) for images, share in told.get("diversity", ())]
        self.at = Progress(told["step"], told["seconds"], told.get("attempt", 0), shares)
        self.trainer.screens.attempt = self.at.attempt

    def _choose_precision(self, saved: checkpoint.Checkpoint | None) -> str:
        """The one that is asked for, or was trained in, or is the fastest on networks of its own."""
        precision = self.budget.precision
        if precision == "auto" and saved:
            precision = saved.description["precision"]
        if precision == "auto":
            trial = Trainer(self.corpus, self.config, self.device)
            first = -(-self.config.codec_images // self.config.batch)  # of the second lesson, the longest
            precision, seconds = fastest(lambda name: trial.step(first, name), self.device)
            figures = ", ".join(f"{name} {self.config.batch / took:.1f}" for name, took in seconds.items())
            self.say(f"precision {precision}: images/s on this machine {figures}")
        return processes.from_first(precision)

    def _description(self) -> dict[str, Any]:
        """What the run is made of."""
        return {"config": asdict(self.config), **self.corpus.told(), "precision": self.precision}


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
