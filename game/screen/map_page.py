"""The castle's map on a page of its own: the rooms that are known, the way so far, what the marks are."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..session import Session
from ..texts import text
from ..world.camera import VIEW_SIZE
from .castle_map import FLOOR, WAY, castle_map, marks_of
from .sprites import GLYPH_PX, SpriteSheet

TITLE, FOOT, LABEL = 0x27, 0x10, 0x20
"""Palette indices of what is written."""
TITLE_TOP_PX, MAP_TOP_PX, FOOT_PX = 10, 26, 226
RIM_PX = 8
"""What is left free at both sides."""
LEGEND = ("here", "way", "start", "exit", "key", "lock", "treasure")
"""What is explained, where it is on the map; marks are called so too."""
LEGEND_ROW_PX, LABEL_PX, GAP_PX = 13, 12, 12
"""Height of a row of the legend; from a mark to its word; from a word to the next mark."""


def draw_map(canvas: pygame.Surface, session: Session, sheet: SpriteSheet, *, lit: bool) -> None:
    """Draws all of a canvas of 256x240 px. `lit`: whether what blinks is to be seen."""
    play, world = session.playthrough, session.world
    assert world is not None
    canvas.fill(rgb_of(BLACK))
    sheet.write(canvas, text("map.title", stage=play.title), TITLE_TOP_PX, TITLE)
    state, marks = world.hero.state, marks_of(world, play.known)
    rows = _legend_rows({"way", *(mark.name.removeprefix("map_") for mark in marks)})
    legend_top_px = FOOT_PX - 6 - LEGEND_ROW_PX * len(rows)
    chart = castle_map(
        world.level, play.known, flags=state.flags, here=state.room if lit else None,
        most_px=(VIEW_SIZE[0] - 2 * RIM_PX, legend_top_px - 6 - MAP_TOP_PX), sheet=sheet,
        marks=marks if lit else marks[:-1], way=play.way.tiles, large=True,
    )  # fmt: skip
    top_px = MAP_TOP_PX + (legend_top_px - 6 - MAP_TOP_PX - chart.get_height()) // 2
    canvas.blit(chart, ((VIEW_SIZE[0] - chart.get_width()) // 2, top_px))
    for number, names in enumerate(rows):
        _draw_row(canvas, sheet, names, legend_top_px + number * LEGEND_ROW_PX)
    sheet.write(canvas, with_keys(text("map.keys")), FOOT_PX, FOOT)


def _width_px(name: str) -> int:
    return LABEL_PX + len(text(f"map.{name}")) * GLYPH_PX


def _legend_rows(shown: set[str]) -> list[list[str]]:
    """What is explained, in rows that fit."""
    rows: list[list[str]] = [[]]
    for name in (name for name in LEGEND if name in shown):
        if sum(_width_px(other) + GAP_PX for other in (*rows[-1], name)) - GAP_PX > VIEW_SIZE[0] - 2 * RIM_PX:
            rows.append([])
        rows[-1].append(name)
    return rows


def _draw_row(canvas: pygame.Surface, sheet: SpriteSheet, names: list[str], top_px: int) -> None:
    """Draws marks and what they are, in the middle of the canvas."""
    left_px = (VIEW_SIZE[0] - sum(_width_px(name) + GAP_PX for name in names) + GAP_PX) // 2
    for name in names:
        if name == "way":
            for dot in range(3):
                canvas.fill(rgb_of(WAY), (left_px + dot * 3, top_px + 3, 2, 2))
        else:
            canvas.fill(rgb_of(FLOOR), (left_px - 1, top_px - 1, 10, 10))  # as on the map
            canvas.blit(sheet.get(f"map_{name}"), (left_px, top_px))
        canvas.blit(sheet.text(text(f"map.{name}"), LABEL), (left_px + LABEL_PX, top_px))
        left_px += _width_px(name) + GAP_PX
