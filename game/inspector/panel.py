"""The inspector's panel: where the tile under the cursor came from, what it is, and how new it is."""

from __future__ import annotations

import pygame

from generator.inspect.facts import TileFacts, facts, pointed
from generator.level import Level
from generator.nes.palette import rgb_of, to_rgb
from generator.nes.roles import SCREEN_PX, TILE, Role

from ..controls.places import with_keys
from ..screen import SpriteSheet, View
from ..screen.screens import GOLD, GREY, RED, WHITE
from ..screen.sprites import GLYPH_PX
from ..screen.strips import surface_of_rgb
from ..session import Session
from ..texts import text
from ..world.camera import VIEW_SIZE
from .cursor import PANEL_PX, Inspection
from .novelties import Answer

INK, RIM, DARK = (8, 8, 12), (90, 90, 110), (28, 28, 36)
"""RGB of the panel, of its lines, and of the place where a dream is missing."""
DREAM_PX = SCREEN_PX // 2
TILE_ZOOM = 4
FACTS_LEFT_PX = DREAM_PX + 4
"""Left of the tile and of the lines below it."""
LINE_LETTERS = (VIEW_SIZE[0] - FACTS_LEFT_PX) // GLYPH_PX
BESIDE_LEFT_PX = FACTS_LEFT_PX + TILE * TILE_ZOOM + 4
"""Left of what stands beside the tile."""
LINES_TOP_PX, LINE_PX = 74, 9
DREAM_GONE, NO_DREAMS, BY_HAND, NO_TILE, UNKNOWN = (
    tuple(f"inspector.{name}_{number + 1}" for number in range(lines))
    for name, lines in (("dream_gone", 4), ("no_dreams", 2), ("by_hand", 2), ("no_tile", 3), ("unknown", 3))
)
"""Notes, by the names of their lines."""
_SHORT = {Role.STAIRS_RIGHT: "inspector.stairs_right", Role.STAIRS_LEFT: "inspector.stairs_left"}


def framed(canvas: pygame.Surface, cell: pygame.Rect, bright: bool) -> None:
    """Draws the cursor's frame round a cell, whole even at the canvas's edge. It blinks: `bright` or not."""
    around = canvas.get_rect()
    for margin, colour in ((4, list(INK)), (2, rgb_of(WHITE if bright else GOLD))):
        pygame.draw.rect(canvas, colour, cell.inflate(margin, margin).clip(around), 1)


