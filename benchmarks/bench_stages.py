"""Stages laid out, proven and repaired: how many, what it took, how alike they are.

    python -m benchmarks.bench_stages [--stages 500] [--processes 1] [--picture OUT.png] [--json OUT.json]

Stage n is of seed n, stage 1 + n % 6, difficulty 1 + n // 6 % 3. Every certificate is replayed. Times are CPU
time of structure and proof together, repairs included; steps are those of motion that trials made, nothing
being remembered of earlier stages. A room occurs twice where another has the same role
grid and the same mechanisms in the same places, among the first TWICE_AMONG stages, those with templates left
out. The expressive range is defined in `expressive`; beside it stands that of the strips of the first castle,
whose generator is gone: STRIPS holds their counts. The last line is JSON; `--json` keeps it, with the counts.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from unittest import mock

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy: the worker's level of parallelism

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from generator.layout.stages import Repairs, build_stage
from generator.layout.structure import Structure
from generator.motion import (
    NES_MOTION,
    SUB,
    Event,
    EventKind,
    Motion,
    Place,
    Posture,
    State,
    spawn,
    step,
)
from generator.motion.mechanisms import (
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
)
from generator.nes.roles import TILE
from generator.proof.memory import memory_of

from .expressive import BINS, bins, leniency, linearity

STRIPS = Path(__file__).parent.parent / "docs" / "levels" / "strips.json"
CHUNK = 8
TWICE_AMONG = 1_000
"""Stages: the more of them, the more of their rooms occur twice."""
ENEMIES = ("zombie", "bat")
CELL_PX = 12
PAPER, INK, LEAST_INK, MOST_INK = (24, 24, 28), (230, 230, 230), (60, 70, 120), (255, 220, 120)


@dataclass(frozen=True)
class Measured:
    """One stage."""

    number: int
    cpu_s: float
    error: str = ""
    proven: bool = False
    ticks: int = 0
    nodes: int = 0
    steps: int = 0
    repairs: tuple[int, ...] = ()
    rooms: tuple[tuple[str, int], ...] = ()
    """The kind and a check sum of each room."""
    place: tuple[float, float] = (0.0, 0.0)
    """Linearity and leniency."""


def measure(number: int) -> Measured:
    """Builds one stage and looks at it."""
    steps = 0

    def counted(place: Place, motion: Motion, state: State, buttons: int) -> tuple[State, tuple[Event, ...]]:
        nonlocal steps
        steps += 1
        return step(place, motion, state, buttons)

    memory_of.cache_clear()  # as in a process that builds its first stage
    began = time.process_time()
    try:
        with mock.patch("generator.proof.trials.step", counted):
            built = build_stage(number, 1 + number % 6, 1 + number // 6 % 3)
    except RuntimeError as error:
        return Measured(number, time.process_time() - began, error=str(error))
    cpu_s = time.process_time() - began
    structure, certificate = built.structure, built.proof.certificate
    state, path, exited = spawn(structure), [(0, *structure.start)], False
    for mask in certificate:
        state, events = step(structure, NES_MOTION, state, mask)
        exited = any(event.kind == EventKind.EXITED for event in events)
        if state.body.posture in (Posture.STAND, Posture.CROUCH):
            path.append((state.room, state.body.x_sub // SUB, state.body.y_sub // SUB))
    return Measured(
        number,
        cpu_s,
        proven=built.proof.proven and exited,
        ticks=len(certificate),
        nodes=built.proof.nodes,
        steps=steps,
        repairs=tuple(asdict(built.repairs).values()),
        rooms=() if built.repairs.templates else room_sums(structure),
        place=(linearity(path), ease(structure)),
    )


def ease(structure: Structure) -> float:
    """The leniency of a structure."""
    enemies = [(s.x_px // TILE, s.y_px // TILE - 1) for s in structure.spawns if s.kind in ENEMIES]
    moving = [(m.x_px // TILE, m.y_px // TILE) for m in structure.mechanisms if isinstance(m, MovingPlatform)]
    moving += [(m.column, m.row) for m in structure.mechanisms if isinstance(m, CollapsingFloor)]
    return leniency(structure.roles, structure.rooms, enemies, moving)


def room_sums(structure: Structure) -> tuple[tuple[str, int], ...]:
    """Kind and check sum of each room: its role grid and its mechanisms, wherever the room lies."""
    sums = []
    for number, (x, y, w, h) in enumerate(structure.rooms):
        inside = sorted(_within(m, x, y) for m in structure.mechanisms if _room(m) == number)
        grid = structure.roles[y : y + h, x : x + w].tobytes()
        total = zlib.crc32(repr((w, h, inside)).encode(), zlib.crc32(grid))
        sums.append((structure.plan.rooms[number].kind, total))
    return tuple(sums)


def _room(m: Mechanism) -> int:
    return -1 if isinstance(m, Lock) else m.room


def _within(m: Mechanism, x: int, y: int) -> tuple[object, ...]:
    """A mechanism without its room's number and place, and without the bits that are its name only."""
    kind = type(m).__name__
    if isinstance(m, Passage):
        return kind, m.side, m.row - y, m.lock >= 0
    if isinstance(m, Key):
        return kind, m.x_px - x * TILE, m.y_px - y * TILE
    if isinstance(m, MovingPlatform):
        return kind, m.x_px - x * TILE, m.y_px - y * TILE, *m[3:]
    assert isinstance(m, CollapsingFloor | BreakableWall)
    return kind, m.column - x, m.row - y, *m[3 : 4 if isinstance(m, CollapsingFloor) else 5]


