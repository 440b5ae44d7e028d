"""Reads pictures: bytes of a file or of a member of a zip file, and its frames as RGB."""

from __future__ import annotations

import io
import lzma
import os
import stat
import warnings
import zipfile
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError, features

from .find import PictureFile, escaped
from .screens import Unfit

FORMATS = ("PNG", "GIF", "JPEG", "WEBP", "BMP", "TIFF", "PCX", *(("AVIF",) if features.check("avif") else ()))
BY_NAME = {".tga": "TGA"}
"""Formats that have no mark of their own: a file's name must say so."""
MOST_PIXELS = 40_000_000
"""Of one picture; one with more is a decompression bomb, or no screenshot."""
MOST_BYTES = 64 * 1024 * 1024
"""Of one file."""


def read(picture: PictureFile, frames: int = 1, *, alpha: bool = False) -> list[NDArray[np.uint8]] | Unfit:
    """Frames of a picture, RGB uint8[h, w, 3] each, on black where it is transparent; or why there are none.

    Args:
        frames: of a picture that moves no more than so many, evenly spread.
        alpha: RGBA uint8[h, w, 4] instead.
    """
    try:
        data = _bytes_of(picture)
        suffix = os.path.splitext(picture.member or picture.file)[1].lower()  # noqa: PTH122
        return data if isinstance(data, Unfit) else frames_of(data, frames, suffix, alpha=alpha)
    except (
        OSError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,  # damaged members, of each of a zip file's three methods
        lzma.LZMAError,
        ValueError,
        RuntimeError,  # a password is wanted
        NotImplementedError,
    ) as error:
        return Unfit(f"cannot be read: {escaped(str(error)) or type(error).__name__}")


def _bytes_of(picture: PictureFile) -> bytes | Unfit:
    if picture.member:
        with _archive(picture.file).open(picture.member) as member:
            data = member.read(MOST_BYTES + 1)
    else:
        if not stat.S_ISREG(os.stat(picture.file).st_mode):  # noqa: PTH116 - keeps names that are no UTF-8
            return Unfit("no file but a pipe, a socket or a device")  # reading one may wait for ever
        with open(picture.file, "rb") as file:  # noqa: PTH123
            data = file.read(MOST_BYTES + 1)
    if not data:
        return Unfit("empty: the file has no bytes")
    if len(data) > MOST_BYTES:
        return Unfit(f"too large: more than {MOST_BYTES // 2**20} MB")
    return data


@lru_cache(maxsize=4)
def _archive(file: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(file)


def frames_of(
    data: bytes, frames: int = 1, suffix: str = "", *, alpha: bool = False
) -> list[NDArray[np.uint8]] | Unfit:
    """A picture's frames, RGB uint8[h, w, 3] each, on black where it is transparent; or why there are none.

    Args:
        frames: no more than so many, evenly spread; the first is always one of them.
        suffix: what the file's name ends in.
        alpha: RGBA uint8[h, w, 4] instead.
    Raises: OSError, ValueError for damage that only shows when pixels are converted.
    """
    formats = (BY_NAME[suffix],) if suffix in BY_NAME else FORMATS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sizes, which are checked here
            picture: Image.Image = Image.open(io.BytesIO(data), formats=formats)
            if picture.width * picture.height > MOST_PIXELS:
                return Unfit(f"too large: {picture.width}x{picture.height} px")
            count = getattr(picture, "n_frames", 1)
            found = []
            for number in np.linspace(0, count, min(frames, count), endpoint=False).astype(np.intp).tolist():
                if number:
                    picture.seek(number)
                picture.load()
                found.append(np.asarray(picture.convert("RGBA")) if alpha else _rgb(picture))
    except UnidentifiedImageError:
        return Unfit(f"no picture: not {', '.join(formats)} inside")
    except Image.DecompressionBombError:
        return Unfit("too large: a decompression bomb")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        return Unfit(f"damaged or cut off: {escaped(str(error))}")
    return found


def _rgb(picture: Image.Image) -> NDArray[np.uint8]:
    """One frame, RGB uint8[h, w, 3]."""
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a pixel, grey
        grey = np.asarray(picture).astype(np.float64)
        grey = np.clip(grey / (257 if grey.max(initial=0) > 255 else 1), 0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    if picture.has_transparency_data:
        shown = Image.new("RGBA", picture.size, (0, 0, 0, 255))
        shown.alpha_composite(picture.convert("RGBA"))
        picture = shown
    return np.asarray(picture.convert("RGB"))
