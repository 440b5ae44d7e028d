"""Takes the user's own screenshots into a corpus: every picture that is fit becomes a source.

Nothing of the user's is changed or unpacked. What is left out is listed with its reason; screens.py judges.
"""

from __future__ import annotations

import io
import lzma
import os
import stat
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from tqdm import tqdm

from ..corpus import CorpusWriter, Source
from ..errors import TrainingError
from ..files import write_file
from ..workers import in_order
from .find import LeftOut, PictureFile, escaped, find, printable
from .screens import Unfit, screens_of
from .twins import Twins

FORMATS = ("PNG", "GIF", "JPEG", "WEBP", "BMP")
MOST_PIXELS = 40_000_000
"""Of one picture; one with more is a decompression bomb, or no screenshot."""
MOST_BYTES = 64 * 1024 * 1024
"""Of one file."""
HELD_OUT_EVERY, LEAST_TO_HOLD_OUT = 16, 32
"""One picture of 16 is held out, once there are 32."""
_CHUNK = 8
"""Pictures that a process is given at once."""


@dataclass(frozen=True)
class Intake:
    """What became of a user's pictures."""

    pictures: int
    left_out: tuple[LeftOut, ...]


def take_in(writer: CorpusWriter, paths: Sequence[str | Path], listing: Path, processes: int = 1) -> Intake:
    """Adds every picture of the paths (see `find`) that is fit as a source of its own; lists all others.

    The same files give the same screens, whatever `processes` is.
    Raises: TrainingError for a path that is not there, or where no picture at all is fit; WriteError.
    """
    found = [picture for path in paths for picture in find(path)]
    pictures = [picture for picture in found if not isinstance(picture, LeftOut)]
    left_out = [picture for picture in found if isinstance(picture, LeftOut)]
    twins = Twins()
    taken = 0
    decoded = tqdm(
        in_order(decode, pictures, processes, _CHUNK), total=len(pictures), unit="picture", disable=None
    )
    for picture, result in zip(pictures, decoded, strict=True):
        name = printable(picture)
        if isinstance(result, Unfit):
            left_out.append(LeftOut(name, result.reason))
            continue
        seen = [twins.of(screen, name) for screen in result]
        fresh = [screen for screen, twin in zip(result, seen, strict=True) if twin is None]
        if not fresh:
            left_out.append(LeftOut(name, f"the same view as {seen[-1]}"))
            continue
        taken += 1
        held_out = taken % HELD_OUT_EVERY == 0 and taken >= LEAST_TO_HOLD_OUT
        writer.add(Source("screenshot", name, "unknown", "", held_out), np.stack(fresh))
    write_left_out(listing, left_out)
    if not taken:
        commonest = Counter(left.reason.partition(":")[0] for left in left_out).most_common(1)
        why = (
            f"{len(left_out)} files were left out, most of them: {commonest[0][0]}; the first: "
            f"{left_out[0].name}: {left_out[0].reason}"
            if commonest
            else "no files"
        )
        given = ", ".join(escaped(str(path)) for path in paths)
        raise TrainingError(f"{given}: no usable picture ({why}); give screenshots; {listing} has every file")
    return Intake(taken, tuple(left_out))


def write_left_out(path: Path, left_out: Iterable[LeftOut]) -> None:
    """Writes a line for every file: its name, a tab, the reason. Raises WriteError."""
    write_file(path, "".join(f"{left.name}\t{left.reason}\n" for left in left_out))


Result = list[NDArray[np.uint8]] | Unfit


def decode(picture: PictureFile) -> Result:
    """The screens of one picture, or why it shows none."""
    try:
        data = _bytes_of(picture)
        if isinstance(data, Unfit):
            return data
        rgb = rgb_of(data)
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
    return rgb if isinstance(rgb, Unfit) else screens_of(rgb)


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


def rgb_of(data: bytes) -> NDArray[np.uint8] | Unfit:
    """A picture's first frame, RGB uint8[h, w, 3], on black where it is transparent; or why there is none.

    Raises: OSError, ValueError for damage that only shows when pixels are converted.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sizes, which are checked here
            picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                return Unfit(f"too large: {picture.width}x{picture.height} px")
            picture.load()
    except UnidentifiedImageError:
        return Unfit(f"no picture: not {', '.join(FORMATS)} inside")
    except Image.DecompressionBombError:
        return Unfit("too large: a decompression bomb")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        return Unfit(f"damaged or cut off: {escaped(str(error))}")
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a pixel, grey
        grey = np.asarray(picture).astype(np.float64)
        grey = np.clip(grey / (257 if grey.max(initial=0) > 255 else 1), 0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    if picture.has_transparency_data:
        shown = Image.new("RGBA", picture.size, (0, 0, 0, 255))
        shown.alpha_composite(picture.convert("RGBA"))
        picture = shown
    return np.asarray(picture.convert("RGB"))
