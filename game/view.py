"""The playing field: the room's scenery, and the sprites over it. Reads, never writes."""

from __future__ import annotations

import pygame

from generator.level import Level

from .appearance import pictures
from .camera import VIEW_HEIGHT_PX, VIEW_PX
from .scenery import VIEW_SIZE, Scenery
from .sprites import SpriteSheet
from .world import World

__all__ = ["VIEW_SIZE", "View"]

SPRITE_MARGIN_PX = 64
"""Sprites whose anchor is farther outside the view are not drawn; larger than any sprite."""
FADE_STEP_TICKS = 3
"""How long a step of the fade lasts with which a room appears."""
FADE = (0, 85, 170)
"""The steps, as parts of 255 of the light: black, then brighter, as the NES's few levels go. (ours)"""


class View:
    """Draws worlds, and remembers the scenery of the level that it drew last."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet
        self._scenery: Scenery | None = None

    def scenery(self, level: Level) -> Scenery:
        """The strips of this level."""
        if self._scenery is None or self._scenery.level is not level:
            self._scenery = Scenery(level)
        return self._scenery

    def prepare(self, world: World) -> bool:
        """One strip ahead of time; False where none is left to make."""
        return self.scenery(world.level).prepare(world.camera_px, world.hero.state.room)

    def draw(self, canvas: pygame.Surface, world: World) -> None:
        """The field and everybody on it, 256x240; the status bar is not drawn here."""
        state = world.hero.state
        self.scenery(world.level).draw(canvas, world.camera_px, state.room, state.flags)
        self.draw_sprites(canvas, world)
        step = (world.tick - world.entered_tick) // FADE_STEP_TICKS
        if world.entered_tick and step < len(FADE):
            canvas.fill((FADE[step],) * 3, special_flags=pygame.BLEND_RGB_MULT)

    def draw_sprites(self, canvas: pygame.Surface, world: World) -> None:
        """Everybody, without the field."""
        camera_x_px, camera_y_px = world.camera_px
        sheet = self._sheet
        for name, frame, x_px, y_px, flip in pictures(world):
            left_px, top_px = x_px - camera_x_px, y_px - camera_y_px
            if (
                -SPRITE_MARGIN_PX < left_px < VIEW_PX + SPRITE_MARGIN_PX
                and -SPRITE_MARGIN_PX < top_px < VIEW_HEIGHT_PX + SPRITE_MARGIN_PX
            ):
                dx, dy = sheet.offset(name, frame, flip)
                canvas.blit(sheet.get(name, frame, flip), (left_px + dx, top_px + dy))
