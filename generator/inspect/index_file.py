"""The file of a tile index: `my.tiles.npz` beside `my.onnx`, which `python -m training index` makes."""

from __future__ import annotations

import hashlib
import math
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..dream.loading import LARGEST_FILE_BYTES, asset
from ..dream.onnx_guard import SuspectFile, metadata
from ..errors import GanvaniaError
from .novelty import PARTS, TileIndex

SUFFIX = ".tiles.npz"
FORMAT = 1
"""Version of the file's arrays."""
LARGEST_INDEX_BYTES = 32 << 20
"""A larger file is not opened; the one that ships has 2.4 MB."""
LARGEST_UNPACKED_BYTES = 256 << 20
LARGEST_HEADER = 1_000
"""Characters of an array's description."""


class NoveltyError(GanvaniaError):
    """There is no index that can be used. `brief`: the same for the game's panel, 17 letters at most."""

    def __init__(self, message: str, brief: str) -> None:
        super().__init__(message)
        self.brief = brief


def index_path(network: Path) -> Path:
    """The path at which the index of a network's file is looked for."""
    return network.with_suffix(SUFFIX)


def index_of(network: Path | None, sha256: str) -> TileIndex:
    """The index that belongs to a level's network.

    Args:
        network: the network's file; None: the one that ships.
        sha256: of that file, as the level has it; "": whatever the file holds.
    Raises: NoveltyError where the file is another by now, has no index, or has one of another corpus.
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
    beside = index_path(path)
    if not beside.exists():
        raise NoveltyError(
            f"{beside}: no index for this network; make it with `python -m training index`", "NO INDEX"
        )
    index = load_index(beside)
    if index.corpus_sha256 != said.get("ganvania.corpus_sha256"):
        raise NoveltyError(
            f"{beside}: the index of another corpus than the network's; make it again from that one",
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
            members = {member.filename.removesuffix(".npy"): member for member in packed.infolist()}
            return _checked({name: _array(packed, member) for name, member in members.items()})
    except Exception as error:  # a stranger's file: NumPy and zipfile raise whatever they run into
        what = getattr(error, "strerror", None) or "damaged, or no index"
        raise NoveltyError(
            f"{path}: cannot be used ({what}); make it again with `python -m training index`", "INDEX DAMAGED"
        ) from None


def _array(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    """An array of an .npz. No more memory is asked for than the member has bytes, whatever its header says.

    Raises ValueError, or whatever a damaged file makes NumPy and zipfile run into.
    """
    with packed.open(member) as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError("a header of another version")
        shape, by_columns, dtype = np.lib.format.read_array_header_1_0(file, LARGEST_HEADER)
        data = file.read()
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(data):
        raise ValueError("its header does not fit its bytes")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if by_columns else "C")


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
