"""The art of a stage: a centre among the castle's dreams, its screens, its tiles, its layers.

Where no centre of a network gives legible tiles, the network that ships dreams one that does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..choosing.chooser import choose
from ..dream.network import Dreams, Networks, shipped_networks
from ..dream.z import latents, z_seeds
from ..layout.plan import OUTDOORS
from ..layout.structure import Structure
from ..nes.roles import fold_odds
from ..tiles.bank import Bank
from ..tiles.layers import Layers
from ..tiles.legibility import LEAST_L, WANTED_L, room_contrasts
from ..tiles.measure import measure
from .backdrops import Building
from .dressing import dress
from .themes import CENTRES, GLANCES, THEMES, assign, judge, lending, promising

SCREENS = 20
"""Dreams that a stage is made of: enough for every role, at 9 ms each. (measured)"""
LEAST_INK = 0.02
"""Share of the pixels behind the rooms that are not of the backdrop colour, below which there is nothing to
see. (by eye)"""
LEAST_TILES = 16
"""Tiles on screen in a stage, below which it looks unfinished. (the look's bar)"""
MOST_MISREAD = 0.1
"""Share of the ground that may look like air. (measured with the reader)"""
DRESSINGS = 3
"""Times that a stage is dressed at most, each time plainer where one does not see where to stand."""
TRIES, LEGIBLE_TRIES = 2, 3
"""Centres of one network that are tried before the best of them must do, and where the ground of none of them
stands out as much as is wanted."""


@dataclass(frozen=True, eq=False)
class Painted:
    """How a stage looks."""

    bank: Bank
    layers: Layers
    dreams: NDArray[np.uint8]
    """RGB [n, 224, 224, 3]: the SCREENS of the stage's own, then the castle's guests."""
    network: str
    """SHA-256 of the network that dreamed them."""
    contrast_l: float
    """By how much L*, 0..100, the ground stands out in the room where it does least; see `legibility`."""
    things: tuple[str, ...]
    """The kinds of set pieces that are seen, by name."""
    poor: bool
    """Whether there is nothing to be seen behind the rooms, or too few tiles anywhere."""
    substitute: bool = False
    """Whether the shipped network stepped in for another."""

    @property
    def merit(self) -> tuple[bool, bool, float]:
        """Greater where it is better: legible first, then not poor."""
        return self.contrast_l >= WANTED_L, not self.poor, self.contrast_l

    @property
    def good(self) -> bool:
        """Whether no other centre need be tried."""
        return all(self.merit[:2])


def paint(structure: Structure, seed: int, look: int, art: int, networks: Networks) -> Painted:
    """How a structure looks: the first of its centres that is legible and not poor, or the best of them.

    look: 1, 2, ...; every six looks in a row are a cycle, and differ from one another.
    Raises NetworkError where a network's output is none.
    """
    ships = networks.same_as(shipped_networks())
    best = _best(_tries(structure, seed, look, art, networks), give_up=not ships)
    if ships or best.contrast_l >= LEAST_L:
        return best
    other = _best(_tries(structure, seed, look, art, shipped_networks()), give_up=False)
    return max(best, replace(other, substitute=True), key=lambda made: made.merit)


def _best(tries: Iterator[Painted], *, give_up: bool) -> Painted:
    """The first good one, or the best of a few; of more where that is illegible, unless one may give up."""
    best, tried = next(tries), 1
    while not best.good:
        enough = TRIES if best.contrast_l >= WANTED_L else LEGIBLE_TRIES
        if tried >= enough and (give_up or best.contrast_l >= LEAST_L):
            break
        made = next(tries, None)
        if made is None:
            break
        best, tried = max(best, made, key=lambda painted: painted.merit), tried + 1
    return best


def _tries(structure: Structure, seed: int, look: int, art: int, networks: Networks) -> Iterator[Painted]:
    """What a network has to offer: the centres of the stage's theme first, then what other themes spare."""
    cycle, theme = divmod(look - 1, len(THEMES))
    castle = _castle(networks, seed, cycle, art)
    orders = castle.orders
    spare = [centre for order in orders for centre in order[1:] if centre not in orders[theme]]
    for centre in [*orders[theme], *spare]:
        seeds = z_seeds(seed, cycle, art, SCREENS, centre)
        rest = networks.dream(latents(seeds[1:], networks.generator.latent))
        dreams = castle.probes[centre].followed_by(rest)
        if castle.guests is not None:
            dreams, seeds = dreams.followed_by(castle.guests), [*seeds, *castle.guest_seeds]
        cells = measure(dreams.screens, dreams.odds, len(castle.guest_seeds))
        bank, wardrobe = choose(cells, seeds, networks.roles.classify)
        kinds = [room.kind for room in structure.plan.rooms]
        building = Building(structure.roles, structure.rooms, kinds)
        for _ in range(DRESSINGS):
            layers = dress(building, structure.props, wardrobe, seeds[0])
            contrasts = room_contrasts(structure.roles, layers, bank.pixels, structure.rooms)
            dim = frozenset(np.flatnonzero(contrasts < WANTED_L).tolist())
            if not dim:
                break
            again = any(kinds[room] in OUTDOORS for room in dim & building.bare)
            building = replace(building, bare=building.bare | dim, clear=building.clear or again)
        walls = bank.pixels[layers.backdrop[layers.backdrop >= 0]]
        shown = np.unique(np.concatenate([grid.ravel() for grid in layers]))
        open_ = ((layers.tiles < 0) & (layers.backdrop < 0)).any()
        seen = set(np.concatenate([grid.ravel() for grid in layers[: 2 + open_]]).tolist())
        empty = (len(walls) > 0 and (walls != bank.palettes[0, 0]).mean() < LEAST_INK) or not wardrobe.bays
        yield Painted(
            bank,
            layers,
            dreams.rgb,
            networks.generator.sha256,
            contrast_l=float(contrasts.min()),
            things=tuple(name for name, tiles in wardrobe.things().items() if not tiles.isdisjoint(seen)),
            poor=bool(wardrobe.misread > MOST_MISREAD or empty or (shown >= 0).sum() < LEAST_TILES),
        )


class FirstDreams(NamedTuple):
    """What a castle has dreamed before its stages are."""

    probes: dict[int, Dreams]
    """The first screen of each centre."""
    orders: list[list[int]]
    """For each theme the centres in the order in which it would take them."""
    guest_seeds: list[int]
    """z seeds of the screens that have most of what a stage's own may lack."""
    guests: Dreams | None
    """These screens."""


@lru_cache(maxsize=4)
def _castle(networks: Networks, seed: int, cycle: int, art: int) -> FirstDreams:
    """A castle's first dreams. They are kept, since its next stages ask for the same."""
    latent = networks.generator.latent
    count = GLANCES if networks.generator.says_roles else CENTRES
    seeds = [z_seeds(seed, cycle, art, 1, centre)[0] for centre in range(count)]
    z = latents(seeds, latent)
    kept, lenders = list(range(CENTRES)), list[int]()
    if count > CENTRES:
        odds, colours = networks.generator.glance(z)
        kept, lenders = promising(fold_odds(odds), colours), lending(odds, colours)
    dreams = networks.dream(z[kept])
    probes = {centre: dreams.alone(i) for i, centre in enumerate(kept)}
    judged = [judge(measure(one.screens, one.odds)) for one in probes.values()]
    orders = [[kept[i] for i in order] for order in assign(judged)]
    guests = networks.dream(z[lenders]) if lenders else None
    return FirstDreams(probes, orders, [seeds[centre] for centre in lenders], guests)
