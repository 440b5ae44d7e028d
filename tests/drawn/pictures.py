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


def covered(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The picture, enlarged so that each new pixel is the mean of what it covers, as "pixellate" does it."""
    upright = means(picture.astype(np.float64), height)
    return np.asarray(np.rint(means(upright.swapaxes(0, 1), width).swapaxes(0, 1)), np.uint8)


def means(lines: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Lines float64[n, ...] as so many: each the mean of what it covers, whole lines and parts of lines."""
    summed = np.concatenate([np.zeros_like(lines[:1]), lines.cumsum(0)])  # what lies above each line's edge
    edges = np.arange(length + 1) * len(lines) / length
    above = edges.astype(np.intp)
    part = (edges - above).reshape(-1, *[1] * (lines.ndim - 1))
    at_edges = (1 - part) * summed[above] + part * summed[np.minimum(above + 1, len(lines))]
    return np.asarray(np.diff(at_edges, axis=0) * length / len(lines))


def scale2x(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture, twice as large, with its corners rounded off: EPX."""
    padded = np.pad(picture, ((1, 1), (1, 1), (0, 0)), mode="edge")
    above, below, left, right = padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]
    large = picture.repeat(2, 0).repeat(2, 1)
    sides = {(0, 0): (left, above), (0, 1): (above, right), (1, 0): (below, left), (1, 1): (right, below)}
    alike = [
        (one == other).all(2) for one, other in ((left, above), (above, right), (right, below), (below, left))
    ]
    for (y, x), (one, other) in sides.items():
        corner = (one == other).all(2) & (np.sum(alike, 0) == 1)
        large[y::2, x::2][corner] = one[corner]
    return large


def through_a_mask(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture, three times as large, as behind the red, green and blue stripes of a tube."""
    large = picture.repeat(3, 0).repeat(3, 1).astype(np.float64)
    for channel in range(3):
        large[:, (np.arange(large.shape[1]) % 3) != channel, channel] *= 0.45
    large[2::3] *= 0.7
    soft = (np.roll(large, 1, 1) + 2 * large + np.roll(large, -1, 1)) / 4
    return np.clip(soft * 1.3, 0, 255).astype(np.uint8)
