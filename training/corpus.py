"""The corpus on disk: one format for every source of screens, opened memory-mapped.

A corpus is a folder. screens.npy has uint8[n, 224, 224] (palette indices), roles.npy uint8[n, 14, 14]
(`UNKNOWN_ROLE` where nobody knows), source.npy uint32[n] (the number of a screen's source), corpus.json
{format, count, sha256, sources: [{kind, name, licence, credits, held_out}]}. A source is one imaginary game,
one kit or one picture file. The description is written last: a folder without it was never finished.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from generator.errors import GanvaniaError
from generator.files import WriteError, write_atomically, writing
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import BASE_ROLES, CELLS, SCREEN_PX, Role

FORMAT = 3
ROLES_OF_FORMAT = {2: BASE_ROLES, FORMAT: len(Role)}
"""The formats that are read, and how many roles each of them knows: the first so many."""
UNKNOWN_ROLE = 255
"""The role of a cell of which nobody has said what it is for."""

_ARRAYS: dict[str, tuple[type[Any], tuple[int, ...]]] = {
    "screens": (np.uint8, (SCREEN_PX, SCREEN_PX)),
    "roles": (np.uint8, (CELLS, CELLS)),
    "source": (np.uint32, ()),
}


class CorpusError(GanvaniaError):
    """A corpus that cannot be read, or screens that cannot be put into one."""


@dataclass(frozen=True)
class Source:
    """Where screens come from: one imaginary game, one kit, or one picture file."""

    kind: str  # "painter", "kit" or "screenshot"
    name: str  # of the game, the kit or the file
    licence: str  # SPDX where there is one, "unknown" for a user's own pictures
    credits: str  # whom to name; "" where nobody must be named
    held_out: bool  # never trained on: metrics and accuracies are measured on those


@dataclass(frozen=True, eq=False)
class Corpus:
    """Screens and their sources; the arrays are memory-mapped and read-only."""

    path: Path
    screens: NDArray[np.uint8]
    roles: NDArray[np.uint8]
    source: NDArray[np.uint32]
    sources: tuple[Source, ...]
    sha256: str

    def __len__(self) -> int:
        return len(self.screens)

    def read(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """A copy of these screens, uint8[k, 224, 224].

        It is not read from the memory map, because what was read there stays in this process's memory.
        Raises: CorpusError where the file is cut off by now, or a colour is not one of the NES's.
        """
        path = self.path / "screens.npy"
        screens = np.empty((len(rows), SCREEN_PX, SCREEN_PX), np.uint8)
        begin = len(_header("screens", len(self)))
        try:
            with path.open("rb", buffering=0) as file:
                for screen, row in zip(screens, rows.tolist(), strict=True):
                    file.seek(begin + row * screen.nbytes)
                    if file.readinto(screen.data) != screen.nbytes:
                        raise _damaged(path, "cut off")
        except OSError as error:
            raise _damaged(path, f"cannot be read ({error.strerror})") from error
        if int(screens.max(initial=0)) >= len(PALETTE_RGB):
            raise _damaged(path, f"holds a colour above {len(PALETTE_RGB) - 1}")
        return screens

    def training_rows(self) -> NDArray[np.int64]:
        """The row numbers of the screens that may be trained on, int64[k]."""
        return np.flatnonzero(~self._held_out())

    def held_out_rows(self, kind: str | None = None) -> NDArray[np.int64]:
        """The row numbers of the screens of held-out sources, all or of one kind, int64[k]."""
        of_kind = np.array([kind in (None, source.kind) for source in self.sources], dtype=bool)
        return np.flatnonzero(self._held_out() & of_kind[self.source])

    def _held_out(self) -> NDArray[np.bool_]:
        return np.array([source.held_out for source in self.sources], dtype=bool)[self.source]

    @property
    def licence(self) -> str:
        """Every licence of what is trained on, the commonest first."""
        count = Counter(source.licence for source in self.sources if not source.held_out)
        return ", ".join(licence for licence, _ in count.most_common())

    @property
    def credits(self) -> str:
        """Everybody who must be named for what is trained on."""
        named = dict.fromkeys(source.credits for source in self.sources if not source.held_out)
        return "; ".join(credit for credit in named if credit)

    def told(self) -> dict[str, str]:
        """What a network that is trained on it says of it: its hash, licence and credits."""
        return {"corpus_sha256": self.sha256, "licence": self.licence, "credits": self.credits}

    def summary(self) -> str:
        """How many screens of how many sources of each kind, in words."""
        screens = np.bincount(self.source, minlength=len(self.sources))
        parts = []
        for kind in sorted({source.kind for source in self.sources}):
            counts = [int(n) for n, source in zip(screens, self.sources, strict=True) if source.kind == kind]
            parts.append(f"{sum(counts):,} screens of {len(counts):,} {_PLURAL.get(kind, kind)}")
        return ", ".join(parts)


_PLURAL = {"painter": "imaginary games", "kit": "kits", "screenshot": "pictures"}


class CorpusWriter:
    """Writes a corpus source by source; no screen is kept in memory.

    Use it in a `with`. The corpus is there when that ends without an error; until then the folder's former
    one is. Raises CorpusError where arrays do not fit, WriteError where the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sources: list[Source] = []
        self.count = 0
        """Screens that came in."""
        self._digest = {name: hashlib.sha256() for name in _ARRAYS}
        self._files: dict[str, BinaryIO] = {}
        with self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            for name in _ARRAYS:
                self._files[name] = (folder / f".{name}.npy.{os.getpid()}.tmp").open("wb")
                self._files[name].write(_header(name, self.count))

    def add(self, source: Source, screens: NDArray[np.uint8], roles: NDArray[np.uint8] | None = None) -> None:
        """Appends the screens uint8[k, 224, 224] of another source; without roles nobody knows them."""
        count = len(screens)
        if roles is None:
            roles = np.full((count, CELLS, CELLS), UNKNOWN_ROLE, np.uint8)
        arrays: dict[str, NDArray[Any]] = {
            "screens": screens,
            "roles": roles,
            "source": np.full(count, len(self._sources), np.uint32),
        }
        for name, array in arrays.items():
            _check(self.folder / f"{name}.npy", name, array, count)
        self._sources.append(source)
        self.count += count
        with writing(self.folder):
            for name, array in arrays.items():
                data = np.ascontiguousarray(array).data
                self._digest[name].update(data)
                self._files[name].write(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None or not self.count:
            self._discard()
            if kind is None:
                raise CorpusError(f"{self.folder}: no screen came in; nothing was written")
            return
        sources = [asdict(source) for source in self._sources]
        whole = hashlib.sha256(json.dumps(sources).encode())
        for name in _ARRAYS:
            whole.update(self._digest[name].digest())
        told = {"format": FORMAT, "count": self.count, "sha256": whole.hexdigest(), "sources": sources}
        text = json.dumps(told, indent=1) + "\n"
        with self._writing():
            for name, file in self._files.items():
                file.seek(0)
                file.write(_header(name, self.count))  # now with the number of screens
                file.flush()
                os.fsync(file.fileno())
                file.close()
            (self.folder / "corpus.json").unlink(missing_ok=True)
            for name, file in self._files.items():
                Path(file.name).replace(self.folder / f"{name}.npy")
            write_atomically(self.folder / "corpus.json", lambda file: file.write(text.encode()))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Throws away what was written where the disk refuses."""
        try:
            with writing(self.folder):
                yield
        except WriteError:
            self._discard()
            raise

    def _discard(self) -> None:
        for file in self._files.values():
            with suppress(OSError):
                file.close()
            Path(file.name).unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()  # fails where something else is in it: then it was not made for this


def _header(name: str, count: int) -> bytes:
    """The header of a .npy file; its length does not depend on the count."""
    dtype, cell = _ARRAYS[name]
    described = f"{{'descr': {np.dtype(dtype).str!r}, 'fortran_order': False, 'shape': {(count, *cell)}, }}"
    return b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little") + described.ljust(117).encode() + b"\n"


def open_corpus(folder: Path) -> Corpus:
    """Opens a corpus folder, memory-mapped. Raises CorpusError, which names the file, for anything else."""
    described = folder / "corpus.json"
    try:
        description = json.loads(described.read_text("utf-8"))
    except FileNotFoundError as error:
        raise CorpusError(
            f"{described}: no such file; make a corpus with `python -m training corpus --out {folder}`"
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(described, f"cannot be read ({error})") from error
    found = description.get("format") if isinstance(description, dict) else None
    if type(found) is not int or found not in ROLES_OF_FORMAT:
        known = " or ".join(map(str, ROLES_OF_FORMAT))
        raise _damaged(described, f"a corpus of format {found}, not {known}")
    count = description.get("count")
    sources = _sources(described, description.get("sources"))
    arrays = {}
    for name in _ARRAYS:
        file = folder / f"{name}.npy"
        try:
            arrays[name] = np.load(file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise _damaged(file, "missing or cut off") from error
        if not isinstance(arrays[name], np.ndarray):
            raise _damaged(file, "holds several arrays, not one")
        _check(file, name, arrays[name], count, ROLES_OF_FORMAT[found])
    if int(arrays["source"].max()) >= len(sources):
        raise _damaged(folder / "source.npy", "names a source that is not listed")
    return Corpus(folder, **arrays, sources=sources, sha256=str(description.get("sha256", "")))


def _sources(described: Path, listed: object) -> tuple[Source, ...]:
    wanted = {field.name: bool if field.type == "bool" else str for field in fields(Source)}
    if not isinstance(listed, list) or not all(
        isinstance(entry, dict)
        and entry.keys() == wanted.keys()
        and all(isinstance(entry[name], kind) for name, kind in wanted.items())
        for entry in listed
    ):
        raise _damaged(described, "its list of sources is damaged")
    return tuple(Source(**entry) for entry in listed)


def _check(file: Path, name: str, array: NDArray[Any], count: object, roles: int = len(Role)) -> None:
    dtype, cell = _ARRAYS[name]
    if array.dtype != dtype or array.shape != (count, *cell):
        wanted = f"{np.dtype(dtype)}{[count, *cell]}"
        raise _damaged(file, f"holds {array.dtype}{list(array.shape)}, not {wanted}")
    if not len(array):
        raise _damaged(file, "holds no screens")
    if name == "roles" and bool(((array >= roles) & (array != UNKNOWN_ROLE)).any()):
        raise _damaged(file, f"holds a role above {roles - 1}")


def _damaged(file: Path, what: str) -> CorpusError:
    return CorpusError(f"{file}: {what}; make the corpus again")
