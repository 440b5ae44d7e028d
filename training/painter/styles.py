"""Imaginary games: palettes, the motifs drawn for each, and the habits of its layouts.

Colours are chosen by purpose, as good NES artists did: solids bright with crisp edges, the far wall dark and
low in contrast, a decor ramp with the few warm accents, a living ramp for plants, water and creatures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.palette import BLACK

from . import figures, fixtures, motifs
from .motifs import Levels

SOLID, FAR, DECOR, LIFE = 0, 1, 2, 3
"""Sub-palettes of a game by purpose."""

Ramp = tuple[int, int, int]
K = BLACK

# fmt: off
SOLIDS: dict[str, tuple[Ramp, ...]] = {
    "brick": ((0x06, 0x16, 0x26), (0x07, 0x16, 0x27), (0x07, 0x17, 0x27), (0x06, 0x16, 0x37),
              (0x07, 0x16, 0x36)),
    "brown": ((0x07, 0x17, 0x37), (0x08, 0x17, 0x28), (0x07, 0x17, 0x27), (0x08, 0x18, 0x37),
              (0x07, 0x18, 0x38)),
    "grey": ((0x2D, 0x00, 0x10), (0x00, 0x10, 0x20), (0x2D, 0x10, 0x20), (0x2D, 0x00, 0x20)),
    "bone": ((0x08, 0x18, 0x28), (0x18, 0x28, 0x38), (0x17, 0x27, 0x37), (0x07, 0x28, 0x38),
              (0x18, 0x38, 0x20)),
    "blue": ((0x01, 0x11, 0x21), (0x0C, 0x11, 0x21), (0x01, 0x11, 0x31), (0x02, 0x12, 0x22),
              (0x02, 0x11, 0x32)),
    "teal": ((0x0C, 0x1C, 0x2C), (0x0C, 0x1C, 0x3C), (0x0B, 0x1C, 0x2B), (0x0C, 0x1B, 0x3B)),
    "moss": ((0x09, 0x19, 0x29), (0x08, 0x19, 0x29), (0x09, 0x18, 0x28), (0x0A, 0x1A, 0x3A),
              (0x08, 0x18, 0x29)),
    "violet": ((0x03, 0x13, 0x23), (0x02, 0x13, 0x33), (0x04, 0x13, 0x32), (0x03, 0x14, 0x35)),
    "crimson": ((0x05, 0x15, 0x26), (0x05, 0x16, 0x36), (0x06, 0x15, 0x36), (0x05, 0x06, 0x16)),
    "ice": ((0x11, 0x21, 0x31), (0x1C, 0x2C, 0x3C), (0x01, 0x21, 0x20), (0x12, 0x22, 0x32),
              (0x0C, 0x31, 0x20)),
}
# fmt: on
FARS: dict[str, tuple[Ramp, ...]] = {
    "blue": ((0x01, 0x11, 0x21), (0x01, 0x02, 0x21), (0x0C, 0x01, 0x31), (0x01, 0x11, 0x28)),
    "teal": ((0x0C, 0x1C, 0x2C), (0x0C, 0x0B, 0x3C), (0x0B, 0x0C, 0x1C), (0x0C, 0x1C, 0x28)),
    "grey": ((0x2D, 0x00, 0x10), (0x2D, 0x00, 0x21), (0x2D, 0x00, 0x27)),
    "brown": ((0x08, 0x18, 0x28), (0x07, 0x17, 0x28), (0x07, 0x08, 0x27), (0x08, 0x07, 0x38)),
    "violet": ((0x03, 0x13, 0x23), (0x03, 0x04, 0x33), (0x02, 0x03, 0x22), (0x04, 0x13, 0x38)),
    "moss": ((0x0B, 0x09, 0x29), (0x0B, 0x0C, 0x2B), (0x09, 0x08, 0x28), (0x08, 0x09, 0x38)),
    "crimson": ((0x05, 0x06, 0x16), (0x06, 0x16, 0x27), (0x05, 0x15, 0x37), (0x06, 0x07, 0x28)),
}
PAIRS: dict[str, tuple[str, ...]] = {
    "brick": ("blue", "teal", "grey", "brown", "violet", "moss"),
    "brown": ("blue", "teal", "grey", "violet", "moss", "crimson"),
    "grey": ("blue", "teal", "brown", "violet", "moss", "crimson"),
    "bone": ("blue", "teal", "violet", "moss", "brown", "crimson"),
    "blue": ("violet", "brown", "grey", "teal", "crimson"),
    "teal": ("violet", "brown", "blue", "grey", "moss"),
    "moss": ("brown", "blue", "grey", "teal", "violet"),
    "violet": ("blue", "grey", "teal", "brown"),
    "crimson": ("grey", "blue", "brown", "violet"),
    "ice": ("blue", "violet", "teal", "grey"),
}
SOLID_WEIGHTS = {
    "brick": 5, "brown": 5, "grey": 5, "bone": 3, "blue": 4,
    "teal": 3, "moss": 3, "violet": 2, "crimson": 1.5, "ice": 2,
}  # fmt: skip
DECORS: tuple[Ramp, ...] = (
    (0x06, 0x16, 0x20), (0x07, 0x16, 0x38), (0x08, 0x27, 0x20), (0x05, 0x16, 0x37), (0x01, 0x16, 0x20),
    (0x00, 0x16, 0x20), (0x07, 0x17, 0x38), (0x07, 0x27, 0x38), (0x03, 0x16, 0x37), (0x00, 0x10, 0x20),
)  # fmt: skip
LIVES: tuple[Ramp, ...] = (
    (0x09, 0x19, 0x29), (0x0C, 0x1C, 0x3C), (0x01, 0x11, 0x31), (0x01, 0x21, 0x20), (0x0B, 0x1B, 0x38),
    (0x08, 0x19, 0x38), (0x06, 0x26, 0x37), (0x0C, 0x11, 0x20), (0x09, 0x1A, 0x38), (0x02, 0x12, 0x31),
)  # fmt: skip
NIGHTS = (0x01, 0x02, 0x03, 0x0C, 0x08, 0x04)
"""Backdrops of the few games that are not black."""
DAYS = (0x21, 0x11, 0x22, 0x2C, 0x31, 0x12, 0x1C, 0x27)
NIGHT_SHARE, DAY_SHARE = 0.07, 0.09
MASONRY = ("fill", "core", "slab", "top", "slab_top", "breakable")
BAR_SHARE = 0.72
"""Share of games with a status bar."""
INDOORS = ("corridor", "ledges", "storeys", "tower", "hall", "great_stair", "cave", "bridge")
OUTDOORS = ("graveyard", "rampart", "bridge", "forest", "ledges", "great_stair")


@dataclass(frozen=True, eq=False)
class Game:
    """One imaginary game. `palettes`: uint8[4, 4], column 0 the shared backdrop; `art`: motifs by name, level
    arrays; `subs`: the sub-palette of each motif; the rest are its habits."""

    seed: int
    palettes: NDArray[np.uint8]
    art: dict[str, Levels]
    subs: dict[str, int]
    indoors: tuple[str, ...]
    outdoors: tuple[str, ...]
    bar_rows: int
    bar_style: int
    opaque_zero: bool  # the backdrop is a sky: solids must not show it in their mortar
    shared_dark: bool  # fixtures may keep the wall's pattern in their own dark colour
    outdoor_share: float
    core: bool  # deep ground is drawn with a second material
    spacing: int  # cells between columns or windows
    figures: tuple[Levels, ...]


def _pick(rng: Generator, options: tuple[Ramp, ...]) -> Ramp:
    return options[int(rng.integers(len(options)))]


def _palettes(rng: Generator) -> tuple[NDArray[np.uint8], bool, bool]:
    names = list(SOLIDS)
    weights = np.array([SOLID_WEIGHTS[n] for n in names], dtype=float)
    name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
    solid = _pick(rng, SOLIDS[name])
    far = _pick(rng, FARS[str(rng.choice(PAIRS[name]))])
    decor, life = _pick(rng, DECORS), _pick(rng, LIVES)
    backdrop, day = BLACK, False
    chance = rng.random()
    if chance < DAY_SHARE:
        day = True
        backdrop = int(rng.choice(DAYS))
        solid = (K, solid[1], solid[2])
        decor, life = (K, decor[1], 0x20), (K, life[1], life[2])
        darker = (backdrop & 15) | max(0, (backdrop & 0x30) - 0x10)
        far = (0x20, 0x10, 0x31) if rng.random() < 0.3 else (darker, K, 0x20)
    elif chance < DAY_SHARE + NIGHT_SHARE:
        backdrop = int(rng.choice(NIGHTS))
        solid, decor = (K, solid[1], solid[2]), (K, decor[1], decor[2])
        far = (K, far[1], far[2])
    shared = bool(rng.random() < 0.85) and not day
    if shared:
        decor = (far[0], decor[1], decor[2])
        if rng.random() < 0.5:
            life = (far[0], life[1], life[2])
    table = np.array([(backdrop, *ramp) for ramp in (solid, far, decor, life)], dtype=np.uint8)
    return table, day or backdrop != BLACK, shared


def paint_game(seed: int) -> Game:
    """The imaginary game of this seed, with all its motifs drawn."""
    rng = np.random.default_rng([0x6A3E, seed])
    palettes, opaque, shared = _palettes(rng)
    art: dict[str, Levels] = {}
    subs: dict[str, int] = {}

    def add(name: str, levels: Levels, sub: int) -> None:
        filled = opaque and sub in (SOLID, DECOR) and name in MASONRY
        art[name] = np.where(levels == 0, 1, levels).astype(np.uint8) if filled else levels
        subs[name] = sub

    def either(*options: int) -> int:
        return int(rng.choice(options))

    fill = motifs.solid(rng, big=False)
    add("fill", fill, SOLID)
    add("core", np.array((0, 0, 1, 2), np.uint8)[fill] if rng.random() < 0.5 else motifs.solid(rng), SOLID)
    bare = rng.random() < 0.3
    top_sub = LIFE if not bare and rng.random() < 0.1 else SOLID
    add("top", fill[:16] if bare else motifs.top(rng, fill), top_sub)
    slab = fill if rng.random() < 0.5 else motifs.solid(rng, big=False)
    add("slab", slab, SOLID)
    add("slab_top", slab[:16] if rng.random() < 0.5 else motifs.top(rng, slab), SOLID)
    add("wall", motifs.far_wall(rng), FAR)
    add("wall2", motifs.far_wall(rng), FAR)
    add("cave", motifs.dim(rng, motifs.rubble(rng, 32, 3)), FAR)
    add("rampart", np.array((0, 0, 1, 2), np.uint8)[motifs.bricks(rng, (8, 16, 8))], FAR)
    add("stars", fixtures.stars(rng), FAR)
    add("skyline", fixtures.skyline(rng), FAR)
    add("moon", fixtures.moon(rng, int(rng.integers(2, 4))), either(FAR, DECOR))
    add("cloud", fixtures.cloud(rng, int(rng.integers(2, 6))), FAR)
    dither = motifs.blank(3, 1)
    y, x = np.mgrid[0:48, 0:16]
    dither[(y < 16) & (y % 4 == 0) & (x % 4 == 2 * (y // 4 % 2))] = 1
    dither[(y >= 16) & (y < 32) & (y % 2 == 0) & (x % 2 == y // 2 % 2)] = 1
    dither[(y >= 32) & ((x + y) % 2 == 0)] = 1
    add("dusk", dither, FAR)
    add("ledge", motifs.ledge(rng), either(SOLID, SOLID, DECOR))
    add("stair", motifs.stair(rng), either(SOLID, SOLID, DECOR))
    art["stair_left"], subs["stair_left"] = art["stair"][:, ::-1].copy(), subs["stair"]
    add("breakable", motifs.breakable(rng), either(SOLID, DECOR))
    add("spikes", motifs.spikes(rng), either(SOLID, DECOR))
    surface, body = motifs.water(rng)
    water_sub = either(LIFE, LIFE, FAR)
    add("surface", surface, water_sub)
    add("water", body, water_sub)
    add("waterfall", motifs.waterfall(rng), water_sub)
    width = either(1, 1, 2)
    column_sub = either(SOLID, DECOR, FAR, LIFE)
    for name, levels in zip(("capital", "shaft", "foot"), fixtures.column(rng, width), strict=True):
        add(name, levels, column_sub)
    window_sub = either(FAR, FAR, DECOR)
    add("window", fixtures.window(rng, *((2, 1), (2, 2), (3, 2), (1, 1))[int(rng.integers(4))]), window_sub)
    add("great_window", fixtures.window(rng, *((4, 2), (4, 3), (3, 2))[int(rng.integers(3))]), window_sub)
    add("door", fixtures.door(rng, *((2, 1), (2, 1), (3, 2))[int(rng.integers(3))]), either(DECOR, SOLID))
    tree_sub = either(FAR, FAR, LIFE, DECOR)
    for i in range(3):
        size = ((3, 2), (4, 3), (5, 4), (4, 4))[int(rng.integers(4))]
        add(f"tree{i}", fixtures.tree(rng, *size), tree_sub)
    add("bush", fixtures.bush(rng, 1), LIFE)
    add("bushes", fixtures.bush(rng, int(rng.integers(2, 4))), LIFE)
    grave_sub = either(SOLID, FAR, DECOR)
    add("grave", fixtures.grave(rng), grave_sub)
    add("grave2", fixtures.grave(rng), grave_sub)
    add("fence", fixtures.fence(rng), either(FAR, SOLID, DECOR))
    add("chain", fixtures.chain(rng), either(FAR, FAR, DECOR))
    add("candle", fixtures.candle(rng), DECOR)
    add("statue", fixtures.statue(rng), either(FAR, SOLID, DECOR))

    indoors = tuple(str(n) for n in rng.choice(INDOORS, int(rng.integers(2, 5)), replace=False))
    outdoors = tuple(str(n) for n in rng.choice(OUTDOORS, int(rng.integers(2, 4)), replace=False))
    cast = figures.figures()
    chosen = rng.choice(len(cast), 3, replace=False)
    return Game(
        seed=seed,
        palettes=palettes,
        art=art,
        subs=subs,
        indoors=indoors,
        outdoors=outdoors,
        bar_rows=either(2, 2, 3) if rng.random() < BAR_SHARE else 0,
        bar_style=int(rng.integers(1 << 16)),
        opaque_zero=opaque,
        shared_dark=shared,
        outdoor_share=0.97 if palettes[0, 0] >= 0x11 else float(rng.choice([0.15, 0.35, 0.6])),
        core=bool(rng.random() < 0.45),
        spacing=int(rng.integers(3, 6)),
        figures=tuple(cast[i] for i in chosen),
    )
