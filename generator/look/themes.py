"""The themes of a castle: around which of its centres in z each of its six stages is dreamed.

One screen is dreamed around each centre, and judged: by its usable tiles, by how much lighter its ground is
than what is behind it, by how dark that is, by how different their colours are. Then the six themes choose
among the centres together. Each theme likes some colours and some motif, and all like to differ from one
another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..choosing.selection import LEGIBLE_L
from ..layout.plan import WINGS
from ..nes.palette import BLACK, COLOURS, PALETTE_OKLAB, PALETTE_PERCEIVED, quantise
from ..nes.roles import BASE_ROLES, ONE_WAY, SOLID, Role
from ..tiles.bays import MOTIFS, find_bays
from ..tiles.measure import CellSet


class Theme(NamedTuple):
    """What one of a castle's stages should look like."""

    name: str
    hue_degrees: float | None
    """Hue of its ground in OKLab: 29 is red, 110 yellow, 142 green, 195 cyan, 264 blue, 328 magenta; None:
    any."""
    motifs: tuple[Role, ...]
    """What there should be much of."""
    walls: tuple[Role, ...]
    """What guests lend walls with, where its own have none."""


THEMES: tuple[Theme, ...] = (
    Theme("gate", None, (Role.WINDOW, Role.TREE), (Role.WINDOW, Role.ARCH)),
    Theme("hall", 40.0, (Role.CURTAIN, Role.WINDOW), (Role.CURTAIN, Role.COLUMN)),
    Theme("crypt", 295.0, (Role.ARCH, Role.GRAVE), (Role.ARCH, Role.COLUMN)),
    Theme("cave", 142.0, (Role.WATER, Role.BACKDROP), (Role.COLUMN, Role.STATUE)),
    Theme("works", 85.0, (Role.CHAIN, Role.COLUMN), (Role.CHAIN, Role.ARCH)),
    Theme("keep", 230.0, (Role.WINDOW, Role.STATUE), (Role.WINDOW, Role.CURTAIN)),
)
"""The themes, in the order of the stages: what the wings of a castle look like (WINGS in `layout/plan.py`).
(ours)"""
assert tuple(theme.name for theme in THEMES) == tuple(WINGS)

CENTRES = 16
"""Centres that a castle chooses from: 140 ms of dreaming, and every hue is among them. (measured)"""
GLANCES = 64
"""Centres of which it chooses these, where a network says what is in a screen without drawing it."""
NEEDED: dict[Role, float] = {
    Role.GROUND_TOP: 6, Role.GROUND_FILL: 8, Role.PLATFORM: 2, Role.BACKDROP: 12, Role.COLUMN: 4, Role.WINDOW:
    3,
}  # fmt: skip
"""Crisp, certain cells of a role in one screen, of which more are no better. (by eye)"""
LENT: tuple[dict[Role, int], ...] = (
    {Role.MOON: 4, Role.SKY: 80}, {Role.MOON: 4, Role.SKY: 80}, {Role.CLOUD: 6, Role.SKY: 80},
    {Role.CLOUD: 6, Role.SKY: 80}, {Role.TREE: 12, Role.SKY: 60},
    {Role.STAIRS_RIGHT: 4}, {Role.STAIRS_LEFT: 4}, {Role.WATER: 24},
)  # fmt: skip
"""What a castle's guests are dreamed for: cells of each role, of which more are no better. (by eye)"""
WALL_GUESTS, WALL_PROBES = 2, 12
"""Guests that lend walls to a theme; screens that are dreamed to find some, beside one of each centre: of
those that show much on their walls one in four has a bay that is worth anything. (measured)"""
LENT_AGAIN = 0.4
"""Worth of a wall that another theme has been lent already, of 1: stages should differ. (by eye)"""
NEWS_WEIGHT = 0.6
"""Worth of each thing in a guest's wall that none lent before has, beside its wall's own, 1. (by eye)"""
MOST_GUEST_L = 0.2
"""L*, 0..1, of a guest's wall beyond which few grounds stand out from it. (measured)"""
COLOURED_WORTH = 0.2
"""Worth of a guest whose backdrop colour is not black, of 1. (by eye)"""
CONTRAST_L, DARK_L = 0.4, 0.25
"""L*, 0..1, by which the ground stands out as much as one can wish; L* up to which what is behind it is dark.
(by eye)"""
APART = 0.12
"""OKLab distance of two colours, lightness aside, that nobody confuses. (by eye)"""
MOTIF_CELLS = 8
"""Cells of a motif in one screen, of which more are no better. (by eye)"""
HUE_WEIGHT, MOTIF_WEIGHT, DIFFERENCE_WEIGHT = 0.5, 0.3, 1.5
"""What hue, motif and difference are worth to a theme; the quality of a centre is worth 0..1. (by eye)"""
QUALITY_WEIGHTS = (2, 2, 1, 1, 3)
"""What usable tiles, contrast, darkness, different colours and the best bay weigh in the quality. (by eye)"""
BACKDROP_WEIGHT = 0.25
"""What a pixel of the backdrop colour weighs among a centre's colours: every dream is mostly black. (by
eye)"""
BLUR = 0.12
"""Perceived distance at which two colours are half alike."""
ROUNDS = 12
"""Times that a choice is improved by its best single move; nearly always enough. (measured)"""

