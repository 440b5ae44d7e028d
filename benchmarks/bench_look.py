"""How stages look, in numbers: sub-palettes, legibility, seams, tiles, and whether two stages of a castle can
be told apart; and how long their art takes.

`--castles 167 --processes 2` is the long run, of 1,002 stages.
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from game.screen import SpriteSheet
from game.screen.legible import apart, legible, walls_of
from game.world.enemies.table import KINDS
from generator.dream.loading import load_networks
from generator.dream.network import Networks
from generator.inspect.sheet import render
from generator.layout.stages import build_stage
from generator.level import SCREEN_COLUMNS, SCREEN_ROWS, Level
from generator.nes.palette import BLACK, CANONICAL, PALETTE_RGB, quantise
from generator.nes.roles import SCREEN_PX, SOLID, TILE, Role
from generator.stream import Built, build_level
from generator.tiles.colours import DISTANCE, to_palette
from generator.tiles.legibility import LEAST_L, WANTED_L, room_contrasts
from generator.tiles.measure import SEAM_R

HUD_ROWS = 2
LEAST_REPEATS = 4
UNSEEN = 0.006
"""Perceived difference that keeps the ratio of flat tiles finite; as in `tiles`."""
LEAST_INK = 0.02
"""Share of a view's pixels that are not black, or there is nothing to tell it by."""


