"""Films of what is played: GIF by Pillow, MP4 where imageio with its ffmpeg is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pygame
from PIL import Image

from generator.command_line import UsageError
from generator.files import check_file, write_atomically, writing

GIF, MP4 = ".gif", ".mp4"
EVERY_TICKS = {GIF: 3, MP4: 2}
"""A picture is taken once in so many ticks: GIFs know hundredths of a second only, and 20 pictures in one."""
TICK_MS = 1000 / 60
SCALE = 2
MOST_PICTURES = 3600
"""Three minutes of a GIF; what comes later is left out."""


class Film:
    """Takes pictures while a game runs, and writes them in the end."""

    def __init__(self, path: Path) -> None:
        """Raises UsageError for a file of no such kind, or where what writes it is not installed; WriteError
        where it cannot be written."""
        self._path, self._kind = path, path.suffix.lower()
        if self._kind not in EVERY_TICKS:
            raise UsageError(f"{path}: films are {GIF} or {MP4}; name one so")
        if self._kind == MP4:
            try:
                import imageio_ffmpeg  # noqa: F401
            except ImportError:
                advice = f"pip install imageio imageio-ffmpeg, or name a {GIF}"
                raise UsageError(f"{path}: nothing here writes {MP4}; {advice}") from None
        check_file(path, "choose another --record")
        self._pictures: list[Image.Image] = []
        self._ticks = 0

    def take(self, canvas: pygame.Surface) -> None:
        """Call it once a tick."""
        self._ticks += 1
        if self._ticks % EVERY_TICKS[self._kind] == 0 and len(self._pictures) < MOST_PICTURES:
            picture = Image.frombytes("RGB", canvas.get_size(), pygame.image.tobytes(canvas, "RGB"))
            self._pictures.append(picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))

    def write(self) -> None:
        """Writes the file. Raises WriteError."""
        if not self._pictures:
            return
        shown_ms = EVERY_TICKS[self._kind] * TICK_MS
        with writing(self._path, "choose another --record"):
            if self._kind == MP4:
                import imageio.v2 as imageio

                frames: list[Any] = [
                    np.asarray(picture.convert("RGB")) for picture in map(_larger, self._pictures)
                ]
                imageio.mimwrite(self._path, frames, fps=1000 / shown_ms, macro_block_size=16)
                return
            first, *others = map(_larger, self._pictures)
            write_atomically(
                self._path,
                lambda file: first.save(
                    file, "GIF", save_all=True, append_images=others, duration=round(shown_ms), loop=0
                ),
            )


def _larger(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * SCALE, picture.height * SCALE), Image.Resampling.NEAREST)
