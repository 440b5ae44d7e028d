"""The contact sheet: for a human eye, what was dreamed, what was chosen of it, and what was built.

For every seed: its screens as dreamed and in the NES's colours, the tile bank by roles, and the level in
strips.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ..level import Level
from ..look.dressing import SEE_THROUGH
from ..nes.palette import quantise, to_rgb
from ..nes.roles import SCREEN_PX, TILE
from ..stream import Built
from .facts import role_words

ROW_TILES = 80
"""Columns of the level in one strip; the sheet is as wide."""
WIDTH_PX = ROW_TILES * TILE
MARGIN_PX = 8
LABEL_PX = 14
TILE_ZOOM = 2
"""How many times larger the tiles of the bank are shown."""
PAPER = (24, 24, 28)
INK = (230, 230, 230)
CANDLE_INK, ENEMY_INK = (255, 200, 60), (190, 130, 255)
"""Outlines of what is spawned, where the game would draw sprites."""
DOOR_INK = (255, 90, 90)
START_INK = (90, 200, 255)
REPAIR_INK = (255, 255, 255)
"""Outline of the cells of dream rooms that are not as they were dreamed."""


def render(level: Level) -> NDArray[np.uint8]:
    """The whole level as RGB uint8[H*16, W*16, 3], the far layer unscrolled behind each
    room, without sprites."""
    height, width = level.roles.shape
    columns = np.arange(width) % level.far.shape[1]
    indices = np.full((height * TILE, width * TILE), level.bank.palettes[0, 0], np.uint8)
    far = np.full(level.roles.shape, -1, np.int16)
    for x, y, w, h in level.rooms:
        shown = level.far[:h, columns[x : x + w]]
        far[y : y + len(shown), x : x + w] = shown
    see_through = np.isin(level.bank.role, list(SEE_THROUGH))
    for layer in (far, level.backdrop, level.tiles):
        for row, column in zip(*np.nonzero(layer >= 0), strict=True):
            number = layer[row, column]
            tile = level.bank.pixels[number]
            under = indices[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
            if see_through[number]:
                shown = tile != level.bank.palettes[0, 0]
                under[shown] = tile[shown]
            else:
                under[:] = tile
    return to_rgb(indices)


def seed_picture(built: Built) -> Image.Image:
    """One seed's part of the sheet."""
    level = built.level
    parts = [
        _label(f"seed {level.seed}   stage {level.stage}   art {level.art}   network {level.network[:12]}"),
        _screens(built.dreams),
        _screens(to_rgb(quantise(built.dreams))),
        _bank(level),
        *_rooms(level),
    ]
    return sheet(parts)


def sheet(parts: list[Image.Image]) -> Image.Image:
    """Pictures one below the other: the parts of a seed, or those of all seeds."""
    height = sum(part.height + MARGIN_PX for part in parts)
    out = Image.new("RGB", (WIDTH_PX, height), PAPER)
    y = 0
    for part in parts:
        out.paste(part, (0, y))
        y += part.height + MARGIN_PX
    return out


def _label(text: str) -> Image.Image:
    picture = Image.new("RGB", (WIDTH_PX, LABEL_PX), PAPER)
    ImageDraw.Draw(picture).text((2, 1), text, fill=INK, font=ImageFont.load_default())
    return picture


def _screens(screens: NDArray[np.uint8]) -> Image.Image:
    """Screens uint8[n, 224, 224, 3] side by side, at half their size."""
    side = SCREEN_PX // 2
    per_row = WIDTH_PX // side
    picture = Image.new("RGB", (WIDTH_PX, -(-len(screens) // per_row) * side), PAPER)
    for i, screen in enumerate(screens):
        small = Image.fromarray(screen).resize((side, side), Image.Resampling.BOX)
        picture.paste(small, (i % per_row * side, i // per_row * side))
    return picture


def _bank(level: Level) -> Image.Image:
    """The sub-palettes, then the tiles role by role with their names."""
    side = TILE * TILE_ZOOM
    places: list[tuple[int, int, int]] = []
    names: list[tuple[int, int, str]] = []
    x, y = 2 * side + MARGIN_PX, 0
    for role in sorted({int(r) for r in level.bank.role}):
        numbers = np.flatnonzero(level.bank.role == role)
        name = role_words(role)
        if x + max(len(name) * 7, side) > WIDTH_PX:
            x, y = 0, y + side + LABEL_PX
        names.append((x, y, name))
        start = x
        for number in numbers.tolist():
            if x + side > WIDTH_PX:
                x, y = 0, y + side + LABEL_PX
            places.append((x, y + LABEL_PX, number))
            x += side + 1
        x = max(x, start + len(name) * 7) + MARGIN_PX
    picture = Image.new("RGB", (WIDTH_PX, y + side + LABEL_PX), PAPER)
    draw = ImageDraw.Draw(picture)
    for left, top, name in names:
        draw.text((left, top + 1), name, fill=INK, font=ImageFont.load_default())
    for left, top, number in places:
        tile = Image.fromarray(to_rgb(level.bank.pixels[number]))
        picture.paste(tile.resize((side, side), Image.Resampling.NEAREST), (left, top))
    swatches = Image.fromarray(to_rgb(level.bank.palettes))
    picture.paste(swatches.resize((side * 2 - 8, side), Image.Resampling.NEAREST), (0, LABEL_PX))
    return picture


def _rooms(level: Level) -> list[Image.Image]:
    """The level's rooms, marked, in the order of their numbers."""
    whole = Image.fromarray(render(level))
    draw = ImageDraw.Draw(whole)
    for column, row in level.repairs:
        left, top = column * TILE, row * TILE
        draw.rectangle((left, top, left + TILE - 1, top + TILE - 1), outline=REPAIR_INK)
    for spawn in level.spawns:
        box = (spawn.x_px - 5, spawn.y_px - 14, spawn.x_px + 4, spawn.y_px - 2)
        draw.rectangle(box, outline=CANDLE_INK if spawn.kind == "candle" else ENEMY_INK)
    column, row = level.exit
    draw.rectangle((column * TILE, (row - 1) * TILE, column * TILE + 15, row * TILE + 15), outline=DOOR_INK)
    x_px, y_px = level.start
    draw.rectangle((x_px - 6, y_px - 28, x_px + 5, y_px - 1), outline=START_INK)
    return _in_rows([whole.crop(box) for box in _room_boxes(level)])


def _room_boxes(level: Level) -> list[tuple[int, int, int, int]]:
    """Every room in px, wide ones in pieces of the sheet's width."""
    return [
        (left, y * TILE, min(left + WIDTH_PX, (x + width) * TILE), (y + height) * TILE)
        for x, y, width, height in level.rooms
        for left in range(x * TILE, (x + width) * TILE, WIDTH_PX)
    ]


def _in_rows(pictures: list[Image.Image]) -> list[Image.Image]:
    """Side by side, as many as fit into the sheet's width."""
    rows: list[list[Image.Image]] = [[]]
    for picture in pictures:
        if sum(p.width for p in rows[-1]) + picture.width > WIDTH_PX:
            rows.append([])
        rows[-1].append(picture)
    return [_row(row) for row in rows if row]


def _row(pictures: list[Image.Image]) -> Image.Image:
    row = Image.new("RGB", (WIDTH_PX, max(picture.height for picture in pictures)), PAPER)
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width
    return row
