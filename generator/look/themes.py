"""The looks of a castle: which of many dreamed places each of its six stages is.

A castle has a pool of centres in z. One screen of each is dreamed and judged: by usable tiles, by how well
its ground stands out from what is behind it, by how dark that is, by how far apart they look. Then the six
themes choose among them together: each likes some colours and some motifs, and all like to differ from one
another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import PALETTE_OKLAB, PALETTE_PERCEIVED
from ..nes.roles import ONE_WAY, SOLID, Role
from ..tiles.measure import CellSet


class Theme(NamedTuple):
    """What one of a castle's stages would like to be."""

    name: str
    hue_degrees: float | None
    """Of its ground, in OKLab: 29 is red, 110 yellow, 142 green, 195 cyan, 264 blue, 328 magenta; None:
    any."""
    motif: Role
    """What it would like to have much of."""


THEMES: tuple[Theme, ...] = (
    Theme("entrance", None, Role.SKY),
    Theme("hall", 40.0, Role.WINDOW),
    Theme("crypt", 295.0, Role.COLUMN),
    Theme("cave", 85.0, Role.WATER),
    Theme("garden", 142.0, Role.BUSH),
    Theme("tower", 230.0, Role.WINDOW),
)
"""In the order of the stages. (ours)"""

POOL = 16
"""Centres that a castle chooses from: 140 ms of dreaming, and every hue is among them. (measured)"""
NEEDED: dict[Role, float] = {
    Role.GROUND_TOP: 6, Role.GROUND_FILL: 8, Role.PLATFORM: 2, Role.BACKDROP: 12, Role.COLUMN: 4, Role.WINDOW:
    3,
}  # fmt: skip
"""Crisp, certain cells of a role in one screen that are enough. (by eye)"""
CONTRAST_L, DARK_L = 0.4, 0.25
"""L* by which the ground stands out as much as one can wish; L* up to which what is behind it is dark. (by
eye)"""
APART = 0.12
"""OKLab distance of two colours, lightness aside, that no one confuses. (by eye)"""
MOTIF_CELLS = 8
"""Cells of a motif in one screen that are as good as more. (by eye)"""
HUE_WEIGHT, MOTIF_WEIGHT, DIFFERENCE_WEIGHT = 0.5, 0.15, 1.5
"""Beside the quality of a place, which is 0..1. (by eye)"""
QUALITY_WEIGHTS = (2, 2, 1, 1)
"""Of usable tiles, of contrast, of darkness, of being apart. (by eye)"""
BACKDROP_WEIGHT = 0.25
"""Of the backdrop colour among a place's colours: every dream is mostly black. (by eye)"""
BLUR = 0.12
"""Perceived distance at which two colours are half alike."""
ROUNDS = 12
"""Of improving a choice by its best single move; nearly always enough. (measured)"""

_STOOD_ON = np.array(sorted(SOLID | ONE_WAY))
_BEHIND = np.array([Role.SKY, Role.BACKDROP])
_ALIKE = np.exp(-np.log(2) * ((PALETTE_PERCEIVED[:, None] - PALETTE_PERCEIVED[None]) ** 2).sum(-1) / BLUR**2)


@dataclass(frozen=True, eq=False)
class Place:
    """What one screen tells of the place about its z."""

    quality: float
    """0..1."""
    hue: complex
    """Of its ground: the mean of OKLab's a + bi."""
    motifs: NDArray[np.float64]
    """[roles] crisp, certain cells of each."""
    colours: NDArray[np.float64]
    """[64] its histogram, blurred over colours that look alike, of unit sum."""