class Panel:
    """Draws the panel with one sprite sheet."""

    def __init__(self, session: Session, view: View, sheet: SpriteSheet) -> None:
        self._session = session
        self._view = view
        self._sheet = sheet
        self._dream: tuple[object, int, pygame.Surface] | None = None

    def draw(self, canvas: pygame.Surface, look: Inspection, answer: Answer | None, bright: bool) -> None:
        """Draws it at the top or the bottom of a canvas. `answer`: what is known of how new tiles are."""
        panel = canvas.subsurface((0, 0 if look.panel_on_top else VIEW_SIZE[1] - PANEL_PX, 256, PANEL_PX))
        panel.fill(INK)
        level, cell = look.level, (look.column, look.row)
        bare, far = self._view.scenery(level).seen_through(
            look.camera_px, cell, look.room, look.world.hero.state.flags
        )
        there = pointed(level, *cell, far, bare=bare)
        if there is None:
            self._note(panel, NO_TILE)
            self._lines(
                panel, [text("inspector.cell", role=Role(int(level.roles[look.row, look.column])).name)]
            )
        else:
            tile = facts(level, there.number)
            self._dream_of(panel, tile, bright)
            self._tile(panel, level, tile)
            word, colour = self._novelty(panel, tile, answer)
            if tile.z_seed >= 0:
                called = text(_SHORT[tile.role]) if tile.role in _SHORT else tile.name
                name = text("inspector.tile", name=called, quality=f"{tile.quality:.0%}")
                place = {"number": tile.screen + 1, "row": tile.row + 1, "column": tile.column + 1}
                latent = text("inspector.latent", z=f"{tile.z_seed:016X}")
                self._lines(panel, [name, text("inspector.dream", **place), latent, word], colour)
            else:
                self._lines(panel, [tile.name, text("inspector.by_hand")])
        edge = PANEL_PX - 1 if look.panel_on_top else 0
        panel.fill(RIM, (0, edge, VIEW_SIZE[0], 1))

    def _lines(self, panel: pygame.Surface, lines: list[str], last: int = GREY) -> None:
        """Writes up to four lines below the tile; `last`: the fourth one's colour."""
        for number, line in enumerate(lines):
            colour = WHITE if number == 0 else last if number == 3 else GREY
            at_px = (FACTS_LEFT_PX, LINES_TOP_PX + number * LINE_PX)
            panel.blit(self._sheet.text(line[:LINE_LETTERS], colour), at_px)

    def _dream_of(self, panel: pygame.Surface, tile: TileFacts, bright: bool) -> None:
        """Draws the dreamed screen at half its size, the tile's cell framed."""
        built = self._session.playthrough.built
        if built is None or not 0 <= tile.screen < len(built.dreams):
            missing = NO_DREAMS if self._session.stream is None else DREAM_GONE
            self._note(panel, missing if tile.z_seed >= 0 else BY_HAND)
            return
        if self._dream is None or self._dream[:2] != (built, tile.screen):
            screen = surface_of_rgb(built.dreams[tile.screen])
            self._dream = built, tile.screen, pygame.transform.smoothscale(screen, (DREAM_PX, DREAM_PX))
        panel.blit(self._dream[2], (0, 0))
        half = TILE // 2
        framed(panel, pygame.Rect(tile.column * half, tile.row * half, half, half), bright)

    def _note(self, panel: pygame.Surface, names: tuple[str, ...]) -> None:
        """Writes words where the dream would be. `names`: of their lines."""
        lines = [with_keys(text(name)) for name in names]
        panel.fill(DARK, (0, 0, DREAM_PX, PANEL_PX))
        top_px = (PANEL_PX - len(lines) * (GLYPH_PX + 4)) // 2
        for number, line in enumerate(lines):
            left_px = (DREAM_PX - len(line) * GLYPH_PX) // 2
            panel.blit(self._sheet.text(line, GREY), (max(0, left_px), top_px + number * (GLYPH_PX + 4)))

    def _tile(self, panel: pygame.Surface, level: Level, tile: TileFacts) -> None:
        """Draws the tile, enlarged, and beside it its colours."""
        side = TILE * TILE_ZOOM
        pixels = surface_of_rgb(to_rgb(level.bank.pixels[tile.number]))
        panel.blit(pygame.transform.scale(pixels, (side, side)), (FACTS_LEFT_PX, 4))
        pygame.draw.rect(panel, RIM, (FACTS_LEFT_PX - 1, 3, side + 2, side + 2), 1)
        for number, colour in enumerate(tile.colours):
            box = pygame.Rect(BESIDE_LEFT_PX + number * 17, 4, 15, 10)
            panel.fill(rgb_of(colour), box)
            pygame.draw.rect(panel, RIM, box, 1)

    def _novelty(self, panel: pygame.Surface, tile: TileFacts, answer: Answer | None) -> tuple[str, int]:
        """Draws the nearest training tile, blurred as the index has it, and both distances; gives the word
        for them and its colour."""
        if answer is None:
            return text("inspector.looking_up"), GREY
        if answer.index is None or answer.nearest is None:
            self._beside(panel, UNKNOWN)
            return answer.brief, RED
        index, nearest = answer.index, answer.nearest
        distance = float(nearest.distance[tile.number])
        self._beside(panel, ("inspector.nearest",))
        picture = surface_of_rgb(index.blurred(int(nearest.number[tile.number])))
        panel.blit(pygame.transform.scale(picture, (24, 24)), (BESIDE_LEFT_PX, 32))
        pygame.draw.rect(panel, RIM, (BESIDE_LEFT_PX - 1, 31, 26, 26), 1)
        lines = ((_short(distance), WHITE), (text("inspector.usual"), GREY), (_short(index.usual), GREY))
        for number, (line, colour) in enumerate(lines):
            panel.blit(self._sheet.text(line, colour), (BESIDE_LEFT_PX + 28, 32 + number * 10))
        if nearest.plain[tile.number]:
            return text("inspector.plain"), GREY
        return index.word(distance), RED if distance <= index.near else GOLD

    def _beside(self, panel: pygame.Surface, names: tuple[str, ...]) -> None:
        for number, name in enumerate(names):
            panel.blit(self._sheet.text(text(name), GREY), (BESIDE_LEFT_PX, 20 + number * 10))


def _short(distance: float) -> str:
    """A distance in four letters."""
    return f"{min(distance, 0.999):.3f}"[1:]
