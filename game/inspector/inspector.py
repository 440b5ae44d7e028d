"""The inspector on the canvas: the room, the overlays, and the panel that says where a tile came from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame

from generator.inspect.facts import MARKS, TileFacts, facts, pointed
from generator.level import Level
from generator.motion import SUB, Mode
from generator.nes.palette import BLACK, rgb_of, to_rgb
from generator.nes.roles import SCREEN_PX, TILE, Role

from ..controls.input import Action
from ..screen.appearance import pictures
from ..screen.screens import GOLD, GREY, RED, WHITE
from ..screen.sprites import GLYPH_PX, SpriteSheet
from ..screen.view import VIEW_SIZE, View
from ..session.phases import Command, Phase
from ..session.session import Session
from .cursor import PANEL_PX, Inspection, Overlay
from .novelties import Answer, Novelties

INK = (8, 8, 12)
RIM = (90, 90, 110)
DREAM_PX = SCREEN_PX // 2
TILE_ZOOM = 4
FACTS_LEFT_PX = DREAM_PX + 4
"""Left of the tile and of the lines below it."""
LINE_LETTERS = (VIEW_SIZE[0] - FACTS_LEFT_PX) // GLYPH_PX
BESIDE_LEFT_PX = FACTS_LEFT_PX + TILE * TILE_ZOOM + 4
LINES_TOP_PX, LINE_PX = 74, 9
TINT = 110
"""Of 255: how much of a role's tint lies over its cells."""
BLINK_TICKS = 16
GHOST_TICKS, GHOST_ALPHA = 2, 170
"""Ticks of the way that the ghost walks in one, so that nobody waits for it; how dense it is, of 255."""
DOT_EVERY_TICKS = 4
DREAM_GONE = ("THIS DREAM", "IS NOT KEPT.", "PRESS T FOR", "ANOTHER ONE")
NO_DREAMS = ("LEVEL FILES", "KEEP NO DREAMS")
SETTLE_TICKS, GHOST_AHEAD_TICKS = 128, 26
"""For pictures: ticks in which the longest way is followed, and how far the ghost has gone then."""
_SHORT = {Role.STAIRS_RIGHT: "stairs right", Role.STAIRS_LEFT: "stairs left"}


