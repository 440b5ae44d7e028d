"""A corpus and options small enough that training takes seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from generator.nes.palette import CANONICAL
from generator.nes.roles import CELLS, SCREEN_PX, TILE, Role
from training.corpus import Corpus, CorpusWriter, Source, open_corpus
from training.gan.config import TrainConfig

TINY = TrainConfig(
    seed=5,
    batch=2,
    latent=6,
    generator_widths=(8, 8, 4, 4, 4),
    discriminator_widths=(4, 4, 4, 8, 8),
    mirror=True,
)


def tiny_corpus(folder: Path, screens: int = 36, games: int = 18, seed: int = 3) -> Corpus:
    """Screens of one colour a cell; its role is a function of the colour. The top row is a status bar."""
    dice = np.random.default_rng(seed)
    roles = dice.integers(0, Role.GLYPH, (screens, CELLS, CELLS)).astype(np.uint8)
    roles[:, 0] = Role.GLYPH
    cells = CANONICAL[roles * 3].astype(np.uint8)
    pictures = np.kron(cells, np.ones((1, TILE, TILE), np.uint8))
    assert pictures.shape[1:] == (SCREEN_PX, SCREEN_PX)
    with CorpusWriter(folder) as writer:
        for game in range(games):
            of_game = np.arange(screens) % games == game
            source = Source("painter", f"game {game}", "MIT", "painted by a test", game % 16 == 15)
            writer.add(source, pictures[of_game], roles[of_game])
    return open_corpus(folder)
