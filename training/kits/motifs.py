"""Which cells of a tile set are good for what: nobody says it of a stranger's.

Masonry is what can stand beside itself: filled cells, and blocks of 2x2 of them. What lies above masonry in
the sheet, and goes on sideways, is the ground's edge. Things with nothing round them are shown to the role
network, standing in a room: what it takes them for they become.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generator.dream.loading import load_roles
from generator.nes.palette import to_rgb
from generator.nes.roles import CELLS, TILE, Role
from generator.rng import mix

from ..errors import TrainingError
from ..painter import paint_game
from ..painter.painting import Painting
from ..painter.palettes import DECOR, FAR
from ..painter.shading import Shades
from ..screenshots import LeftOut, escaped, write_left_out
from .kits import DrawnKit
from .shades import Lightness, ranked
from .sheets import Sheet, read_sheets

MASONRY_A_KIT, MOST_KITS = 4, 24
"""A sheet gives one kit for so many patterns of masonry, and no more than so many kits."""
HELD_OUT_EVERY = 8
"""One kit of so many is held out, where there are so many."""
FILLED = 0.98
"""The share of a cell from which it is filled."""
SURE = 0.6
"""How sure the role network must be of a thing. (by eye)"""
SEAM = 1.15
"""A seam may be so many times as strong as the strongest line within a cell. (by eye)"""
FRAMED = 0.8
"""The share of a cell's edge that has one lightness, where it is framed; corners may have others."""
PLAIN = 5.0
"""Deviation of lightness below which a cell is plain. (by eye)"""
LARGEST = (5, 4)
"""Height and width of the largest thing, in cells."""
_OF_MASONRY = ("fill", "core", "slab", "wall", "wall2", "rampart", "cave")
THINGS = {
    Role.TREE: ("tree0", "tree1", "tree2"),
    Role.BUSH: ("bush", "bushes"),
    Role.STATUE: ("statue",),
    Role.GRAVE: ("grave", "grave2"),
    Role.CANDLE: ("candle",),
    Role.DOOR: ("door",),
    Role.WINDOW: ("window", "great_window"),
    Role.SPIKES: ("spikes",),
    Role.FENCE: ("fence",),
}
"""The motifs that a thing of a role becomes."""


class Masonry(NamedTuple):
    """What walls and ground can be made of."""

    fill: Lightness
    top: Lightness | None
    """The ground's edge that belongs to it."""


def sheet_kits(paths: Sequence[str], listing: Path) -> list[DrawnKit]:
    """The kits that can be made of tile sets; what was left out is listed with the reason.

    Raises: TrainingError for a path that is not there, and where no sheet has masonry; WriteError.
    """
    sheets, left_out = read_sheets(paths)
    folders: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        folders.setdefault(sheet.folder, []).append(sheet)
    kits = []
    for folder, inside in folders.items():
        made = kits_of(inside)
        kits += made
        if not made:
            left_out.append(
                LeftOut(escaped(folder), "no cell that goes on sideways, and nothing that is known")
            )
    kits = [
        replace(kit, held_out=len(kits) >= HELD_OUT_EVERY and number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1)
        for number, kit in enumerate(kits)
    ]
    write_left_out(listing, left_out)
    if not kits:
        given = ", ".join(escaped(path) for path in paths)
        raise TrainingError(f"{given}: no usable tile set; give PNG sheets; {listing} says what is wrong")
    return kits


