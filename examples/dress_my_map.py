"""Your own map in dreamed art: the map below, or a file of Tiled or LDtk that you name.

The keys 1 to 6 change the theme, the space bar dreams anew. Nothing is moved: what is solid stays where you
drew it.

    python -m examples dress_my_map [my.tmx | my.ldtk]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pygame

from generator import Dreamer, ldtk, pygame_util, tiled

MY_MAP = [
    "................................",
    "................................",
    "................................",
    "................................",
    "..................############..",
    "..................#          #..",
    "..................#  I  I  I #..",
    ".....====.........#          #..",
    "..................#==    ====#..",
    "...........##.....#          #..",
    ".&........###..                 ",
    ".&.......####..    |      |    D",
    "#####~~######^^#################",
    "#####~~#########################",
    "################################",
]
"""`.` sky, a blank a wall behind, `#` ground, `=` platform, `~` water, `^` spikes, `&` bush, `|` column, `I`
window, `D` door."""
THEMES = ("gate", "hall", "crypt", "cave", "works", "keep")


def main() -> None:
    grid: Any = MY_MAP  # or an array of `Role`, uint8[rows, columns]
    for name in sys.argv[1:]:
        read = ldtk.read if name.endswith(".ldtk") else tiled.read_roles
        grid = read(Path(name)).roles
    dreamer, seed, theme = Dreamer(), 12, THEMES[0]
    dressed = dreamer.tiles(grid, seed, theme=theme)
    rows, columns = dressed.roles.shape
    screen = pygame.display.set_mode((columns * 16, rows * 16), pygame.SCALED)
    clock = pygame.time.Clock()
    playing = True
    while playing:
        events = pygame.event.get()
        playing = all(event.type != pygame.QUIT for event in events)
        for event in events:
            if event.type != pygame.KEYDOWN:
                continue
            if pygame.K_1 <= event.key <= pygame.K_6:
                theme = THEMES[event.key - pygame.K_1]
            seed += event.key == pygame.K_SPACE
            dressed = dreamer.tiles(grid, seed, theme=theme)
        pygame_util.draw(screen, dressed, (0, 0))
        pygame.display.flip()
        clock.tick(60)


if __name__ == "__main__":
    main()
