"""Finds pictures in folders, zip files and globs; any name that the disk allows is kept."""

from __future__ import annotations

import glob
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..errors import TrainingError

_ENDINGS = ".png .apng .gif .jpg .jpeg .jpe .jfif .webp .bmp .dib .tif .tiff .tga .pcx .avif"
SUFFIXES = frozenset({*_ENDINGS.split(), ""})
"""What a picture's name ends in; a name without an ending is tried."""


class PictureFile(NamedTuple):
    """Where a picture is: in a file of its own, or as a member of a zip file."""

    file: str
    member: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A file that became no screen, by a name that can be printed, and why."""

    name: str
    reason: str


def find(given: str | Path) -> Iterator[PictureFile | LeftOut]:
    """The pictures of a folder and all below it, of a zip file or of a glob, or one picture; ordered by name.

    Raises: TrainingError where nothing is there.
    """
    path = Path(given)
    if os.path.isdir(path):  # noqa: PTH112 - says no to a name that is too long
        unreadable: list[LeftOut] = []

        def refuse(error: OSError) -> None:
            unreadable.append(LeftOut(escaped(str(error.filename)), f"cannot be read: {error.strerror}"))

        for folder, folders, files in os.walk(path, onerror=refuse):
            folders.sort()
            for file in sorted(files):
                yield from _one(os.path.join(folder, file))  # noqa: PTH118 - keeps names that are no UTF-8
        yield from unreadable
    elif os.path.isfile(path):  # noqa: PTH113
        yield from _one(str(path), named=True)
    else:
        matches = sorted(glob.glob(str(given), recursive=True))  # noqa: PTH207 - absolute patterns too
        if not matches:
            raise TrainingError(
                f"{escaped(str(given))}: no such folder, file or pattern; give your screenshots"
            )
        for match in matches:
            there = os.path.isdir(match) or os.path.isfile(match)  # noqa: PTH112, PTH113
            yield from find(match) if there else _one(match, named=True)


def _one(file: str, named: bool = False) -> Iterator[PictureFile | LeftOut]:
    suffix = os.path.splitext(file)[1].lower()  # noqa: PTH122
    if suffix == ".zip":
        yield from _members(file)
    elif named or suffix in SUFFIXES:
        yield PictureFile(file)
    else:
        yield LeftOut(escaped(file), f"not a picture's name: ends in {escaped(suffix)}")


def _members(file: str) -> Iterator[PictureFile | LeftOut]:
    if not os.path.isfile(file):  # noqa: PTH113 - reading a pipe may wait for ever
        yield LeftOut(escaped(file), "no zip file that can be read: no file at all")
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield LeftOut(escaped(file), f"no zip file that can be read: {error}")
        return
    for member in members:
        if member.filename.endswith("/"):  # is_dir() fails for a name without letters
            continue
        if os.path.splitext(member.filename)[1].lower() in SUFFIXES:  # noqa: PTH122
            yield PictureFile(file, member.filename)
        else:
            yield LeftOut(printable(PictureFile(file, member.filename)), "not a picture's name")


def printable(picture: PictureFile) -> str:
    """A picture's name on one line, in UTF-8."""
    return escaped(f"{picture.file}/{picture.member}" if picture.member else picture.file)


def escaped(name: str) -> str:
    """A text without line breaks or bytes that are no UTF-8."""
    plain = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in plain
    )