def kits_of(sheets: Sequence[Sheet]) -> list[DrawnKit]:
    """Kits of the sheets of one folder, which share the things that are found in any of them; where none has
    masonry but some have things, one kit, whose masonry is the painter's."""
    things: dict[str, tuple[Shades, ...]] = {}
    for sheet in sheets:
        for name, options in things_of(sheet).items():
            things[name] = (*things.get(name, ()), *options)
    made = []
    for sheet in sheets:
        masonry = masonry_of(sheet)
        count = min(MOST_KITS, -(-len(masonry) // MASONRY_A_KIT))
        for number in range(count):
            own = masonry[len(masonry) * number // count : len(masonry) * (number + 1) // count]
            fills = tuple(ranked(each.fill) for each in own)
            motifs = things | dict.fromkeys(_OF_MASONRY, fills)
            edged = [(each.fill, each.top) for each in own if each.top is not None]
            if edged:
                fill, top = edged[number % len(edged)]
                motifs |= {"fill": (ranked(fill),), "top": (ranked(top),)}
            made.append((f"{sheet.name}, {number + 1} of {count}", motifs))
    if not made and things:
        made.append((sheets[0].name, things))
    return [DrawnKit(name, zlib.crc32(name.encode()), "unknown", "", False, motifs) for name, motifs in made]


def masonry_of(sheet: Sheet) -> list[Masonry]:
    """What can stand beside itself, each pattern once: cells, and blocks of 2x2 that belong together."""
    cells = sheet.cells
    rows, columns = cells.shape[:2]
    cover = np.isfinite(cells).mean((2, 3))
    found: dict[bytes, Masonry] = {}
    used = np.zeros((rows, columns), bool)
    for row in range(rows - 1 if not sheet.alone else 0):
        for column in range(columns - 1):
            block = np.s_[row : row + 2, column : column + 2]
            if (cover[block] < FILLED).any() or used[block].any():
                continue
            whole = np.nan_to_num(cells[block].swapaxes(1, 2).reshape(2 * TILE, 2 * TILE))
            parts = cells[block].reshape(4, -1)
            same = any((parts[one] == parts[0]).all() for one in (1, 2, 3))
            if not same and belongs_together(whole) and goes_on(whole) and goes_on(whole.T):
                used[block] = True
                found.setdefault(ranked(whole).tobytes(), Masonry(whole, _edge(sheet, cover, row, column)))
    for row, column in np.argwhere((cover >= FILLED) & ~used).tolist():
        cell = np.nan_to_num(cells[row, column])
        if cell.std() >= PLAIN and goes_on(cell) and goes_on(cell.T):
            found.setdefault(ranked(cell).tobytes(), Masonry(cell, _edge(sheet, cover, row, column)))
    return [each for each in found.values() if len(np.unique(ranked(each.fill))) > 1]


def goes_on(cell: Lightness) -> bool:
    """Whether a cell can stand beside itself: its seam is no stronger than the lines within it, or it is
    framed."""
    seam = float(np.abs(cell[:, 0] - cell[:, -1]).mean())
    within = np.abs(np.diff(cell, axis=1)).mean(0)
    if seam <= SEAM * float(within.max(initial=0)) and float(cell.std()) > 0:
        return True
    edges = (cell[1:-1, 0], cell[1:-1, -1])
    return all((np.abs(edge - np.median(edge)) <= PLAIN).mean() >= FRAMED for edge in edges)


def belongs_together(block: Lightness) -> bool:
    """Whether the two joints of a block of 2x2 cells are weaker than the lines within its cells are, and
    weaker than the seams would be if each cell stood beside itself."""
    for turned in (block, block.T):
        change = np.abs(np.diff(turned, axis=1)).mean(0)
        joint = float(change[TILE - 1])
        beside_itself = float(np.abs(turned[:, [0, TILE]] - turned[:, [TILE - 1, 2 * TILE - 1]]).mean())
        if joint > float(np.median(change)) * 1.5 or joint >= beside_itself:
            return False
    return True


def _edge(sheet: Sheet, cover: NDArray[Any], row: int, column: int) -> Lightness | None:
    """The cell above masonry, where that is its edge: nothing lies above it, and it goes on sideways."""
    if sheet.alone or row == 0:
        return None
    edge = sheet.cells[row - 1, column]
    open_above = row == 1 or cover[row - 2, column] < 0.1
    lower = edge[TILE // 2 :]
    filled = cover[row - 1, column] >= 0.5 and bool(np.isfinite(lower).all())
    return edge if open_above and filled and goes_on(lower) else None


def things_of(sheet: Sheet) -> dict[str, tuple[Shades, ...]]:
    """Motifs of the things with nothing round them, and of the ledges."""
    network = load_roles()
    found: dict[str, list[Shades]] = {}
    for thing in _alone(sheet):
        shades = ranked(thing)
        height, width = (side // TILE for side in shades.shape)
        if height == 1 and width >= 3 and np.isfinite(thing[:4]).mean() > 0.9:
            middle = shades[:, TILE : 2 * TILE]
            found.setdefault("ledge", []).append(np.hstack([shades[:, :TILE], middle, shades[:, -TILE:]]))
            continue
        screens, at = _rooms_with(shades)
        odds = network.classify(to_rgb(screens))[at].mean(0)
        role = Role(int(odds.argmax()))
        if odds[role] >= SURE:
            for name in THINGS.get(role, ()):
                found.setdefault(name, []).append(shades)
    return {name: tuple(options) for name, options in found.items()}


def _alone(sheet: Sheet) -> Iterator[Lightness]:
    """Things with nothing else in their cells, in whole cells."""
    rows, columns = sheet.cells.shape[:2]
    whole = sheet.cells.swapaxes(1, 2).reshape(rows * TILE, columns * TILE)
    seen = np.isfinite(whole)
    numbers, _ = ndimage.label(seen, np.ones((3, 3)))
    for number, (down, across) in enumerate(ndimage.find_objects(numbers), 1):
        top, bottom = down.start // TILE, -(-down.stop // TILE)
        left, right = across.start // TILE, -(-across.stop // TILE)
        if bottom - top > LARGEST[0] or right - left > LARGEST[1]:
            continue
        box = np.s_[top * TILE : bottom * TILE, left * TILE : right * TILE]
        own = (numbers[box] == number).sum()
        if own == seen[box].sum() and 0.12 <= own / seen[box].size <= 0.97:
            yield whole[box]


def _rooms_with(thing: Shades) -> tuple[NDArray[Any], tuple[NDArray[Any], ...]]:
    """Rooms of several games in which a thing stands: palette indices uint8[3, 224, 224], and where its cells
    are."""
    height, width = (side // TILE for side in thing.shape)
    screens, at = [], np.zeros((3, CELLS, CELLS), bool)
    for number in range(3):
        painting = Painting(paint_game(mix(0x7415, number)))
        painting.fill(painting.rows >= 0, "wall", Role.BACKDROP)
        painting.fill(painting.rows >= 11, "fill", Role.GROUND_FILL)
        painting.fill(painting.rows == 11, "top", Role.GROUND_TOP)
        for column in range(2, CELLS - width, width + 3):
            painting.lay(11 - height, column, thing, (DECOR, FAR)[number % 2], Role.BACKDROP)
            at[number, 11 - height : 11, column : column + width] = True
        sub_px = np.repeat(np.repeat(painting.sub, TILE, 0), TILE, 1)
        screens.append(painting.game.palettes[sub_px, painting.shades])
    return np.stack(screens), np.nonzero(at)
