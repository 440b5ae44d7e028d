"""The corpus on disk: a folder of three arrays and a description, opened memory-mapped.

screens.npy uint8[n, 224, 224] palette indices, roles.npy uint8[n, 14, 14], games.npy uint16[n] (which game
a screen is of), corpus.json {format, count, games, sha256, source, licence, credits}. The description is
written last, so a folder without it is a corpus that was never finished.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.errors import GanvaniaError
from generator.palette import PALETTE_RGB
from generator.roles import CELLS, SCREEN_PX, Role

from .files import write_atomically

FORMAT = 1
HELD_OUT_EVERY = 16
"""One game of this many is never trained on; metrics and the roles' accuracy are taken on those."""

_ARRAYS: dict[str, tuple[type[Any], tuple[int, ...]]] = {
    "screens": (np.uint8, (SCREEN_PX, SCREEN_PX)),
    "roles": (np.uint8, (CELLS, CELLS)),
    "games": (np.uint16, ()),
}


class CorpusError(GanvaniaError):
    """A corpus folder that cannot be read, or arrays that are none."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Screens of imaginary games; the arrays are memory-mapped and read-only."""

    path: Path
    screens: NDArray[np.uint8]
    roles: NDArray[np.uint8]
    games: NDArray[np.uint16]
    sha256: str
    source: str
    licence: str
    credits: str

    def __len__(self) -> int:
        return len(self.screens)

    def read(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """A copy of these screens. Raises CorpusError where a colour is none of the NES's."""
        screens = self.screens[rows]
        if int(screens.max(initial=0)) >= len(PALETTE_RGB):
            raise CorpusError(
                f"{self.path / 'screens.npy'}: holds a colour above {len(PALETTE_RGB) - 1}; "
                "make the corpus again"
            )
        return np.asarray(screens)

    def training_rows(self) -> NDArray[np.int64]:
        """Row numbers of the screens that may be trained on, int64[k]."""
        return np.flatnonzero(self.games % HELD_OUT_EVERY != HELD_OUT_EVERY - 1)

    def held_out_rows(self) -> NDArray[np.int64]:
        """Row numbers of the screens of the held-out games, int64[k]."""
        return np.flatnonzero(self.games % HELD_OUT_EVERY == HELD_OUT_EVERY - 1)


def write_corpus(
    folder: Path,
    screens: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    games: NDArray[np.uint16],
    *,
    source: str,
    licence: str = "MIT",
    credits: str = "painted by Ganvania's corpus painter",
) -> Corpus:
    """Writes a corpus folder and opens it. Raises CorpusError where arrays or disk do not fit."""
    arrays: dict[str, NDArray[Any]] = {"screens": screens, "roles": roles, "games": games}
    for name, array in arrays.items():
        _check(folder / f"{name}.npy", name, array, len(screens))
    digest = hashlib.sha256()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "corpus.json").unlink(missing_ok=True)
        for name, array in arrays.items():
            data = np.ascontiguousarray(array)
            digest.update(data.data)
            write_atomically(folder / f"{name}.npy", partial(np.save, arr=data))
        description = {
            "format": FORMAT,
            "count": len(screens),
            "games": len(np.unique(games)),
            "held_out": f"games whose number leaves {HELD_OUT_EVERY - 1} when divided by {HELD_OUT_EVERY}",
            "sha256": digest.hexdigest(),
            "source": source,
            "licence": licence,
            "credits": credits,
        }
        text = json.dumps(description, indent=2) + "\n"
        write_atomically(folder / "corpus.json", lambda file: file.write(text.encode()))
    except OSError as error:
        raise CorpusError(
            f"{folder}: cannot write the corpus ({error.strerror}); choose another --out"
        ) from error
    return open_corpus(folder)


def open_corpus(folder: Path) -> Corpus:
    """Opens a corpus folder, memory-mapped. Raises CorpusError, with the name of the file, for all else."""
    described = folder / "corpus.json"
    try:
        description = json.loads(described.read_text("utf-8"))
    except FileNotFoundError as error:
        raise CorpusError(
            f"{described}: no such file; make a corpus with `python -m training corpus --out {folder}`"
        ) from error
    except (OSError, ValueError) as error:
        raise CorpusError(f"{described}: cannot be read ({error}); make the corpus again") from error
    if not isinstance(description, dict) or description.get("format") != FORMAT:
        raise CorpusError(f"{described}: not a corpus of format {FORMAT}; make the corpus again")
    count = description.get("count")
    arrays = {}
    for name in _ARRAYS:
        file = folder / f"{name}.npy"
        try:
            arrays[name] = np.load(file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise CorpusError(f"{file}: missing or cut off; make the corpus again") from error
        _check(file, name, arrays[name], count)
    return Corpus(
        folder,
        arrays["screens"],
        arrays["roles"],
        arrays["games"],
        sha256=str(description.get("sha256", "")),
        source=str(description.get("source", "")),
        licence=str(description.get("licence", "")),
        credits=str(description.get("credits", "")),
    )


def _check(file: Path, name: str, array: NDArray[Any], count: object) -> None:
    dtype, cell = _ARRAYS[name]
    if array.dtype != dtype or array.shape != (count, *cell):
        wanted = f"{np.dtype(dtype)}{[count, *cell]}"
        raise CorpusError(
            f"{file}: holds {array.dtype}{list(array.shape)}, not {wanted}; make the corpus again"
        )
    if not len(array):
        raise CorpusError(f"{file}: holds no screens; make the corpus again")
    if name == "roles" and int(array.max()) >= len(Role):
        raise CorpusError(f"{file}: holds a role above {len(Role) - 1}; make the corpus again")


def paint(folder: Path, screens: int, games: int, seed: int, processes: int | None = None) -> Corpus:
    """Has the painter draw a corpus and writes it to the folder. Raises CorpusError."""
    from .painter import paint_corpus

    if not 1 <= games <= screens or games > np.iinfo(np.uint16).max:
        raise CorpusError(
            f"{folder}: cannot paint {screens} screens of {games} games; ask for 1 <= games <= screens"
        )
    try:
        indices, roles, game = paint_corpus(screens, games, seed, processes=processes or 2)
    except MemoryError:
        raise CorpusError(f"{folder}: no memory for {screens} screens; ask for fewer") from None
    source = f"training.painter: {screens} screens of {games} imaginary games, seed {seed}"
    return write_corpus(folder, indices, roles, game, source=source)
