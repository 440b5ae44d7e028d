"""Somebody's own level, dressed: a grid of roles that no layout has drawn.

What the layout knows of its rooms is read off the grid here: where one is indoors, where the floor is, so
that walls end on it, and what stands there. The choosing and the dressing are those of every stage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..dream.network import Networks
from ..layout.canvas import FLOOR_ROW, Prop
from ..level import SCREEN_ROWS
from ..nes.roles import CELLS, SOLID, Role
from ..tiles.bank import Bank
from ..tiles.layers import Layers, Tiles
from .art import Painted, paint
from .building import Building, Room
from .drawn import blocks
from .themes import THEMES
from .wish import Wish

OUTSIDE_KIND = "courtyard"
"""What all under the sky is dressed as; without a castle's front."""
INSIDE_KINDS = {
    "gate": "corridor", "hall": "colonnade", "crypt": "gauntlet", "cave": "cave", "works": "machinery",
    "keep": "storeys",
}  # fmt: skip
"""What all indoors is dressed as, by theme: how such a kind of room is furnished is said in `backdrops`."""
assert INSIDE_KINDS.keys() == {theme.name for theme in THEMES}
SHAFT_ROWS = 4
"""Rows over a storey's floor where its wall is mere wall, below all windows. (by eye)"""
SEAM_ROWS = 1, 3
"""Rows over a floor and from it on that a wall has of its base, its shade and its cornice. (by eye)"""
BUSH_ROWS = 2
"""Rows from which bushes above one another are a tree."""
_OUTSIDE = [Role.SKY]
_INSIDE = [Role.BACKDROP, Role.WINDOW, Role.COLUMN]


@dataclass(frozen=True, eq=False)
class Dressed:
    """A grid of roles, and what it is dressed in. The fields are a `Level`'s: what draws one draws both."""

    roles: NDArray[np.uint8]
    """[H, W] `Role` of each cell, as it was handed in; roles that levels do not have are folded."""
    tiles: Tiles
    """int16[H, W] bank indices of the tiles in front, -1 for none."""
    backdrop: Tiles
    """int16[H, W] bank indices of the tiles behind them, -1 for none."""
    far: Tiles
    """int16[h, w] bank indices of the layer behind both, which scrolls at half the speed."""
    bank: Bank
    """The tiles, and the four sub-palettes that they are shown in."""
    dreams: NDArray[np.uint8]
    """RGB uint8[n, 224, 224, 3]; the bank's provenance says which tile is of which."""
    network: str
    """SHA-256 of the network that dreamed them."""
    substitute: bool
    """Whether the shipped network stepped in for one that dreamed nothing legible."""

    @property
    def layers(self) -> Layers:
        """The three grids of bank indices."""
        return Layers(self.tiles, self.backdrop, self.far)

    @property
    def rooms(self) -> tuple[Room, ...]:
        """One room, all of the grid: x, y, width, height."""
        height, width = self.roles.shape
        return ((0, 0, width, height),)


def dress_own(
    roles: NDArray[np.uint8],
    seed: int,
    look: int,
    art: int,
    networks: Networks,
    *,
    wish: Wish | None = None,
) -> Dressed:
    """A grid of base roles uint8[H, W] in dreamed art. look: 1 to 6, the number of a theme.

    wish: what else the art should be. Raises NetworkError where a network's output is none; WishError where
    no centre is as wished.
    """
    building, (top, left) = building_of(roles, THEMES[(look - 1) % len(THEMES)].name)
    painted = paint(building, seed, look, art, networks, wish=wish)
    _join_storeys(painted.layers.backdrop, building.roles)
    height, width = roles.shape
    inside = np.s_[top : top + height, left : left + width]
    return _dressed(roles, painted, inside)


def _dressed(roles: NDArray[np.uint8], painted: Painted, inside: tuple[slice, slice]) -> Dressed:
    """What was painted, cut to the grid; all arrays read-only."""
    layers = painted.layers
    made = Dressed(
        roles=roles.copy(),
        tiles=layers.tiles[inside].copy(),
        backdrop=layers.backdrop[inside].copy(),
        far=layers.far.copy(),
        bank=painted.bank,
        dreams=painted.dreams,
        network=painted.network,
        substitute=painted.substitute,
    )
    for array in (made.roles, made.tiles, made.backdrop, made.far):
        array.setflags(write=False)
    return made


