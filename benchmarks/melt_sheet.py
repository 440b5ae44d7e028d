"""Nine pictures of one view, from a castle's art by the steps of a melt to its next: for a human eye.

    python -m benchmarks.melt_sheet --seed 5 --ticks 1500 --out melt.png

The bot plays up to the tick that is named, so that there is something to see.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame

from game.gallery import write_png
from game.screen import SpriteSheet, View
from game.screen.hud import HUD_PX
from game.session.melting import LEAD_TICKS, STEP_TICKS, Melting
from game.world import World
from game.world.bot import Bot
from game.world.camera import VIEW_SIZE
from generator.dream.loading import load_networks
from generator.look.melt import STEPS, melt
from generator.stream import LevelKey, build_level

COLUMNS, GAP_PX = 3, 4


def main() -> int:
    """Writes the sheet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.melt_sheet", description=__doc__)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--ticks", type=int, default=1500)
    parser.add_argument("--model", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, default=Path("melt.png"))
    options = parser.parse_args()
    networks = load_networks(options.model, None)
    old, new = (build_level(options.seed, art=art, networks=networks) for art in (0, 1))
    blends = melt(old.level, new.level, networks.generator)
    melting = Melting(LevelKey(options.seed, art=1), dataclasses.replace(new, melt=blends), old.level)

    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    world, bot = World(old.level), Bot()
    for _ in range(options.ticks):
        world.step(bot.buttons(world))
    view, canvas = View(SpriteSheet.load()), pygame.Surface(VIEW_SIZE, depth=32)
    width_px, height_px = VIEW_SIZE[0] + GAP_PX, VIEW_SIZE[1] - HUD_PX + GAP_PX
    rows = -(-(STEPS + 1) // COLUMNS)
    sheet = pygame.Surface((COLUMNS * width_px - GAP_PX, rows * height_px - GAP_PX), depth=32)
    for step in range(STEPS + 1):
        melting.tick = LEAD_TICKS + step * STEP_TICKS - 1 if step else 0  # when it has come everywhere
        if melting.half_way:
            world.redress(new.level)
        view.draw(canvas, world, melting)
        at_px = step % COLUMNS * width_px, step // COLUMNS * height_px
        sheet.blit(canvas, at_px, (0, HUD_PX, VIEW_SIZE[0], VIEW_SIZE[1] - HUD_PX))
    write_png(sheet, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
