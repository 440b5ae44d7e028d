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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from tqdm import tqdm

from ..corpus import CorpusWriter, Source
from ..errors import TrainingError
from ..workers import in_order
from .colours import Palette, common_palette
from .find import LeftOut, PictureFile, escaped, find, printable
from .lists import KeptList, write_left_out
from .screens import Found, Unfit, resolved, screens_of
from .twins import Twins

FORMATS = ("PNG", "GIF", "JPEG", "WEBP", "BMP")
MOST_PIXELS = 40_000_000
"""Of one picture; one with more is a decompression bomb, or no screenshot."""
MOST_BYTES = 64 * 1024 * 1024
"""Of one file."""
HELD_OUT_EVERY, LEAST_TO_HOLD_OUT = 16, 32
"""One picture of 16 is held out, once there are 32."""
KEPT = "kept.tsv"
"""The list of the pictures that were kept; `kept.png` shows some of them."""
ASKED = 24
"""Pictures of a folder that are asked for the palette that it shares."""
_CHUNK = 8
"""Pictures that a process is given at once."""


@dataclass(frozen=True)
class Intake:
    """What became of a user's pictures."""

    pictures: int
    left_out: tuple[LeftOut, ...]


def take_in(writer: CorpusWriter, paths: Sequence[str | Path], listing: Path, processes: int = 1) -> Intake:
    """Adds every picture of the paths (see `find`) that is fit as a source of its own; lists all others in
    `listing`, and beside it, in `kept.tsv` and `kept.png`, what was kept and how it was understood.

    The same files give the same screens, whatever `processes` is.
    Raises: TrainingError for a path that is not there, or where no picture at all is fit; WriteError.
    """
    found = [picture for path in paths for picture in find(path)]
    pictures = [picture for picture in found if not isinstance(picture, LeftOut)]
    left_out = [picture for picture in found if isinstance(picture, LeftOut)]
    twins = Twins()
    kept = KeptList()
    shared = _shared_palettes(pictures, processes)
    tasks = [(picture, shared[folder_of(picture)]) for picture in pictures]
    decoded = tqdm(
        in_order(decode, tasks, processes, _CHUNK), total=len(pictures), unit="picture", disable=None
    )
    for picture, result in zip(pictures, decoded, strict=True):
        name = printable(picture)
        if isinstance(result, Unfit):
            left_out.append(LeftOut(name, result.reason))
            continue
        seen = [twins.of(screen, name) for screen in result.screens]
        fresh = [screen for screen, twin in zip(result.screens, seen, strict=True) if twin is None]
        if not fresh:
            left_out.append(LeftOut(name, f"the same view as {seen[-1]}"))
            continue
        taken = len(kept) + 1
        held_out = taken % HELD_OUT_EVERY == 0 and taken >= LEAST_TO_HOLD_OUT
        writer.add(Source("screenshot", name, "unknown", "", held_out), np.stack(fresh))
        kept.add(name, len(fresh), result)
    write_left_out(listing, left_out)
    kept.write(listing.with_name(KEPT))
    if not len(kept):
        commonest = Counter(left.reason.partition(":")[0] for left in left_out).most_common(1)
        why = (
            f"{len(left_out)} files were left out, most of them: {commonest[0][0]}; the first: "
            f"{left_out[0].name}: {left_out[0].reason}"
            if commonest
            else "no files"
        )
        given = ", ".join(escaped(str(path)) for path in paths)
        raise TrainingError(f"{given}: no usable picture ({why}); give screenshots; {listing} has every file")
    return Intake(len(kept), tuple(left_out))


def folder_of(picture: PictureFile) -> str:
    """The folder, or the zip file, that a picture lies in."""
    return picture.file if picture.member else os.path.dirname(picture.file)  # noqa: PTH120


def _shared_palettes(pictures: Sequence[PictureFile], processes: int) -> dict[str, Palette | None]:
    """For each folder the palette that its pictures share, learnt of some of them."""
    folders: dict[str, list[PictureFile]] = {}
    for picture in pictures:
        folders.setdefault(folder_of(picture), []).append(picture)
    asked = {}
    for folder, inside in folders.items():
        numbers = np.linspace(0, len(inside), min(ASKED, len(inside)), endpoint=False).astype(np.intp)
        asked[folder] = [inside[number] for number in numbers.tolist()]
    answers = in_order(_own_pixels, [each for some in asked.values() for each in some], processes, _CHUNK)
    shared = {}
    for folder, some in asked.items():
        shown = [next(answers) for _ in some]
        shared[folder] = common_palette([picture for picture in shown if picture is not None])
    return shared


def decode(task: tuple[PictureFile, Palette | None]) -> Found | Unfit:
    """The screens of one picture, or why it shows none, under the palette that its folder shares."""
    picture, shared = task
    rgb = _read(picture)
    return rgb if isinstance(rgb, Unfit) else screens_of(rgb, shared)


def _own_pixels(picture: PictureFile) -> NDArray[np.uint8] | None:
    rgb = _read(picture)
    return None if isinstance(rgb, Unfit) else resolved(rgb)


def _read(picture: PictureFile) -> NDArray[np.uint8] | Unfit:
    try:
        data = _bytes_of(picture)
        return data if isinstance(data, Unfit) else rgb_of(data)
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
