"""How well every sprite is seen before every stage's walls: CIELAB L* along its rim.

What a rim position is, and what its step in lightness, says `game/screen/rims.py`: the greater of the step
from the wall to the outline and of the step to what the outline encloses, 20 or more. The two alone stand
beside it. Walls are what the game draws behind everybody, both layers, in views of every room; a sprite
stands where nothing solid is, in the colours that the stage gives it. Cracks, waves, spikes and doorways are
parts of the tiles that they are drawn over; they stand in the list, and are not in the sum.

    python -m benchmarks.bench_legibility --stages 1000 [--kept DIR]
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import numpy as np
import pygame
from numpy.typing import NDArray

from game.screen.appearance import cloth_of, ground_colours
from game.screen.legible import StageColours
from game.screen.rims import SEEN_L, Rim, rim_of, steps
from game.screen.scenery import Scenery
from game.screen.sprites import ASSETS, CLOTH_DIGIT, Frame, parse_sprites, recoloured
from game.screen.view import OF_TILES
from game.world.camera import VIEW_HEIGHT_PX, VIEW_PX, VIEW_SIZE, room_px
from game.world.enemies.table import KINDS
from generator.dream.loading import load_networks
from generator.files import write_whole
from generator.level import Level
from generator.nes.palette import PALETTE_L, PALETTE_RGB
from generator.nes.roles import SOLID, TILE
from generator.rng import Pcg32
from generator.stream import build_level

FILES = ("hero", "whip", "enemies", "foes", "weapons", "items", "rewards", "sparks", "mechanisms", "door")
"""Sprites that are drawn in a stage; the others are in the status bar, on pages and maps."""
IN_THE_STATUS_BAR = ("key_small",)
"""Of these files' sprites, what is drawn elsewhere."""
PLATFORM = ("platform_left", "platform_middle", "platform_right")
"""Parts that are drawn side by side, and measured so."""
IN_GROUND_COLOURS = ("door", "lock", "platform")
VIEWS, TRIES = 2, 12
"""Views of each room; places tried for a sprite in a view. (ours)"""
MARGIN_PX = 1
CHANCE = 25
"""The stream of chance that places are drawn from."""

Found = dict[str, NDArray[np.float64]]
"""By sprite: rim positions, and how many of them are seen by edge, by outline, by what is inside."""


def rims_in(level: Level, sheet: Mapping[str, tuple[Frame, ...]], chance: Pcg32) -> Found:
    """The rims of all frames of sprites in views of a stage."""
    found: Found = defaultdict(lambda: np.zeros(4))
    scenery, colours = Scenery(level), StageColours(sheet)
    cloth, canvas = cloth_of(level), pygame.Surface(VIEW_SIZE, depth=32)
    drawn = {}
    for name in sheet:
        own = ground_colours(level) if name in IN_GROUND_COLOURS else ()
        if not own and name not in OF_TILES:
            own = colours.of(name, level, foe=name in KINDS)
        worn = cloth if name == "shade" else b""
        drawn[name] = [_lightness(frame, own, worn) for frame in sheet[name]]
    for room in range(len(level.rooms)):
        left, top, right, bottom = room_px(level.interiors[room])
        for _ in range(VIEWS):
            at_px = (
                chance.between(left, max(left, right - VIEW_PX)),
                chance.between(top, max(top, bottom - VIEW_HEIGHT_PX)),
            )
            scenery.draw(canvas, at_px, room)
            view = _view_lightness(canvas)
            solid = _solid(level, at_px)
            for name in sheet:
                for frame, lights in zip(sheet[name], drawn[name], strict=True):
                    found[name] += _rim(frame, lights, View(view, solid), chance)
    return found


@cache
def _rim_of(frame: Frame) -> Rim:
    return rim_of(frame.pixels)


class View(NamedTuple):
    """What is behind everybody, [240, 256]."""

    lightness: NDArray[np.float64]
    solid: NDArray[np.bool_]


def _rim(frame: Frame, lights: NDArray[np.float64], view: View, chance: Pcg32) -> NDArray[np.float64]:
    """What is counted of the rim of a frame, at a place of a view where nothing is solid; none where no such
    place is found."""
    high, wide = frame.pixels.shape
    for _ in range(TRIES):
        x = chance.between(MARGIN_PX, VIEW_PX - wide - MARGIN_PX)
        y = chance.between(2 * TILE + MARGIN_PX, VIEW_HEIGHT_PX - high - MARGIN_PX)
        if view.solid[y : y + high, x : x + wide][frame.pixels > 0].any():
            continue
        rim = _rim_of(frame)
        outline, inside = steps(rim, lights, view.lightness[rim.outside[:, 0] + y, rim.outside[:, 1] + x])
        seen = np.array([np.maximum(outline, inside), outline, inside]) >= SEEN_L
        return np.array([len(outline), *seen.sum(axis=1)], float)
    return np.zeros(4)


