"""Stages of dream rooms: how many are proven, how much of them is as it was dreamed, what they take.

    python -m benchmarks.bench_dream_rooms [--stages 100] [--model FILE]

Stage n is of seed n, stage 1 + n % 6. Every certificate is replayed. Cells are those that are seen and not of
the frame: 12 or 13 rows of 14 a room. Times are CPU time on one thread. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections import Counter
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy: the worker's level of parallelism

import numpy as np

from generator.dream.loading import load_networks
from generator.level import SCREEN_COLUMNS, Level
from generator.motion import EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND
from generator.motion.terrain import KIND_OF_ROLE
from generator.nes.palette import PALETTE_PERCEIVED
from generator.nes.roles import CELLS
from generator.proof import prove, replay
from generator.stream import build_level

INSIDE_ROWS = range(2, 15)


def shown_as_dreamed(level: Level, room: int) -> int:
    """Cells of a room that show what was dreamed in that very place."""
    x = level.rooms[room][0]
    shown = np.where(level.tiles >= 0, level.tiles, level.backdrop)[:, x + 1 : x + 1 + CELLS]
    _, screen, row, column = level.bank.provenance[shown].transpose(2, 0, 1)
    own_screen = np.bincount(screen.ravel()).argmax()
    columns, rows = np.arange(CELLS), np.arange(len(shown))[:, None]
    return max(
        int(
            ((screen == own_screen) & (column == columns) & (row == rows - top))[
                INSIDE_ROWS.start : min(INSIDE_ROWS.stop, CELLS + top)
            ].sum()
        )
        for top in (0, 1)
    )


def tops_apart(level: Level) -> float:
    """Mean difference in lightness, CIELAB's L, between what carries and the air over it."""
    shown = np.where(level.tiles >= 0, level.tiles, level.backdrop)
    lightness = 100 * PALETTE_PERCEIVED[level.bank.pixels, 0].mean((1, 2))[shown]
    kinds = KIND_OF_ROLE[level.roles]
    tops = np.isin(kinds[1:], (SOLID_KIND, ONE_WAY_KIND)) & (kinds[:-1] == EMPTY_KIND)
    return float(abs(lightness[1:] - lightness[:-1])[tops].mean())


def main() -> None:
    """Prints progress, then the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stages", type=int, default=100)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    networks = load_networks(options.model)
    times, repairs, shares, apart, proven = [], [], [], [], 0
    kinds: Counter[str] = Counter()
    worst = (0, 0, 0)
    for number in range(options.stages):
        began = time.process_time()
        level = build_level(number, 1 + number % 6, networks=networks, mode="dream").level
        times.append(time.process_time() - began)
        proven += prove(level).proven and replay(level, level.motion, level.certificate) is not None
        apart.append(tops_apart(level))
        kinds.update(spawn.kind for spawn in level.spawns)
        for room, (x, _, w, _) in enumerate(level.rooms):
            mine = sum(x <= column < x + w for column, _ in level.repairs)
            repairs.append(mine)
            worst = max(worst, (mine, number, room))
            shares.append(shown_as_dreamed(level, room) / (len(INSIDE_ROWS) * (SCREEN_COLUMNS - 2)))
        print(f"{number}: {len(level.rooms)} rooms, {len(level.repairs)} repairs", flush=True)
    ordered = sorted(repairs)
    print(
        json.dumps(
            {
                "stages": options.stages,
                "proven": proven,
                "rooms": len(repairs),
                "repairs_a_room_median": statistics.median(ordered),
                "repairs_a_room_p95": ordered[len(ordered) * 95 // 100],
                "repairs_a_room_worst": worst,
                "rooms_without_repair_percent": round(100 * repairs.count(0) / len(repairs), 1),
                "cells_as_dreamed_percent": round(100 * statistics.mean(shares), 1),
                "tops_apart_l_median": round(statistics.median(apart), 1),
                "tops_apart_l_p5": round(sorted(apart)[len(apart) // 20], 1),
                "total_s_median": round(statistics.median(times), 2),
                "total_s_p95": round(sorted(times)[len(times) * 95 // 100], 2),
                "spawns": dict(kinds),
            }
        )
    )


if __name__ == "__main__":
    main()
