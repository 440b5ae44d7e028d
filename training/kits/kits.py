"""Screens of a kit's tiles: the painter's own layouts, drawn with the motifs of the kit.

What a kit lacks, the painter draws anew in every game.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from generator.nes.roles import Role
from generator.rng import mix

from ..corpus import CorpusWriter, Source
from ..painter import Game, materials, paint_game, paint_screen
from ..painter.materials import pick
from ..painter.palettes import DECOR, FAR, LIFE, SOLID
from ..painter.shading import Shades
from ..workers import in_order

SCREENS_A_GAME = 24
"""So many of a kit's screens share one game's colours and habits."""
_KIT_SUBS = {"top": SOLID, "great_window": FAR, "skyline": FAR, "statue": FAR, "bush": LIFE, "bushes": LIFE}
_KIT_SUBS |= {"tree0": LIFE, "tree1": LIFE, "tree2": LIFE, "fence": DECOR, "ledge": SOLID}
"""The sub-palettes of motifs that a kit brings, where the painter's own would choose one."""
_SOLIDS = ("fill", "core", "slab", "top", "slab_top")
_FAR_WALLS = ("wall", "wall2", "cave", "rampart")


@dataclass(frozen=True, eq=False)
class DrawnKit:
    """The motifs of one imaginary world, in shades."""

    name: str
    seed: int
    """Of its games, its own: a kit that is added changes no other one."""
    licence: str
    credit: str
    held_out: bool
    motifs: Mapping[str, tuple[Shades, ...]] = field(repr=False)
    """A game takes one of a motif's."""


def kit_game(kit: DrawnKit, seed: int) -> Game:
    """One imaginary game of a kit."""
    number = mix(kit.seed, seed) & 0xFFFFFFFF
    game, dice = paint_game(number), np.random.default_rng([0x417, number])
    drawn = {name: pick(dice, *options) for name, options in kit.motifs.items()}
    for name in _FAR_WALLS:
        if name in drawn:
            drawn[name] = materials.dim(dice, drawn[name])
    if "fill" in drawn and "top" not in drawn:
        bare = dice.random() < 0.4
        drawn["top"] = drawn["fill"][:16] if bare else materials.top(dice, _square(drawn["fill"]))
    drawn.setdefault("slab", drawn.get("fill", game.motifs["slab"]))
    drawn.setdefault("slab_top", drawn["slab"][:16])
    if "stair" in drawn:
        drawn["stair_left"] = drawn["stair"][:, ::-1]
    for name in _SOLIDS:
        if game.opaque_zero and name in drawn:
            drawn[name] = np.where(drawn[name] == 0, 1, drawn[name]).astype(np.uint8)
    subs = game.subs | {name: sub for name, sub in _KIT_SUBS.items() if name in drawn}
    mere = {name: Role.BACKDROP for name in game.wall_roles if name in drawn}
    return replace(game, motifs=game.motifs | drawn, subs=subs, wall_roles=game.wall_roles | mere)


def paint_kit(kit: DrawnKit, count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Screens of a kit's games: palette indices uint8[count, 224, 224] and roles uint8[count, 14, 14]."""
    pairs = []
    for number in range(count):
        if number % SCREENS_A_GAME == 0:
            game = kit_game(kit, mix(seed, number))
        pairs.append(paint_screen(game, number))
    return np.stack([pair[0] for pair in pairs]), np.stack([pair[1] for pair in pairs])


def add_kits(writer: CorpusWriter, kits: Sequence[DrawnKit], screens: int, seed: int, processes: int) -> None:
    """Adds so many screens, shared evenly by all kits, or of as many kits; a kit is a source."""
    if screens < len(kits):
        kits = [kits[len(kits) * number // screens] for number in range(screens)]
    each, rest = divmod(screens, len(kits))
    tasks = [(kit, each + (n < rest), seed) for n, kit in enumerate(kits)]
    for (kit, *_), pair in zip(tasks, in_order(_paint_one, tasks, processes), strict=True):
        writer.add(Source("kit", kit.name, kit.licence, kit.credit, kit.held_out), *pair)


def _paint_one(task: tuple[DrawnKit, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    return paint_kit(*task)


def _square(fill: Shades) -> Shades:
    """Shades of any size as 32x32: the painter makes tops of those."""
    return np.tile(fill, (2, 2))[:32, :32] if min(fill.shape) < 32 else fill[:32, :32]
