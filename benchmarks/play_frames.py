"""Pictures of play for fresh eyes, who say what each thing is that they see. The bot plays stage after stage,
and of each stage one picture is taken, of somebody or something that has not been seen often yet.

    python -m benchmarks.play_frames --out DIR [--frames 40] [--kept DIR]

DIR then holds the pictures, three times enlarged, `sheet.png` with all of them in small, and `answers.txt`
with what is really there, which the eyes do not read before.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from PIL import Image

from game.screen import SpriteSheet, View
from game.screen.appearance import pictures
from game.screen.hud import HUD_PX
from game.world import World
from game.world.bot import Bot
from game.world.camera import VIEW_HEIGHT_PX, VIEW_PX, VIEW_SIZE
from game.world.world import Outcome
from generator.files import check_folder
from generator.level import Level

from .bench_legibility import stages

TIMES, COLUMNS, GAP_PX = 3, 8, 2
PLAYED_TICKS, LOOK_EVERY_TICKS = 5400, 15
"""How long a stage is played at most, and how often it is looked at. (ours)"""
EDGE_PX = 12
"""So far within the view a thing must be. (ours)"""
NOT_ASKED = ("hero_", "whip", "ripple", "spike_tips", "points", "scuff", "doorway", "platform_")
"""What is in every picture, or is no thing of its own."""


def things_in(world: World) -> list[str]:
    """The names of what is well within the view and is asked for, with their places in it."""
    left, top = world.camera_px
    found = []
    for picture in pictures(world):
        x_px, y_px = picture.x_px - left, picture.y_px - top
        within = EDGE_PX < x_px < VIEW_PX - EDGE_PX and HUD_PX + EDGE_PX < y_px < VIEW_HEIGHT_PX
        if within and not picture.name.startswith(NOT_ASKED):
            found.append(f"{picture.name} at {x_px}, {y_px}")
    return found


def worth(things: list[str], seen: Counter[str]) -> float:
    """The more, the rarer the things of a picture have been so far."""
    return sum(1 / (1 + seen[name]) ** 2 for name in {thing.split()[0] for thing in things})


def best_of(level: Level, view: View, seen: Counter[str]) -> tuple[pygame.Surface, list[str]] | None:
    """The picture of a bot's way through a stage with the rarest things; None where there was nothing."""
    world, bot = World(level), Bot()
    best: tuple[float, pygame.Surface, list[str]] | None = None
    for tick in range(PLAYED_TICKS):
        world.hero.health = max(world.hero.health, 8)
        world.step(bot.buttons(world))
        if world.outcome != Outcome.PLAYING:
            break
        things = things_in(world) if tick % LOOK_EVERY_TICKS == 0 else []
        value = worth(things, seen)
        if value > (best[0] if best else 0.0):
            canvas = pygame.Surface(VIEW_SIZE, depth=32)
            view.draw(canvas, world)
            best = value, canvas, things
    return None if best is None else best[1:]


def main() -> None:
    """Plays and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--frames", type=int, default=40, metavar="N", help="how many (default 40)")
    parser.add_argument("--kept", type=Path, metavar="DIR", help="where stages are kept for the next time")
    options = parser.parse_args()
    check_folder(options.out)
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE, depth=32)
    view, seen = View(SpriteSheet.load()), Counter[str]()
    shown: list[Image.Image] = []
    answers: list[str] = []
    for level in stages(2 * options.frames, options.kept):
        found = best_of(level, view, seen)
        if found is None:
            continue
        canvas, things = found
        seen.update({thing.split()[0] for thing in things})
        number = len(shown) + 1
        picture = Image.frombytes("RGB", VIEW_SIZE, pygame.image.tobytes(canvas, "RGB"))
        large = picture.resize((VIEW_PX * TIMES, VIEW_HEIGHT_PX * TIMES), Image.Resampling.NEAREST)
        large.save(options.out / f"{number:02}.png", optimize=True)
        shown.append(picture)
        answers.append(f"{number:02} seed {level.seed} stage {level.stage}: " + "; ".join(things))
        if len(shown) == options.frames:
            break
    rows = -(-len(shown) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (VIEW_PX + GAP_PX), rows * (VIEW_HEIGHT_PX + GAP_PX)))
    for at, picture in enumerate(shown):
        sheet.paste(picture, (at % COLUMNS * (VIEW_PX + GAP_PX), at // COLUMNS * (VIEW_HEIGHT_PX + GAP_PX)))
    sheet.save(options.out / "sheet.png", optimize=True)
    (options.out / "answers.txt").write_text("\n".join(answers) + "\n", "utf-8")
    print(f"{len(shown)} pictures; seen: " + ", ".join(f"{name} {n}" for name, n in seen.most_common()))


if __name__ == "__main__":
    main()
