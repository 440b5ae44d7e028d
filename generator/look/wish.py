"""What somebody wishes a stage to look like: hues, darkness, tiles of some roles, one centre.

A wish acts on which dreams are taken, and never on a pixel: centres are tried in the order in which they come
near to it, and the first one whose stage is as wished is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..dream.z import SPREAD, varied
from ..errors import GanvaniaError
from ..nes.palette import PALETTE_L, PALETTE_OKLAB
from ..nes.roles import ONE_WAY, SOLID, Role
from ..tiles.bank import Bank
from ..tiles.colours import DISTANCE, to_palettes
from ..tiles.legibility import LEAST_L
from ..tiles.measure import HARM, SAME_PX, CellSet
from .themes import Centre

if TYPE_CHECKING:
    from .art import Painted

MOST_TRIED, MOST_OF_A_CASTLE = 16, 4
"""Centres that are dreamed whole at most, at 0.3 to 0.6 s each, and of one castle. (ours)"""
NEAR = 0.05
"""How far a centre may be from the wish to promise it: for a hue 9 degrees. (ours)"""
CYCLES = 6
"""Castles' worth of centres that are judged at most, where the first has none that is as wished. (ours)"""
OTHER_CYCLE = 1 << 20
"""So many cycles further on lie centres that no castle uses."""
LEAST_CHROMA = 0.02
"""OKLab chroma of the ground's mean colour below which it is grey, and has no hue. (by eye)"""
SURE = 0.6
"""Odds of its role that a cell must have to be a tile that was wished for. (by eye)"""

_STOOD_ON = sorted(SOLID | ONE_WAY)


class WishError(GanvaniaError):
    """A look that no dream has: one line that begins with the name of what is not met."""


@dataclass(frozen=True)
class Wish:
    """What a stage should look like."""

    hues: tuple[tuple[float, float], ...] = ()
    """Ranges of hue in which the mean colour of the ground lies, degrees of OKLCh: 29 is red, 110 yellow, 142
    green, 195 cyan, 264 blue, 328 magenta. A range may go over 360. Empty: any."""
    darkness: tuple[float, float] = (0.0, 1.0)
    """The range in which the picture's darkness lies: 0 is white, 1 black, by CIELAB's L*."""
    roles: Mapping[Role, int] = field(default_factory=dict)
    """How many different tiles of a role the bank holds at least."""
    z: int | None = None
    """The z seed whose centre all screens lie around, in place of a castle's own; None: any."""
    vary: float = SPREAD
    """The share of each screen's own noise in its z, SPREAD or one of VARIES."""
    within: tuple[float, float] = (0.0, math.inf)
    """How far the centres that are tried are from the wish, by what their first screens promise."""

    def passes(self, look: int, themes: int) -> Iterator[tuple[int, Wish]]:
        """The looks whose centres are tried, one after the other, and the wish that orders them: of several
        castles' worth those that promise what is wished, then of the first all others."""
        if self.z is not None:
            yield look, self
            return
        for number in range(CYCLES):
            yield look + number * OTHER_CYCLE * themes, replace(self, within=(0.0, NEAR))
        yield look, replace(self, within=(NEAR, math.inf))

    def order(self, judged: Mapping[int, Centre]) -> Sequence[int]:
        """The centres of a castle that are to be tried, by how near they come to the wish, then by their
        quality. With a centre of the wish's own there is one try."""
        if self.z is not None:
            return [next(iter(judged))]
        off = {number: self._off(centre) for number, centre in judged.items()}
        nearest, farthest = self.within
        taken = [n for n in judged if off[n] <= farthest and (off[n] > nearest or nearest == 0)]
        most = len(taken) if farthest == math.inf else MOST_OF_A_CASTLE
        return sorted(taken, key=lambda n: (off[n], -judged[n].quality))[:most]

    def seeds(self, seeds: list[int]) -> list[int]:
        """The z seeds of a stage's screens, in place of those around the castle's centre."""
        if self.z is None and self.vary == SPREAD:
            return seeds
        return varied(seeds[0] if self.z is None else self.z, self.vary, len(seeds))

    def met(self, made: Iterator[Painted], roles: NDArray[np.uint8]) -> Iterator[Painted]:
        """Those of some looks of a role grid that are as wished. Raises WishError where none is."""
        found, tried, nearest = 0, 0, list[str]()
        for tried, painted in enumerate(made, 1):
            lacking = self.unmet(roles, painted)
            if not lacking:
                found += 1
                yield painted
            elif not nearest or len(lacking) < len(nearest):
                nearest = lacking
            if tried >= MOST_TRIED:
                break
        if not found:
            what = f"{nearest[0]} (of {tried} centres tried, the nearest)"
            raise WishError(f"{what}; ask for less, or take another seed")

    def unmet(self, roles: NDArray[np.uint8], painted: Painted) -> list[str]:
        """What of the wish a look lacks, each beginning with its name."""
        bank, layers = painted.bank, painted.layers
        lacking = []
        if self.hues:
            ground = layers.tiles[np.isin(roles, _STOOD_ON) & (layers.tiles >= 0)]
            mean = _mean_colour(bank.pixels[ground], int(bank.palettes[0, 0]))
            hue = math.degrees(math.atan2(mean.imag, mean.real)) % 360
            if abs(mean) < LEAST_CHROMA:
                lacking.append("hues: the ground is grey")
            elif _out_of(self.hues, hue) > 0:
                lacking.append(f"hues: the ground's hue is {hue:.0f} degrees")
        low, high = self.darkness
        if (low, high) != (0.0, 1.0):
            dark = 1.0 - _shown_l(bank.pixels, painted) / 100
            if not low <= dark <= high:
                lacking.append(f"darkness: it is {dark:.2f}, not {low:g} to {high:g}")
        for role, wanted in self.roles.items():
            count = len(_different(bank.pixels[bank.role == role]))
            if count < wanted:
                named = role.name.lower()
                lacking.append(f"roles: there are {count} different tiles of {named}, not {wanted}")
        if painted.contrast_l < LEAST_L:
            what = f"the ground stands out by only {painted.contrast_l:.0f} of 100"
            lacking.append(f"{'vary' if self.z is None else 'z'}: {what}")
        return lacking

    def filled(self, bank: Bank, cells: CellSet, seeds: list[int]) -> Bank:
        """A bank with further cells of the same dreams, where it has fewer tiles of a role than wished. They
        are shown nowhere."""
        more: list[tuple[int, int, Role]] = []
        for role, wanted in self.roles.items():
            have = [bank.pixels[number] for number in _different(bank.pixels[bank.role == role])]
            here = [bank.pixels[bank.role == role][n] for n in range(int((bank.role == role).sum()))]
            missing = wanted - len(have)
            odds = np.where((cells.role == role) & ~cells.barred, cells.certain, 0.0)
            for cell in np.argsort(-odds * cells.crisp, kind="stable").tolist():
                if missing <= 0 or odds[cell] < SURE:
                    break
                pixels = cells.pixels[cell]
                moves = DISTANCE[pixels][..., bank.palettes].min(-1).mean((0, 1))
                sub = int(moves.argmin())
                shown = to_palettes(pixels[None], bank.palettes, np.array([sub]))[0]
                if moves[sub] <= HARM and all((shown != other).sum() > SAME_PX for other in here):
                    more.append((cell, sub, role))
                    here.append(shown)
                    missing -= 1
        return _with(bank, cells, seeds, more) if more else bank

    def _off(self, centre: Centre) -> float:
        """How far a centre is from the wish, by its first screen; 0 is near."""
        off = 0.0
        if self.hues:
            hue = math.degrees(math.atan2(centre.hue.imag, centre.hue.real)) % 360
            grey = abs(centre.hue) < LEAST_CHROMA
            off += 1.0 if grey else _out_of(self.hues, hue) / 180
        low, high = self.darkness
        dark = 1.0 - float(centre.colours @ PALETTE_L) / 100
        off += max(0.0, low - dark, dark - high)
        for role, wanted in self.roles.items():
            off += max(0.0, 1.0 - float(centre.motifs[role]) / wanted)
        return off


