"""Imaginary games: the palettes of each, the motifs that are drawn for it, and the layouts that it likes.

Colours are chosen by purpose, as good NES artists did: solids are bright with crisp edges, the far wall is
dark and low in contrast, decoration has the few warm accents, and plants, water and creatures share a ramp.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.palette import BLACK

from . import figures, fixtures, materials, obstacles, outdoors
from .materials import Shades, pick

SOLID, FAR, DECOR, LIFE = 0, 1, 2, 3
"""The four sub-palettes of a game, by purpose."""

Ramp = tuple[int, int, int]
"""The dark, middle and light colour of a sub-palette: palette indices."""

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
"""Backdrops of games in the dark that are not black."""
DAYS = (0x21, 0x11, 0x22, 0x2C, 0x31, 0x12, 0x1C, 0x27)
"""Backdrops of games in daylight."""
NIGHT_SHARE, DAY_SHARE = 0.07, 0.09
"""Shares of games with such backdrops; all others are black."""
MASONRY = ("fill", "core", "slab", "top", "slab_top", "breakable")
"""Motifs that must not show the backdrop where that is a sky."""
BAR_SHARE = 0.72
"""Share of games with a status bar."""
INDOORS = ("corridor", "ledges", "storeys", "tower", "hall", "great_stair", "cave", "bridge")
OUTDOORS = ("graveyard", "rampart", "bridge", "forest", "ledges", "great_stair")


@dataclass(frozen=True, eq=False)
class Game:
    """One imaginary game: its colours, its motifs and its habits."""

    seed: int
    palettes: NDArray[np.uint8]  # [4, 4] palette indices; column 0 is the backdrop that all share
    motifs: dict[str, Shades]
    subs: dict[str, int]  # the sub-palette of each motif
    indoors: tuple[str, ...]  # layouts of its screens in a castle
    outdoors: tuple[str, ...]  # layouts of its screens under the sky
    bar_rows: int  # height of the status bar in cells; 0: none
    bar_style: int  # seed of the status bar's words and their positions
    opaque_zero: bool  # the backdrop is a sky: solids must not show it in their mortar
    shared_dark: bool  # fixtures may keep the wall's pattern in their own dark colour
    outdoor_share: float  # of its screens
    core: bool  # deep ground is drawn with a second material
    spacing: int  # cells between columns or windows
    figures: tuple[Shades, ...]


def _palettes(rng: Generator) -> tuple[NDArray[np.uint8], bool, bool]:
    """A game's palettes uint8[4, 4], its `opaque_zero` and its `shared_dark`."""
    names = list(SOLIDS)
    weights = np.array([SOLID_WEIGHTS[n] for n in names], dtype=float)
    name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
    solid = pick(rng, *SOLIDS[name])
    far = pick(rng, *FARS[pick(rng, *PAIRS[name])])
    decor, life = pick(rng, *DECORS), pick(rng, *LIVES)
    backdrop, day = BLACK, False
    chance = rng.random()
    if chance < DAY_SHARE:
        day = True
        backdrop = pick(rng, *DAYS)
        solid = (BLACK, solid[1], solid[2])
        decor, life = (BLACK, decor[1], 0x20), (BLACK, life[1], life[2])
        darker = (backdrop & 15) | max(0, (backdrop & 0x30) - 0x10)
        far = (0x20, 0x10, 0x31) if rng.random() < 0.3 else (darker, BLACK, 0x20)
    elif chance < DAY_SHARE + NIGHT_SHARE:
        backdrop = pick(rng, *NIGHTS)
        solid, decor = (BLACK, solid[1], solid[2]), (BLACK, decor[1], decor[2])
        far = (BLACK, far[1], far[2])
    shared = bool(rng.random() < 0.85) and not day
    if shared:
        decor = (far[0], decor[1], decor[2])
        if rng.random() < 0.5:
            life = (far[0], life[1], life[2])
    table = np.array([(backdrop, *ramp) for ramp in (solid, far, decor, life)], dtype=np.uint8)
    return table, day or backdrop != BLACK, shared