_STOOD_ON = np.array(sorted(SOLID | ONE_WAY))
_BEHIND = np.array([Role.SKY, Role.BACKDROP])
_ALIKE = np.exp(-np.log(2) * ((PALETTE_PERCEIVED[:, None] - PALETTE_PERCEIVED[None]) ** 2).sum(-1) / BLUR**2)


@dataclass(frozen=True, eq=False)
class Centre:
    """What one screen tells of all that are dreamed around its centre."""

    quality: float
    """0..1."""
    hue: complex
    """Mean of OKLab's a + bi over the ground."""
    motifs: NDArray[np.float64]
    """[26] crisp, certain cells of each role."""
    colours: NDArray[np.float64]
    """[64] its histogram, blurred over colours that look alike, of unit sum."""
    wall: float = 0.0
    """Worth of the best bay that it could lend, 0..1."""
    wall_motifs: tuple[Role, ...] = ()
    """What there is to look at in that."""


def judge(cells: CellSet) -> Centre:
    """What the cells of one screen promise."""
    weight = (cells.crisp * cells.certain * ~cells.barred).astype(np.float64)
    solid, open_ = np.isin(cells.role, _STOOD_ON), np.isin(cells.role, _BEHIND)
    motifs = np.bincount(cells.detail, weight, minlength=len(Role))
    base = np.bincount(cells.role, weight, minlength=BASE_ROLES)
    usable = float(np.mean([min(base[role] / need, 1.0) for role, need in NEEDED.items()]))
    ground = _mean_colour(cells, weight * solid)
    back = _mean_colour(cells, weight * open_)
    ground_l, back_l = _mean(cells.lightness, weight * solid), _mean(cells.lightness, weight * open_)
    contrast = float(np.clip((ground_l - back_l) / CONTRAST_L, 0.0, 1.0))
    darkness = float(np.clip(2.0 - back_l / DARK_L, 0.0, 1.0))
    bays = [(float(cells.lightness[one.block].mean()), one) for one in find_bays(cells)]
    bay = max((one.worth for light, one in bays if light <= ground_l - LEGIBLE_L), default=0.0)
    lent = max((one for light, one in bays if light <= MOST_GUEST_L), key=lambda one: one.worth, default=None)
    apart = min(float(np.hypot(*(ground - back)[1:])) / APART, 1.0)
    shown = cells.histogram[~cells.barred].sum(0).astype(np.float64)
    shown[cells.backdrop] *= BACKDROP_WEIGHT
    colours = shown @ _ALIKE
    return Centre(
        quality=float(np.average([usable, contrast, darkness, apart, bay], weights=QUALITY_WEIGHTS)),
        hue=complex(ground[1], ground[2]),
        motifs=motifs.astype(np.float64),
        colours=colours / max(colours.sum(), 1e-9),
        wall=0.0 if lent is None else lent.worth * (1.0 if cells.backdrop == BLACK else COLOURED_WORTH),
        wall_motifs=() if lent is None else lent.motifs,
    )


