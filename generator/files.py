"""Writing files: whole or not at all, and one line for the user where the disk refuses."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from .errors import GanvaniaError

if TYPE_CHECKING:
    from PIL.Image import Image


class WriteError(GanvaniaError):
    """A file or a folder that cannot be written."""


@contextmanager
def writing(path: Path, advice: str = "choose another --out") -> Iterator[None]:
    """Turns an OSError of its block into a WriteError that names the path and says what to do."""
    try:
        yield
    except OSError as error:
        raise WriteError(f"{path}: cannot be written ({error.strerror or error}); {advice}") from error


def write_atomically(path: Path, write: Callable[[BinaryIO], Any]) -> None:
    """Calls `write` with a temporary file beside `path`, makes it durable and puts it in place.

    A reader finds the old file or the new one, never a half. Raises OSError.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _make_durable(path.parent)


def write_whole(path: Path, data: bytes, advice: str = "choose another --out") -> None:
    """Writes a file whole or not at all, or into the pipe or the device that is named. Raises WriteError."""
    with writing(path, advice):
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            write_atomically(path, lambda file: file.write(data))


def png(picture: Image) -> bytes:
    """A picture as the bytes of a PNG file."""
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def check_folder(folder: Path, advice: str = "choose another --out") -> None:
    """Makes a folder and writes to it once, before any work is done for it. Raises WriteError."""
    with writing(folder, advice):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def check_file(path: Path, advice: str = "choose another --out") -> None:
    """Raises WriteError where a file cannot be written, before any work is done for it; leaves no file."""
    if path.is_dir():
        raise WriteError(f"{path}: is a folder; name a file, such as {path / 'out'}")
    if not path.parent.is_dir():
        raise WriteError(f"{path}: there is no folder {path.parent}; make it, or {advice}")
    existed = path.exists()
    with writing(path, advice):
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()


def _make_durable(folder: Path) -> None:
    """Flushes a folder, so that a rename in it survives a power cut, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
