"""Which of many stages look worst, by five scores: how little the ground stands out, how bare what is behind
it is, how few tiles there are, how many of them have seams, how near to a wall's lightness the hero's or an
enemy's is."""

from __future__ import annotations

import numpy as np

from generator.dream.network import Networks
from generator.stream import Built, build_level
from generator.tiles.legibility import room_contrasts
from generator.tiles.measure import SEAM_R

from .bench_look import actors_apart, seam_ratios, tiles_seen


def scores(built: Built) -> dict[str, float]:
    """Each larger where a stage is worse."""
    level = built.level
    _, seams = seam_ratios(built)
    walls = level.bank.pixels[level.backdrop[level.backdrop >= 0]]
    bare = (walls == level.bank.palettes[0, 0]).mean() if len(walls) else 0.0
    return {
        "ground": -float(room_contrasts(level.roles, level.layers, level.bank.pixels, level.rooms).min()),
        "bare": float(bare),
        "tiles": -float(tiles_seen(level)),
        "seams": float((np.array(seams) > SEAM_R).mean()),
        "actors": -actors_apart(level),
    }


def worst(networks: Networks, stages: int, count: int) -> list[tuple[tuple[int, int], str]]:
    """The castle and stage of the `count` worst of so many stages, with what is bad about each: in turn the
    worst by each score."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    for number in range(stages):
        key = number // 6 + 1, 1 + number % 6
        found[key] = scores(build_level(*key, networks=networks))
    names = list(next(iter(found.values())))
    out: dict[tuple[int, int], str] = {}
    for turn in range(min(count, len(found))):
        name = names[turn % len(names)]
        key = max((k for k in found if k not in out), key=lambda k: found[k][name])
        out[key] = f"{name} {abs(found[key][name]):.3g}"
    return list(out.items())
