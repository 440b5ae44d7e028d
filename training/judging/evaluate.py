"""Judges networks and says it three ways: a table, JSON, and a page with pictures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.dream.network import asset, load_generator
from generator.files import write_atomically
from generator.nes.palette import quantise

from ..corpus import Corpus
from ..errors import TrainingError
from ..gan.sample import z_of_seeds
from .metrics import TILE_SCREENS, Judge, Metrics
from .page import Section, figure, sheet, write_page

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
}
_BATCH = 16


@dataclass(frozen=True, eq=False)
class Judged:
    """A network's numbers, and the screens that they were taken on, uint8[n, 224, 224]."""

    name: str
    images: str
    metrics: Metrics
    screens: NDArray[np.uint8]


def dreams(network: Path, count: int) -> tuple[NDArray[np.uint8], str]:
    """The first so many dreams of an ONNX file, RGB uint8[n, 224, 224, 3], and the images that it has seen.

    Raises: NetworkError for a file that is none.
    """
    generator = load_generator(network)
    z = z_of_seeds(list(range(count)), generator.latent).numpy()
    parts = [generator.dream(z[first : first + _BATCH]) for first in range(0, count, _BATCH)]
    return np.concatenate(parts), str(generator.metadata.get("images_seen", "?"))


def judge_files(judge: Judge, files: list[tuple[str, Path]]) -> list[Judged]:
    """The numbers of ONNX files, in their order."""
    found = []
    for name, path in files:
        dreamed, images = dreams(path, len(judge.reference))
        screens = quantise(dreamed)
        found.append(Judged(name, images, judge.measure(screens, dreamed), screens))
    return found


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
    """Judges runs and ONNX files against one corpus's held-out games. Raises TrainingError, NetworkError."""
    judge = Judge(corpus, roles or asset("roles.onnx"))
    return judge, judge_files(judge, [(str(source), network_of(source)) for source in sources])


def as_table(judge: Judge, judged: list[Judged]) -> tuple[tuple[str, ...], ...]:
    """The first row is the head; the last column is that of held-out games."""
    head = ("", *(f"{each.name}, {each.images} images" for each in judged), "held-out games")
    columns = [*(each.metrics.to_dict() for each in judged), judge.held_out.to_dict()]
    rows = [(title, *(_shown(name, column[name]) for column in columns)) for name, title in TITLES.items()]
    own = judge.held_out.cell_distance
    excess = (
        "above the held-out games' own",
        *(f"{each.metrics.cell_distance - own:+.4f}" for each in judged),
        "0",
    )
    return (head, rows[0], excess, *rows[1:])


def _shown(name: str, value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    percent = name in ("precision", "recall", "tidy", "tidy_patterned", "seamless", "sure")
    return f"{value:.1%}" if percent else f"{value:.4f}"


def as_dict(judge: Judge, judged: list[Judged]) -> dict[str, Any]:
    """For JSON."""
    found = {each.name: {"images": each.images, **each.metrics.to_dict()} for each in judged}
    return {**found, "held-out games": judge.held_out.to_dict()}


def as_text(table: tuple[tuple[str, ...], ...]) -> str:
    """The table for a terminal."""
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = []
    for row in table:
        cells = [row[0].ljust(widths[0])] + [
            text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def write_results(folder: Path, judge: Judge, judged: list[Judged]) -> None:
    """Writes `metrics.json` and `metrics.html` into a folder. Raises TrainingError where the disk refuses."""
    text = json.dumps(as_dict(judge, judged), indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "metrics.json", lambda file: file.write(text.encode()))
    except OSError as error:
        raise TrainingError(
            f"{folder}: cannot be written ({error.strerror}); choose another --out"
        ) from error
    explained = (
        f"{len(judge.reference)} dreams, quantised as the game does it, beside as many screens of held-out "
        "games that are not the reference. Distances are to the reference: the other half of the held-out "
        "games. Down is better for distances and for what quantising moves, up for everything else. No "
        "number says it all.",
    )
    sections = [Section("Numbers", explained, as_table(judge, judged))]
    for each in judged:
        tiles = judge.tiles_of(each.screens)
        figures = (
            figure(sheet(each.screens[:24], 6), "the first 24 dreams"),
            figure(
                sheet(tiles[:: max(1, len(tiles) // 160)][:160], 40), "some of its distinct usable tiles", 2
            ),
        )
        sections.append(Section(each.name, (f"{each.images} images seen.",), figures=figures))
    shown = (figure(sheet(judge.others[:24], 6), "screens of held-out games"),)
    sections.append(Section("What nobody dreamed", figures=shown))
    write_page(folder / "metrics.html", "What the dreams are worth", tuple(sections))