def promising(odds: NDArray[np.float32], colours: NDArray[np.uint8]) -> list[int]:
    """Which CENTRES of some centres are worth a screen: those that hold what stages need, and differ.

    Args:
        odds: of the roles of one screen's cells each, float32[n, 14, 14, 17].
        colours: of the screens, RGB uint8[n, 13, 3].
    Returns: their numbers, upwards.
    """
    cells = np.where(odds == odds.max(-1, keepdims=True), odds, 0.0).sum((1, 2))  # certain cells of each role
    usable = np.mean([np.minimum(cells[:, role] / need, 1.0) for role, need in NEEDED.items()], axis=0)
    motifs = np.minimum(cells / MOTIF_CELLS, 1.0)
    shown = np.stack([np.bincount(quantise(own), minlength=COLOURS) for own in colours]) @ _ALIKE
    shown /= np.linalg.norm(shown, axis=1, keepdims=True)
    differences = 1.0 - shown @ shown.T + MOTIF_WEIGHT * np.abs(motifs[:, None] - motifs[None]).mean(-1)
    chosen = [int(usable.argmax())]
    while len(chosen) < min(CENTRES, len(odds)):
        worth = usable + DIFFERENCE_WEIGHT * differences[:, chosen].min(1)
        worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
    return sorted(chosen)


def lending(odds: NDArray[np.float32], colours: NDArray[np.uint8]) -> list[int]:
    """Which of some centres have most of what a stage's own screens may lack; no centre twice.

    What is cut off at a screen's side does not count, nor does a sky that is not black: pieces of it would
    bring its colour along.

    Args:
        odds: of all roles, float32[n, 14, 14, 17 or 26].
        colours: of the screens, RGB uint8[n, 13, 3], the backdrop colour first.
    """
    inner = odds[:, :, 1:-1]
    cells = np.where(inner == inner.max(-1, keepdims=True), inner, 0.0).sum((1, 2))
    cells[np.array([quantise(own)[0] != BLACK for own in colours])] *= COLOURED_WORTH
    chosen: list[int] = []
    for wanted in LENT:
        known = [(role, most) for role, most in wanted.items() if role < cells.shape[1]]
        worth = sum((np.minimum(cells[:, role] / most, 1.0) for role, most in known), np.zeros(len(cells)))
        worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
    return chosen


def walled(odds: NDArray[np.float32], without: Sequence[int]) -> list[int]:
    """The WALL_PROBES of some centres that show most on their walls, without some of them.

    odds: of all roles, float32[n, 14, 14, 17 or 26].
    """
    worth = np.isin(odds.argmax(-1), MOTIFS).sum((1, 2)).astype(float)
    worth[list(without)] = -np.inf
    most = np.argsort(-worth, kind="stable")[:WALL_PROBES]
    return [int(one) for one in most if np.isfinite(worth[one])]


