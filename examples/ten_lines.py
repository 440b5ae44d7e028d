"""A game in ten lines: a dreamed level is shown, and the arrows scroll it."""

import pygame

from generator import Dreamer, pygame_util

level = Dreamer().level(seed=9, shape="strip", width=8, theme="crypt")
screen = pygame.display.set_mode((400, 240), pygame.SCALED)
clock = pygame.time.Clock()
x_px = 0
while not any(event.type == pygame.QUIT for event in pygame.event.get()):
    pressed = pygame.key.get_pressed()
    x_px = max(0, min(x_px + 3 * (pressed[pygame.K_RIGHT] - pressed[pygame.K_LEFT]), 8 * 256 - 400))
    pygame_util.draw(screen, level, (x_px, 0))
    pygame.display.flip()
    clock.tick(60)
