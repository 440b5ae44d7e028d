"""Collects a corpus of any mix: the painter's games, kits of open art, the user's own screenshots."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from generator.nes.palette import to_rgb

from .corpus import Corpus, CorpusError, CorpusWriter, open_corpus
from .kits import add_kits, art_kits, sheet_kits
from .painter import paint_games
from .pictures import grid_picture, save_picture
from .screenshots import Wishes, take_in

FEW_SCREENS = 500
"""Fewer screens than this are learnt by heart: the dreams are then copies of them. (by eye)"""
LEFT_OUT = "left-out.tsv"
"""The list, in a corpus's folder, of the pictures that were left out."""
TILES_LEFT_OUT = "tiles-left-out.tsv"
"""The same of tile sets."""
SHOWN = 24
"""Screens of a corpus on its `sheet.png`."""


@dataclass(frozen=True)
class Mix:
    """What a corpus is made of; a count of 0 leaves a source out."""

    painter: int = 0  # screens to paint
    games: int = 480  # imaginary games that painted ones are of
    art: Path | None = None  # folder of the art packs, for kits
    tiles: tuple[str, ...] = ()  # folders, sheets or .tsx files of tile sets, for kits
    kits: int = 0  # screens to draw with kits
    screens: tuple[str, ...] = ()  # folders, zip files, pictures or globs of screenshots
    beside: int = 0  # screens to paint where all this is fewer than `FEW_SCREENS`
    wishes: Wishes = field(default_factory=Wishes)  # what is wanted of screenshots
    seed: int = 1  # of all that is painted or drawn


def collect(folder: Path, mix: Mix, processes: int) -> Corpus:
    """Writes and opens a corpus; `left-out.tsv` beside it lists what was left out of the screenshots.

    Raises: GanvaniaError where a source cannot be used or the disk refuses; the folder's former corpus stays.
    """

    if mix.painter and not 1 <= mix.games <= mix.painter:
        raise CorpusError(
            f"{folder}: cannot paint {mix.painter} screens of {mix.games} games; "
            "ask for 1 <= games <= screens"
        )
    with CorpusWriter(folder) as writer:
        if mix.painter:
            for painted in paint_games(mix.painter, mix.games, mix.seed, processes):
                writer.add(*painted)
        if mix.kits:
            kits = art_kits(mix.art) if mix.art else []
            if mix.tiles:
                kits += sheet_kits(mix.tiles, folder / TILES_LEFT_OUT)
            if not kits:
                raise CorpusError(
                    f"{folder}: kits need --art DIR, which `python -m training art --out DIR` fetches, or "
                    "--tiles DIR"
                )
            add_kits(writer, kits, mix.kits, mix.seed, processes)
        if mix.screens:
            take_in(writer, mix.screens, folder / LEFT_OUT, processes, mix.wishes)
        if mix.beside and writer.count < FEW_SCREENS:
            for painted in paint_games(mix.beside, mix.games, mix.seed, processes):
                writer.add(*painted)
    corpus = open_corpus(folder)
    rows = np.linspace(0, len(corpus), min(SHOWN, len(corpus)), endpoint=False).astype(np.int64)
    save_picture(folder / "sheet.png", grid_picture(to_rgb(corpus.read(rows))))
    return corpus


def complaints(corpus: Corpus) -> list[str]:
    """What will go wrong with a corpus: one that is too small, or most of whose pictures were left out."""
    found = []
    listing = corpus.path / LEFT_OUT
    used = sum(source.kind == "screenshot" for source in corpus.sources)
    if used and listing.exists():
        left_out = listing.read_text("utf-8").splitlines()
        if len(left_out) > used:
            found.append(
                f"{corpus.path}: {used} of {used + len(left_out)} pictures could be used; {listing} says "
                "what is wrong with each of the others"
            )
    count = len(corpus.training_rows())
    if count < FEW_SCREENS:
        found.append(
            f"{corpus.path}: only {count} screens to train on: the network will learn them by heart and "
            f"dream copies; give {FEW_SCREENS} or more, mix in --painter 12000, or begin with a trained "
            "network: `train --start`"
        )
    return found