def _view_lightness(canvas: pygame.Surface) -> NDArray[np.float64]:
    """float64[240, 256]: L* of what is drawn in the NES's colours."""
    packed = np.array([canvas.map_rgb(rgb) for rgb in PALETTE_RGB.tolist()])
    order = np.argsort(packed)
    found = np.searchsorted(packed[order], pygame.surfarray.array2d(canvas).T)
    return np.asarray(PALETTE_L[order][found])


def _lightness(frame: Frame, colours: tuple[int, ...], cloth: bytes) -> NDArray[np.float64]:
    indices = np.array([0, *recoloured(frame.palette, colours)], np.uint8)[frame.pixels]
    if cloth:
        rows, columns = np.nonzero(frame.pixels == CLOTH_DIGIT)
        tile = np.frombuffer(cloth, np.uint8).reshape(TILE, TILE)
        indices[rows, columns] = tile[rows % TILE, columns % TILE]
    return np.asarray(PALETTE_L[indices])


def _solid(level: Level, at_px: tuple[int, int]) -> NDArray[np.bool_]:
    """bool[240, 256]: where a view shows what is solid, or no room."""
    rows = np.minimum((at_px[1] + np.arange(VIEW_HEIGHT_PX)) // TILE, level.height_tiles - 1)
    columns = np.minimum((at_px[0] + np.arange(VIEW_PX)) // TILE, level.width_tiles - 1)
    return np.isin(level.roles[np.ix_(rows, columns)], list(SOLID))


def stages(count: int, kept: Path | None) -> Iterator[Level]:
    """So many stages: of castle k stage 1 + k % 6. `kept`: where they are kept for the next time."""
    networks = None
    for number in range(count):
        path = None if kept is None else kept / f"{number}.gvl"
        if path is not None and path.exists():
            yield Level.from_bytes(path.read_bytes(), str(path))
            continue
        networks = networks or load_networks(None, None)
        level = build_level(number, 1 + number % 6, networks=networks).level
        if path is not None:
            write_whole(path, level.to_bytes())
        yield level


def main() -> int:
    """Measures, prints a line a sprite, the worst first, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stages", type=int, default=24, metavar="N", help="how many (default 24)")
    parser.add_argument("--kept", type=Path, metavar="DIR", help="where stages are kept for the next time")
    options = parser.parse_args()
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE, depth=32)
    sheet, chance = sheet_of_stages(), Pcg32(CHANCE)
    total: Found = defaultdict(lambda: np.zeros(4))
    least: dict[str, float] = defaultdict(lambda: 1.0)
    measured = 0
    for level in stages(options.stages, options.kept):
        measured += 1
        for name, counts in rims_in(level, sheet, chance).items():
            if counts[0]:
                total[name] += counts
                least[name] = min(least[name], float(counts[1] / counts[0]))
    shares = {name: counts[1:] / counts[0] for name, counts in total.items()}
    for name, share in sorted(shares.items(), key=lambda item: float(item[1][0])):
        print(
            f"{name:20} edge {share[0]:.4f}  outline {share[1]:.3f}  inside {share[2]:.3f}"
            f"  least in a stage {least[name]:.3f}"
        )
    whole = np.sum([counts for name, counts in total.items() if name not in OF_TILES], axis=0)
    worst = min((float(share[0]), name) for name, share in shares.items() if name not in OF_TILES)
    figures = {
        "stages": measured,
        "sprites": len(total),
        "rim_positions": int(whole[0]),
        "seen": round(float(whole[1] / whole[0]), 5),
        "outline": round(float(whole[2] / whole[0]), 3),
        "inside": round(float(whole[3] / whole[0]), 3),
        "worst_sprite": worst[1],
        "worst_sprite_seen": round(worst[0], 4),
    }
    print(json.dumps(figures))
    return 0


def sheet_of_stages() -> dict[str, tuple[Frame, ...]]:
    """All sprites that are drawn in a stage, a platform as one."""
    found: dict[str, tuple[Frame, ...]] = {}
    for file in FILES:
        path = ASSETS / "sprites" / f"{file}.txt"
        found |= parse_sprites(path.read_text("utf-8"), str(path))
    parts = [found.pop(name)[0] for name in PLATFORM]
    whole = np.concatenate([part.pixels for part in parts], axis=1)
    found["platform"] = (replace(parts[0], pixels=whole),)
    return {name: frames for name, frames in found.items() if name not in IN_THE_STATUS_BAR}


if __name__ == "__main__":
    raise SystemExit(main())