def run(stages: int, processes: int) -> Iterator[Measured]:
    """Every stage's measures, in any order."""
    if processes == 1:
        yield from map(measure, range(stages))
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap_unordered(measure, range(stages), CHUNK)


def picture(ranges: list[tuple[str, NDArray[np.int64]]]) -> Image.Image:
    """Expressive ranges side by side: linearity to the right, leniency up, the more stages the lighter."""
    side, label = BINS * CELL_PX, 30
    image = Image.new("RGB", ((side + label) * len(ranges) + label, side + 2 * label), PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default()
    for number, (name, grid) in enumerate(ranges):
        left = label + number * (side + label)
        draw.text((left, 8), name, fill=INK, font=font)
        draw.text((left, label + side + 8), "linearity 0 .. 1, leniency -4 .. 1", fill=INK, font=font)
        for row, column in np.argwhere(grid > 0).tolist():
            share = float(np.log1p(grid[row, column]) / np.log1p(grid.max()))
            colour = tuple(
                round(low + share * (high - low)) for low, high in zip(LEAST_INK, MOST_INK, strict=True)
            )
            x, y = left + column * CELL_PX, label + (BINS - 1 - row) * CELL_PX
            draw.rectangle((x, y, x + CELL_PX - 2, y + CELL_PX - 2), fill=colour)
        draw.rectangle((left - 2, label - 2, left + side, label + side), outline=INK)
    return image


def twice(rooms: Counter[tuple[str, int]]) -> float:
    """The share of rooms that another one equals, percent."""
    return 100 * sum(n for n in rooms.values() if n > 1) / max(sum(rooms.values()), 1)


def result_text(result: dict[str, object], grid: NDArray[np.int64]) -> str:
    """A result as it is kept: JSON, a figure a line, then the range's counts, a row of leniency a line."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in result.items()]
    rows = ",\n".join(f"    {json.dumps(row)}" for row in grid.tolist())
    return "\n".join(["{", *lines, f'  "counts": [\n{rows}\n  ]', "}", ""])


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; 1 where a stage is not proven."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_stages", description=__doc__)
    parser.add_argument("--stages", type=int, default=500, metavar="N", help="how many (default: 500)")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="at a time (default: 1)")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="the expressive range, as a picture")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the result and the range's counts")
    options = parser.parse_args(arguments)
    found = sorted(run(options.stages, options.processes), key=lambda one: one.number)
    for one in found:
        if not one.proven:
            print(f"stage {one.number}: {one.error or 'not proven'}")
    built = [one for one in found if not one.error]
    steps = {field.name: sum(one.repairs[i] for one in built) for i, field in enumerate(fields(Repairs))}
    rooms = Counter(room for one in built if one.number < TWICE_AMONG for room in one.rooms)
    seconds = np.array([one.cpu_s for one in found])
    grid = bins([one.place for one in built])
    strips = json.loads(STRIPS.read_text(encoding="utf-8"))
    old = np.array(strips["counts"])
    result: dict[str, object] = {
        "bench": "stages",
        "stages": options.stages,
        "exceptions": len(found) - len(built),
        "proven_percent": 100 * sum(one.proven for one in found) / len(found),
        "without_repair_percent": 100
        * sum(one.proven and not any(one.repairs) for one in found)
        / len(found),
        "repairs": steps,
        "rooms": sum(rooms.values()),
        "rooms_twice_percent": twice(rooms),
        "cpu_s_median": float(np.median(seconds)),
        "cpu_s_p95": float(np.quantile(seconds, 0.95)),
        "cpu_s_max": float(seconds.max()),
        "nodes_median": float(np.median([one.nodes for one in built])),
        "steps_mean": round(float(np.mean([one.steps for one in built]))),
        "certificate_s_median": float(np.median([one.ticks for one in built])) / 60,
        "range_bins": int((grid > 0).sum()),
        "strips_stages": int(old.sum()),
        "strips_range_bins": int((old > 0).sum()),
        "place_min": np.min([one.place for one in built], 0).tolist(),
        "place_mean": np.mean([one.place for one in built], 0).tolist(),
        "place_max": np.max([one.place for one in built], 0).tolist(),
    }
    if options.picture is not None:
        names = [(f"{len(built)} castles of rooms", grid), (f"{old.sum()} strips", old)]
        picture(names).save(options.picture)
    if options.json is not None:
        options.json.write_text(result_text(result, grid), encoding="utf-8")
    for key, value in result.items():
        print(f"{key:24} {value}")
    print(json.dumps(result))
    return 0 if all(one.proven for one in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
