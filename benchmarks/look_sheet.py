"""A sheet of what a player sees: of every stage one view from inside and one from farther on, as the bot
comes by. For eyes that compare: with other networks, with other versions, with the corpus.

`--worst N` looks through N stages and shows the twelve that are worst by what the look is measured by;
`--openings N` shows the first views of the first N stages that begin under the sky.
"""

from __future__ import annotations

import argparse
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import numpy as np
import pygame
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from game.screen import SpriteSheet, View
from game.screen.hud import HUD_PX
from game.world import World
from game.world.camera import VIEW_SIZE
from generator.dream.loading import load_networks
from generator.layout.stages import build_stage
from generator.level import Level
from generator.stream import build_level

SHARES: tuple[float, ...] = (0.3, 0.75)
"""Of the certificate's ticks, after which a view is taken."""
COLUMNS = 3
LABEL_PX = 12
WORST = 12


def main(arguments: list[str] | None = None) -> int:
    """Writes the sheet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.look_sheet", description=__doc__)
    parser.add_argument("--castles", type=int, default=4, metavar="N", help="seeds 1 to N, six stages each")
    parser.add_argument("--worst", type=int, metavar="N", help="of N stages the twelve worst instead")
    parser.add_argument("--openings", type=int, metavar="N", help="the first views of N stages instead")
    parser.add_argument("--model", type=Path, metavar="FILE", help="a generator network")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG")
    options = parser.parse_args(arguments)
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE, depth=32)
    networks = load_networks(options.model, None)
    keys = [(seed, stage) for seed in range(1, options.castles + 1) for stage in range(1, 7)]
    notes: dict[tuple[int, int], str] = {}
    if options.worst:
        from .worst_looks import worst

        notes = dict(worst(networks, options.worst, WORST))
        keys = list(notes)
    columns, shares = COLUMNS, SHARES
    if options.openings:
        columns, shares = 2 * COLUMNS, (0.0,)
        keys = list(itertools.islice(under_the_sky(), options.openings))
    tiles = []
    for key in keys:
        level = build_level(*key, networks=networks).level
        seen = np.concatenate(views(level, shares), 1)
        tiles.append(labelled(seen, f"{key[0]}-{key[1]} {notes.get(key, '')}"))
    while len(tiles) % columns:
        tiles.append(np.zeros_like(tiles[0]))
    rows = [np.concatenate(tiles[at : at + columns], 1) for at in range(0, len(tiles), columns)]
    picture = Image.fromarray(np.concatenate(rows, 0))
    picture.quantize(256, dither=Image.Dither.NONE).save(options.out, optimize=True)
    print(options.out)
    return 0


def under_the_sky() -> Iterator[tuple[int, int]]:
    """Castle and stage of those that begin there, castle by castle."""
    for seed in itertools.count(1):
        for stage in range(1, 7):
            if build_stage(seed, stage).structure.plan.rooms[0].outdoors:
                yield seed, stage


def views(level: Level, shares: tuple[float, ...] = ()) -> list[NDArray[np.uint8]]:
    """The field, RGB [208, 256, 3], at each of these shares of the certificate, or of SHARES, nobody else
    about."""
    world, view = World(level, enemies=False), View(SpriteSheet.load())
    marks = [int(len(level.certificate) * share) for share in shares or SHARES]
    out = []
    for tick, mask in enumerate(level.certificate):
        world.step(mask)
        if tick in marks:
            canvas = pygame.Surface(VIEW_SIZE, depth=32)
            view.draw(canvas, world)
            out.append(pygame.surfarray.array3d(canvas).swapaxes(0, 1)[HUD_PX:])
    return out


def labelled(picture: NDArray[np.uint8], label: str) -> NDArray[np.uint8]:
    """A picture with a line of text above it and a black rim."""
    height, width = picture.shape[:2]
    page = Image.new("RGB", (width + 4, height + LABEL_PX + 4))
    ImageDraw.Draw(page).text((2, 0), label, font=ImageFont.load_default(10), fill=(200, 200, 200))
    page.paste(Image.fromarray(picture), (2, LABEL_PX))
    return np.asarray(page)


if __name__ == "__main__":
    raise SystemExit(main())
