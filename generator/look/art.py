"""The art of a stage: a place among the castle's dreams, its screens, its tiles, its layers; legible, or
taken from another place.

Where no place of a network is legible, one that the shipped network dreams steps in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from ..choosing.chooser import choose
from ..dream.network import Networks, shipped_networks
from ..dream.z import latents, z_seeds
from ..layout.structure import Structure
from ..nes.palette import quantise, to_rgb
from ..tiles.bank import Bank
from ..tiles.layers import Layers
from ..tiles.legibility import LEAST_L, WANTED_L, room_contrasts
from ..tiles.measure import measure
from .dressing import dress
from .themes import POOL, THEMES, assign, judge

SCREENS = 20
"""Dreams a stage is made of: enough for every role, at 9 ms each. (measured)"""
LEAST_INK = 0.02
"""Share of the pixels behind the rooms that are not of the backdrop colour, below which there is nothing to
see. (by eye)"""
LEAST_TILES = 16
"""On screen in a stage: with fewer it looks unfinished. (the look's bar)"""
TRIES = 3
"""Places of one network that are looked at before what is best must do."""


@dataclass(frozen=True, eq=False)
class Art:
    """How a stage looks."""

    bank: Bank
    layers: Layers
    dreams: NDArray[np.uint8]
    """RGB [SCREENS, 224, 224, 3]."""
    network: str
    """SHA-256 of the network that dreamed them."""
    contrast_l: float
    """By how much L* the ground stands out in the room where it does least; see `legibility`."""
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
        """Whether no other place need be looked at."""
        return self.contrast_l >= WANTED_L and not self.poor


def paint(structure: Structure, seed: int, look: int, art: int, networks: Networks) -> Art:
    """The art of a structure: the first of its places that is legible and not poor, or the best of them.

    look: 1, 2, ...; every six looks are a castle's, which differ from one another.
    Raises NetworkError where a network's output is none.
    """
    ships = networks.same_as(shipped_networks())
    best = _best(_tries(structure, seed, look, art, networks), give_up=not ships)
    if ships or best.contrast_l >= LEAST_L:
        return best
    other = _best(_tries(structure, seed, look, art, shipped_networks()), give_up=False)
    return max(best, replace(other, substitute=True), key=lambda made: made.merit)


def _best(tries: Iterator[Art], *, give_up: bool) -> Art:
    """The first good one; after TRIES the best of them, unless that is illegible and none is given up."""
    best = next(tries)
    for number in count(1):
        if best.good or (number >= TRIES and (give_up or best.contrast_l >= LEAST_L)):
            return best
        made = next(tries, None)
        if made is None:
            return best
        best = max(best, made, key=lambda art: art.merit)
    raise AssertionError("there is no end to counting")


def _tries(structure: Structure, seed: int, look: int, art: int, networks: Networks) -> Iterator[Art]:
    """What a network has to offer: the places of the stage's theme first, then what other themes spare."""
    pool, theme = divmod(look - 1, len(THEMES))
    probes, places = _pool(networks, seed, pool, art)
    spare = [place for order in places for place in order[1:] if place not in places[theme]]
    for candidate in [*places[theme], *spare]:
        seeds = z_seeds(seed, pool, art, SCREENS, candidate)
        rest = networks.generator.dream(latents(seeds[1:], networks.generator.latent))
        dreams = np.concatenate([probes[candidate : candidate + 1], rest])
        screens = quantise(dreams)
        odds = networks.roles.classify(to_rgb(screens))
        bank, wardrobe = choose(measure(screens, odds), seeds)
        layers = dress(structure.roles, structure.rooms, structure.outdoors, structure.props, wardrobe)
        contrasts = room_contrasts(structure.roles, layers, bank.pixels, structure.rooms)
        walls = bank.pixels[layers.backdrop[layers.backdrop >= 0]]
        backdrop = bank.palettes[0, 0]
        shown = np.concatenate([grid.ravel() for grid in (layers.tiles, layers.backdrop, layers.far)])
        tiles = len(np.unique(shown[shown >= 0]))
        yield Art(
            bank,
            layers,
            dreams,
            networks.generator.sha256,
            contrast_l=float(contrasts.min()),
            poor=tiles < LEAST_TILES or (len(walls) > 0 and (walls != backdrop).mean() < LEAST_INK),
        )


@lru_cache(maxsize=4)
def _pool(networks: Networks, seed: int, pool: int, art: int) -> tuple[NDArray[np.uint8], list[list[int]]]:
    """The first screen of each of a castle's places, RGB [POOL, 224, 224, 3], and for each theme the places
    in the order in which it would take them. Kept, since the castle's next stages ask for the same."""
    seeds = [z_seeds(seed, pool, art, 1, candidate)[0] for candidate in range(POOL)]
    probes = networks.generator.dream(latents(seeds, networks.generator.latent))
    screens = quantise(probes)
    odds = networks.roles.classify(to_rgb(screens))
    return probes, assign([judge(measure(screens[i : i + 1], odds[i : i + 1])) for i in range(POOL)])