def paint_game(seed: int) -> Game:
    """The imaginary game of a seed, with all its motifs drawn."""
    rng = np.random.default_rng([0x6A3E, seed])
    palettes, opaque, shared = _palettes(rng)
    motifs: dict[str, Shades] = {}
    subs: dict[str, int] = {}

    def add(name: str, shades: Shades, sub: int) -> None:
        filled = opaque and sub in (SOLID, DECOR) and name in MASONRY
        motifs[name] = np.where(shades == 0, 1, shades).astype(np.uint8) if filled else shades
        subs[name] = sub

    fill = materials.solid(rng, big=False)
    add("fill", fill, SOLID)
    add("core", materials.DARKER[fill] if rng.random() < 0.5 else materials.solid(rng), SOLID)
    bare = rng.random() < 0.3
    top_sub = LIFE if not bare and rng.random() < 0.1 else SOLID
    add("top", fill[:16] if bare else materials.top(rng, fill), top_sub)
    slab = fill if rng.random() < 0.5 else materials.solid(rng, big=False)
    add("slab", slab, SOLID)
    add("slab_top", slab[:16] if rng.random() < 0.5 else materials.top(rng, slab), SOLID)
    add("wall", materials.far_wall(rng), FAR)
    add("wall2", materials.far_wall(rng), FAR)
    add("cave", materials.dim(rng, materials.rubble(rng, 32, 3)), FAR)
    add("rampart", materials.DARKER[materials.bricks(rng, (8, 16, 8))], FAR)
    add("stars", outdoors.stars(rng), FAR)
    add("skyline", outdoors.skyline(rng), FAR)
    add("moon", outdoors.moon(rng, int(rng.integers(2, 4))), pick(rng, FAR, DECOR))
    add("cloud", outdoors.cloud(rng, int(rng.integers(2, 6))), FAR)
    add("dusk", outdoors.dusk(), FAR)
    add("ledge", obstacles.ledge(rng), pick(rng, SOLID, SOLID, DECOR))
    add("stair", obstacles.stair(rng), pick(rng, SOLID, SOLID, DECOR))
    motifs["stair_left"], subs["stair_left"] = motifs["stair"][:, ::-1].copy(), subs["stair"]
    add("breakable", obstacles.breakable(rng), pick(rng, SOLID, DECOR))
    add("spikes", obstacles.spikes(rng), pick(rng, SOLID, DECOR))
    surface, body = obstacles.water(rng)
    water_sub = pick(rng, LIFE, LIFE, FAR)
    add("surface", surface, water_sub)
    add("water", body, water_sub)
    add("waterfall", obstacles.waterfall(rng), water_sub)
    width = pick(rng, 1, 1, 2)
    column_sub = pick(rng, SOLID, DECOR, FAR, LIFE)
    for name, shades in zip(("capital", "shaft", "foot"), fixtures.column(rng, width), strict=True):
        add(name, shades, column_sub)
    window_sub = pick(rng, FAR, FAR, DECOR)
    add("window", fixtures.window(rng, *pick(rng, (2, 1), (2, 2), (3, 2), (1, 1))), window_sub)
    add("great_window", fixtures.window(rng, *pick(rng, (4, 2), (4, 3), (3, 2))), window_sub)
    add("door", fixtures.door(rng, *pick(rng, (2, 1), (2, 1), (3, 2))), pick(rng, DECOR, SOLID))
    tree_sub = pick(rng, FAR, FAR, LIFE, DECOR)
    for i in range(3):
        add(f"tree{i}", outdoors.tree(rng, *pick(rng, (3, 2), (4, 3), (5, 4), (4, 4))), tree_sub)
    add("bush", outdoors.bush(rng, 1), LIFE)
    add("bushes", outdoors.bush(rng, int(rng.integers(2, 4))), LIFE)
    grave_sub = pick(rng, SOLID, FAR, DECOR)
    add("grave", outdoors.grave(rng), grave_sub)
    add("grave2", outdoors.grave(rng), grave_sub)
    add("fence", outdoors.fence(rng), pick(rng, FAR, SOLID, DECOR))
    add("chain", fixtures.chain(rng), pick(rng, FAR, FAR, DECOR))
    add("candle", fixtures.candle(rng), DECOR)
    add("statue", fixtures.statue(rng), pick(rng, FAR, SOLID, DECOR))

    inside = tuple(str(n) for n in rng.choice(INDOORS, int(rng.integers(2, 5)), replace=False))
    outside = tuple(str(n) for n in rng.choice(OUTDOORS, int(rng.integers(2, 4)), replace=False))
    cast = figures.figures()
    chosen = rng.choice(len(cast), 3, replace=False)
    return Game(
        seed=seed,
        palettes=palettes,
        motifs=motifs,
        subs=subs,
        indoors=inside,
        outdoors=outside,
        bar_rows=pick(rng, 2, 2, 3) if rng.random() < BAR_SHARE else 0,
        bar_style=int(rng.integers(1 << 16)),
        opaque_zero=opaque,
        shared_dark=shared,
        outdoor_share=0.97 if palettes[0, 0] >= 0x11 else pick(rng, 0.15, 0.35, 0.6),
        core=bool(rng.random() < 0.45),
        spacing=int(rng.integers(3, 6)),
        figures=tuple(cast[i] for i in chosen),
    )
