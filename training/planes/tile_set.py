"""A corpus taken apart: its distinct tiles, and each screen as a grid of their numbers.

It is made once, in a few minutes for a large corpus, and kept beside it in `planes.npz`.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.dream.loading import load_roles
from generator.files import write_atomically
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import CELLS, TILE

from ..corpus import UNKNOWN_ROLE, Corpus, open_corpus
from ..workers import cores, in_order
from .bars import roles_of_bars
from .planes import SHADES, take_apart

FORMAT = 2
CHUNK = 64
"""Screens that a process takes apart at once."""
FEW = 8 * CHUNK
"""So many screens are taken apart sooner than processes are started."""
_PLACES = SHADES ** np.arange(4, dtype=np.uint8)
"""Four pixels of two bits make a byte."""


@dataclass(frozen=True, eq=False)
class TileSet:
    """What the screens of a corpus are made of."""

    tiles: NDArray[np.uint8]
    """uint8[t, 16, 16] of shades 0..3, each tile once."""
    numbers: NDArray[np.int32]
    """int32[n, 14, 14]: the tile of each cell."""
    attributes: NDArray[np.uint8]
    """uint8[n, 14, 14]: the sub-palette of each cell."""
    palettes: NDArray[np.uint8]
    """uint8[n, 4, 4]: palette indices of each screen's sub-palettes, column 0 the backdrop colour."""
    roles: NDArray[np.uint8]
    """uint8[n, 14, 14]: what each cell is for; where nobody knows, the shipped role network's word."""


def tile_set(corpus: Corpus) -> TileSet:
    """Takes a corpus apart, or reads what was taken apart before. Raises CorpusError, NetworkError."""
    kept = corpus.path / "planes.npz"
    found = _read(kept, corpus)
    if found is None:
        found = _taken_apart(corpus, cores() if len(corpus) > FEW else 1)
        stamp = np.array([str(FORMAT), corpus.sha256])
        arrays = {name: getattr(found, name) for name in TileSet.__dataclass_fields__}
        with suppress(OSError):  # where it cannot be kept, it is made again the next time
            write_atomically(kept, lambda file: np.savez(file, stamp=stamp, **arrays))
    return found


def _read(path: Path, corpus: Corpus) -> TileSet | None:
    try:
        with np.load(path, allow_pickle=False) as file:
            if file["stamp"].tolist() != [str(FORMAT), corpus.sha256]:
                return None
            return TileSet(**{name: file[name] for name in TileSet.__dataclass_fields__})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _taken_apart(corpus: Corpus, processes: int) -> TileSet:
    count = len(corpus)
    tasks = [(corpus.path, at, min(at + CHUNK, count)) for at in range(0, count, CHUNK)]
    parts = zip(*in_order(_part, tasks, processes), strict=True)
    packed, attributes, palettes = (np.concatenate(part) for part in parts)
    keys = packed.reshape(-1, packed.shape[-1]).view(f"V{packed.shape[-1]}").ravel()
    distinct, numbers = np.unique(keys, return_inverse=True)
    grids: NDArray[np.int32] = numbers.reshape(count, CELLS, CELLS).astype(np.int32)
    tiles = distinct.view(np.uint8).reshape(len(distinct), -1, 1) // _PLACES % SHADES
    return TileSet(
        tiles.reshape(-1, TILE, TILE).astype(np.uint8),
        grids,
        attributes.reshape(count, CELLS, CELLS),
        palettes,
        _known(corpus),
    )


def _part(task: tuple[Path, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Tiles packed to 64 bytes uint8[k, 196, 64], attributes and palettes of some of a corpus's screens."""
    path, first, end = task
    planes = [take_apart(screen) for screen in open_corpus(path).read(np.arange(first, end))]
    shades = np.stack([one.shades for one in planes]).reshape(len(planes), CELLS * CELLS, -1, 4)
    packed = (shades * _PLACES).sum(-1, dtype=np.uint8)
    return packed, np.stack([one.attributes for one in planes]), np.stack([one.palettes for one in planes])


def _known(corpus: Corpus) -> NDArray[np.uint8]:
    """The roles of all screens. Those that nobody knows are said by the letters of status bars, and by the
    shipped role network."""
    roles = np.array(corpus.roles)
    unknown = np.flatnonzero((roles == UNKNOWN_ROLE).any((1, 2)))
    if len(unknown):
        network = load_roles()
        for row in unknown:
            (screen,) = corpus.read(np.array([row]))
            said = network.classify(PALETTE_RGB[screen][None])[0].argmax(-1).astype(np.uint8)
            said = roles_of_bars(screen, said)
            roles[row] = np.where(roles[row] == UNKNOWN_ROLE, said, roles[row])
    return roles
