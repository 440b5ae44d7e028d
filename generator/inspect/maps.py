"""Maps of stages, for a human eye: each cell of the role grid a small square, ways, locks and keys on top.

They need no network: a map shows what a stage is, not how it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ..layout.structure import Structure
from ..level.level import BOSS_KINDS, ENEMY_KINDS
from ..motion import NES_MOTION
from ..motion.mechanisms import OPENING_ROWS, BreakableWall, CollapsingFloor, Key, MovingPlatform, Passage
from ..nes.roles import BASE_ROLES, TILE, Role
from .facts import follow

CELL_PX = 3
"""Side of a tile on the map, px."""
LABEL_PX = 14
MARGIN_PX = 8
PER_ROW = 2
"""Maps side by side on a sheet."""

PAPER, INK = (24, 24, 28), (230, 230, 230)
NOTHING = PAPER
PATH_INK = (255, 255, 255)
DOOR_INK, LOCK_INK, KEY_INK = (120, 220, 120), (230, 60, 60), (255, 220, 60)
TREASURE_INK, START_INK, EXIT_INK = (255, 150, 40), (90, 200, 255), (255, 90, 255)
MOVING_INK, FLOOR_INK, WALL_INK = (90, 220, 255), (200, 140, 90), (255, 140, 160)
ENEMY_INK = (190, 90, 220)
COLOURS: dict[Role, tuple[int, int, int]] = {
    Role.SKY: (44, 58, 96),
    Role.BUSH: (44, 58, 96),
    Role.GROUND_TOP: (150, 130, 110),
    Role.GROUND_FILL: (92, 80, 70),
    Role.BREAKABLE: WALL_INK,
    Role.PLATFORM: (190, 160, 120),
    Role.STAIRS_RIGHT: (200, 200, 150),
    Role.STAIRS_LEFT: (200, 200, 150),
    Role.WATER: (40, 110, 200),
    Role.SPIKES: (220, 60, 60),
    Role.DOOR: EXIT_INK,
}
"""A role that is not here is drawn as the wall behind a room."""
BACKDROP = (48, 40, 52)


def stage_map(structure: Structure, certificate: bytes) -> Image.Image:
    """A stage's map, CELL_PX a tile: its rooms, what is in them, and the way of the certificate."""
    picture = Image.fromarray(_cells(structure).repeat(CELL_PX, 0).repeat(CELL_PX, 1))
    draw = ImageDraw.Draw(picture)
    _mechanisms(draw, structure)
    for there in structure.spawns:
        if there.kind != "candle":
            ink = ENEMY_INK if there.kind in ENEMY_KINDS | BOSS_KINDS else TREASURE_INK
            _dot(draw, there.x_px, there.y_px - TILE // 2, ink)
    middle_px = NES_MOTION.height_px // 2
    for _, stay in groupby(follow(structure, NES_MOTION, certificate), key=lambda move: move.room):
        line = [(at.x_px * CELL_PX // TILE, (at.y_px - middle_px) * CELL_PX // TILE) for at in stay]
        if len(line) > 1:
            draw.line(line, fill=PATH_INK)
    _dot(draw, structure.start[0], structure.start[1] - TILE, START_INK)
    return picture


def map_sheet(maps: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    """Maps with their names, PER_ROW in a row, each row as high as its highest."""
    rows = [maps[at : at + PER_ROW] for at in range(0, len(maps), PER_ROW)]
    across = max(picture.width for _, picture in maps) + MARGIN_PX
    heights = [max(picture.height for _, picture in row) + LABEL_PX + MARGIN_PX for row in rows]
    columns = min(PER_ROW, len(maps))
    sheet = Image.new("RGB", (across * columns + MARGIN_PX, sum(heights) + MARGIN_PX), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default()
    y = MARGIN_PX
    for row, height in zip(rows, heights, strict=True):
        for number, (name, picture) in enumerate(row):
            x = MARGIN_PX + number * across
            draw.text((x, y), name, fill=INK, font=font)
            sheet.paste(picture, (x, y + LABEL_PX))
        y += height
    return sheet


def _cells(structure: Structure) -> NDArray[np.uint8]:
    """RGB [H, W, 3]; outside the rooms there is nothing."""
    colours = np.full((BASE_ROLES, 3), BACKDROP, np.uint8)
    for role, colour in COLOURS.items():
        colours[role] = colour
    cells = np.full((*structure.roles.shape, 3), NOTHING, np.uint8)
    for x, y, w, h in structure.rooms:
        area = np.s_[y : y + h, x : x + w]
        cells[area] = colours[structure.roles[area]]
    return cells


def _box(
    draw: ImageDraw.ImageDraw, cells: tuple[int, int, int, int], *, fill: tuple[int, int, int] | None = None,
    outline: tuple[int, int, int] | None = None,
) -> None:  # fmt: skip
    """A rectangle over cells: column, row, width, height."""
    column, row, w, h = (number * CELL_PX for number in cells)
    draw.rectangle((column, row, column + w - 1, row + h - 1), fill=fill, outline=outline)


def _dot(draw: ImageDraw.ImageDraw, x_px: int, y_px: int, ink: tuple[int, int, int]) -> None:
    x, y = x_px * CELL_PX // TILE, y_px * CELL_PX // TILE
    draw.rectangle(
        (x - CELL_PX // 2 - 1, y - CELL_PX // 2 - 1, x + CELL_PX // 2 + 1, y + CELL_PX // 2 + 1), ink
    )


def _mechanisms(draw: ImageDraw.ImageDraw, structure: Structure) -> None:
    for x, y, w, h in structure.rooms:
        _box(draw, (x, y, w, h), outline=PAPER)
    for m in structure.mechanisms:
        if isinstance(m, Passage):
            x, _, w, _ = structure.rooms[m.room]
            edge = x + w - 1 if m.side > 0 else x
            _box(
                draw,
                (edge, m.row - OPENING_ROWS + 1, 1, OPENING_ROWS),
                fill=LOCK_INK if m.lock >= 0 else DOOR_INK,
            )
        elif isinstance(m, MovingPlatform):
            left, top = min(m.x_px, m.x_px + m.dx_px) // TILE, min(m.y_px, m.y_px + m.dy_px) // TILE
            across, down = m.tiles + abs(m.dx_px) // TILE, 1 + abs(m.dy_px) // TILE
            _box(draw, (left, top, across, down), outline=MOVING_INK)
            _box(draw, (m.x_px // TILE, m.y_px // TILE, m.tiles, 1), fill=MOVING_INK)
        elif isinstance(m, CollapsingFloor):
            _box(draw, (m.column, m.row, m.tiles, 1), fill=FLOOR_INK)
    for m in structure.mechanisms:  # over the doors that they hide and hold
        if isinstance(m, BreakableWall):
            _box(draw, (m.column, m.row, m.w, m.h), fill=WALL_INK)
        elif isinstance(m, Key):
            _dot(draw, m.x_px, m.y_px - TILE // 2, KEY_INK)
