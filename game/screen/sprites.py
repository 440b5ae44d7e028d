"""The game's pixel art and letters, read from text files and handed out as pygame surfaces.

A sprite file (`assets/sprites/*.txt`) is lines. `palette 0F 16 36` names the NES palette indices of the
digits 1 to 3, until the next such line; `palette 0F 16 36 or 0F 26 20` names another that a stage may choose
where its walls would hide the first. `frame hero_walk 0 anchor 8 32` starts a frame and says which point
of it, px from its top left, is put where the sprite stands; then come its rows, one character a pixel, `.`
for transparent. `#` starts a comment. `assets/font.txt` has `glyph A` and eight rows of `.` and `1` instead.
So a frame never has more than the NES's three colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from generator.errors import GanvaniaError
from generator.nes.palette import BLACK, PALETTE_L, PALETTE_RGB
from generator.nes.roles import TILE

ASSETS = Path(__file__).resolve().parents[2] / "assets"
GLYPH_PX = 8
"""Side of a letter's cell, px."""
WHITE = 0x20
"""Palette index of letters if nobody names another."""
UNKNOWN_GLYPH = "\N{WHITE SQUARE}"
"""The letter that stands for every character that the font lacks."""
CLOTH_DIGIT = 3
"""The digit of a sprite that shows a cloth where one is given."""
_KEY = (255, 0, 255)
"""The colour key: no colour of the NES's palette."""
TEXTS_KEPT = 256
"""Texts that are kept as drawn, those used last. A status bar needs about ten."""


class SpriteError(GanvaniaError):
    """A sprite or font file that cannot be used; one line that names file, line and remedy."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture.

    `pixels`: uint8[h, w] of 0 (transparent) to 3. `palette`: the NES indices of 1 to 3. `anchor_px`: x, y.
    """

    pixels: NDArray[np.uint8]
    palette: tuple[int, int, int]
    anchor_px: tuple[int, int]
    other: tuple[int, int, int] | None = None
    """The palette that stands in for it; None: whatever the stage makes of it (`legible`)."""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise SpriteError(f"{path}: {reason}; restore the file from the repository") from None


def _pixel_row(line: str, allowed: str, where: str) -> list[int]:
    row = [allowed.find(character) for character in line]
    if min(row) < 0:
        raise SpriteError(f"{where}: '{line[row.index(-1)]}' is no pixel; use only {' '.join(allowed)}")
    return row


def _palette(words: list[str], where: str) -> tuple[int, int, int]:
    try:
        one, two, three = (int(word, 16) for word in words)
    except ValueError:
        one = two = three = -1
    if not all(0 <= index < len(PALETTE_RGB) for index in (one, two, three)):
        raise SpriteError(f"{where}: a palette is three numbers from 00 to 3F: palette 0F 16 36")
    return one, two, three


