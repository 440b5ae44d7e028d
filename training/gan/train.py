"""The training loop.

A run that was killed and resumed ends with the bits of one that was not, at one thread and in one precision:
more threads add floats in an order of their own. A run that goes wrong goes back to its last good state.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from generator.files import writing

from ..corpus import Corpus
from . import processes
from .config import Budget, TrainConfig
from .health import Relapse, check_numbers
from .meter import Meter
from .record import Record
from .run import Run
from .sample_grids import SampleGrids
from .terminal import interruptible


def train(corpus: Corpus, folder: Path, config: TrainConfig, budget: Budget) -> bool:
    """Trains, or goes on training, the run in a folder until its budget is used up.

    Returns: True if it is finished, False if it was interrupted: its state is saved, call again to go on.
    Raises: TrainingError for a folder of another run, or numbers that never become finite; WriteError where
        the disk refuses.
    """
    device = processes.device_of(budget.device)
    with processes.joined(device), interruptible() as interrupted:
        run = Run(corpus, folder, config, budget, device)  # begun, or loaded from its newest checkpoint
        grids = SampleGrids(run)
        run.write_description()
        with (
            writing(folder, "make room: the same command goes on"),
            closing(Record(run)) as record,
            closing(Meter(run)) as meter,
        ):
            while not run.is_finished() and not processes.any_of_all(bool(interrupted)):
                try:
                    start = time.perf_counter()
                    numbers = run.trainer.step(run.at.step, run.precision)
                    check_numbers(run.at.step, numbers)
                    took = time.perf_counter() - start
                    run.at.step += 1
                    run.at.seconds += took
                    record.log_step(numbers, took)
                    if grids.are_due():
                        grids.draw(record)
                        run.save()
                        grids.export()
                        meter.tell()
                except Relapse as relapse:
                    run.go_back(relapse)
                    record.cut()
                meter.show(numbers)
            run.save()
        finished = run.is_finished()
        if not finished:
            run.say(f"{folder}: saved at {run.images:,} images; the same command goes on from there")
        return finished
