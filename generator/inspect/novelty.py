"""How new a tile is: its distance to the nearest tile that its network was trained on, by an index of those.

The index is small enough to ship, and shows nobody's tiles: of every different patterned tile of the corpus
it keeps the mean perceived colours of its 4x4 px parts, in steps of 1/64. So distances are of blurred tiles:
less than those of the pixels, and to be read beside the corpus's own usual ones, which are stored with it.

The index of `my.onnx` is `my.tiles.npz` beside it. `python -m training index` makes it.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..dream.network import LARGEST_FILE_BYTES, asset
from ..dream.onnx_guard import SuspectFile, metadata
from ..errors import GanvaniaError
from ..nes.palette import PALETTE_PERCEIVED, PALETTE_RGB
from ..nes.roles import TILE
from ..tiles.colours import pixel_distance
from ..tiles.measure import FLAT_CONTRAST

SUFFIX = ".tiles.npz"
FORMAT = 1
PART_PX = 4
PARTS = (TILE // PART_PX) ** 2
STEPS = 64
"""Of a described colour, in 1. (measured: at 32 the median of distances is off by a tenth)"""
LARGEST_INDEX_BYTES = 32 << 20
"""A file of more is not opened; the one that ships has 2.4 MB."""
LARGEST_UNPACKED_BYTES = 256 << 20
BLOCK, BLOCKS = 32, 24
"""Neighbours in the index that are looked through together, and how many such blocks a tile is compared with
exactly. (measured: 99 of 100 find what a full search finds)"""
_CHUNK, _QUERIES = 256 * BLOCK, 64
_FAR = np.float32(1e9)
_DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError)
"""What opening and unpacking somebody's .npz raises."""


class NoveltyError(GanvaniaError):
    """No index, or none that can be used. `brief`: the same for the game's panel, 17 letters at most."""

    def __init__(self, message: str, brief: str) -> None:
        super().__init__(message)
        self.brief = brief


@dataclass(frozen=True, eq=False)
class Nearest:
    """To each of the tiles that were looked up: distance float32[q], place in the index intp[q], and whether
    it is so plain that its distance says nothing, bool[q]."""

    distance: NDArray[np.float32]
    place: NDArray[np.intp]
    plain: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TileIndex:
    """The described tiles of a corpus."""

    codes: NDArray[np.int8]
    """[t, 48] mean perceived colours of the parts, in steps."""
    corpus_sha256: str
    tiles: int
    """Different tiles that it stands for; some are described alike."""
    usual: float
    """Distance of a tile of the corpus to the nearest of another of its games or kits, median."""
    near: float
    """The same, 5th percentile: the corpus's own near-copies."""

    def nearest(self, tiles: NDArray[np.uint8]) -> Nearest:
        """The nearest described tile to each of the tiles uint8[q, 16, 16] (palette indices)."""
        distance, place = search(self.codes, describe(tiles))
        return Nearest(distance, place, is_plain(tiles))

    def blurred(self, place: int) -> NDArray[np.uint8]:
        """What the index knows of a tile, as a picture: RGB uint8[4, 4, 3], the NES's nearest colours."""
        side = TILE // PART_PX
        seen = self.codes[place].reshape(PARTS, 3) / STEPS
        apart = ((seen[:, None] - PALETTE_PERCEIVED[None]) ** 2).sum(-1)
        return PALETTE_RGB[apart.argmin(1)].reshape(side, side, 3).astype(np.uint8)

    def word(self, distance: float) -> str:
        """What a distance means, in at most 17 letters."""
        if distance <= self.near:
            return "a near copy"
        return "nearer than usual" if distance < self.usual else "as new as any"


