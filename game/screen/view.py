"""The playing field: the room's scenery, and the sprites over it. It reads, never writes."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from generator.level import Level
from generator.look.blend import Blend
from generator.nes.roles import TILE

from ..session.melting import Melting
from ..session.passing import Passing
from ..world import World
from ..world.camera import VIEW_HEIGHT_PX, VIEW_PX, VIEW_SIZE
from .appearance import passing_pictures, pictures
from .eyes import EYES
from .foes import lit_colours
from .ghost import GhostSprites
from .legible import StageColours
from .picture import Picture
from .scenery import Scenery
from .sparks import jolt_px
from .sprites import SpriteSheet

SPRITE_MARGIN_PX = 64
"""Sprites whose anchor is farther outside the view are not drawn; larger than any sprite."""
FADE_TICKS = 4
"""How long each light of FADE is shown."""
FADE = (170, 85, 0)
"""The lights in which the picture of a death goes out, of 255: as few levels as the NES has. (ours)"""
OF_TILES = ("wall_crack", "crumble", "ripple", "spike_tips", "doorway")
"""What belongs to the tiles that it is drawn over, and has its own colours before any wall."""
COMING_STRIPS = 3
"""Strips of a melt's next step that are made in a tick: a view has at most 8, of 0.15 ms each. (measured)"""


class View:
    """Draws worlds. It keeps the scenery of the level that it drew last, and of what comes next."""

    def __init__(self, sheet: SpriteSheet, like: pygame.Surface | None = None) -> None:
        """`like`: as of `Strips`."""
        self._sheet, self._like = sheet, like
        self._scenery: Scenery | None = None
        self._coming: Scenery | None = None
        self._gone: Scenery | None = None
        """What was shown before the step of a melt that is shown now."""
        self._under = pygame.Surface(VIEW_SIZE, depth=32)
        """What lies under that step, where it has not come yet."""
        self.eyes = EYES
        """What the player's eyes want."""
        self._ghosts = GhostSprites(sheet.sprites)
        self._colours = StageColours(sheet.sprites)

    def scenery(self, level: Level, blend: Blend | None = None) -> Scenery:
        """The strips of this level, in a blend of a melt or in its own."""
        if self._scenery is None or not self._scenery.shows(level, blend):
            self._gone, self._scenery = self._scenery, self._prepared(level, blend)
        return self._scenery

    def prepare(self, world: World, melting: Melting | None = None) -> bool:
        """Makes one strip ahead of time, or in a melt some of its next step's view; False where none was left
        to make."""
        room = world.hero.state.room
        if melting is None:
            self._coming = self._gone = None
            return self.scenery(world.level).prepare(world.camera_px, room)
        self._coming = self._prepared(*melting.next)
        made = 0
        while made < COMING_STRIPS and self._coming.prepare_view(world.camera_px, room):
            made += 1
        return made > 0

    def draw(
        self,
        canvas: pygame.Surface,
        world: World,
        melting: Melting | None = None,
        *,
        ghost: World | None = None,
    ) -> None:
        """Draws the field and everybody on it, 256x240; the status bar is not drawn here. `ghost`: a world
        whose hero is seen as a ghost, behind everybody, where he is in the same room."""
        state = world.hero.state

        def draw_still(onto: pygame.Surface, scenery: Scenery) -> None:
            scenery.draw(onto, world.camera_px, state.room, state.flags, self.eyes)

        self._draw_scenery(canvas, draw_still, world, melting, world.camera_px)
        self._ghosts.draw(canvas, ghost, (state.room,), world.camera_px, self.eyes)
        self._draw_sprites(canvas, world.level, pictures(world, self.eyes), world.camera_px)
        # The rows at the edge stay as they were: there is nothing beyond the room.
        canvas.scroll(0, jolt_px(world, self.eyes))

    def draw_passing(
        self,
        canvas: pygame.Surface,
        world: World,
        passing: Passing,
        tick: int,
        melting: Melting | None = None,
        *,
        ghost: World | None = None,
    ) -> None:
        """Draws the way through a door, so many ticks after it began: the hero walks, the view goes over."""
        state, camera_px = world.hero.state, passing.camera_at(world, tick)

        def draw_still(onto: pygame.Surface, scenery: Scenery) -> None:
            scenery.draw_between(onto, camera_px, (passing.room, state.room), state.flags)

        self._draw_scenery(canvas, draw_still, world, melting, camera_px)
        self._ghosts.draw(canvas, ghost, (passing.room, state.room), camera_px, self.eyes)
        shown = passing_pictures(world, passing, tick, self.eyes)
        self._draw_sprites(canvas, world.level, shown, camera_px)

    def _draw_scenery(
        self,
        canvas: pygame.Surface,
        draw_still: Callable[[pygame.Surface, Scenery], None],
        world: World,
        melting: Melting | None,
        camera_px: tuple[int, int],
    ) -> None:
        """Draws what stands still. In a melt cells that have not come yet are drawn as they were before."""
        draw_still(canvas, self.scenery(*(melting.now if melting else (world.level, None))))
        if melting is None or melting.before is None:
            return
        if self._gone is None or not self._gone.shows(*melting.before):
            self._gone = Scenery(*melting.before, like=self._like)
        draw_still(self._under, self._gone)
        left_px, top_px = camera_px[0] // TILE * TILE, camera_px[1] // TILE * TILE
        view = self._under.get_rect()
        areas = [
            view.clip((x_px - camera_px[0], y_px - camera_px[1], TILE, TILE))
            for x_px in range(left_px, camera_px[0] + VIEW_PX, TILE)
            for y_px in range(top_px, camera_px[1] + VIEW_HEIGHT_PX, TILE)
            if not melting.has_come(x_px // TILE, y_px // TILE)
        ]
        canvas.blits([(self._under, area, area) for area in areas], False)

    def draw_fade(self, canvas: pygame.Surface, ticks_left: int) -> None:
        """Darkens a picture that will be black in so many ticks."""
        step = len(FADE) - 1 - ticks_left // FADE_TICKS
        if step >= 0:
            canvas.fill((FADE[min(step, len(FADE) - 1)],) * 3, special_flags=pygame.BLEND_RGB_MULT)

    def _prepared(self, level: Level, blend: Blend | None) -> Scenery:
        """What was made ahead for this, or nothing yet."""
        if self._coming is not None and self._coming.shows(level, blend):
            return self._coming
        return Scenery(level, blend, like=self._like)

    def draw_sprites(
        self, canvas: pygame.Surface, world: World, camera_px: tuple[int, int] | None = None
    ) -> None:
        """Draws everybody, without the field, in the world's view or in another."""
        self._draw_sprites(canvas, world.level, pictures(world, self.eyes), camera_px or world.camera_px)

    def _draw_sprites(
        self, canvas: pygame.Surface, level: Level, shown: list[Picture], camera_px: tuple[int, int]
    ) -> None:
        for name, frame, x_px, y_px, flip, own, cloth, foe, lit in shown:
            left_px, top_px = x_px - camera_px[0], y_px - camera_px[1]
            if (
                -SPRITE_MARGIN_PX < left_px < VIEW_PX + SPRITE_MARGIN_PX
                and -SPRITE_MARGIN_PX < top_px < VIEW_HEIGHT_PX + SPRITE_MARGIN_PX
            ):
                colours = own if own or name in OF_TILES else self._colours.of(name, level, foe=foe)
                if lit:
                    colours = lit_colours(self._sheet.sprites[name][frame].palette, colours, lit)
                self._sheet.draw(
                    canvas, name, (left_px, top_px), frame, flip=flip, colours=colours, cloth=cloth
                )
