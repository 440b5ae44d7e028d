"""A level in pyscroll: its camera follows a ball, which the arrows roll.

pyscroll is for those who have it already, with sprites in a `PyscrollGroup`. A level that was written for the
editor Tiled (`ganvania.tiled.write_map`) loads with pytmx as any other map does.
"""

from __future__ import annotations

import pygame
import pyscroll

from generator import Dreamer
from generator.adapters import pyscroll_util

VIEW_PX = 400, 240
SPEED_PX = 2
BALL_RGB = (252, 116, 96)


def main() -> None:
    level = Dreamer().level(seed=16, stage=6)  # a castle's stage: rooms beside and above one another
    screen = pygame.display.set_mode(VIEW_PX, pygame.SCALED)
    clock = pygame.time.Clock()
    layer = pyscroll_util.map_layer(level, VIEW_PX)
    group = pyscroll.PyscrollGroup(layer, default_layer=pyscroll_util.TILES)
    ball: pygame.sprite.Sprite = pygame.sprite.Sprite(group)
    ball.image = pygame.Surface((15, 15), pygame.SRCALPHA)
    pygame.draw.circle(ball.image, BALL_RGB, (7, 7), 7)
    ball.rect = at = ball.image.get_rect(midbottom=level.start)
    while not any(event.type == pygame.QUIT for event in pygame.event.get()):
        pressed = pygame.key.get_pressed()
        at.x += SPEED_PX * (pressed[pygame.K_RIGHT] - pressed[pygame.K_LEFT])
        at.y += SPEED_PX * (pressed[pygame.K_DOWN] - pressed[pygame.K_UP])
        at.clamp_ip(layer.map_rect)
        group.center(at.center)
        group.draw(screen)
        pygame.display.flip()
        clock.tick(60)


if __name__ == "__main__":
    main()