def _out_of(ranges: Sequence[tuple[float, float]], hue: float) -> float:
    """By how many degrees a hue lies outside of all ranges; 0 inside."""
    return min(
        0.0 if (hue - low) % 360 <= high - low else min((low - hue) % 360, (hue - high) % 360)
        for low, high in ranges
    )


def _mean_colour(pixels: NDArray[np.uint8], backdrop: int) -> complex:
    """Mean of OKLab's a + bi over pixels, but for the backdrop colour."""
    own = PALETTE_OKLAB[pixels[pixels != backdrop]]
    return complex(*own[:, 1:].mean(0)) if len(own) else 0j


def _shown_l(pixels: NDArray[np.uint8], painted: Painted) -> float:
    """Mean L* of what is seen of a stage: the tile in front of each cell, the sky for its mean."""
    tiles, backdrop, far = painted.layers
    light = np.append(PALETTE_L[pixels].mean((1, 2)), 0.0)
    sky = float(light[far].mean())
    seen = np.where(tiles >= 0, light[tiles], np.where(backdrop >= 0, light[backdrop], sky))
    return float(seen.mean())


def _different(tiles: NDArray[np.uint8]) -> list[int]:
    """The numbers of tiles [k, 16, 16] of which no two are the same to the eye."""
    kept: list[int] = []
    for number, tile in enumerate(tiles):
        if all((tile != tiles[other]).sum() > SAME_PX for other in kept):
            kept.append(number)
    return kept


def _with(bank: Bank, cells: CellSet, seeds: list[int], more: list[tuple[int, int, Role]]) -> Bank:
    """A bank and further tiles: cell, sub-palette and role of each."""
    numbers = np.array([cell for cell, _, _ in more], np.intp)
    palette = np.array([sub for _, sub, _ in more], np.uint8)
    positions = cells.positions(numbers)
    z = np.array([seeds[screen] for screen in positions[:, 0]], np.int64)
    return Bank(
        pixels=np.concatenate([bank.pixels, to_palettes(cells.pixels[numbers], bank.palettes, palette)]),
        palettes=bank.palettes,
        palette=np.concatenate([bank.palette, palette]),
        role=np.concatenate([bank.role, np.array([role for _, _, role in more], np.uint8)]),
        quality=np.concatenate([bank.quality, cells.crisp[numbers] * cells.certain[numbers]]),
        provenance=np.concatenate([bank.provenance, np.column_stack([z, positions])]),
    )
