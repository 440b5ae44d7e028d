"""A level in another palette and in tiles of another size: what adapters draw and write, not what is played.

In the game tiles are never repainted; these are a copy for somebody else's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..level import Spawn
from ..nes.roles import TILE
from ..tiles.shown import Shown, check_shown, colours_of, rooms_of, tile_px_of
from .matching import FEW, Matched, match
from .palettes import StyleError

TILE_SIZES = (8, 16, 32)
"""Sides of tiles that a level can be handed out in, px."""


@dataclass(frozen=True, eq=False)
class StyledBank:
    """T tiles with a side of t px, in colours of their own; all arrays are read-only."""

    pixels: NDArray[np.uint8]
    """[T, t, t] numbers of colours."""
    colours: NDArray[np.uint8]
    """[n, 3] the RGB of each number."""
    palettes: NDArray[np.uint8]
    """[4, 4] what became of the four sub-palettes; column 0 is the shared backdrop colour."""
    palette: NDArray[np.uint8]
    """[T] the sub-palette of each tile."""
    role: NDArray[np.uint8]
    """[T] `Role` of each tile."""
    quality: NDArray[np.float32]
    """[T] 0..1."""
    provenance: NDArray[np.int64]
    """[T, 4] z seed, screen, row and column of the dreamed cell that a tile is, or is a quarter of."""

    def __post_init__(self) -> None:
        for array in vars(self).values():
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.pixels)


@dataclass(frozen=True, eq=False)
class Styled:
    """A level as it is drawn elsewhere; its fields are those of a `Level`, in tiles of its own size."""

    roles: NDArray[np.uint8]
    """[H, W] `Role` of each cell."""
    tiles: NDArray[np.int16]
    """[H, W] bank indices in front, -1 for none."""
    backdrop: NDArray[np.int16]
    """[H, W] bank indices behind them, -1 for none."""
    far: NDArray[np.int16]
    """[h, w] bank indices behind both, which scroll at half the speed, -1 for none."""
    bank: StyledBank
    """The tiles and their colours."""
    rooms: tuple[tuple[int, int, int, int], ...]
    """x, y, width, height in tiles."""
    start: tuple[int, int] | None
    """The feet at the entrance, px; None where the level says none."""
    exit: tuple[int, int] | None
    """Column and row of the lower tile of the door; of four small ones the lower left one."""
    spawns: tuple[Spawn, ...]
    """Enemies, candles and what can be picked up, px."""
    contrast_l: float
    """By how much L*, 0..100, the ground stands out in the room where it does least."""

    @property
    def tile_px(self) -> int:
        """The side of its tiles."""
        return tile_px_of(self.bank)


def styled(level: Shown, colours: NDArray[np.uint8], tile_px: int) -> Styled:
    """A level in the colours RGB uint8[n, 3] of a palette, in tiles of 8, 16 or 32 px.

    Tiles of 8 px are the quarters of its own, and its grids are twice as fine; tiles of 32 px are its own
    with every pixel doubled, and so is every distance. Raises StyleError where the palette cannot show it.
    """
    check_shown(level)
    bank = level.bank
    if tile_px_of(bank) != TILE:
        raise StyleError(f"tile_px: its tiles have {tile_px_of(bank)} px already; hand in the level itself")
    matched, far_grid, copied = _matched(level, colours)
    grids = [level.tiles, level.backdrop, far_grid]
    roles, pixels, each = level.roles, matched.pixels, 1
    step, far_more = 1, 1
    if tile_px < TILE:
        each, step = 4, 2
        pixels = pixels.reshape(-1, 2, tile_px, 2, tile_px).swapaxes(2, 3).reshape(-1, tile_px, tile_px)
        roles, grids = roles.repeat(2, 0).repeat(2, 1), [_quartered(grid) for grid in grids]
    elif tile_px > TILE:
        far_more = tile_px // TILE
        pixels = pixels.repeat(far_more, 1).repeat(far_more, 2)
    start, door = getattr(level, "start", None), getattr(level, "exit", None)
    return Styled(
        roles=np.array(roles),
        tiles=np.array(grids[0]),
        backdrop=np.array(grids[1]),
        far=np.array(grids[2]),
        bank=StyledBank(
            pixels=np.array(pixels),
            colours=np.array(colours),
            palettes=np.array(matched.palettes),
            palette=bank.palette[copied].repeat(each),
            role=bank.role[copied].repeat(each),
            quality=bank.quality[copied].repeat(each),
            provenance=bank.provenance[copied].repeat(each, 0),
        ),
        rooms=tuple((x * step, y * step, w * step, h * step) for x, y, w, h in rooms_of(level)),
        start=None if start is None else (start[0] * far_more, start[1] * far_more),
        exit=None if door is None else (door[0] * step, door[1] * step + step - 1),
        spawns=tuple(
            spawn._replace(x_px=spawn.x_px * far_more, y_px=spawn.y_px * far_more)
            for spawn in getattr(level, "spawns", ())
        ),
        contrast_l=matched.contrast_l,
    )


@dataclass(frozen=True, eq=False)
class _Parted:
    """A bank, and the layers of a level, in which no tile is both in the distance and near."""

    roles: NDArray[np.uint8]
    tiles: NDArray[np.int16]
    backdrop: NDArray[np.int16]
    far: NDArray[np.int16]
    bank: StyledBank
    rooms: tuple[tuple[int, int, int, int], ...]


def _matched(level: Shown, colours: NDArray[np.uint8]) -> tuple[Matched, NDArray[np.int16], NDArray[np.intp]]:
    """A level's bank in other colours, its far layer, and which tile of its own each tile is.

    In few colours what is far looks otherwise than what is near, so a tile that is both becomes two.
    """
    bank = level.bank
    every = np.arange(len(bank))
    if len(colours) > FEW:
        return match(level, colours), level.far, every
    both = np.intersect1d(level.far[level.far >= 0], [*level.tiles.ravel(), *level.backdrop.ravel()])
    copied = np.concatenate([every, both])
    now = every.copy()
    now[both] = len(bank) + np.arange(len(both))
    far = np.where(level.far >= 0, now[level.far], -1).astype(np.int16)
    parted = StyledBank(
        pixels=bank.pixels[copied],
        colours=np.array(colours_of(bank)),
        palettes=np.array(bank.palettes),
        palette=bank.palette[copied],
        role=bank.role[copied],
        quality=bank.quality[copied],
        provenance=bank.provenance[copied],
    )
    shown = _Parted(level.roles, level.tiles, level.backdrop, far, parted, rooms_of(level))
    return match(shown, colours), far, copied


def _quartered(grid: NDArray[np.int16]) -> NDArray[np.int16]:
    """A grid [h, w] of tiles as one [2h, 2w] of their quarters: tile t's are 4t, 4t + 1 above, 4t + 2, 4t +
    3."""
    quarters = np.array([[0, 1], [2, 3]], np.int16)
    fine = grid[:, None, :, None] * 4 + quarters[None, :, None, :]
    return np.where(grid[:, None, :, None] >= 0, fine, -1).reshape(2 * grid.shape[0], 2 * grid.shape[1])
