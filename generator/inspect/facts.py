"""What there is to know about a level's tiles: where each came from, and the proof's way past it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..level import Level
from ..motion import SUB, AnyMotion, Place, Posture, spawn, step
from ..nes.roles import Role

MARKS: dict[Role, tuple[str, tuple[int, int, int]]] = {
    Role.SKY: ("", (60, 90, 160)),
    Role.BACKDROP: ("", (70, 60, 90)),
    Role.WINDOW: ("W", (110, 130, 200)),
    Role.COLUMN: ("C", (150, 150, 170)),
    Role.GROUND_TOP: ("G", (230, 150, 60)),
    Role.GROUND_FILL: ("F", (170, 100, 50)),
    Role.PLATFORM: ("P", (120, 220, 120)),
    Role.BREAKABLE: ("B", (255, 140, 160)),
    Role.STAIRS_RIGHT: (">", (240, 230, 110)),
    Role.STAIRS_LEFT: ("<", (240, 230, 110)),
    Role.WATER: ("=", (60, 140, 255)),
    Role.SPIKES: ("X", (255, 70, 70)),
    Role.BUSH: ("U", (80, 170, 80)),
    Role.CANDLE: ("I", (255, 220, 90)),
    Role.DOOR: ("D", (255, 90, 255)),
    Role.GLYPH: ("?", (255, 255, 255)),
    Role.FIGURE: ("?", (255, 255, 255)),
}
"""A letter and a tint of each role, for overlays; what nobody stands on or dies of has no letter."""


def role_words(role: int) -> str:
    """A role's name for a person, such as "ground top"."""
    return Role(role).name.lower().replace("_", " ")


class Pointed(NamedTuple):
    """The tile that is seen at a cell: its number in the bank, and the layer it is drawn in."""

    number: int
    layer: str
    """"front", "behind" or "far"."""


class TileFacts(NamedTuple):
    """All that a level knows about a tile of its bank."""

    number: int
    role: Role
    quality: float
    """0..1."""
    z_seed: int
    screen: int
    row: int
    column: int
    sub_palette: int
    colours: tuple[int, ...]
    """Palette indices of the sub-palette, the shared backdrop colour first."""

    @property
    def name(self) -> str:
        """The role in words."""
        return role_words(self.role)

    @property
    def origin(self) -> str:
        """Which cell of which dream it was, counted from 1, as a person would."""
        return f"dream {self.screen + 1} row {self.row + 1} col {self.column + 1}"


class Move(NamedTuple):
    """A tick of the proof's way: the room, and the feet, px."""

    room: int
    x_px: int
    y_px: int
    facing: int
    posture: Posture


def pointed(
    level: Level, column: int, row: int, far: tuple[int, int] | None = None, *, bare: bool = False
) -> Pointed | None:
    """The tile that is seen at a cell; None where only the backdrop colour is seen, and outside the level.

    Args:
        far: column and row in the far layer of what is seen through the others; None: as the layer lies
            unscrolled, from the room's top on.
        bare: whether the cell's front tile is gone, broken or collapsed.
    """
    if not (0 <= column < level.width_tiles and 0 <= row < level.height_tiles):
        return None
    near = (("front", level.tiles), ("behind", level.backdrop))
    for layer, grid in near[bare:]:
        if grid[row, column] >= 0:
            return Pointed(int(grid[row, column]), layer)
    tops = (y for x, y, w, h in level.rooms if x <= column < x + w and y <= row < y + h)
    far_column, far_row = far or (column, row - next(tops, 0))
    if not level.far.size or not 0 <= far_row < len(level.far):
        return None
    number = int(level.far[far_row, far_column % level.far.shape[1]])
    return Pointed(number, "far") if number >= 0 else None


def facts(level: Level, number: int) -> TileFacts:
    """What a level knows about a tile of its bank. Raises IndexError where there is no such tile."""
    z_seed, screen, row, column = level.bank.provenance[number].tolist()
    sub_palette = int(level.bank.palette[number])
    return TileFacts(
        number=number,
        role=Role(int(level.bank.role[number])),
        quality=min(1.0, max(0.0, float(level.bank.quality[number]))),
        z_seed=z_seed,
        screen=screen,
        row=row,
        column=column,
        sub_palette=sub_palette,
        colours=tuple(level.bank.palettes[sub_palette].tolist()),
    )


def way(level: Level) -> Iterator[Move]:
    """The certificate's way, tick after tick, by the very step that moves the hero."""
    return follow(level, level.motion, level.certificate)


def follow(place: Place, motion: AnyMotion, certificate: bytes) -> Iterator[Move]:
    """The way of these buttons, a mask a tick, through a place."""
    state = spawn(place)
    for mask in certificate:
        state, _ = step(place, motion, state, mask)
        body = state.body
        yield Move(state.room, body.x_sub // SUB, body.y_sub // SUB, body.facing, Posture(body.posture))