def lenders(screens: Sequence[Centre], own: Sequence[int]) -> list[list[int]]:
    """Which WALL_GUESTS of some screens lend their walls to each theme, the best first; what another theme
    has been lent is worth less, and what shows things that none has, more.

    own: for each theme the screen that it has already.
    """
    lent = np.zeros(len(screens))
    shown: set[Role] = set()
    out: list[list[int]] = [[] for _ in THEMES]
    for _ in range(WALL_GUESTS):
        for theme, centre, guests in zip(THEMES, own, out, strict=True):
            liked = np.array([len({*theme.walls} & {*one.wall_motifs}) for one in screens])
            news = np.array([len({*one.wall_motifs} - shown) for one in screens])
            worth = np.array([one.wall for one in screens])
            worth *= 1.0 + MOTIF_WEIGHT * liked + NEWS_WEIGHT * news
            worth *= LENT_AGAIN**lent
            worth[[centre, *guests]] = -1.0
            best = int(worth.argmax())
            guests.append(best)
            lent[best] += 1
            shown |= {*screens[best].wall_motifs}
    return out


def _mean(values: NDArray[np.float32], weight: NDArray[np.float64]) -> float:
    """Weighted mean; 0 where nothing has any weight."""
    return float(values @ weight / max(weight.sum(), 1e-9))


def _mean_colour(cells: CellSet, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean OKLab of the pixels of weighted cells, but for the backdrop colour, float64[3]."""
    shown = weight @ cells.histogram
    shown[cells.backdrop] = 0.0
    return np.asarray(shown @ PALETTE_OKLAB / max(shown.sum(), 1e-9))


def assign(centres: Sequence[Centre]) -> list[list[int]]:
    """For each theme its centres in the order in which it would take them: its own first, then its share of
    those that no theme has. Raises ValueError for fewer centres than themes."""
    if len(centres) < len(THEMES):
        raise ValueError(f"{len(THEMES)} themes need as many centres, not {len(centres)}")
    liking = np.array([[_liking(theme, centre) for centre in centres] for theme in THEMES])
    colours = np.stack([centre.colours for centre in centres])
    apart = np.abs(colours[:, None] - colours[None]).sum(-1) / 2

    def worth(theme: int, centre: int, chosen: list[int]) -> float:
        """What a centre is worth to a theme beside those of the others, of which the most similar counts
        most."""
        others = chosen[:theme] + chosen[theme + 1 :]
        if not others:
            return float(liking[theme, centre])
        differences = apart[centre, others]
        return float(liking[theme, centre] + DIFFERENCE_WEIGHT * (differences.min() + differences.mean()) / 2)

    def total(chosen: list[int]) -> float:
        return sum(worth(theme, centre, chosen) for theme, centre in enumerate(chosen))

    chosen: list[int] = []
    for theme in range(len(THEMES)):
        free = [centre for centre in range(len(centres)) if centre not in chosen]
        chosen.append(max(free, key=lambda centre: worth(theme, centre, chosen)))
    for _ in range(ROUNDS):
        better = max(_moves(chosen, len(centres)), key=total)
        if total(better) <= total(chosen):
            break
        chosen = better
    out = [[own] for own in chosen]
    spare = [centre for centre in range(len(centres)) if centre not in chosen]
    while spare:  # dealt out in turn, so that no two stages come to the same centre
        for theme in range(min(len(chosen), len(spare))):
            best = max(spare, key=lambda centre: worth(theme, centre, chosen))
            out[theme].append(best)
            spare.remove(best)
    return out


def _moves(chosen: list[int], count: int) -> list[list[int]]:
    """All choices that differ in one theme's centre, or in two themes having changed theirs."""
    return [
        [centre if p == own else own if p == centre else p for p in chosen]
        for own in chosen
        for centre in range(count)
    ]


def _liking(theme: Theme, centre: Centre) -> float:
    """What a centre by itself is worth to a theme."""
    much = np.minimum(centre.motifs[list(theme.motifs)] / MOTIF_CELLS, 1.0).mean()
    value = centre.quality + MOTIF_WEIGHT * float(much)
    if theme.hue_degrees is not None and abs(centre.hue) > 0:
        # A grey ground has no hue to like.
        saturated = min(abs(centre.hue) / APART, 1.0)
        off = np.angle(centre.hue) - np.radians(theme.hue_degrees)
        value += HUE_WEIGHT * saturated * float(np.cos(off))
    return value
