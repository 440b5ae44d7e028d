"""Pictures of an imaginary console, and what people do to pictures."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.nes.palette import to_rgb
from training.painter import paint_game, paint_screen


def console_picture(game: int = 13, screen: int = 0, *, height: int = 240) -> NDArray[np.uint8]:
    """RGB uint8[height, 256, 3]: two painted screens side by side, tiles beginning 8 px below the top."""
    one, other = (
        to_rgb(paint_screen(paint_game(game), number)[0]) for number in (2 * screen, 2 * screen + 1)
    )
    picture = np.zeros((240, 256, 3), np.uint8)
    picture[8:232, 16:240] = one
    picture[8:232, :16], picture[8:232, 240:] = other[:, -16:], other[:, :16]
    return picture[(240 - height) // 2 :][:height]


def resized(
    picture: NDArray[np.uint8],
    width: int,
    height: int,
    resampling: Image.Resampling = Image.Resampling.NEAREST,
) -> NDArray[np.uint8]:
    """The picture, enlarged or stretched by a filter."""
    return np.asarray(Image.fromarray(picture).resize((width, height), resampling))


def jpeg(picture: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """The picture, saved as JPEG and read again."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"))


def save(picture: NDArray[np.uint8], path: Path, **options: object) -> Path:
    """Writes a picture in the format of its file's name."""
    Image.fromarray(picture).save(path, **options)  # type: ignore[arg-type]  # options of the format
    return path
