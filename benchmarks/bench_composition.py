"""How stages are composed, in numbers: what was dreamed together, what looks solid and is not, lone cells in
walls, set pieces, and how dark the first view is.

What looks solid is said by `reader.onnx`, a role network of another width and seed than the one that ships,
which no stage is chosen by.
"""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import numpy as np
from numpy.typing import NDArray

from generator.dream.loading import load_networks, load_roles
from generator.dream.network import Networks, RoleNetwork
from generator.inspect.sheet import render
from generator.layout.plan import OUTDOORS
from generator.layout.stages import build_stage
from generator.level import SCREEN_COLUMNS, SCREEN_ROWS, Level
from generator.look.art import paint
from generator.look.building import Building
from generator.nes.palette import BLACK, PALETTE_RGB, quantise
from generator.nes.roles import CELLS, SOLID, TILE, Role
from generator.stream import build_level

READER = Path(__file__).with_name("reader.onnx")
HUD_ROWS = 2
SURE = 0.9
"""Odds from which a cell reads as solid, or as air."""
SAME_PX = 24
OPEN = (Role.SKY, Role.BACKDROP, Role.WINDOW, Role.COLUMN, Role.BUSH)
"""Roles of cells that are walked through."""
AIR = (Role.SKY, Role.BACKDROP, Role.WINDOW, Role.COLUMN, Role.ARCH, Role.CURTAIN, Role.CHAIN, Role.STATUE)


@dataclass(frozen=True)
class Stage:
    """What was measured of one."""

    seems_solid: tuple[int, int]
    """Cells that are walked through and read as solid, of how many."""
    seems_air: tuple[int, int]
    """Cells that are solid and read as air, of how many."""
    together: tuple[int, int]
    """Patterned cells of the backdrop beside a neighbour that they were dreamed with, of how many."""
    lone: float
    """Cells of walls that differ from all four neighbours, which are alike, a view."""
    black: float
    """Share of the first view that is black; nan where it is not under the sky."""
    things: tuple[str, ...]
    """Kinds of set pieces that are seen somewhere."""


def main(arguments: list[str] | None = None) -> int:
    """Builds, measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_composition", description=__doc__)
    parser.add_argument("--castles", type=int, default=8, metavar="N", help="of six stages (default: 8)")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    options = parser.parse_args(arguments)
    seeds = range(1, options.castles + 1)
    if options.processes > 1:
        with ProcessPoolExecutor(options.processes, get_context("spawn")) as pool:
            stages = [stage for castle in pool.map(measure_castle, seeds) for stage in castle]
    else:
        stages = [stage for seed in seeds for stage in measure_castle(seed)]

    def percent(name: str) -> float:
        part, whole = np.array([getattr(stage, name) for stage in stages]).sum(0)
        return 100.0 * float(part) / max(float(whole), 1.0)

    black = np.array([stage.black for stage in stages])
    kinds = np.array([len(stage.things) for stage in stages])
    castles = [stages[first : first + 6] for first in range(0, len(stages), 6)]
    kinds_of_castle = np.array([len({thing for stage in six for thing in stage.things}) for six in castles])
    result = {
        "bench": "composition",
        "stages": len(stages),
        "walked_through_reads_solid_percent": percent("seems_solid"),
        "solid_reads_air_percent": percent("seems_air"),
        "dreamed_together_percent": percent("together"),
        "lone_cells_a_view": float(np.mean([stage.lone for stage in stages])),
        "first_views_under_the_sky": int(np.isfinite(black).sum()),
        "black_percent": 100.0 * float(np.nanmean(black)),
        "kinds_of_set_pieces_a_stage": float(kinds.mean()),
        "stages_with_4_percent": 100.0 * float((kinds >= 4).mean()),
        "kinds_of_set_pieces_a_castle": float(kinds_of_castle.mean()),
        "castles_with_10_percent": 100.0 * float((kinds_of_castle >= 10).mean()),
    }
    for key, value in result.items():
        print(f"{key:36} {value:.4g}" if isinstance(value, float) else f"{key:36} {value}")
    print(json.dumps(result))
    return 0


@cache
def _networks() -> tuple[Networks, RoleNetwork]:
    return load_networks(None, None), load_roles(READER)


def measure_castle(seed: int) -> list[Stage]:
    """Six stages."""
    return [measure_stage(seed, stage) for stage in range(1, 7)]


def measure_stage(seed: int, stage: int) -> Stage:
    """One stage."""
    networks, reader = _networks()
    built = build_level(seed, stage, networks=networks)
    level = built.level
    structure = build_stage(seed, stage).structure
    kinds = [room.kind for room in structure.plan.rooms]
    solid_air = np.zeros((2, 2), int)
    picture = render(level)
    for view, roles in views(level, picture):
        odds = reader.classify(view[None])[0]
        solid_air += reads(odds, roles)
    black = np.nan
    if kinds[0] in OUTDOORS:
        x, y, _, _ = level.rooms[0]
        first = picture[
            (y + HUD_ROWS) * TILE : (y + SCREEN_ROWS) * TILE, x * TILE : (x + SCREEN_COLUMNS) * TILE
        ]
        black = float((first == PALETTE_RGB[BLACK]).all(-1).mean())
    return Stage(
        tuple(solid_air[0].tolist()),
        tuple(solid_air[1].tolist()),
        together(level, quantise(built.dreams)),
        lone(level, kinds),
        black,
        paint(Building.of(structure), seed, stage, 0, networks).things,
    )


def views(level: Level, picture: NDArray[np.uint8]) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Of each screen of each room what the reader sees, RGB [224, 224, 3], and the roles of these cells: the
    lower CELLS rows, its left and its right CELLS columns."""
    out = []
    for x, y, w, h in level.rooms:
        for left in range(x, x + w, SCREEN_COLUMNS):
            for top in range(y, y + h, SCREEN_ROWS):
                for column in (left, left + SCREEN_COLUMNS - CELLS):
                    row = top + SCREEN_ROWS - CELLS
                    cells = np.s_[row : row + CELLS, column : column + CELLS]
                    pixels = np.s_[row * TILE : (row + CELLS) * TILE, column * TILE : (column + CELLS) * TILE]
                    out.append((picture[pixels], level.roles[cells]))
    return out