def describe(tiles: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Mean perceived colours of the 4x4 px parts of tiles uint8[q, 16, 16], in steps: float32[q, 48]."""
    side = TILE // PART_PX
    colours = PALETTE_PERCEIVED.astype(np.float32)[tiles]
    means = colours.reshape(len(tiles), side, PART_PX, side, PART_PX, 3).mean((2, 4))
    return np.asarray(means.reshape(len(tiles), PARTS * 3) * STEPS, np.float32)


def search(
    codes: NDArray[np.int8],
    described: NDArray[np.float32],
    barred: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Distance float32[q] and place intp[q] of the nearest of the codes [t, 48] to each of float32[q, 48].

    Blocks of neighbours are chosen by the least squared distance in them; among their members the mean
    distance of the parts decides. `barred`: a source of each code and of each query, which may not be equal.
    """
    distance, place = np.empty(len(described), np.float32), np.empty(len(described), np.intp)
    for begin in range(0, len(described), _QUERIES):
        some = np.s_[begin : begin + _QUERIES]
        queries = described[some]
        sources = None if barred is None else (barred[0], barred[1][some])
        least = _least_of_blocks(codes, queries, sources)
        count = min(BLOCKS, len(least))
        chosen = np.argpartition(least, count - 1, axis=0)[:count].T
        for number, (query, blocks) in enumerate(zip(queries, chosen, strict=True)):
            members = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
            members = members[members < len(codes)]
            if sources is not None:
                members = members[sources[0][members] != sources[1][number]]
            parts = (codes[members] - query).reshape(len(members), PARTS, 3)
            mean = np.sqrt((parts**2).sum(2)).mean(1) / STEPS
            best = int(mean.argmin()) if len(mean) else 0
            distance[begin + number] = mean[best] if len(mean) else np.inf
            place[begin + number] = members[best] if len(mean) else 0
    return distance, place


def _least_of_blocks(
    codes: NDArray[np.int8],
    queries: NDArray[np.float32],
    sources: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
) -> NDArray[np.float32]:
    """The least squared distance, but for a term of the query's own, of each block: float32[blocks, q]."""
    towards = np.ascontiguousarray(-2 * queries.T)
    found = []
    for begin in range(0, len(codes), _CHUNK):
        chunk = codes[begin : begin + _CHUNK]
        rest = -len(chunk) % BLOCK
        blocks = np.pad(chunk, ((0, rest), (0, 0)), mode="edge").reshape(-1, BLOCK, PARTS * 3)
        blocks = blocks.astype(np.float32)
        # Block by block: a product so small is not shared out to threads, which would fight the game's.
        apart = blocks @ towards
        apart += (blocks**2).sum(2, keepdims=True)
        if sources is not None:
            theirs = np.pad(sources[0][begin : begin + _CHUNK], (0, rest), mode="edge").reshape(-1, BLOCK)
            apart[theirs[:, :, None] == sources[1]] = _FAR
        found.append(apart.min(1))
    return np.concatenate(found)


def is_plain(tiles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which tiles uint8[q, 16, 16] hold next to nothing, bool[q]; such are in no index."""
    across = pixel_distance(tiles[:, :, :-1], tiles[:, :, 1:]).mean((1, 2))
    down = pixel_distance(tiles[:, :-1], tiles[:, 1:]).mean((1, 2))
    return np.asarray((across + down) / 2 < FLAT_CONTRAST)


def index_path(network: Path) -> Path:
    """Where the index of a network's file is looked for."""
    return network.with_suffix(SUFFIX)


def index_of(network: Path | None, sha256: str) -> TileIndex:
    """The index that belongs to a level's network.

    Args:
        network: its file; None: the one that ships.
        sha256: of the network's file, as the level has it; "": whatever the file holds.
    Raises: NoveltyError where the file is another by now, has no index, or one of another corpus.
    """
    path = network or asset("dream.onnx")
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise NoveltyError(f"{path}: too large to be a network; choose another file", "NO NETWORK")
        data = path.read_bytes()
        said = metadata(data)
    except OSError as error:
        raise NoveltyError(
            f"{path}: cannot be read ({error.strerror}); restore the network's file", "NO NETWORK"
        ) from None
    except SuspectFile as error:
        raise NoveltyError(f"{path}: {error}; export the network again", "NO NETWORK") from None
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise NoveltyError(
            f"{path}: not the network that dreamed this level; name that one with --model", "OTHER NETWORK"
        )
    place = index_path(path)
    if not place.exists():
        raise NoveltyError(
            f"{place}: no index for this network; make it with `python -m training index`", "NO INDEX"
        )
    index = load_index(place)
    if index.corpus_sha256 != said.get("ganvania.corpus_sha256"):
        raise NoveltyError(
            f"{place}: the index of another corpus than the network's; make it again from that one",
            "OTHER CORPUS",
        )
    return index


def load_index(path: Path) -> TileIndex:
    """Reads an index. Raises NoveltyError, one line that names the file, for anything else."""
    try:
        if path.stat().st_size > LARGEST_INDEX_BYTES:
            raise ValueError("too large")
        with zipfile.ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > LARGEST_UNPACKED_BYTES:
                raise ValueError("too large")
        with np.load(path, allow_pickle=False) as arrays:
            return _checked(dict(arrays))
    except _DAMAGED as error:
        what = getattr(error, "strerror", None) or "damaged, or no index"
        raise NoveltyError(
            f"{path}: cannot be used ({what}); make it again with `python -m training index`", "INDEX DAMAGED"
        ) from None


def to_arrays(index: TileIndex) -> dict[str, NDArray[Any]]:
    """The index as the arrays of its file; `load_index` reads them."""
    return {
        "format": np.array(FORMAT, np.int64),
        "codes": index.codes,
        "corpus_sha256": np.frombuffer(index.corpus_sha256.encode(), np.uint8),
        "tiles": np.array(index.tiles, np.int64),
        "usual": np.array([index.usual, index.near], np.float64),
    }


def _checked(arrays: dict[str, NDArray[Any]]) -> TileIndex:
    """Raises ValueError or KeyError for what is no index."""
    codes, usual, digest = arrays["codes"], arrays["usual"], arrays["corpus_sha256"]
    sound = (
        arrays["format"].shape == arrays["tiles"].shape == ()
        and int(arrays["format"]) == FORMAT
        and codes.dtype == np.int8
        and codes.ndim == 2
        and codes.shape[1] == PARTS * 3
        and len(codes) > 0
        and usual.dtype == np.float64
        and usual.shape == (2,)
        and bool(np.isfinite(usual).all())
        and digest.dtype == np.uint8
        and digest.size <= 64
    )
    if not sound:
        raise ValueError("no index")
    return TileIndex(
        codes, digest.tobytes().decode("ascii"), int(arrays["tiles"]), float(usual[0]), float(usual[1])
    )
