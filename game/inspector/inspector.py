"""The inspector on the canvas: the room, what lies over it, the cursor, the keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame

from generator.inspect.facts import MARKS
from generator.motion import SUB, Button, Posture
from generator.nes.palette import BLACK, rgb_of
from generator.nes.roles import TILE, Role

from ..controls import Action
from ..controls.menu import PressEdges
from ..controls.places import with_keys
from ..screen import SpriteSheet, View
from ..screen.screens import GOLD, RED, WHITE
from ..screen.sprites import GLYPH_PX
from ..session import Command, Phase, Session
from ..texts import text
from ..world.camera import VIEW_SIZE
from .cursor import Inspection, Overlay
from .novelties import Answer, Novelties
from .panel import INK, Panel, framed

TINT = 110
"""How much of a role's tint lies over its cells, of 255."""
BLINK_TICKS = 16
GHOST_TICKS, GHOST_ALPHA = 2, 170
"""Ticks of the way that the ghost walks in one, so that nobody waits for it; how dense it is, of 255."""
DOT_EVERY_TICKS = 4
SETTLE_TICKS, GHOST_AHEAD_TICKS = 128, 26
"""For pictures: ticks in which the longest way is followed, and how far the ghost has gone then."""
GHOST_OF_POSTURE = {
    Posture.AIR: "hero_jump",
    Posture.STAIRS: "hero_climb",
    Posture.CROUCH: "hero_crouch",
    Posture.LANDING: "hero_crouch",
}
"""The ghost's sprite where it does not walk."""


