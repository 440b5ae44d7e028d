"""A gallery of morphs: four pictures of one room, each on its way from its own dreams to others and back.

The rooms stay as they are built; their tiles are cut from the screens that lie between. One picture after the
other is hung up, since each takes some dreams.
"""

from __future__ import annotations

import pygame

from generator import Dreamer, Level, pygame_util
from generator.style import morph_frames

ROOM_PX = 256, 240
SEED = 12
FRAMES = 8
"""Pictures of a morph, both its ends included."""
HOLD_TICKS = 12
"""Ticks that each is shown."""
THEMES = ("hall", "crypt", "cave", "keep")


def hung(dreamer: Dreamer, theme: str) -> list[Level]:
    """A room's way to the same room dreamed anew."""
    here, there = (dreamer.level(seed=SEED, shape="room", width=1, theme=theme, art=art) for art in (0, 1))
    return morph_frames(here, there, FRAMES, generator=dreamer.networks.generator)


def main() -> None:
    dreamer = Dreamer()
    screen = pygame.display.set_mode((2 * ROOM_PX[0], 2 * ROOM_PX[1]), pygame.SCALED)
    clock = pygame.time.Clock()
    gallery: list[list[Level]] = []
    tick = 0
    while not any(event.type == pygame.QUIT for event in pygame.event.get()):
        if len(gallery) < len(THEMES):
            gallery.append(hung(dreamer, THEMES[len(gallery)]))
        at = tick // HOLD_TICKS % (2 * FRAMES)
        for number, frames in enumerate(gallery):
            column, row = number % 2 * ROOM_PX[0], number // 2 * ROOM_PX[1]
            frame = frames[min(at, 2 * FRAMES - 1 - at)]  # there and back
            pygame_util.draw(screen.subsurface((column, row), ROOM_PX), frame, (0, 0))
        pygame.display.flip()
        clock.tick(60)
        tick += 1


if __name__ == "__main__":
    main()