class Inspector:
    """Open while the session's phase is INSPECTING: it reads input, and draws the whole canvas."""

    def __init__(self, session: Session, view: View, sheet: SpriteSheet, network: Path | None = None) -> None:
        """`network`: the file that the session's levels are dreamed with; None: the one that ships."""
        self.novelties = Novelties(network)
        self._session = session
        self._view = view
        self._sheet = sheet
        self._look: Inspection | None = None
        self._overlay = Overlay.TILES
        self._ticks = 0
        self._answer: Answer | None = None
        self._dream: tuple[object, int, pygame.Surface] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the session is being inspected."""
        return self._session.phase == Phase.INSPECTING

    def act(self, action: Action) -> bool:
        """Whether the press was the inspector's."""
        if action == Action.INSPECT or (action == Action.ESCAPE and self.is_open):
            self._session.command(Command.INSPECT)
        elif action == Action.OVERLAY and self.is_open:
            self.overlay = self.overlay.next()
        else:
            return action == Action.OVERLAY
        return True

    @property
    def overlay(self) -> Overlay:
        """What lies over the room; it stays from one look to the next."""
        return self._overlay

    @overlay.setter
    def overlay(self, overlay: Overlay) -> None:
        self._overlay = overlay
        if self._look is not None:
            self._look.overlay = overlay

    def point(self, at_px: tuple[int, int] | None) -> None:
        """Where the mouse was moved to, px of the canvas; None: beside it."""
        if self._look is not None and at_px is not None:
            self._look.point(*at_px)

    def step(self, buttons: int) -> None:
        """A tick of held buttons."""
        world = self._session.world
        if not self.is_open or world is None:
            self._look = None
            return
        if self._look is None or self._look.world is not world:
            self._look, self._ticks = Inspection(world, self._overlay), 0
        self._look.tick(buttons)
        self._answer = self.novelties.of(world.level)
        self._ticks += 1

    def settle(self) -> None:
        """Until there is nothing left to look up: for pictures."""
        for _ in range(SETTLE_TICKS):
            self.step(0)
        self.novelties.wait()
        self._ticks = GHOST_AHEAD_TICKS
        self.step(0)

    def draw(self, canvas: pygame.Surface) -> bool:
        """The whole picture, where the inspector is open."""
        look = self._look
        if not self.is_open or look is None:
            return False
        self._room(canvas, look)
        {
            Overlay.TILES: lambda: None,
            Overlay.ROLES: lambda: self._roles(canvas, look),
            Overlay.PROOF: lambda: self._proof(canvas, look),
            Overlay.REPAIRS: lambda: self._repairs(canvas, look),
        }[look.overlay]()
        self._cursor(canvas, look)
        self._panel(canvas, look)
        self._keys(canvas, look)
        return True

    # The room.

    def _room(self, canvas: pygame.Surface, look: Inspection) -> None:
        """Scenery and sprites, as they stand still, from the inspector's own view."""
        state = look.world.hero.state
        self._view.scenery(look.level).draw(canvas, look.camera_px, state.room, state.flags)
        for name, frame, x_px, y_px, flip in pictures(look.world):
            dx, dy = self._sheet.offset(name, frame, flip)
            place = (x_px - look.camera_px[0] + dx, y_px - look.camera_px[1] + dy)
            canvas.blit(self._sheet.get(name, frame, flip), place)

    def _cursor(self, canvas: pygame.Surface, look: Inspection) -> None:
        self._frame(canvas, pygame.Rect(*look.cursor_px, TILE, TILE))

    def _frame(self, canvas: pygame.Surface, cell: pygame.Rect) -> None:
        """Round a cell, whole even at the edge, blinking."""
        around = canvas.get_rect()
        bright = self._ticks // BLINK_TICKS % 2 == 0
        for margin, colour in ((4, list(INK)), (2, rgb_of(WHITE if bright else GOLD))):
            pygame.draw.rect(canvas, colour, cell.inflate(margin, margin).clip(around), 1)

    # Overlays.

    def _roles(self, canvas: pygame.Surface, look: Inspection) -> None:
        tint = pygame.Surface((TILE, TILE), depth=32)
        tint.set_alpha(TINT)
        x, y, width, height = look.level.rooms[look.room]
        roles = look.level.roles[y : y + height, x : x + width]
        for (row, column), role in np.ndenumerate(roles):
            place = self._place(look, x + column, y + row)
            if not canvas.get_rect().colliderect((*place, TILE, TILE)):
                continue
            letter, colour = MARKS[Role(int(role))]
            tint.fill(colour)
            canvas.blit(tint, place)
            if letter:
                canvas.blit(self._sheet.text(letter, BLACK), (place[0] + 5, place[1] + 5))
                canvas.blit(self._sheet.text(letter, WHITE), (place[0] + 4, place[1] + 4))

    def _proof(self, canvas: pygame.Surface, look: Inspection) -> None:
        """The way's feet as a line of dots, and a ghost that walks it."""
        steps = look.steps
        if not steps:
            return
        left_px, top_px = look.camera_px
        for step in steps[::DOT_EVERY_TICKS]:
            canvas.fill(INK, (step.x_px - left_px - 1, step.y_px - top_px - 3, 4, 4))
            canvas.fill(rgb_of(GOLD), (step.x_px - left_px, step.y_px - top_px - 2, 2, 2))
        # It sets out from where the hero is, or it would often be somewhere out of view.
        body = look.world.hero.body
        here_px = body.x_sub // SUB, body.y_sub // SUB
        every = range(0, len(steps), DOT_EVERY_TICKS)
        first = min(every, key=lambda n: abs(steps[n].x_px - here_px[0]) + abs(steps[n].y_px - here_px[1]))
        ghost = steps[(first + self._ticks * GHOST_TICKS) % len(steps)]
        name = {
            Mode.AIR: "hero_jump", Mode.STAIRS: "hero_climb", Mode.CROUCH: "hero_crouch",
            Mode.LANDING: "hero_crouch",
        }.get(ghost.mode, "hero_walk")  # fmt: skip
        frame = ghost.x_px // TILE % self._sheet.frames(name)
        sprite = self._sheet.get(name, frame, ghost.facing < 0).copy()
        sprite.set_alpha(GHOST_ALPHA)
        dx, dy = self._sheet.offset(name, frame, ghost.facing < 0)
        canvas.blit(sprite, (ghost.x_px - left_px + dx, ghost.y_px - top_px + dy))

    def _repairs(self, canvas: pygame.Surface, look: Inspection) -> None:
        for column, row in look.level.repairs:
            place = self._place(look, column, row)
            pygame.draw.rect(canvas, INK, (*place, TILE, TILE), 3)
            pygame.draw.rect(canvas, rgb_of(RED), (*place, TILE, TILE), 1)

    # The panel.

    def _panel(self, canvas: pygame.Surface, look: Inspection) -> None:
        panel = canvas.subsurface((0, 0 if look.panel_on_top else VIEW_SIZE[1] - PANEL_PX, 256, PANEL_PX))
        panel.fill(INK)
        level, cell = look.level, (look.column, look.row)
        bare, far = self._view.scenery(level).seen_through(
            look.camera_px, cell, look.room, look.world.hero.state.flags
        )
        there = pointed(level, *cell, far, bare=bare)
        if there is None:
            self._note(panel, ("NO TILE HERE,", "ONLY THE", "BACKDROP COLOUR"))
            self._lines(panel, [f"CELL {Role(int(level.roles[look.row, look.column])).name}"])
        else:
            tile = facts(level, there.number)
            self._dream_of(panel, tile)
            self._tile(panel, level, tile)
            word, colour = self._novelty(panel, tile)
            self._lines(
                panel,
                [
                    f"{_SHORT.get(tile.role, tile.name)} {tile.quality:.0%}",
                    f"dream {tile.screen + 1} R{tile.row + 1} C{tile.column + 1}",
                    f"Z{tile.z_seed:016X}",
                    word,
                ]
                if tile.z_seed >= 0
                else [tile.name, "drawn by hand"],
                colour,
            )
        edge = PANEL_PX - 1 if look.panel_on_top else 0
        panel.fill(RIM, (0, edge, VIEW_SIZE[0], 1))

    def _lines(self, panel: pygame.Surface, lines: list[str], last: int = GREY) -> None:
        for number, line in enumerate(lines):
            colour = WHITE if number == 0 else last if number == 3 else GREY
            place = (FACTS_LEFT_PX, LINES_TOP_PX + number * LINE_PX)
            panel.blit(self._sheet.text(line[:LINE_LETTERS], colour), place)

    def _dream_of(self, panel: pygame.Surface, tile: TileFacts) -> None:
        """The dreamed screen at half its size, the tile's cell framed."""
        built = self._session.built
        if built is None or not 0 <= tile.screen < len(built.dreams):
            lines = DREAM_GONE if self._session.stream is not None else NO_DREAMS
            self._note(panel, lines if tile.z_seed >= 0 else ("DRAWN", "BY HAND"))
            return
        if self._dream is None or self._dream[:2] != (built, tile.screen):
            screen = pygame.surfarray.make_surface(built.dreams[tile.screen].swapaxes(0, 1))
            self._dream = built, tile.screen, pygame.transform.smoothscale(screen, (DREAM_PX, DREAM_PX))
        panel.blit(self._dream[2], (0, 0))
        half = TILE // 2
        self._frame(panel, pygame.Rect(tile.column * half, tile.row * half, half, half))

    def _note(self, panel: pygame.Surface, lines: tuple[str, ...]) -> None:
        """Words where the dream would be."""
        panel.fill((28, 28, 36), (0, 0, DREAM_PX, PANEL_PX))
        top_px = (PANEL_PX - len(lines) * (GLYPH_PX + 4)) // 2
        for number, line in enumerate(lines):
            left_px = (DREAM_PX - len(line) * GLYPH_PX) // 2
            panel.blit(self._sheet.text(line, GREY), (max(0, left_px), top_px + number * (GLYPH_PX + 4)))

    def _tile(self, panel: pygame.Surface, level: Level, tile: TileFacts) -> None:
        side = TILE * TILE_ZOOM
        pixels = pygame.surfarray.make_surface(to_rgb(level.bank[tile.number]).swapaxes(0, 1))
        panel.blit(pygame.transform.scale(pixels, (side, side)), (FACTS_LEFT_PX, 4))
        pygame.draw.rect(panel, RIM, (FACTS_LEFT_PX - 1, 3, side + 2, side + 2), 1)
        for number, colour in enumerate(tile.colours):
            box = pygame.Rect(BESIDE_LEFT_PX + number * 17, 4, 15, 10)
            panel.fill(rgb_of(colour), box)
            pygame.draw.rect(panel, RIM, box, 1)

    def _novelty(self, panel: pygame.Surface, tile: TileFacts) -> tuple[str, int]:
        """The nearest training tile, blurred as the index has it, and both distances; the word for them."""
        answer = self._answer
        if answer is None:
            return "looking it up...", GREY
        if answer.index is None or answer.nearest is None:
            self._beside(panel, ("HOW NEW", "IS NOT", "KNOWN"))
            return answer.brief, RED
        index, nearest = answer.index, answer.nearest
        distance = float(nearest.distance[tile.number])
        self._beside(panel, ("NEAREST",))
        picture = pygame.surfarray.make_surface(
            index.blurred(int(nearest.number[tile.number])).swapaxes(0, 1)
        )
        panel.blit(pygame.transform.scale(picture, (24, 24)), (BESIDE_LEFT_PX, 32))
        pygame.draw.rect(panel, RIM, (BESIDE_LEFT_PX - 1, 31, 26, 26), 1)
        for number, (line, colour) in enumerate(
            ((_short(distance), WHITE), ("USUAL", GREY), (_short(index.usual), GREY))
        ):
            panel.blit(self._sheet.text(line, colour), (BESIDE_LEFT_PX + 28, 32 + number * 10))
        if nearest.plain[tile.number]:
            return "plain", GREY
        return index.word(distance), RED if distance <= index.near else GOLD

    def _beside(self, panel: pygame.Surface, lines: tuple[str, ...]) -> None:
        for number, line in enumerate(lines):
            panel.blit(self._sheet.text(line, GREY), (BESIDE_LEFT_PX, 20 + number * 10))

    def _keys(self, canvas: pygame.Surface, look: Inspection) -> None:
        """What lies over the room, and the keys, at the edge where the panel is not."""
        count = f" {len(look.level.repairs)}" if look.overlay == Overlay.REPAIRS else ""
        lines = [f"TAB:{look.overlay.value}{count}  F1:back".upper()]
        if look.level.substitute:
            lines.append("TILES OF THE SHIPPED NETWORK")
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

    @staticmethod
    def _place(look: Inspection, column: int, row: int) -> tuple[int, int]:
        return column * TILE - look.camera_px[0], row * TILE - look.camera_px[1]


def _short(distance: float) -> str:
    """In four letters."""
    return f"{min(distance, 0.999):.3f}"[1:]
