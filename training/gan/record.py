"""What a run leaves behind to be looked at: its log, TensorBoard's curves, and the film of its dreams."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch.utils.tensorboard import SummaryWriter

from generator.files import write_atomically

from ..errors import TrainingError
from .sample import GRID_COLUMNS, grid_picture

CURVE_EVERY = 10
"""Steps between points of TensorBoard's curves; the log has every one."""
FILM_COLUMNS, FILM_ROWS, SCREEN_PX = 3, 2, 224
"""What the film shows of a sample grid."""
FILM_MS, FILM_LAST_MS = 250, 2_000


class Record:
    """`log.jsonl`, `tensorboard/` and `progress.gif` of a run's folder, cut back to the step that it goes
    on from."""

    def __init__(self, folder: Path, step: int, images: int) -> None:
        self.folder = folder
        self._log_file = folder / "log.jsonl"
        try:
            self.cut(step, images)
        except OSError as error:
            raise TrainingError(
                f"{folder}: cannot be written ({error.strerror}); choose another --out"
            ) from error

    def step(self, entry: dict[str, Any]) -> None:
        """One line of the log: the numbers of a step."""
        self._log.write(json.dumps(entry) + "\n")
        if entry["step"] % CURVE_EVERY == 0:
            for name in ("loss_d", "loss_g", "logit_real", "logit_fake", "r1", "images_per_s"):
                if entry.get(name) is not None:
                    self._board.add_scalar(f"training/{name}", entry[name], entry["images"])

    def look(self, images: int, figures: dict[str, float], screens: NDArray[np.uint8]) -> None:
        """A sample grid RGB uint8[n, 224, 224, 3] and what was measured on it; the film grows by it."""
        for name, value in figures.items():
            self._board.add_scalar(f"samples/{name}", value, images)
        picture = np.asarray(grid_picture(screens).convert("RGB"))
        self._board.add_image("samples/grid", picture, images, dataformats="HWC")
        self._board.flush()
        save_film(self.folder)

    def cut(self, step: int, images: int) -> None:
        """Removes what was written after this step and this number of images: it is about to be run again."""
        self.close()
        _cut_log(self._log_file, step)
        for late in (self.folder / "samples").glob("images-*.png"):
            number = late.stem.partition("-")[2]
            if number.isdecimal() and int(number) > images:
                late.unlink()
        self._log = self._log_file.open("a", buffering=1, encoding="utf-8")
        self._board = SummaryWriter(str(self.folder / "tensorboard"), purge_step=images + 1)

    def close(self) -> None:
        """Closes the files; more than once does no harm."""
        if hasattr(self, "_log"):
            self._log.close()
            self._board.close()


def save_film(folder: Path) -> None:
    """Writes `progress.gif` from the sample grids of a run's folder: noise becoming castles."""
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
