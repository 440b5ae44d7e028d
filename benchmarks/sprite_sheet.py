"""A page of all sprites: every frame under its name, three times enlarged.

    python -m benchmarks.sprite_sheet --out docs/pictures/sprites.png [enemies foes]

Names of files of `assets/sprites` narrow it down. For eyes, and for docs/FIGHT.md.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.screen import SpriteSheet
from game.screen.sprites import ASSETS, GLYPH_PX, parse_sprites
from generator.nes.palette import rgb_of

TIMES = 3
WIDTH_PX = 1180
GAP_PX, LINE_PX = 6, GLYPH_PX + 4
GROUND, HEAD_COLOUR, NAME_COLOUR = 0x18, 0x20, 0x37
"""Colours of the NES: the sheet, the names of files, the names of sprites."""


def sheet_of(sheet: SpriteSheet, files: dict[str, list[str]]) -> pygame.Surface:
    """All frames of these sprites, file by file, in rows of WIDTH_PX."""
    placed: list[tuple[pygame.Surface, int, int]] = []
    y_px = GAP_PX
    for file, names in files.items():
        placed.append((sheet.text(file, HEAD_COLOUR), GAP_PX, y_px))
        x_px, y_px, high_px = GAP_PX, y_px + LINE_PX, 0
        for name in names:
            strip = _strip(sheet, name)
            if x_px + strip.get_width() > WIDTH_PX:
                x_px, y_px, high_px = GAP_PX, y_px + high_px + GAP_PX, 0
            placed.append((strip, x_px, y_px))
            x_px, high_px = x_px + strip.get_width() + 2 * GAP_PX, max(high_px, strip.get_height())
        y_px += high_px + 2 * GAP_PX
    page = pygame.Surface((WIDTH_PX, y_px))
    page.fill(rgb_of(GROUND))
    for surface, left_px, top_px in placed:
        page.blit(surface, (left_px, top_px))
    return page


def _strip(sheet: SpriteSheet, name: str) -> pygame.Surface:
    """A sprite's frames side by side, enlarged, under its name."""
    frames = [sheet.get(name, frame) for frame in range(len(sheet.sprites[name]))]
    widths = [frame.get_width() * TIMES + GAP_PX for frame in frames]
    title = sheet.text(name.replace("_", " "), NAME_COLOUR)
    high_px = max(frame.get_height() for frame in frames)
    size = max(sum(widths), title.get_width()), LINE_PX + high_px * TIMES
    strip = pygame.Surface(size)
    strip.fill(rgb_of(GROUND))
    strip.blit(title, (0, 0))
    x_px = 0
    for frame, width_px in zip(frames, widths, strict=True):
        large = pygame.Surface(frame.get_size())
        large.fill(rgb_of(GROUND))
        large.blit(frame, (0, 0))
        strip.blit(
            pygame.transform.scale_by(large, TIMES), (x_px, LINE_PX + (high_px - frame.get_height()) * TIMES)
        )
        x_px += width_px
    return strip


def main() -> None:
    """Writes the page as a PNG of few colours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="files of assets/sprites; all of them if none is named")
    parser.add_argument("--out", type=Path, required=True, help="the PNG")
    chosen = parser.parse_args()
    paths = [ASSETS / "sprites" / f"{name}.txt" for name in chosen.files]
    files = {
        path.stem: list(parse_sprites(path.read_text(encoding="utf-8"), str(path)))
        for path in paths or sorted((ASSETS / "sprites").glob("*.txt"))
    }
    page = sheet_of(SpriteSheet.load(), files)
    _write(page, chosen.out)


def _write(page: pygame.Surface, path: Path) -> None:
    """With a palette: a page of the NES's colours is small so."""
    from PIL import Image

    picture = Image.frombytes("RGB", page.get_size(), pygame.image.tobytes(page, "RGB"))
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(path, optimize=True)


if __name__ == "__main__":
    main()