class Inspector:
    """It is open while the session's phase is INSPECTING; then it reads input, and draws the whole canvas."""

    def __init__(self, session: Session, view: View, sheet: SpriteSheet, network: Path | None = None) -> None:
        """`network`: the file that the session's levels are dreamed with; None: the one that ships."""
        self.novelties = Novelties(network)
        self._session = session
        self._view = view
        self._sheet = sheet
        self._panel = Panel(session, view, sheet)
        self._look: Inspection | None = None
        self.overlay = Overlay.TILES
        """What lies over the room; it stays from one look to the next."""
        self._ticks = 0
        self._presses = PressEdges()
        self._answer: Answer | None = None

    @property
    def is_open(self) -> bool:
        """Whether the session is being inspected."""
        return self._session.phase == Phase.INSPECTING

    def act(self, action: Action) -> bool:
        """Does what this press means here; False where it means nothing here."""
        if action == Action.INSPECT or (action == Action.ESCAPE and self.is_open):
            self._session.command(Command.INSPECT)
        elif action == Action.OVERLAY and self.is_open:
            self.overlay = self.overlay.next()
        else:
            return action == Action.OVERLAY
        return True

    def point(self, at_px: tuple[int, int] | None) -> None:
        """Points at where the mouse was moved to, px of the canvas; None: beside it."""
        if self._look is not None and at_px is not None:
            self._look.point(*at_px)

    def tick(self, buttons: int) -> None:
        """One tick of held buttons."""
        world = self._session.world
        if not self.is_open or world is None:
            self._look = None
            return
        if self._look is None or self._look.world is not world:
            self._look, self._ticks, self._presses = Inspection(world), 0, PressEdges()
        pressed = self._presses.tick(buttons)
        if pressed & Button.JUMP:
            self.overlay = self.overlay.next()
        if pressed & Button.WHIP:
            self._session.command(Command.INSPECT)
        self._look.tick(buttons)
        self._answer = self.novelties.of(world.level)
        self._ticks += 1

    def settle(self) -> None:
        """Goes on until there is nothing left to look up: for pictures."""
        for _ in range(SETTLE_TICKS):
            self.tick(0)
        self.novelties.wait()
        self._ticks = GHOST_AHEAD_TICKS
        self.tick(0)

    def draw(self, canvas: pygame.Surface) -> bool:
        """Draws the whole picture, where the inspector is open; False where it is not."""
        look = self._look
        if not self.is_open or look is None:
            return False
        self._room(canvas, look)
        if self.overlay == Overlay.ROLES:
            self._roles(canvas, look)
        elif self.overlay == Overlay.PROOF:
            self._proof(canvas, look)
        elif self.overlay == Overlay.REPAIRS:
            self._repairs(canvas, look)
        bright = self._ticks // BLINK_TICKS % 2 == 0
        framed(canvas, pygame.Rect(*look.cursor_px, TILE, TILE), bright)
        self._panel.draw(canvas, look, self._answer, bright)
        self._keys(canvas, look)
        return True

    def _room(self, canvas: pygame.Surface, look: Inspection) -> None:
        """Draws scenery and sprites, as they stand still, from the inspector's own view."""
        state = look.world.hero.state
        self._view.scenery(look.level).draw(canvas, look.camera_px, state.room, state.flags)
        self._view.draw_sprites(canvas, look.world, look.camera_px)

    def _roles(self, canvas: pygame.Surface, look: Inspection) -> None:
        """Tints every cell by its role, and writes its letter."""
        tint = pygame.Surface((TILE, TILE), depth=32)
        tint.set_alpha(TINT)
        x, y, width, height = look.level.rooms[look.room]
        roles = look.level.roles[y : y + height, x : x + width]
        for (row, column), role in np.ndenumerate(roles):
            left_px, top_px = look.in_view(x + column, y + row)
            if not canvas.get_rect().colliderect((left_px, top_px, TILE, TILE)):
                continue
            letter, colour = MARKS[Role(int(role))]
            tint.fill(colour)
            canvas.blit(tint, (left_px, top_px))
            if letter:
                canvas.blit(self._sheet.text(letter, BLACK), (left_px + 5, top_px + 5))
                canvas.blit(self._sheet.text(letter, WHITE), (left_px + 4, top_px + 4))

    def _proof(self, canvas: pygame.Surface, look: Inspection) -> None:
        """Draws the way's feet as a line of dots, and a ghost that walks it."""
        moves = look.moves
        if not moves:
            return
        left_px, top_px = look.camera_px
        for move in moves[::DOT_EVERY_TICKS]:
            canvas.fill(INK, (move.x_px - left_px - 1, move.y_px - top_px - 3, 4, 4))
            canvas.fill(rgb_of(GOLD), (move.x_px - left_px, move.y_px - top_px - 2, 2, 2))
        # It sets out from where the hero is, or it would often be somewhere out of view.
        body = look.world.hero.body
        here_px = body.x_sub // SUB, body.y_sub // SUB
        every = range(0, len(moves), DOT_EVERY_TICKS)
        first = min(every, key=lambda n: abs(moves[n].x_px - here_px[0]) + abs(moves[n].y_px - here_px[1]))
        ghost = moves[(first + self._ticks * GHOST_TICKS) % len(moves)]
        name, flip = GHOST_OF_POSTURE.get(ghost.posture, "hero_walk"), ghost.facing < 0
        frame = ghost.x_px // TILE % len(self._sheet.sprites[name])
        sprite = self._sheet.get(name, frame, flip).copy()
        sprite.set_alpha(GHOST_ALPHA)
        dx, dy = self._sheet.offset(name, frame, flip)
        canvas.blit(sprite, (ghost.x_px - left_px + dx, ghost.y_px - top_px + dy))

    def _repairs(self, canvas: pygame.Surface, look: Inspection) -> None:
        """Frames every cell that was repaired."""
        for column, row in look.level.repairs:
            cell = (*look.in_view(column, row), TILE, TILE)
            pygame.draw.rect(canvas, INK, cell, 3)
            pygame.draw.rect(canvas, rgb_of(RED), cell, 1)

    def _keys(self, canvas: pygame.Surface, look: Inspection) -> None:
        """Writes what lies over the room, and the keys, at the edge where the panel is not."""
        count = f" {len(look.level.repairs)}" if self.overlay == Overlay.REPAIRS else ""
        lines = [with_keys(text("inspector.keys", what=text(self.overlay.value), count=count))]
        if look.level.substitute:
            lines.append(text("inspector.substitute"))
        if self._session.message:
            lines.append(self._session.message)
        for number, line in enumerate(lines):
            height = GLYPH_PX + 4
            top_px = number * height
            if look.panel_on_top:
                top_px = VIEW_SIZE[1] - height - top_px
            width = len(line) * GLYPH_PX + 8
            # In the corner that the cursor is not in.
            left_px = VIEW_SIZE[0] - width if look.cursor_px[0] < VIEW_SIZE[0] // 2 else 0
            canvas.fill(INK, (left_px, top_px, width, height))
            canvas.blit(self._sheet.text(line, GOLD if number else WHITE), (left_px + 4, top_px + 2))