def main(arguments: list[str] | None = None) -> int:
    """Builds, measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_look", description=__doc__)
    parser.add_argument("--castles", type=int, default=10, metavar="N", help="of six stages (default: 10)")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="times mean nothing beyond 1")
    options = parser.parse_args(arguments)
    seeds = range(1, options.castles + 1)
    if options.processes > 1:
        with ProcessPoolExecutor(options.processes, get_context("spawn")) as pool:
            castles = list(pool.map(measure_castle, seeds))
    else:
        castles = [measure_castle(seed) for seed in seeds]
    stages = [stage for castle, _ in castles for stage in castle]
    told = np.array([right for _, castle in castles for right in castle])

    def each(name: str) -> NDArray[np.float64]:
        return np.array([getattr(stage, name) for stage in stages], dtype=np.float64)

    contrasts, tiles, art_s = each("contrast_l"), each("tiles"), each("total_s") - each("structure_s")
    seams = np.concatenate([stage.seams for stage in stages])
    plain_seams = np.concatenate([stage.plain_seams for stage in stages])
    result = {
        "bench": "look",
        "stages": len(stages),
        "within_sub_palette_percent": 100 * float(each("within").mean()),
        "contrast_wanted_percent": 100 * float((contrasts >= WANTED_L).mean()),
        "contrast_least": float(contrasts.min()),
        "contrast_median": float(np.median(contrasts)),
        "contrast_below_least": int((contrasts < LEAST_L).sum()),
        "actors_apart_least": float(each("actors_l").min()),
        "actors_apart_median": float(np.median(each("actors_l"))),
        "seamless_percent": 100 * float((seams <= SEAM_R).mean()),
        "seamless_by_inner_lines_percent": 100 * float((plain_seams <= SEAM_R).mean()),
        "tiles_least": int(tiles.min()),
        "tiles_most": int(tiles.max()),
        "tiles_median": float(np.median(tiles)),
        "told_apart_percent": 100 * float(told.mean()),
        "art_s_median": float(np.median(art_s)),
        "art_s_median_of_first_stages": float(np.median(art_s[::6])),
        "art_s_p95": float(np.percentile(art_s, 95)),
        "total_s_p95": float(np.percentile(each("total_s"), 95)),
    }
    for key, value in result.items():
        print(f"{key:32} {value:.4g}" if isinstance(value, float) else f"{key:32} {value}")
    print(json.dumps(result))
    return 0


@dataclass(frozen=True)
class Stage:
    """What was measured of one."""

    contrast_l: float
    tiles: int
    actors_l: float
    within: float
    plain_seams: list[float]
    seams: list[float]
    structure_s: float
    total_s: float


def measure_castle(seed: int) -> tuple[list[Stage], list[bool]]:
    """Six stages; and for views of them whether they were told apart from those of another."""
    networks = _networks()
    stages, views = [], []
    for stage in range(1, 7):
        began = time.process_time()
        build_stage(seed, stage)
        structure_s = time.process_time() - began
        began = time.process_time()
        built = build_level(seed, stage, networks=networks)
        total_s = time.process_time() - began
        level = built.level
        plain_seams, seams = seam_ratios(built)
        contrast_l = float(room_contrasts(level.roles, level.layers, level.bank.pixels, level.rooms).min())
        stages.append(
            Stage(
                contrast_l, tiles_seen(level), actors_apart(level), within_palette(level), plain_seams, seams,
                structure_s, total_s,
            )
        )  # fmt: skip
        views.append(view_histograms(level))
    return stages, tell_apart(views)


@cache
def _networks() -> Networks:
    networks = load_networks(None, None)
    build_level(0, networks=networks)  # what is built once is none of a stage's time
    return networks


def actors_apart(level: Level) -> float:
    """The least difference in L* between somebody who moves, black outlines aside, and the wall behind a room
    or the sky: the hero, and everybody else in the colours that the stage gives him."""
    walls, sprites = walls_of(level), _sheet().sprites
    foes = [sprites[kind] for kind in KINDS]
    hero, _ = apart(sprites["hero_stand"][0], (), walls)
    return min(hero, *(apart(foe[0], legible(foe, walls), walls)[0] for foe in foes))


@cache
def _sheet() -> SpriteSheet:
    return SpriteSheet.load()


def tiles_seen(level: Level) -> int:
    """How many tiles of the bank are on screen somewhere."""
    return len(np.unique(np.concatenate([g[g >= 0] for g in (level.tiles, level.backdrop, level.far)])))


def within_palette(level: Level) -> float:
    """Share of the bank's tiles whose pixels all are of their sub-palette, which is one of four with a shared
    backdrop colour."""
    shared = len(level.bank.palettes) == 4 and len(set(level.bank.palettes[:, 0].tolist())) == 1
    good = [
        set(np.unique(tile).tolist()) <= set(level.bank.palettes[palette].tolist())
        for tile, palette in zip(level.bank.pixels, level.bank.palette.tolist(), strict=True)
    ]
    return float(np.mean(good)) * shared


def seam_ratios(built: Built) -> tuple[list[float], list[float]]:
    """Of every tile that is repeated as a fill, the ratio of the mean difference across its seams, as it is
    laid, to what may differ there unseen; the worse of sideways and downwards. First, what may differ is the
    mean difference of its inner neighbouring lines; second, that or its border's in the dream: a block's
    mortar lies on its border, and is no seam."""
    level = built.level
    bank = level.bank.pixels
    borders = dreamed_borders(built)
    fills = np.isin(level.roles, sorted(SOLID | {Role.WATER}))
    plain, with_borders = [], []
    for grid in (level.backdrop, np.where(fills, level.tiles, -1)):
        for tile in np.unique(grid[grid >= 0]).tolist():
            worst = [0.0, 0.0]
            for axis, one, other in ((0, grid[:, :-1], grid[:, 1:]), (1, grid[:-1], grid[1:])):
                beside = other[(one == tile) & (other >= 0)]
                if len(beside) < LEAST_REPEATS:
                    continue
                common = int(np.bincount(beside).argmax())
                a, b = (bank[tile], bank[common]) if axis == 0 else (bank[tile].T, bank[common].T)
                seam = DISTANCE[a[:, -1], b[:, 0]].mean()
                inner = max(DISTANCE[c[:, :-1], c[:, 1:]].mean() for c in (a, b))
                border = max(inner, borders[tile, axis], borders[common, axis])
                for which, allowed in enumerate((inner, border)):
                    worst[which] = max(worst[which], float((seam + UNSEEN) / (allowed + UNSEEN)))
            if worst[0]:
                plain.append(worst[0])
                with_borders.append(worst[1])
    return plain, with_borders


def dreamed_borders(built: Built) -> NDArray[np.float64]:
    """By how much each tile differed from its neighbours in the dream, in its own sub-palette: [T, 2], the
    greater of left and right, and of above and below."""
    level = built.level
    screens = quantise(built.dreams)
    out = np.zeros((len(level.bank), 2))
    for tile, (_, screen, row, column) in enumerate(level.bank.provenance.tolist()):
        shown = to_palette(screens[screen], level.bank.palettes[level.bank.palette[tile]])
        for axis, (picture, at, along) in enumerate(((shown, column, row), (shown.T, row, column))):
            lines = picture[along * TILE : (along + 1) * TILE]
            for edge in (at * TILE, (at + 1) * TILE):
                if 0 < edge < SCREEN_PX:
                    differ = DISTANCE[lines[:, edge - 1], lines[:, edge]].mean()
                    out[tile, axis] = max(out[tile, axis], float(differ))
    return out


def view_histograms(level: Level) -> NDArray[np.float64]:
    """Shares of the NES's colours in every screen of every room below the status bar, [views, 64]."""
    picture = render(level)
    keys = {tuple(PALETTE_RGB[index].tolist()): index for index in CANONICAL.tolist()}
    flat = picture.reshape(-1, 3)
    colours, inverse = np.unique(flat, axis=0, return_inverse=True)
    lookup = np.array([keys[tuple(colour)] for colour in colours.tolist()])
    indices = lookup[inverse.reshape(-1)].reshape(picture.shape[:2])
    out = []
    for x, y, w, h in level.rooms:
        for left in range(x, x + w, SCREEN_COLUMNS):
            for top in range(y, y + h, SCREEN_ROWS):
                view = indices[
                    (top + HUD_ROWS) * TILE : (top + SCREEN_ROWS) * TILE,
                    left * TILE : (left + SCREEN_COLUMNS) * TILE,
                ]
                counts = np.bincount(view.ravel(), minlength=64).astype(np.float64)
                counts[BLACK] = 0  # it is in all of them
                if counts.sum() >= LEAST_INK * view.size:
                    out.append(counts / counts.sum())
    return np.array(out).reshape(-1, 64)


def tell_apart(castle: list[NDArray[np.float64]]) -> list[bool]:
    """Of every second view of one of two stages, for all pairs of a castle's stages, whether its histogram is
    nearer to the mean of the other half of its own stage's views than of the other stage's."""
    out = []
    for one, other in combinations([views for views in castle if len(views) > 1], 2):
        means = one[::2].mean(0), other[::2].mean(0)
        for own, views in enumerate((one[1::2], other[1::2])):
            for view in views:
                apart = [float(np.abs(view - mean).sum()) for mean in means]
                out.append(apart[own] < apart[1 - own])
    return out


if __name__ == "__main__":
    raise SystemExit(main())