def reads(odds: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.intp]:
    """[2, 2]: cells walked through that read as solid, of how many; solid ones that read as air, of how many.

    The uppermost row is left out: a status bar is over it.
    """
    odds, roles = odds[1:], roles[1:]
    looks_solid = odds[..., sorted(SOLID)].sum(-1) >= SURE
    looks_air = odds[..., [role for role in AIR if role < odds.shape[-1]]].sum(-1) >= SURE
    open_, solid = np.isin(roles, OPEN), np.isin(roles, sorted(SOLID))
    return np.array(
        [[(open_ & looks_solid).sum(), open_.sum()], [(solid & looks_air).sum(), solid.sum()]], np.intp
    )


def together(level: Level, screens: NDArray[np.uint8]) -> tuple[int, int]:
    """Patterned cells of the backdrop that nothing hides, beside a neighbour that they were dreamed with: how
    many, of how many. Two tiles were dreamed together where some screen has two such cells side by side."""
    shown = np.where(level.tiles < 0, level.backdrop, -1)
    bank = level.bank
    patterned = np.array([len(np.unique(tile)) > 1 for tile in bank.pixels])
    used = np.unique(shown[shown >= 0])
    dreamed = screens.reshape(len(screens), CELLS, TILE, CELLS, TILE).swapaxes(2, 3)
    flat = dreamed.reshape(-1, TILE * TILE)
    origin = {
        int(tile): flat[
            (bank.provenance[tile, 1] * CELLS + bank.provenance[tile, 2]) * CELLS + bank.provenance[tile, 3]
        ]
        for tile in used
    }
    label = {
        tile: (flat != cell).sum(1).reshape(-1, CELLS, CELLS) <= SAME_PX for tile, cell in origin.items()
    }
    met: dict[tuple[int, int, bool], bool] = {}

    def were(one: int, other: int, below: bool) -> bool:
        key = (one, other, below)
        if key not in met:
            a, b = label[one], label[other]
            met[key] = bool((a[:, :-1] & b[:, 1:]).any() if below else (a[:, :, :-1] & b[:, :, 1:]).any())
        return met[key]

    good = np.zeros(shown.shape, bool)
    for below, one, other in ((False, np.s_[:, :-1], np.s_[:, 1:]), (True, np.s_[:-1], np.s_[1:])):
        both = (shown[one] >= 0) & (shown[other] >= 0)
        for pair in np.unique(np.stack([shown[one][both], shown[other][both]], 1), axis=0).tolist():
            if were(pair[0], pair[1], below):
                here = (shown[one] == pair[0]) & (shown[other] == pair[1])
                good[one] |= here
                good[other] |= here
    counts = (shown >= 0) & patterned[shown]
    return int((good & counts).sum()), int(counts.sum())


def lone(level: Level, kinds: list[str]) -> float:
    """Of rooms that are not under the sky: cells of mere wall, or holes in it, that differ from all four
    neighbours while these are all alike, a screen."""
    count, screens = 0, 0
    for (x, y, w, h), kind in zip(level.rooms, kinds, strict=True):
        if kind in OUTDOORS:
            continue
        wall = level.backdrop[y : y + h, x : x + w]
        free = level.tiles[y : y + h, x : x + w] < 0
        screens += (w // SCREEN_COLUMNS) * (h // SCREEN_ROWS)
        middle = wall[1:-1, 1:-1]
        around = np.stack([wall[:-2, 1:-1], wall[2:, 1:-1], wall[1:-1, :-2], wall[1:-1, 2:]])
        alike = (around == around[0]).all(0) & (around[0] != middle) & free[1:-1, 1:-1]
        count += int(alike.sum())
    return count / max(screens, 1)


if __name__ == "__main__":
    raise SystemExit(main())
