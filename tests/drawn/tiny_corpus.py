"""A corpus, networks and runs so small that a step of training takes hundredths of a second."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from generator.nes.palette import CANONICAL
from generator.nes.roles import CELLS, SCREEN_PX, TILE, Role
from training.corpus import Corpus, CorpusWriter, Source, open_corpus
from training.gan import checkpoint
from training.gan.config import Budget, TrainConfig

TINY = TrainConfig(
    seed=5,
    batch=4,
    latent=6,
    plan_widths=(8, 8),
    plan_blocks=1,
    bank=6,
    code=4,
    codec_width=16,
    critic_widths=(4, 4, 8),
    critic_group=1,
    discriminator_widths=(4, 4, 4, 8, 8),
    codec_images=24,
    codes_images=28,
    wait_images=4,
)
"""Its lessons are the steps 0 to 5, 6 to 12, and those from 13 on."""


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


def budget(steps: int, **others: object) -> Budget:
    """So many steps of TINY, fp32, without sample grids unless they are asked for."""
    plain = Budget(images=steps * TINY.batch, grid_every=10**9, precision="fp32", grid=1, calibration=8)
    return replace(plain, **others)  # type: ignore[arg-type]  # fields of Budget


def newest(run: Path) -> checkpoint.Checkpoint:
    """The newest checkpoint of a run's folder."""
    saved = checkpoint.load_newest(run / "checkpoints")
    assert saved is not None
    return saved


def same_state(one: Path, other: Path) -> bool:
    """Whether the newest checkpoints of two runs hold the same tensors, to the bit."""
    ours, theirs = newest(one).tensors, newest(other).tensors
    return ours.keys() == theirs.keys() and all(torch.equal(ours[name], theirs[name]) for name in ours)
