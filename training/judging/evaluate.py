"""Judges networks against the held-out games of a corpus."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.dream.loading import asset
from generator.nes.palette import BLACK, quantise

from ..corpus import Corpus
from ..errors import TrainingError
from ..gan.sample import dream_of_onnx
from ..pictures import side_by_side
from .metrics import TILE_SCREENS, Judge, Metrics
from .report import Report, Section, Table, figure
from .things import KINDS

TITLES = {
    "cell_distance": "sliced Wasserstein distance of cells",
    "pyramid_distance": "the same of Laplacian pyramids",
    "precision": "precision",
    "recall": "recall",
    "tidy": "cells with at most 4 colours",
    "tidy_patterned": "the same, flat cells aside",
    "moved": "OKLab distance that quantising moves a pixel",
    "seamless": "patterned cells that repeat without a seam",
    "sure": "roles recognised with p >= 0.9",
    "tiles": f"distinct usable tiles in {TILE_SCREENS} screens",
    "diversity": "diversity",
    **{kind: f"whole {kind} a screen" for kind in KINDS},
}
_SHARES = ("precision", "recall", "tidy", "tidy_patterned", "seamless", "sure")
_SHOWN_SCREENS, _SHOWN_TILES = 24, 160
"""Screens and tiles of each network on the page."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A network's numbers, and the screens uint8[n, 224, 224] that they were measured on."""

    name: str
    images: str  # that it has seen
    metrics: Metrics
    screens: NDArray[np.uint8]


def network_of(source: Path) -> Path:
    """The ONNX file of a run's folder, or the file itself. Raises TrainingError where there is none yet."""
    if source.is_dir():
        exported = source / "network.onnx"
        if not exported.exists():
            raise TrainingError(
                f"{source}: has exported no network yet; train on, or use `python -m training export`"
            )
        return exported
    return source


def evaluate(corpus: Corpus, sources: list[Path], roles: Path | None = None) -> tuple[Judge, list[Judged]]:
    """Judges runs and ONNX files, in their order. Raises TrainingError, NetworkError."""
    judge = Judge(corpus, roles or asset("roles.onnx"))
    judged = []
    for source in sources:
        dreamed, images = dream_of_onnx(network_of(source), range(len(judge.reference)))
        screens = quantise(dreamed)
        judged.append(Judged(str(source), images, judge.measure(screens, dreamed), screens))
    return judge, judged


def evaluation_report(judge: Judge, judged: list[Judged]) -> Report:
    """Says how networks were judged, and shows some of their screens and tiles."""
    explained = (
        f"{len(judge.reference)} dreams, quantised as the game does it, beside as many screens of held-out "
        "games that are not the reference. Distances are to the reference: the other half of the held-out "
        "games. Down is better for distances and for what quantising moves, up for everything else. No "
        "number says it all.",
    )
    sections = []
    for each in judged:
        tiles = judge.tiles_of(each.screens)
        some = tiles[:: max(1, len(tiles) // _SHOWN_TILES)][:_SHOWN_TILES]
        figures = (
            figure(
                side_by_side(each.screens[:_SHOWN_SCREENS], 6, BLACK), f"the first {_SHOWN_SCREENS} dreams"
            ),
            figure(side_by_side(some, 40, BLACK), "some of its distinct usable tiles", 2),
        )
        sections.append(Section(each.name, (f"{each.images} images seen.",), figures=figures))
    shown = figure(side_by_side(judge.others[:_SHOWN_SCREENS], 6, BLACK), "screens of held-out games")
    sections.append(Section("What nobody dreamed", figures=(shown,)))
    numbers = {each.name: {"images": each.images, **asdict(each.metrics)} for each in judged}
    numbers["held-out games"] = asdict(judge.held_out)
    table = _table(judge, judged)
    return Report("metrics", "What the dreams are worth", numbers, explained, table, tuple(sections))


def _table(judge: Judge, judged: list[Judged]) -> Table:
    """A column for each network; the last one is that of the held-out games."""
    head = ("", *(f"{each.name}, {each.images} images" for each in judged), "held-out games")
    columns = [asdict(metrics) for metrics in (*(each.metrics for each in judged), judge.held_out)]
    rows = [(title, *(_shown(name, column[name]) for column in columns)) for name, title in TITLES.items()]
    own = judge.held_out.cell_distance
    excess = (f"{each.metrics.cell_distance - own:+.4f}" for each in judged)
    return (head, rows[0], ("above the held-out games' own", *excess, "0"), *rows[1:])


def _shown(name: str, value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.1%}" if name in _SHARES else f"{value:.4f}"
