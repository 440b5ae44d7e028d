"""The gallery, drawn: a page of thumbnails with their codes, the chosen one in a frame."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..screen import SpriteSheet
from ..screen.screens import GOLD, GREY, RED, WHITE, bright, code_lines, key_line
from ..screen.sprites import GLYPH_PX
from ..session.records import Records
from ..texts import text
from ..world.camera import VIEW_SIZE
from .favourites import THUMBNAIL_PX, Favourite, Favourites
from .gallery import COLUMNS, PAGE, Gallery

CELL_PX = (84, 65)
"""How far a thumbnail is from the next one, across and down."""
CODE_LETTERS = CELL_PX[0] // GLYPH_PX
"""Letters that fit beneath a thumbnail."""
LEFT_PX, TOP_PX = (VIEW_SIZE[0] - COLUMNS * CELL_PX[0]) // 2, 17
TITLE_PX = 4
FOOT_PX = {2: (217, 228), 3: (213, 221, 231)}
"""Tops of the lines at the foot, by how many there are: a long code has two."""
RECORD_TICKS = 120
"""How long a record and the keys take turns beneath a code of two lines."""
FRAME_PX = 2
EMPTY, DARK = 0x02, 0x00
"""Palette indices of frames where nothing hangs, and where something does."""
OUT_LIGHT = 70
"""How bright what was taken out still is, of 255."""
HOW_TO_KEEP = "gallery.empty_1", "gallery.empty_2", "gallery.empty_3"


def short_code(code: str) -> str:
    """As much of a code as fits beneath a thumbnail; dots say that there is more."""
    for written in (code, code.replace("-", "")):
        if len(written) <= CODE_LETTERS:
            return written
    return code[: CODE_LETTERS - 2].rstrip("-") + ".."


class GalleryScreen:
    """Draws the gallery with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet

    def draw(
        self,
        canvas: pygame.Surface,
        gallery: Gallery,
        favourites: Favourites,
        message: str,
        tick: int,
        *,
        records: Records | None = None,
    ) -> None:
        """Draws all of a canvas of 256x240 px. `message`: a line to show instead of the keys, or "".
        `records`: what castles have taken at best; the chosen one's is told."""
        canvas.fill(rgb_of(BLACK))
        entries = favourites.entries
        title = text("gallery.title")
        if len(entries) > PAGE:
            page, pages = gallery.page.start // PAGE + 1, -(-len(entries) // PAGE)
            title = text("gallery.page", title=title, page=page, pages=pages)
        canvas.blit(self._sheet.text(title, GOLD), (LEFT_PX + 10, TITLE_PX))
        if favourites.skipped:
            note = self._sheet.text(text("gallery.unreadable", number=favourites.skipped), RED)
            canvas.blit(note, (VIEW_SIZE[0] - LEFT_PX - 10 - note.get_width(), TITLE_PX))
        blink = GOLD if bright(tick) else WHITE
        for spot, number in enumerate(gallery.page if entries else ()):
            entry = entries[number] if number < len(entries) else None
            self._hang(canvas, spot, entry, blink if number == gallery.chosen else None)
        if not entries and favourites.known:
            for number, name in enumerate(HOW_TO_KEEP):
                line, y_px = with_keys(text(name)), 88 + 14 * (number + bool(number))
                self._sheet.write(canvas, line, y_px, GREY if number else WHITE)
        entry = entries[gallery.chosen] if gallery.chosen < len(entries) else None
        foot = self._foot(entry, message)
        record = records.of(entry.code) if records and entry else ""
        if record and len(foot) < max(FOOT_PX):
            foot.insert(-1, (record, GOLD))
        elif record and not message and tick % (2 * RECORD_TICKS) < RECORD_TICKS:
            foot[-1] = record, GOLD
        for (line, colour), y_px in zip(foot, FOOT_PX[len(foot)], strict=True):
            self._sheet.write(canvas, line, y_px, colour)

    def _foot(self, chosen: Favourite | None, message: str) -> list[tuple[str, int]]:
        """The lines at the foot: the chosen castle's whole code, then the keys or what there is to say."""
        foot = "keys_none" if chosen is None else "keys_out" if chosen.out else "keys"
        keys = key_line(text(f"gallery.{foot}"))
        code = code_lines(chosen.code) if chosen else [""]
        return [*((line, WHITE) for line in code), (message, GOLD) if message else (keys, GREY)]

    def _hang(self, canvas: pygame.Surface, spot: int, entry: Favourite | None, chosen: int | None) -> None:
        """Draws one of a page's nine; where there is no entry, a frame only. `chosen`: the colour of the
        chosen one's frame, None for the others."""
        cell_left_px = LEFT_PX + spot % COLUMNS * CELL_PX[0]
        left_px = cell_left_px + (CELL_PX[0] - THUMBNAIL_PX[0]) // 2
        top_px = TOP_PX + spot // COLUMNS * CELL_PX[1]
        box = pygame.Rect((left_px, top_px), THUMBNAIL_PX)
        rim_px = 1 if chosen is None else FRAME_PX
        frame = EMPTY if entry is None else DARK if chosen is None else chosen
        canvas.fill(rgb_of(frame), box.inflate(2 * rim_px, 2 * rim_px))
        canvas.fill(rgb_of(BLACK), box)
        if entry is None:
            return
        if entry.thumbnail is not None:
            canvas.blit(entry.thumbnail, box)
        if entry.out:
            canvas.fill((OUT_LIGHT,) * 3, box, special_flags=pygame.BLEND_RGB_MULT)
        colour = DARK if entry.out else GREY if chosen is None else WHITE
        code = self._sheet.text(short_code(entry.code), colour)
        canvas.blit(code, (cell_left_px + (CELL_PX[0] - code.get_width()) // 2, box.bottom + 4))
