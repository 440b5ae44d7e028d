"""A finished stage as one immutable value: its grids, its dreamed tiles, its rooms, its proof."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError
from ..motion import NES_MOTION, AnyMotion, Terrain
from ..motion.check import check
from ..motion.clear import walled_in
from ..motion.interior import Interior, interiors
from ..motion.mechanisms import Mechanism
from ..nes.roles import BASE_ROLES, TILE
from ..shapes import MOST_SCREENS, THEMES
from ..tiles.bank import Bank, StoredArray, check_shape, own_arrays
from ..tiles.layers import Layers
from .codes import MODES, UNCODED

LEVEL_VERSION = 3
"""Version of the file format and of the rules that lay a stage out. A level of another version is refused."""
SCREEN_ROWS = 15
"""Height of a screen, tiles; the status bar covers its upper two rows. A stage is a grid of screens."""
SCREEN_COLUMNS = 16
"""Width of a screen, tiles."""
ENEMY_KINDS = frozenset({
    "zombie", "skeleton", "spear_knight", "fish_man", "flea_man", "slime", "raven", "bat", "medusa_head",
    "ghost",
})  # fmt: skip
BOSS_KINDS = frozenset({"great_bat", "armour", "shade"})
SPAWN_KINDS = ENEMY_KINDS | BOSS_KINDS | {"candle", "treasure", "roast"}

# What a stranger's file may hold at most. Each cap is far above any level of ours.
MAX_CELLS = 1 << 18
"""Cells of a grid."""
MAX_SPAWNS = 1 << 12
"""Spawns, and mechanisms."""
MAX_CERTIFICATE = 1 << 20
"""Ticks of a certificate."""
MAX_NAME = 256
"""Characters of the mode and of the network's hash."""
MAX_OWN_KINDS = 64
"""Kinds of spawns that are a game maker's own."""
_KIND_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")

GRIDS = {
    "roles": StoredArray("roles", "<u1", bound=BASE_ROLES),
    "tiles": StoredArray("tiles", "<i2"),
    "backdrop": StoredArray("backdrop", "<i2"),
    "far": StoredArray("far", "<i2"),
}
"""The grids of a level by their fields, in the order in which files hold them."""


class LevelError(GanvaniaError):
    """A level file that cannot be used."""


class Spawn(NamedTuple):
    """Something that is placed in a room.

    It is an enemy, one of ENEMY_KINDS or BOSS_KINDS; or a "candle", a "treasure" or a "roast", which stand
    still. A candle hangs in its cell, and a fish man waits in the water.

    Attributes:
        kind: one of SPAWN_KINDS, or of the level's `own_kinds`.
        x_px: its middle, px from the level's left edge.
        y_px: its feet, px from the level's upper edge; of a candle the bottom of its cell. A bat and a medusa
            head fly somewhat lower.
        facing: -1 = left, 1 = right.
    """

    kind: str
    x_px: int
    y_px: int
    facing: int = -1


@dataclass(frozen=True, eq=False)
class Level:
    """A stage, immutable: its arrays are copied and set read-only. Compare two by `equals`.

    A cell is 16x16 px; H and W are the level's height and width in cells, T the tiles of its bank. Places in
    px are measured from the upper left corner.

    Attributes:
        version: int, LEVEL_VERSION.
        seed: int, 0 to 2^64 - 1.
        mode: one of `codes.MODES`, which have share codes, or of `codes.UNCODED`.
        difficulty: int, 1, 2, ...; 1 is normal.
        stage: int, 1, 2, ...
        art: int, the art counter; 0 = the first art of this castle.
        network: SHA-256 of the generator network's file in hex, or "".
        roles: uint8[H, W], the `Role` of each cell: what is solid, deadly, climbed, or only looked at.
        tiles: int16[H, W], bank indices of the tiles in front, -1 for none.
        backdrop: int16[H, W], bank indices of the tiles behind them, -1 for none.
        far: int16[h, w], bank indices of the layer behind both, which scrolls at half the speed, -1 for none.
        bank: the T tiles, uint8[T, 16, 16] in `bank.pixels`, and the sub-palettes that they are shown in.
        rooms: x, y, width, height of each room, in cells.
        mechanisms: what moves, opens and breaks; see `motion.mechanisms`.
        spawns: enemies, candles and what can be picked up.
        start: x, y of the feet at the entrance, px.
        exit: column and row of the lower cell of the door.
        certificate: the proof: one button mask a tick, from `motion.spawn` to the exit.
        motion: the motion that the level is proven for. One with code of its own is an `AbsentMotion` in a
            level out of a file, unless it was loaded in this process before.
        substitute: bool, whether the shipped network stepped in for one that dreamed nothing legible.
        repairs: column and row of each cell of a dream room that is not as it was dreamed.
        own_kinds: kinds of spawns that a game maker named (`Constraints.spawns`), beyond SPAWN_KINDS.
        theme: the theme that was asked for, "" where it is the stage's own.
        screens: int, the width that was asked for, 0 where it is as usual.

    Raises ValueError where shapes or values contradict one another.
    """

    version: int
    seed: int
    mode: str
    difficulty: int
    stage: int
    art: int
    network: str
    roles: NDArray[np.uint8]
    tiles: NDArray[np.int16]
    backdrop: NDArray[np.int16]
    far: NDArray[np.int16]
    bank: Bank
    rooms: tuple[tuple[int, int, int, int], ...]
    mechanisms: tuple[Mechanism, ...]
    spawns: tuple[Spawn, ...]
    start: tuple[int, int]
    exit: tuple[int, int]
    certificate: bytes
    motion: AnyMotion = NES_MOTION
    substitute: bool = False
    repairs: tuple[tuple[int, int], ...] = ()
    own_kinds: tuple[str, ...] = ()
    theme: str = ""
    screens: int = 0

    def __post_init__(self) -> None:
        own_arrays(self, GRIDS)
        _check(self)

    @classmethod
    def of_checked(cls, **given: Any) -> Level:
        """A level of fields that were checked where it was built. To check them takes 5 ms, which a game's
        frame would wait for. (measured)"""
        level = object.__new__(cls)
        for field in fields(cls):
            object.__setattr__(level, field.name, given.get(field.name, field.default))
        own_arrays(level, GRIDS)
        return level

    @cached_property
    def terrain(self) -> Terrain:
        """What each cell is to a body."""
        return Terrain.from_roles(self.roles)

    @cached_property
    def interiors(self) -> tuple[Interior, ...]:
        """The rooms, as `motion.step` reads them."""
        return interiors(self.roles, self.rooms, self.mechanisms, self.exit)

    @property
    def layers(self) -> Layers:
        """The three grids of bank indices."""
        return Layers(self.tiles, self.backdrop, self.far)

    @property
    def width_tiles(self) -> int:
        """Columns of the role grid."""
        return int(self.roles.shape[1])

    @property
    def height_tiles(self) -> int:
        """Rows of the role grid."""
        return int(self.roles.shape[0])

    def equals(self, other: Level) -> bool:
        """Whether all fields are equal, arrays included."""
        others = {f.name for f in fields(self)} - {"bank", *GRIDS}
        return (
            self.bank.equals(other.bank)
            and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in GRIDS)
            and all(getattr(self, name) == getattr(other, name) for name in others)
        )

    def to_bytes(self) -> bytes:
        """The level as a file's contents; `from_bytes` is the inverse."""
        from .file import to_bytes

        return to_bytes(self)

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "level") -> Level:
        """The level in these bytes. Raises LevelError, one line that names `name`, for anything else."""
        from .file import from_bytes

        return from_bytes(data, name)


