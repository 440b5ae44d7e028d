"""Tile sets of the user's own: PNG sheets and .tsx files of Tiled, cut into cells of 16x16 px.

A sheet's cells may have 8, 16 or 32 px, with lines between them. Of 8 px cells four that lie together make
one of ours, and each alone makes one, repeated; cells of 32 px are halved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.roles import TILE
from generator.tiled.document import TiledError, Values, beside, document, wrong

from ..screenshots import (
    LeftOut,
    PictureFile,
    Unfit,
    escaped,
    find,
    folder_of,
    printable,
    read,
)
from .shades import Lightness, halved, lightness_of

SIZES = (16, 32, 8)
"""Sides of a sheet's cells, px, that are known; the first that fits as well as the others is taken."""
MOST_CELLS = 20_000
"""Of one sheet; of a larger one the first so many are used."""
_TRANSPARENT = -64.0
"""What a transparent pixel counts as, where differences of lightness are asked for."""
_LINE = 1.2
"""A line between two cells must be so many times as strong as one within them. (by eye)"""


class Cutting(NamedTuple):
    """How a sheet is cut into cells, in px."""

    size: int
    spacing: int = 0
    margin: int = 0


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cells that lie beside one another as they were drawn."""

    folder: str
    name: str
    cells: Lightness
    """float32[rows, columns, 16, 16]."""
    alone: bool = False
    """Whether neighbours have nothing to do with one another."""


class _Given(NamedTuple):
    picture: PictureFile
    cutting: Cutting | None
    """Where a .tsx says it."""


def read_sheets(paths: Sequence[str]) -> tuple[list[Sheet], list[LeftOut]]:
    """The sheets of folders, zip files, pictures and .tsx files, and what was left out of them, with the
    reason. Pictures of one cell that lie in one folder are one sheet.

    Raises: TrainingError for a path that is not there.
    """
    sheets: list[Sheet] = []
    left_out: list[LeftOut] = []
    single: dict[str, list[Lightness]] = {}
    for given in _given(paths, left_out):
        name = printable(given.picture)
        frames = read(given.picture, alpha=True)
        if isinstance(frames, Unfit):
            left_out.append(LeftOut(name, frames.reason))
            continue
        lightness = lightness_of(_keyed(frames[0]))
        cutting = given.cutting or cutting_of(lightness)
        if cutting is None:
            height, width = lightness.shape
            left_out.append(LeftOut(name, f"too small: {width}x{height} px; cells have 8, 16 or 32"))
            continue
        cells = _cut(lightness, cutting)
        folder = folder_of(given.picture)
        if cells.shape[:2] == (1, 1):
            single.setdefault(folder, []).append(cells[0, 0])
            continue
        if cells.size:
            sheets.append(Sheet(folder, name, cells))
        elif cutting.size != TILE // 2:
            left_out.append(LeftOut(name, "no whole cell: spacing or margin are larger than the picture"))
        if cutting.size == TILE // 2:
            sheets.append(Sheet(folder, f"{name}, cell by cell", _repeated(lightness, cutting), alone=True))
    sheets += [
        Sheet(folder, escaped(folder) or ".", np.stack(cells)[:, None], alone=True)
        for folder, cells in single.items()
    ]
    return sheets, left_out


def _given(paths: Sequence[str], left_out: list[LeftOut]) -> Iterator[_Given]:
    """All pictures, those that a .tsx names with what it says of them."""
    for path in paths:
        root = Path(path) if Path(path).is_dir() else Path(path).parent
        pictures: list[PictureFile] = []
        told: dict[Path, Cutting] = {}
        for each in find(path):
            name = each.name if isinstance(each, LeftOut) else printable(each)
            if name.lower().endswith(".tsx"):
                try:
                    told |= read_tsx(Path(name), root)
                except TiledError as error:
                    left_out.append(LeftOut(name, str(error)))
            elif isinstance(each, LeftOut):
                left_out.append(each)
            else:
                pictures.append(each)
        for picture in pictures:
            yield _Given(picture, told.pop(Path(picture.file).resolve(), None))
        yield from (_Given(PictureFile(str(file)), cutting) for file, cutting in told.items())


def read_tsx(path: Path, root: Path) -> dict[Path, Cutting]:
    """The pictures that a tile set of Tiled names, and how it cuts them.

    Args:
        root: the folder that the pictures must lie in, or below.
    Raises: TiledError.
    """
    element = document(path, "tileset")
    told = Values(path, "the tileset", element.attrib)
    size = told.whole("tilewidth", 1, 4096)
    if size not in SIZES or told.whole("tileheight", 1, 4096) != size:
        what = f"has tiles of {size}x{told.text('tileheight')} px"
        raise wrong(path, what, "give a tile set of 8, 16 or 32 px")
    cutting = Cutting(size, told.whole("spacing", 0, 256, 0), told.whole("margin", 0, 256, 0))
    sources = [image.get("source", "") for image in element.iter("image")]
    return {beside(path, source, "picture", root): cutting for source in sources}


def _keyed(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGBA uint8[h, w, 4]. A picture that is opaque everywhere, and whose four corners have one loud colour
    (no grey, no shade of it), has that colour for what is transparent."""
    if (picture[..., 3] < 128).any():
        return picture
    corners = picture[[0, 0, -1, -1], [0, -1, 0, -1], :3]
    loud = int(corners[0].max()) - int(corners[0].min()) > 128
    if loud and (corners == corners[0]).all():
        picture = picture.copy()
        picture[(picture[..., :3] == corners[0]).all(-1), 3] = 0
    return picture