def building_of(roles: NDArray[np.uint8], theme: str) -> tuple[Building, tuple[int, int]]:
    """A grid as something to dress, with rows above and below so that its floor is where a screen has it; and
    the row and column at which the grid lies in it."""
    top = (FLOOR_ROW - _floor(roles)) % SCREEN_ROWS
    beside = max(CELLS - roles.shape[1], 0)
    below = max(CELLS - top - roles.shape[0], 0)
    grid = np.pad(_topped_out(roles), ((top, below), (0, beside)), mode="edge")
    height, width = grid.shape
    sky = _sky(grid)
    rooms, kinds = [], []
    if sky.any():
        rooms.append((0, 0, width, height))
        kinds.append(OUTSIDE_KIND)
    if not sky.all():
        rows, columns = np.flatnonzero((~sky).any(1)), np.flatnonzero((~sky).any(0))
        # From a screen's top on, and at least as large as what the role network reads.
        x, y = min(int(columns[0]), width - CELLS), int(rows[0]) // SCREEN_ROWS * SCREEN_ROWS
        right, bottom = max(int(columns[-1]) + 1, x + CELLS), max(int(rows[-1]) + 1, CELLS)
        rooms.append((x, y, right - x, bottom - y))
        kinds.append(INSIDE_KINDS[theme])
    return Building(
        grid,
        tuple(rooms),
        tuple(kinds),
        fronts=False,
        props=_props(grid),
        widest=width,
        sky=sky,
        drawn=True,
        small=True,
    ), (top, 0)


def _join_storeys(backdrop: Tiles, roles: NDArray[np.uint8]) -> None:
    """Lets walls go on where a room of the layout would have a floor between two storeys and this one has
    none: base, shade and cornice would hang in the air."""
    solid = np.isin(roles, sorted(SOLID))
    above, below = SEAM_ROWS
    for floor in range(FLOOR_ROW, len(roles) - below, SCREEN_ROWS):
        through = ~solid[floor : floor + 2].any(0)
        seam = backdrop[floor - above : floor + below, through]
        wall = np.broadcast_to(backdrop[floor - SHAFT_ROWS, through], seam.shape)
        backdrop[floor - above : floor + below, through] = np.where((seam < 0) | (wall < 0), seam, wall)


def _floor(roles: NDArray[np.uint8]) -> int:
    """The row in which the lowest ground of most columns has its top; the last row where there is no
    ground."""
    solid = np.isin(roles, sorted(SOLID))
    tops = solid.copy()
    tops[1:] &= ~solid[:-1]
    tops[0] = False
    lowest = [int(np.flatnonzero(column)[-1]) for column in tops.T if column.any()]
    return int(np.bincount(lowest).argmax()) if lowest else len(roles) - 1


def _topped_out(roles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The grid with tops where ground has something open above it, and fill elsewhere."""
    solid = np.isin(roles, sorted(SOLID))
    open_above = np.zeros_like(solid)
    open_above[1:] = ~solid[:-1]
    grid = np.where(solid, int(Role.GROUND_FILL), roles).astype(np.uint8)
    grid[solid & open_above] = Role.GROUND_TOP
    return grid


def _sky(roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """bool[H, W]: the cells under the sky. What may be anywhere, a platform or a candle, goes with the
    nearest cell of its row, or else of its column, that says it; where nothing says it there is sky."""
    said = np.where(np.isin(roles, _OUTSIDE), 1, np.where(np.isin(roles, _INSIDE), 0, -1))
    for along in (1, 0):
        said = _spread(said if along else said.T)
        said = said if along else said.T
    return np.asarray(said != 0)


def _spread(said: NDArray[np.int_]) -> NDArray[np.int_]:
    """A grid [h, w] in whose rows each -1 becomes what the nearest other number is; the left one of two."""
    columns = np.arange(said.shape[1])
    known = said >= 0
    before = np.maximum.accumulate(np.where(known, columns, -1), axis=1)
    after = np.minimum.accumulate(np.where(known, columns, len(columns) * 3)[:, ::-1], axis=1)[:, ::-1]
    use_before = (before >= 0) & (columns - before <= after - columns)
    nearest = np.where(use_before, before, after)
    there = nearest < len(columns)
    rows = np.arange(len(said))[:, None]
    return np.where(there, said[rows, np.minimum(nearest, len(columns) - 1)], -1)


def _props(roles: NDArray[np.uint8]) -> tuple[Prop, ...]:
    """The set pieces that a grid shows: upright runs of columns, and blocks of bushes, which are trees."""
    props = []
    for role, kind, least in ((Role.COLUMN, "column", 1), (Role.BUSH, "tree", BUSH_ROWS)):
        for row, column, high, wide in blocks(roles == role):
            if kind == "column":
                props += [Prop(kind, column + beside, row, 1, high) for beside in range(wide)]
            elif high >= least:
                props.append(Prop(kind, column, row, wide, high))
    return tuple(props)