def judge(cells: CellSet) -> Place:
    """What the cells of one screen promise."""
    weight = (cells.crisp * cells.certain * ~cells.barred).astype(np.float64)
    solid, behind = np.isin(cells.role, _STOOD_ON), np.isin(cells.role, _BEHIND)
    motifs = np.bincount(cells.role, weight, minlength=len(Role))
    usable = float(np.mean([min(motifs[role] / need, 1.0) for role, need in NEEDED.items()]))
    ground = _mean_colour(cells, weight * solid)
    back = _mean_colour(cells, weight * behind)
    ground_l, back_l = _mean(cells.lightness, weight * solid), _mean(cells.lightness, weight * behind)
    contrast = float(np.clip((ground_l - back_l) / CONTRAST_L, 0.0, 1.0))
    darkness = float(np.clip(2.0 - back_l / DARK_L, 0.0, 1.0))
    apart = min(float(np.hypot(*(ground - back)[1:])) / APART, 1.0)
    shown = cells.histogram[~cells.barred].sum(0).astype(np.float64)
    shown[cells.backdrop] *= BACKDROP_WEIGHT
    colours = shown @ _ALIKE
    return Place(
        quality=float(np.average([usable, contrast, darkness, apart], weights=QUALITY_WEIGHTS)),
        hue=complex(ground[1], ground[2]),
        motifs=motifs.astype(np.float64),
        colours=colours / max(colours.sum(), 1e-9),
    )


def _mean(values: NDArray[np.float32], weight: NDArray[np.float64]) -> float:
    return float(values @ weight / max(weight.sum(), 1e-9))


def _mean_colour(cells: CellSet, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """OKLab of the pixels of the weighted cells, the backdrop colour left out, float64[3]."""
    shown = weight @ cells.histogram
    shown[cells.backdrop] = 0.0
    return np.asarray(shown @ PALETTE_OKLAB / max(shown.sum(), 1e-9))


def assign(places: Sequence[Place]) -> list[list[int]]:
    """For each theme its places in the order in which it would take them: its own first, then its share of
    those that no theme has. Raises ValueError for fewer places than themes."""
    if len(places) < len(THEMES):
        raise ValueError(f"{len(THEMES)} themes need as many places, not {len(places)}")
    liking = np.array([[_liking(theme, place) for place in places] for theme in THEMES])
    apart = np.zeros((len(places), len(places)))
    for a, b in combinations(range(len(places)), 2):
        apart[a, b] = apart[b, a] = np.abs(places[a].colours - places[b].colours).sum() / 2
    chosen: list[int] = []
    for theme in range(len(THEMES)):
        free = _free(chosen, len(places))
        chosen.append(max(free, key=lambda place: _worth(liking, apart, chosen, theme, place)))
    for _ in range(ROUNDS):
        better = max(_moves(chosen, len(places)), key=lambda moved: _total(liking, apart, moved))
        if _total(liking, apart, better) <= _total(liking, apart, chosen):
            break
        chosen = better
    out = [[own] for own in chosen]
    spare = _free(chosen, len(places))
    while spare:  # dealt out in turn, so that no two stages come to the same place
        for theme in range(len(chosen)):
            if spare:
                others = chosen[:theme] + chosen[theme + 1 :]
                best = max(spare, key=lambda place: _worth(liking, apart, others, theme, place))
                out[theme].append(best)
                spare.remove(best)
    return out


def _moves(chosen: list[int], count: int) -> list[list[int]]:
    """All choices that differ in one theme's place, or in two themes having changed places."""
    out = []
    for own in chosen:
        for place in range(count):
            out.append([place if p == own else own if p == place else p for p in chosen])
    return out


def _total(liking: NDArray[np.float64], apart: NDArray[np.float64], chosen: list[int]) -> float:
    return sum(
        _worth(liking, apart, chosen[:theme] + chosen[theme + 1 :], theme, place)
        for theme, place in enumerate(chosen)
    )


def _free(taken: list[int], count: int) -> list[int]:
    return [place for place in range(count) if place not in taken]


def _worth(
    liking: NDArray[np.float64], apart: NDArray[np.float64], others: list[int], theme: int, place: int
) -> float:
    """What a place is worth to a theme beside those of the others: the nearest of these counts most."""
    if not others:
        return float(liking[theme, place])
    differences = apart[place, others]
    return float(liking[theme, place] + DIFFERENCE_WEIGHT * (differences.min() + differences.mean()) / 2)


def _liking(theme: Theme, place: Place) -> float:
    value = place.quality + MOTIF_WEIGHT * min(float(place.motifs[theme.motif]) / MOTIF_CELLS, 1.0)
    if theme.hue_degrees is not None and abs(place.hue) > 0:
        # A grey ground has no hue to like.
        saturated = min(abs(place.hue) / APART, 1.0)
        off = np.angle(place.hue) - np.radians(theme.hue_degrees)
        value += HUE_WEIGHT * saturated * float(np.cos(off))
    return value
