"""The art of a stage: a centre among the castle's dreams, its screens, its tiles, its layers.

Where no centre of a network gives legible tiles, the network that ships dreams one that does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..choosing.chooser import choose
from ..choosing.reading import looks_like_air
from ..dream.loading import shipped_networks
from ..dream.network import Dreams, Networks
from ..dream.z import latents, z_seeds
from ..nes.roles import fold_odds
from ..progress import tell
from ..tiles.bank import Bank
from ..tiles.layers import Layers
from ..tiles.legibility import LEAST_L, WANTED_L, room_contrasts, tile_lightness
from ..tiles.measure import measure
from .building import Building
from .dressing import dress
from .themes import (
    CENTRES,
    GLANCES,
    THEMES,
    WALL_GUESTS,
    Centre,
    assign,
    judge,
    lenders,
    lending,
    promising,
    walled,
)
from .wish import Wish

SCREENS = 20
"""Dreams that a stage is made of: enough for every role, at 9 ms each. (measured)"""
LEAST_INK = 0.02
"""Share of the pixels behind the rooms that are not of the backdrop colour, below which there is nothing to
see. (by eye)"""
LEAST_TILES, LEAST_THINGS = 16, 4
"""Tiles on screen in a stage, and kinds of set pieces, below which it looks unfinished. (the look's bars)"""
MOST_MISREAD = 0.03
"""Share of the ground that may look like air. (measured with the reader)"""
TRIES, CLEAR_TRIES = 2, 3
"""Centres of one network that are tried before the best of them must do, and where one does not see where to
stand in any of them."""


@dataclass(frozen=True, eq=False)
class Painted:
    """How a stage looks."""

    bank: Bank
    layers: Layers
    dreams: NDArray[np.uint8]
    """RGB [n, 224, 224, 3]: the SCREENS of the stage's own, then its guests."""
    network: str
    """SHA-256 of the network that dreamed them."""
    contrast_l: float
    """By how much L*, 0..100, the ground stands out in the room where it does least; see `legibility`."""
    things: tuple[str, ...]
    """The kinds of set pieces that are seen, by name."""
    misread: float
    """Share of the ground that looks like air, 0..1."""
    poor: bool
    """Whether there is nothing to be seen behind the rooms, or too few tiles or set pieces anywhere."""
    substitute: bool = False
    """Whether the shipped network stepped in for another."""

    @property
    def merit(self) -> tuple[bool, float, bool, float]:
        """Greater where it is better: legible first, then read as what it is, then not poor."""
        confusing = max(0.0, self.misread - MOST_MISREAD)
        return self.contrast_l >= WANTED_L, -confusing, not self.poor, self.contrast_l

    @property
    def good(self) -> bool:
        """Whether no other centre need be tried."""
        return self.clear and not self.poor

    @property
    def clear(self) -> bool:
        """Whether one sees where to stand."""
        return self.contrast_l >= WANTED_L and self.misread <= MOST_MISREAD


def paint(
    building: Building, seed: int, look: int, art: int, networks: Networks, *, wish: Wish | None = None
) -> Painted:
    """How a building looks: the first of its centres that is legible and not poor, or the best of them.

    look: 1, 2, ...; every six looks in a row are a cycle, and differ from one another.
    wish: what else the look should be; then centres are tried until one is.
    Raises NetworkError where a network's output is none; WishError where no centre is as wished.
    """
    if wish is not None:
        passes = wish.passes(look, len(THEMES))
        made = (one for at, own in passes for one in _tries(building, seed, at, art, networks, wish=own))
        return _best(wish.met(made, building.roles), give_up=False)
    ships = networks.same_as(shipped_networks())
    best = _best(_tries(building, seed, look, art, networks), give_up=not ships)
    if ships or best.contrast_l >= LEAST_L:
        return best
    other = _best(_tries(building, seed, look, art, shipped_networks()), give_up=False)
    return max(best, replace(other, substitute=True), key=lambda made: made.merit)


def _best(tries: Iterator[Painted], *, give_up: bool) -> Painted:
    """The first good one, or the best of a few; of more where that is illegible, unless one may give up."""
    best, tried = next(tries), 1
    while not best.good:
        enough = TRIES if best.clear else CLEAR_TRIES
        if tried >= enough and (give_up or best.contrast_l >= LEAST_L):
            break
        made = next(tries, None)
        if made is None:
            break
        best, tried = max(best, made, key=lambda painted: painted.merit), tried + 1
    return best


def _tries(
    building: Building, seed: int, look: int, art: int, networks: Networks, *, wish: Wish | None = None
) -> Iterator[Painted]:
    """What a network has to offer: the centres of the stage's theme first, then what other themes spare."""
    cycle, theme = divmod(look - 1, len(THEMES))
    castle = _castle(networks, seed if wish is None or wish.z is None else wish.z, cycle, art)
    orders = castle.orders
    spare = [centre for order in orders for centre in order[1:] if centre not in orders[theme]]
    for centre in [*orders[theme], *spare] if wish is None else wish.order(castle.judged):
        tell("choosing")
        seeds = z_seeds(seed, cycle, art, SCREENS, centre)
        if wish is not None:
            seeds = wish.seeds(seeds)
        first = latents(seeds[:1], networks.generator.latent)
        rest = networks.dream(latents(seeds[1:], networks.generator.latent))
        probe = castle.probes[centre] if wish is None else networks.dream(first)
        dreams = probe.followed_by(rest)
        if castle.guests:
            guests = castle.guests[theme]
            dreams, seeds = dreams.followed_by(guests.dreams), [*seeds, *guests.seeds]
        cells = measure(dreams.screens, dreams.odds, len(seeds) - SCREENS, WALL_GUESTS)
        bank, wardrobe = choose(cells, seeds, networks.roles.classify)
        if wish is not None:
            bank = wish.filled(bank, cells, seeds)
        layers = dress(building, building.props, wardrobe, tile_lightness(bank.pixels), seeds[0])
        contrasts = room_contrasts(building.roles, layers, bank.pixels, building.rooms)
        walls = bank.pixels[layers.backdrop[layers.backdrop >= 0]]
        shown = np.unique(np.concatenate([grid.ravel() for grid in layers]))
        open_ = ((layers.tiles < 0) & (layers.backdrop < 0)).any()
        seen = set(np.concatenate([grid.ravel() for grid in layers[: 2 + open_]]).tolist())
        empty = (len(walls) > 0 and (walls != bank.palettes[0, 0]).mean() < LEAST_INK) or not wardrobe.bays
        things = tuple(name for name, tiles in wardrobe.things().items() if not tiles.isdisjoint(seen))
        few = (shown >= 0).sum() < LEAST_TILES or len(things) < LEAST_THINGS
        yield Painted(
            bank,
            layers,
            dreams.rgb,
            networks.generator.sha256,
            contrast_l=float(contrasts.min()),
            things=things,
            misread=looks_like_air(
                building.roles, layers, bank.pixels, building.rooms, networks.roles.classify
            ),
            poor=bool(empty or few) and not building.small,
        )


class Guests(NamedTuple):
    """Screens that lend what a stage's own may lack."""

    seeds: list[int]
    """Their z seeds."""
    dreams: Dreams


class FirstDreams(NamedTuple):
    """What a castle has dreamed before its stages are."""

    probes: dict[int, Dreams]
    """The first screen of each centre."""
    judged: dict[int, Centre]
    """What it tells of the centre."""
    orders: list[list[int]]
    """For each theme the centres in the order in which it would take them."""
    guests: list[Guests]
    """For each theme those that lend pieces to all of them, then those that lend walls to it; empty where the
    network does not say what it would dream."""


@lru_cache(maxsize=4)
def _castle(networks: Networks, seed: int, cycle: int, art: int) -> FirstDreams:
    """A castle's first dreams. They are kept, since its next stages ask for the same."""
    latent = networks.generator.latent
    count = GLANCES if networks.generator.says_roles else CENTRES
    seeds = [z_seeds(seed, cycle, art, 1, centre)[0] for centre in range(count)]
    z = latents(seeds, latent)
    kept, more, tells = list(range(CENTRES)), list[int](), count > CENTRES
    if tells:
        odds, colours = networks.generator.glance(z)
        kept = promising(fold_odds(odds), colours)
        more = walled(odds, kept)
    places = kept + more
    dreams = networks.dream(z[places])
    screens = [dreams.alone(i) for i in range(len(places))]
    judged = [judge(measure(one.screens, one.odds)) for one in screens]
    orders = [[kept[i] for i in order] for order in assign(judged[: len(kept)])]
    guests = []
    if tells:
        of_pieces = lending(odds, colours)
        lent = networks.dream(z[of_pieces])
        for walls in lenders(judged, [kept.index(order[0]) for order in orders]):
            own = [seeds[place] for place in of_pieces + [places[i] for i in walls]]
            guests.append(Guests(own, reduce(Dreams.followed_by, [screens[i] for i in walls], lent)))
    return FirstDreams(
        probes=dict(zip(kept, screens, strict=False)),
        judged=dict(zip(kept, judged, strict=False)),
        orders=orders,
        guests=guests,
    )
