"""Imaginary games: the palettes of each, the motifs that are drawn for it, and the layouts that it likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.roles import Role

from . import (
    architecture,
    figures,
    fixtures,
    furnishings,
    heavens,
    materials,
    obstacles,
    outdoors,
    statues,
)
from .materials import pick
from .palettes import DECOR, FAR, LIFE, SOLID, palettes_of
from .shading import Shades

MASONRY = ("fill", "core", "slab", "top", "slab_top", "breakable")
"""Motifs that must not show the backdrop where that is a sky."""
BAR_SHARE = 0.72
"""Share of games with a status bar."""
INDOORS = (
    "corridor", "ledges", "storeys", "tower", "hall", "great_stair", "cave", "bridge", "arcades", "gallery",
    "library", "crypt", "dungeon", "clock_tower", "chapel", "falls", "hall", "corridor", "storeys",
    "great_stair",
)  # fmt: skip
OUTDOORS = (
    "graveyard", "rampart", "bridge", "forest", "ledges", "great_stair", "graveyard", "forest", "gatehouse",
    "terrace", "falls",
)  # fmt: skip
WALL_ROLES = {"arcade": Role.ARCH, "curtain": Role.CURTAIN}
"""Far walls whose cells are not mere backdrop."""
TREES = ("bare", "bare", "leafy", "fir")
"""Kinds of trees, as often as games have them."""
BASED_SHARE, CORNICED_SHARE = 0.6, 0.5
"""Shares of games whose walls have bases, and cornices."""


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
    wall_roles: dict[str, Role]  # what the cells of the far walls are
    opaque_zero: bool  # the backdrop is a sky: solids must not show it in their mortar
    outdoor_share: float  # of its screens
    core: bool  # deep ground is drawn with a second material
    based: bool  # walls have a base along the ground
    corniced: bool  # and a cornice under the ceiling
    spacing: int  # cells between columns or windows
    figures: tuple[Shades, ...]

    def shares_dark(self, one: int, other: int) -> bool:
        """Whether two sub-palettes have the same dark colour, so that a pattern in it may go on."""
        return bool(self.palettes[one, 1] == self.palettes[other, 1])


def _add_architecture(rng: Generator, add: Callable[[str, Shades, int], None]) -> None:
    """Draws what a game's walls are built up with."""
    wall_sub = pick(rng, FAR, FAR, FAR, SOLID)
    dim = np.array(pick(rng, *architecture.WALL_MAPS), np.uint8)
    add("arcade", dim[architecture.arcade(rng, pick(rng, 3, 3, 4, 5))], wall_sub)
    add("vault", dim[architecture.vault(rng, pick(rng, 3, 4, 5))], wall_sub)
    add("cornice", dim[architecture.cornice(rng)], FAR)
    add("base", dim[architecture.base(rng)], FAR)
    add("bars", architecture.bars(rng), FAR)
    add("niche", architecture.niche(), FAR)
    gate_sub = pick(rng, SOLID, FAR, DECOR)
    size = pick(rng, (3, 3), (4, 3), (4, 4), (5, 4))
    for name, shades in zip(("gateway", "portcullis"), architecture.gateway(rng, *size), strict=True):
        add(name, shades, gate_sub)
    add("balustrade", architecture.balustrade(rng), pick(rng, SOLID, FAR))


def _add_furnishings(rng: Generator, add: Callable[[str, Shades, int], None]) -> None:
    """Draws what a game's rooms are furnished with."""
    cloth_sub, wood_sub = pick(rng, DECOR, DECOR, LIFE, FAR), pick(rng, FAR, FAR, DECOR, SOLID)
    add("curtain", furnishings.curtain(rng, pick(rng, 4, 4, 5, 6)), cloth_sub)
    add("banner", furnishings.banner(rng, pick(rng, 2, 3)), cloth_sub)
    add("portrait", furnishings.portrait(rng), pick(rng, DECOR, FAR))
    add("bookshelf", furnishings.bookshelf(rng, pick(rng, 3, 4), pick(rng, 2, 3, 4)), wood_sub)
    add("coffin", furnishings.coffin(rng, True), wood_sub)
    add("casket", furnishings.coffin(rng, False), wood_sub)
    metal_sub = pick(rng, FAR, FAR, DECOR, SOLID)
    for size in (2, 3, 4):
        add(f"gear{size}", furnishings.gear(rng, size), metal_sub)
    add("clock", furnishings.clock(rng), metal_sub)
    add("pendulum", furnishings.pendulum(pick(rng, 3, 4, 5)), metal_sub)
    add("chandelier", furnishings.chandelier(rng), DECOR)


def paint_game(seed: int) -> Game:
    """The imaginary game of a seed, with all its motifs drawn."""
    rng = np.random.default_rng([0x6A3E, seed])
    palettes, opaque = palettes_of(rng)
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
    wall_roles = {}
    for name in ("wall", "wall2"):
        make, shades = materials.far_wall(rng)
        add(name, shades, FAR)
        wall_roles[name] = WALL_ROLES.get(make, Role.BACKDROP)
    add("cave", materials.dim(rng, materials.rubble(rng, 32, 3)), FAR)
    rampart = materials.DARKER[materials.bricks(rng, (8, 16, 8))]
    add("rampart", rampart, FAR)
    add("battlement", architecture.battlement(rampart), FAR)
    add("stars", heavens.stars(rng), FAR)
    add("skyline", heavens.skyline(rng), FAR)
    add("moon", heavens.moon(rng, int(rng.integers(2, 4))), pick(rng, FAR, DECOR))
    add("cloud", heavens.cloud(rng, int(rng.integers(2, 6))), FAR)
    add("cloud2", heavens.cloud(rng, int(rng.integers(2, 6))), FAR)
    add("dusk", heavens.dusk(), FAR)
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
    kind = pick(rng, *TREES)
    for i in range(3):
        size = (
            pick(rng, (3, 2), (4, 3), (5, 4), (4, 4)) if kind == "bare" else pick(rng, (3, 2), (4, 2), (4, 3))
        )
        add(f"tree{i}", outdoors.tree(rng, *size, kind), tree_sub)
    for name, shades in zip(("canopy", "trunks"), outdoors.grove(rng), strict=True):
        add(name, shades, FAR)
    add("bush", outdoors.bush(rng, 1), LIFE)
    add("bushes", outdoors.bush(rng, int(rng.integers(2, 4))), LIFE)
    grave_sub = pick(rng, SOLID, FAR, DECOR)
    add("grave", outdoors.grave(rng), grave_sub)
    add("grave2", outdoors.grave(rng), grave_sub)
    fence_sub, chain_sub = pick(rng, FAR, SOLID, DECOR), pick(rng, FAR, FAR, DECOR)
    for name, shades in zip(("fence", "post"), outdoors.fence(rng), strict=True):
        add(name, shades, fence_sub)
    for name, shades in zip(("chain", "chain_end"), fixtures.chain(), strict=True):
        add(name, shades, chain_sub)
    add("candle", fixtures.candle(rng), DECOR)
    add("statue", statues.statue(rng), pick(rng, FAR, SOLID, DECOR))
    _add_architecture(rng, add)
    _add_furnishings(rng, add)

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
        wall_roles=wall_roles,
        opaque_zero=opaque,
        outdoor_share=0.97 if palettes[0, 0] >= 0x11 else pick(rng, 0.15, 0.35, 0.6),
        core=bool(rng.random() < 0.45),
        based=bool(rng.random() < BASED_SHARE),
        corniced=bool(rng.random() < CORNICED_SHARE),
        spacing=int(rng.integers(3, 6)),
        figures=tuple(cast[i] for i in chosen),
    )
