"""What a run leaves behind to be looked at: its log, TensorBoard's curves, and the film of its dreams."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch.utils.tensorboard import SummaryWriter

from generator.files import write_atomically, writing
from generator.nes.roles import SCREEN_PX

from ..pictures import GRID_COLUMNS, grid_picture
from .run import Run

CURVE_EVERY = 10
"""Steps between points of TensorBoard's curves; the log has every one."""
FILM_COLUMNS, FILM_ROWS = 3, 2
"""Screens of a sample grid that the film shows."""
FILM_MS, FILM_LAST_MS = 250, 2_000
"""How long the film shows a grid, and its last one."""


class Record:
    """`log.jsonl`, `tensorboard/` and `progress.gif` of a run; only the first process's writes them.

    When it is opened it is cut back to the step that the run goes on from. Raises WriteError, OSError.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        with writing(run.folder):
            self.cut()

    def log_step(self, numbers: Mapping[str, float], took: float) -> None:
        """Logs the numbers of the step that was just made, in `took` seconds."""
        run = self.run
        if not run.first:
            return
        entry: dict[str, Any] = {"step": run.at.step, "images": run.images}
        entry |= {"seconds": round(run.at.seconds, 2), "images_per_s": round(run.config.batch / took, 2)}
        told = {name: round(value, 5) if math.isfinite(value) else None for name, value in numbers.items()}
        entry |= {"lesson": run.lesson, **told, "precision": run.precision, "threads": run.threads}
        self._log.write(json.dumps(entry) + "\n")
        if run.at.step % CURVE_EVERY == 0:
            for name in (*numbers, "images_per_s"):
                if entry[name] is not None:
                    self._board.add_scalar(f"{run.lesson}/{name}", entry[name], run.images)

    def log_samples(self, figures: Mapping[str, float], screens: NDArray[np.uint8]) -> None:
        """Logs a sample grid RGB uint8[n, 224, 224, 3] and what was measured on it; the film grows by it."""
        for name, value in figures.items():
            self._board.add_scalar(f"samples/{name}", value, self.run.images)
        picture = np.asarray(grid_picture(screens).convert("RGB"))
        self._board.add_image("samples/grid", picture, self.run.images, dataformats="HWC")
        self._board.flush()
        save_film(self.run.folder)

    def cut(self) -> None:
        """Removes what was written after the step at which the run is: it will be run again."""
        if not self.run.first:
            return
        self.close()
        log, images = self.run.folder / "log.jsonl", self.run.images
        _cut_log(log, self.run.at.step)
        for late in (self.run.folder / "samples").glob("images-*.png"):
            number = late.stem.partition("-")[2]
            if number.isdecimal() and int(number) > images:
                late.unlink()
        self._log = log.open("a", buffering=1, encoding="utf-8")
        self._board = SummaryWriter(str(self.run.folder / "tensorboard"), purge_step=images + 1)

    def close(self) -> None:
        """Closes the files; more than once does no harm."""
        if hasattr(self, "_log"):
            self._log.close()
            self._board.close()


def save_film(folder: Path) -> None:
    """Writes `progress.gif`, a film of a run's sample grids: noise becomes castles. Raises OSError."""
    frames = []
    for path in sorted((folder / "samples").glob("images-*.png")):
        with Image.open(path) as picture:
            frames.append(picture.crop((0, 0, FILM_COLUMNS * SCREEN_PX, FILM_ROWS * SCREEN_PX)))
    if not frames:
        return
    durations = [FILM_MS] * (len(frames) - 1) + [FILM_LAST_MS]
    first, *others = frames
    write_atomically(
        folder / "progress.gif",
        lambda file: first.save(file, "GIF", save_all=True, append_images=others, duration=durations, loop=0),
    )


def _cut_log(log: Path, step: int) -> None:
    """Keeps the whole lines of steps up to this one."""
    kept = []
    for line in log.read_text("utf-8").splitlines(keepends=True) if log.exists() else ():
        try:
            entry = json.loads(line)
            if line.endswith("\n") and entry["step"] <= step:
                kept.append(line)
        except (ValueError, KeyError, TypeError):
            continue
    write_atomically(log, lambda file: file.write("".join(kept).encode()))


assert FILM_COLUMNS <= GRID_COLUMNS