def parse_sprites(text: str, source: str) -> dict[str, tuple[Frame, ...]]:
    """The frames of one sprite file, by name and in the order of their numbers.

    `source` is what errors call the file. Raises SpriteError, which names the line.
    """
    palette: tuple[int, int, int] | None = None
    rows: list[list[int]] | None = None
    other: tuple[int, int, int] | None = None
    begun: list[tuple[str, list[list[int]], Frame, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        where = f"{source}:{number}"
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0] == "palette":
            own, _, second = " ".join(words[1:]).partition(" or ")
            palette, rows = _palette(own.split(), where), None
            other = _palette(second.split(), where) if second else None
        elif words[0] == "frame":
            if palette is None:
                raise SpriteError(f"{where}: no palette yet; put a line like 'palette 0F 16 36' above it")
            shape = len(words) == 6 and words[3] == "anchor"
            if not shape or not all(word.removeprefix("-").isdecimal() for word in (words[2], *words[4:])):
                raise SpriteError(f"{where}: a frame starts with: frame NAME NUMBER anchor X Y")
            expected = sum(name == words[1] for name, *_ in begun)
            if int(words[2]) != expected:
                raise SpriteError(f"{where}: {words[1]} {words[2]}, but {expected} is next; renumber it")
            rows = []
            blank = Frame(np.zeros((0, 0), np.uint8), palette, (int(words[4]), int(words[5])), other)
            begun.append((words[1], rows, blank, where))
        else:
            row = _pixel_row(line, ".123", where)
            if rows is None:
                raise SpriteError(f"{where}: a row of no frame; put 'frame NAME NUMBER anchor X Y' above it")
            if rows and len(row) != len(rows[0]):
                raise SpriteError(f"{where}: {len(row)} pixels, the first row {len(rows[0])}; make them even")
            rows.append(row)
    found: dict[str, tuple[Frame, ...]] = {}
    for name, drawn, blank, where in begun:
        if not drawn:
            raise SpriteError(f"{where}: the frame has no rows; draw some below it")
        found[name] = (*found.get(name, ()), replace(blank, pixels=np.array(drawn, np.uint8)))
    return found


def parse_font(text: str, source: str) -> dict[str, NDArray[np.bool_]]:
    """bool[8, 8] by character. Raises SpriteError, which names the line."""
    font: dict[str, NDArray[np.bool_]] = {}
    lines = [(number, raw.rstrip()) for number, raw in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    for start in range(0, len(lines), GLYPH_PX + 1):
        number, head = lines[start]
        character = head.removeprefix("glyph ")
        if head == character or len(character) != 1:
            raise SpriteError(f"{source}:{number}: expected 'glyph' and one character, then {GLYPH_PX} rows")
        body = lines[start + 1 : start + 1 + GLYPH_PX]
        rows = [_pixel_row(line, ".1", f"{source}:{at}") for at, line in body]
        if len(rows) != GLYPH_PX or any(len(row) != GLYPH_PX for row in rows):
            size = f"{GLYPH_PX} rows of {GLYPH_PX} pixels"
            raise SpriteError(f"{source}:{number}: glyph {character} is not {size}; redraw it")
        font[character] = np.array(rows, np.bool_)
    if UNKNOWN_GLYPH not in font:
        raise SpriteError(f"{source}: no glyph {UNKNOWN_GLYPH}, which stands for unknown characters; draw it")
    return font


class SpriteSheet:
    """All sprites and letters. Surfaces are made when they are first asked for, and kept."""

    def __init__(
        self, sprites: Mapping[str, tuple[Frame, ...]], font: Mapping[str, NDArray[np.bool_]]
    ) -> None:
        self.sprites = dict(sprites)
        self.font = dict(font)
        self._surfaces = cache(self._sprite)
        self._glyphs = cache(self._glyph)
        self._texts = lru_cache(TEXTS_KEPT)(self._text)
        self._display_format: tuple[int, ...] | None = None

    @classmethod
    def load(cls, assets: Path = ASSETS) -> SpriteSheet:
        """Reads `assets/sprites/*.txt` and `assets/font.txt`. Raises SpriteError."""
        folder = assets / "sprites"
        sprites: dict[str, tuple[Frame, ...]] = {}
        for path in sorted(folder.glob("*.txt")):
            for name, frames in parse_sprites(_read(path), str(path)).items():
                if name in sprites:
                    raise SpriteError(f"{path}: {name} is in another sprite file as well; rename one")
                sprites[name] = frames
        if not sprites:
            raise SpriteError(f"{folder}: no sprite files; restore the folder from the repository")
        path = assets / "font.txt"
        return cls(sprites, parse_font(_read(path), str(path)))

    def offset(self, name: str, frame: int = 0, flip: bool = False) -> tuple[int, int]:
        """(dx, dy) from the anchor to the surface's top left, px."""
        picture = self.sprites[name][frame]
        x_px, y_px = picture.anchor_px
        return (x_px - picture.pixels.shape[1] if flip else -x_px), -y_px

    def get(
        self,
        name: str,
        frame: int = 0,
        flip: bool = False,
        colours: tuple[int, ...] = (),
        cloth: bytes = b"",
    ) -> pygame.Surface:
        """The surface, colour-keyed, in the display's format where there is a display. Do not draw on it.

        colours: palette indices, the darkest first, that it is drawn in instead of its own; see `recoloured`.
        cloth: a tile, palette indices [16, 16], that is seen, again and again, through its third colour.
        Raises KeyError or IndexError where there is no such sprite or frame.
        """
        self._forget_other_display()
        return self._surfaces(name, frame, flip, colours, cloth)

    def draw(
        self,
        canvas: pygame.Surface,
        name: str,
        at_px: tuple[int, int],
        frame: int = 0,
        *,
        flip: bool = False,
        colours: tuple[int, ...] = (),
        cloth: bytes = b"",
    ) -> None:
        """Draws a sprite whose anchor is at a point of the canvas; `colours` and `cloth` as for `get`."""
        dx, dy = self.offset(name, frame, flip)
        canvas.blit(self.get(name, frame, flip, colours, cloth), (at_px[0] + dx, at_px[1] + dy))

    def write(
        self, canvas: pygame.Surface, line: str, y_px: int, colour: int = WHITE, anchor: str = ""
    ) -> None:
        """Writes a line into the middle of a canvas; one that grows stands where `anchor` would."""
        left_px = (canvas.get_width() - len(anchor or line) * GLYPH_PX) // 2
        canvas.blit(self.text(line, colour), (left_px, y_px))

    def text(self, string: str, colour: int = WHITE) -> pygame.Surface:
        """One line of 8x8 letters in a colour of the NES's palette, any case. Do not draw on it."""
        self._forget_other_display()
        return self._texts(string.upper(), colour)

    def _sprite(
        self, name: str, frame: int, flip: bool, colours: tuple[int, ...], cloth: bytes
    ) -> pygame.Surface:
        picture = self.sprites[name][frame]
        palette = recoloured(picture.palette, colours)
        return _surface(picture.pixels[:, ::-1] if flip else picture.pixels, palette, cloth)

    def _text(self, string: str, colour: int) -> pygame.Surface:
        surface = _blank(max(1, len(string)) * GLYPH_PX, GLYPH_PX)
        for column, character in enumerate(string):
            if character != " ":
                known = character if character in self.font else UNKNOWN_GLYPH
                surface.blit(self._glyphs(known, colour), (column * GLYPH_PX, 0))
        return surface

    def _glyph(self, character: str, colour: int) -> pygame.Surface:
        return _surface(self.font[character].astype(np.uint8), (colour, colour, colour))

    def _forget_other_display(self) -> None:
        """Drops all surfaces where the display has changed: every blit would convert them again."""
        display = pygame.display.get_surface() if pygame.display.get_init() else None
        pixel_format = None if display is None else (display.get_bitsize(), *display.get_masks())
        if pixel_format != self._display_format:
            self._display_format = pixel_format
            for made in (self._surfaces, self._glyphs, self._texts):
                made.cache_clear()


def recoloured(palette: tuple[int, int, int], colours: tuple[int, ...]) -> tuple[int, int, int]:
    """A palette in other colours, the darkest first: its lightest colour becomes their lightest, and so on.

    Black stays black. A palette of more colours than there are others stays as it is.
    """
    shades = sorted({index for index in palette if index != BLACK}, key=lambda index: float(PALETTE_L[index]))
    if len(colours) < len(shades):
        return palette
    new = dict(zip(shades, colours[len(colours) - len(shades) :], strict=True))
    one, two, three = (new.get(index, index) for index in palette)
    return one, two, three


def _keyed(surface: pygame.Surface) -> pygame.Surface:
    if pygame.display.get_init() and pygame.display.get_surface() is not None:
        surface = surface.convert()
    surface.set_colorkey(_KEY, pygame.RLEACCEL)
    return surface


def _blank(width: int, height: int) -> pygame.Surface:
    surface = _keyed(pygame.Surface((width, height), depth=32))
    surface.fill(_KEY)
    return surface


def _surface(pixels: NDArray[np.uint8], palette: tuple[int, int, int], cloth: bytes = b"") -> pygame.Surface:
    """uint8[h, w] of 0 to 3 as a colour-keyed surface; `cloth`: a tile that is seen through the 3."""
    colours = np.array([_KEY, *(PALETTE_RGB[index] for index in palette)], np.uint8)
    rgb = np.ascontiguousarray(colours[pixels])
    if cloth:
        rows, columns = np.nonzero(pixels == CLOTH_DIGIT)
        tile = np.frombuffer(cloth, np.uint8).reshape(TILE, TILE)
        rgb[rows, columns] = PALETTE_RGB[tile[rows % TILE, columns % TILE]]
    size = (pixels.shape[1], pixels.shape[0])
    return _keyed(pygame.image.frombuffer(rgb.tobytes(), size, "RGB"))