def _check(level: Level) -> None:
    """Raises ValueError where the level's parts contradict one another."""
    height, width = _sides(level.roles, "roles")
    check_shape("tiles", level.tiles, (height, width))
    check_shape("backdrop", level.backdrop, (height, width))
    _sides(level.far, "far")
    for name, grid in level.layers._asdict().items():
        if not -1 <= int(grid.min()) <= int(grid.max()) < len(level.bank):
            raise ValueError(f"{name} points outside the bank")
    if not all(isinstance(text, str) and len(text) <= MAX_NAME for text in (level.mode, level.network)):
        raise ValueError("mode and network must be short texts")
    if level.mode not in (*MODES, *UNCODED):
        raise ValueError(f"there is no mode {level.mode[:20]!r}; write {', '.join((*MODES, *UNCODED))}")
    if level.stage < 1 or level.difficulty < 1:
        raise ValueError(f"there is no stage {level.stage} of difficulty {level.difficulty}; both begin at 1")
    if level.theme not in ("", *THEMES):
        raise ValueError(f"there is no theme {str(level.theme)[:20]!r}; write {', '.join(THEMES)}")
    if not 0 <= level.screens <= MOST_SCREENS:
        raise ValueError(f"there is no width of {level.screens} screens")
    own = frozenset(level.own_kinds[:MAX_OWN_KINDS])
    if len(own) < len(level.own_kinds) or not all(is_kind_name(kind) for kind in own) or own & SPAWN_KINDS:
        raise ValueError("own kinds of spawns are too many, twice there, or no names")
    if len(level.spawns) > MAX_SPAWNS or not all(
        (spawn.kind in SPAWN_KINDS or spawn.kind in own) and spawn.facing in (-1, 1) for spawn in level.spawns
    ):
        raise ValueError("spawns are too many, or of no kind")
    if len(level.repairs) > level.roles.size or not all(
        0 <= column < width and 0 <= row < height for column, row in level.repairs
    ):
        raise ValueError("repairs are too many, or outside the level")
    column, row = level.exit
    x_px, y_px = level.start
    if not (0 <= column < width and 1 <= row < height):
        raise ValueError("the exit lies outside the level")
    if not (0 < x_px < width * TILE and 0 < y_px <= height * TILE):
        raise ValueError("the start lies outside the level")
    if len(level.certificate) > MAX_CERTIFICATE:
        raise ValueError("the certificate is too long")
    check(level.rooms, level.mechanisms, width, height)
    x, y, w, h = level.rooms[0]
    if not (x * TILE < x_px < (x + w) * TILE and y * TILE < y_px <= (y + h) * TILE):
        raise ValueError("the start lies outside the first room")
    for stander in walled_in(level, level.motion, (spawn[:3] for spawn in level.spawns)):
        column, row = stander.x_px // TILE, (stander.y_px - 1) // TILE
        raise ValueError(f"{stander.what} is inside a wall at column {column}, row {row}")


def is_kind_name(kind: object) -> bool:
    """Whether a game maker may call a kind of spawn so: up to 32 of a-z, 0-9 and _, a letter first."""
    return isinstance(kind, str) and _KIND_NAME.fullmatch(kind) is not None


def _sides(grid: NDArray[Any], name: str) -> tuple[int, int]:
    """Height and width of a grid. Raises ValueError where it is none, or has too many cells."""
    if grid.ndim != 2 or not 1 <= grid.size <= MAX_CELLS:
        raise ValueError(f"{name} must be a grid of 1 to {MAX_CELLS} cells")
    return int(grid.shape[0]), int(grid.shape[1])
