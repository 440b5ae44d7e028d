"""The user's own screenshots: folders, zip files, pictures and globs of them become sources of a corpus.

Nothing there is ever changed or unpacked. What is left out is listed with its reason.
"""

from __future__ import annotations

import glob
import io
import lzma
import os
import stat
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from tqdm import tqdm

from ..corpus import CorpusWriter, Source
from ..errors import TrainingError
from ..files import write_file
from ..workers import in_order
from .screens import Unfit, screens_of
from .twins import Twins

FORMATS = ("PNG", "GIF", "JPEG", "WEBP", "BMP")
SUFFIXES = frozenset({".png", ".gif", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".dib", ""})
"""What a picture's name ends in; a name without an ending is tried."""
MOST_PIXELS = 40_000_000
"""More in one picture is a decompression bomb, or no screenshot."""
MOST_BYTES = 64 * 1024 * 1024
HELD_OUT_EVERY, LEAST_TO_HOLD_OUT = 16, 32
"""One picture of 16 is held out, once there are 32."""
_CHUNK = 8


class Found(NamedTuple):
    """A picture's place: a file, or a member of a zip file."""

    file: str
    member: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A file that became no screen, by a name that can be printed, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Intake:
    """What became of a user's pictures."""

    pictures: int
    screens: int
    left_out: tuple[LeftOut, ...]


class NothingUsable(TrainingError):
    """No picture at all is fit; why not, for each of them."""

    def __init__(self, message: str, left_out: Iterable[LeftOut]) -> None:
        super().__init__(message)
        self.left_out = tuple(left_out)


def take_in(writer: CorpusWriter, places: Sequence[str | Path], processes: int = 1) -> Intake:
    """Adds every picture that is fit as a source of its own, in the order of names.

    The same files give the same screens, whatever `processes` is.
    Raises: TrainingError for a place that is not there, NothingUsable where no picture at all is fit.
    """
    found = [picture for place in places for picture in find(place)]
    pictures = [picture for picture in found if not isinstance(picture, LeftOut)]
    left_out = [picture for picture in found if isinstance(picture, LeftOut)]
    twins = Twins()
    taken = screens = 0
    decoded = tqdm(
        in_order(decode, pictures, processes, _CHUNK), total=len(pictures), unit="picture", disable=None
    )
    for picture, result in zip(pictures, decoded, strict=True):
        name = printable(picture)
        if isinstance(result, Unfit):
            left_out.append(LeftOut(name, result.reason))
            continue
        fresh = []
        for screen in result:
            if (twin := twins.of(screen, name)) is None:
                fresh.append(screen)
        if not fresh:
            left_out.append(LeftOut(name, f"the same view as {twin}"))
            continue
        taken, screens = taken + 1, screens + len(fresh)
        held_out = taken % HELD_OUT_EVERY == 0 and taken >= LEAST_TO_HOLD_OUT
        writer.add(Source("screenshot", name, "unknown", "", held_out), np.stack(fresh))
    if not taken:
        commonest = Counter(left.reason.partition(":")[0] for left in left_out).most_common(1)
        why = (
            f"{len(left_out)} files were left out, most of them: {commonest[0][0]}; the first: "
            f"{left_out[0].name}: {left_out[0].reason}"
            if commonest
            else "no files"
        )
        raise NothingUsable(
            f"{', '.join(map(_escaped, map(str, places)))}: no usable picture ({why}); give screenshots",
            left_out,
        )
    return Intake(taken, screens, tuple(left_out))


def write_left_out(path: Path, left_out: Iterable[LeftOut]) -> None:
    """Writes a line for every file: its name, a tab, the reason. Raises WriteError."""
    write_file(path, "".join(f"{left.name}\t{left.reason}\n" for left in left_out))


def find(place: str | Path) -> Iterator[Found | LeftOut]:
    """The pictures of a folder (all below it), a zip file, a single picture or a glob, in the order of
    names."""
    path = Path(place)
    if os.path.isdir(path):  # noqa: PTH112 - of names that are too long it says no
        unreadable: list[LeftOut] = []

        def refuse(error: OSError) -> None:
            unreadable.append(LeftOut(_escaped(str(error.filename)), f"cannot be read: {error.strerror}"))

        for folder, folders, files in os.walk(path, onerror=refuse):
            folders.sort()
            for file in sorted(files):
                yield from _one(os.path.join(folder, file))  # noqa: PTH118 - keeps names that are no UTF-8
        yield from unreadable
    elif os.path.isfile(path):  # noqa: PTH113
        yield from _one(str(path), named=True)
    else:
        matches = sorted(glob.glob(str(place), recursive=True))  # noqa: PTH207 - absolute patterns too
        if not matches:
            raise TrainingError(
                f"{_escaped(str(place))}: no such folder, file or pattern; give your screenshots"
            )
        for match in matches:
            there = os.path.isdir(match) or os.path.isfile(match)  # noqa: PTH112, PTH113
            yield from find(match) if there else _one(match, named=True)


def _one(file: str, named: bool = False) -> Iterator[Found | LeftOut]:
    suffix = os.path.splitext(file)[1].lower()  # noqa: PTH122
    if suffix == ".zip":
        yield from _members(file)
    elif named or suffix in SUFFIXES:
        yield Found(file)
    else:
        yield LeftOut(_escaped(file), f"not a picture's name: ends in {_escaped(suffix)}")


def _members(file: str) -> Iterator[Found | LeftOut]:
    if not os.path.isfile(file):  # noqa: PTH113 - reading a pipe may wait for ever
        yield LeftOut(_escaped(file), "no zip file that can be read: no file at all")
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield LeftOut(_escaped(file), f"no zip file that can be read: {error}")
        return
    for member in members:
        if member.filename.endswith("/"):  # is_dir() fails for a name without letters
            continue
        if os.path.splitext(member.filename)[1].lower() in SUFFIXES:  # noqa: PTH122
            yield Found(file, member.filename)
        else:
            yield LeftOut(printable(Found(file, member.filename)), "not a picture's name")


def printable(picture: Found) -> str:
    """A name on one line, in UTF-8, whatever the disk calls it."""
    return _escaped(f"{picture.file}/{picture.member}" if picture.member else picture.file)


def _escaped(name: str) -> str:
    plain = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in plain
    )


Result = list[NDArray[np.uint8]] | Unfit


def decode(picture: Found) -> Result:
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
        return Unfit(f"cannot be read: {_escaped(str(error)) or type(error).__name__}")
    return rgb if isinstance(rgb, Unfit) else screens_of(rgb)


def _bytes_of(picture: Found) -> bytes | Unfit:
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
    """A picture file's first frame as uint8[h, w, 3], on black where it is transparent. Raises OSError,
    ValueError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are checked here
            picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                return Unfit(f"too large: {picture.width}x{picture.height} px")
            picture.load()
    except UnidentifiedImageError:
        return Unfit(f"no picture: not {', '.join(FORMATS)} inside")
    except Image.DecompressionBombError:
        return Unfit("too large: a decompression bomb")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        return Unfit(f"damaged or cut off: {_escaped(str(error))}")
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a pixel, grey
        grey = np.asarray(picture).astype(np.float64)
        grey = np.clip(grey / (257 if grey.max(initial=0) > 255 else 1), 0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    if picture.has_transparency_data:
        shown = Image.new("RGBA", picture.size, (0, 0, 0, 255))
        shown.alpha_composite(picture.convert("RGBA"))
        picture = shown
    return np.asarray(picture.convert("RGB"))