def cutting_of(lightness: Lightness) -> Cutting | None:
    """How a sheet is cut that does not say so: by lines of one colour between its cells where it has some,
    else by where neighbouring pixels differ. None for a picture smaller than a cell."""
    height, width = lightness.shape
    if height == width and height in SIZES:
        return Cutting(height)
    seen = np.nan_to_num(lightness, nan=_TRANSPARENT)
    for size in SIZES:
        for spacing in (1, 2):
            for margin in {0, spacing}:
                if _has_lines(seen, Cutting(size, spacing, margin)):
                    return Cutting(size, spacing, margin)
    if min(height, width) < TILE:
        return Cutting(8) if min(height, width) >= 8 else None
    change = _by_position(seen) + _by_position(seen.T)
    if np.isnan(change).any():  # too narrow to say
        return Cutting(TILE)
    eighth, sixteenth, thirty_second, within = change + 1e-6
    if eighth > _LINE * within and eighth > 0.8 * max(sixteenth, thirty_second):
        return Cutting(8)
    if sixteenth > _LINE * within or thirty_second <= _LINE * within or min(height, width) < 2 * TILE:
        return Cutting(TILE)
    return Cutting(32)


def _by_position(seen: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much neighbouring columns differ, float64[4]: at odd multiples of 8 px, of 16, at multiples of 32,
    elsewhere; NaN where there are none."""
    change = np.abs(np.diff(seen, axis=1)).mean(0)
    at = np.arange(1, seen.shape[1])
    kinds = (at % 16 == 8, at % 32 == 16, at % 32 == 0, at % 8 != 0)
    return np.array([change[kind].mean() if kind.any() else np.nan for kind in kinds])


def _has_lines(seen: NDArray[np.float32], cutting: Cutting) -> bool:
    """Whether every line that lies between two cells, if they are cut so, has one colour."""
    size, spacing, margin = cutting
    for side, lines in ((seen.shape[1], seen.T), (seen.shape[0], seen)):
        count, rest = divmod(side - 2 * margin + spacing, size + spacing)
        if rest or count < 2:
            return False
        begin = margin + size + (size + spacing) * np.arange(count - 1)
        between = (begin[:, None] + np.arange(spacing)).ravel()
        if np.ptp(lines[between]) > 0:
            return False
    return bool(np.ptp(seen) > 0)


def _cut(lightness: Lightness, cutting: Cutting) -> Lightness:
    """Cells float32[rows, columns, 16, 16]."""
    size, spacing, margin = cutting
    step, first = size + spacing, margin
    rows, columns = ((side - 2 * margin + spacing) // step for side in lightness.shape)
    at = [(first + step * np.arange(count)[:, None] + np.arange(size)).ravel() for count in (rows, columns)]
    packed = lightness[np.ix_(*at)]
    if size == 2 * TILE:
        packed = halved(packed)
    rows, columns = (side // TILE for side in packed.shape)
    cells = packed[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE).swapaxes(1, 2)
    return cells[: max(1, MOST_CELLS // max(1, columns))]


def _repeated(lightness: Lightness, cutting: Cutting) -> Lightness:
    """Each cell of 8 px, repeated: float32[cells, 1, 16, 16]."""
    half = TILE // 2
    packed = _cut(np.pad(lightness, ((0, half), (0, half)), constant_values=np.nan), cutting)
    quarters = packed.reshape(*packed.shape[:2], 2, half, 2, half).swapaxes(3, 4).reshape(-1, half, half)
    kept = quarters[np.isfinite(quarters).any((1, 2))]
    return np.tile(kept, (1, 2, 2))[:MOST_CELLS, None]
