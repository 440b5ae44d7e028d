"""The corpus painter: screens of imaginary games in NES palette indices, with the role of every cell.

`paint_game` makes up a game, `paint_screen` paints one of its screens, `paint_games` many of many games. A
screen is uint8[224, 224] of palette indices; every 16x16 cell uses one of the game's four sub-palettes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.roles import CELLS, Role

from ..corpus import Source
from ..workers import in_order
from .layouts import lay_out_screen
from .materials import pick
from .painting import Painting
from .palettes import DECOR, FAR, LIFE
from .status import status_bar
from .styles import Game, paint_game

HELD_OUT_EVERY = 16
"""One game of so many is never trained on: metrics and the roles' accuracy are measured on those."""
LICENCE, CREDITS = "MIT", "painted by Ganvania's corpus painter"


def _figures(painting: Painting, rng: Generator) -> None:
    """Paints up to three small creatures that stand or hover."""
    for _ in range(pick(rng, 0, 1, 1, 2, 3)):
        piece = pick(rng, *painting.game.figures)
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        height = piece.shape[0] // 16
        sub = DECOR if rng.random() < 0.5 or not painting.game.shares_dark(FAR, LIFE) else LIFE
        column = int(rng.integers(CELLS))
        for row in range(painting.first_row + height, CELLS):
            under = painting.roles[row, column]
            lands = under in (Role.GROUND_TOP, Role.PLATFORM) or (height == 1 and rng.random() < 0.08)
            if lands and painting.free(row - height, column, height, 1):
                painting.lay(row - height, column, piece, sub, Role.FIGURE)
                break


def paint_screen(game: Game, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A screen of a game: palette indices uint8[224, 224] and roles uint8[14, 14], a function of the seed."""
    rng = np.random.default_rng([0x5C, game.seed, seed])
    painting = Painting(game)
    lay_out_screen(painting, rng)
    _figures(painting, rng)
    if game.bar_rows:
        status_bar(painting, rng)
    sub_px = np.repeat(np.repeat(painting.sub, 16, 0), 16, 1)
    return game.palettes[sub_px, painting.shades], painting.roles


def _paint_some(task: tuple[int, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    game_seed, first, count = task
    game = paint_game(game_seed)
    pairs = [paint_screen(game, first + i) for i in range(count)]
    return np.stack([p[0] for p in pairs]), np.stack([p[1] for p in pairs])


def paint_games(
    screens: int, games: int, seed: int, processes: int = 2
) -> Iterator[tuple[Source, NDArray[np.uint8], NDArray[np.uint8]]]:
    """Yields every game's source, its screens uint8[k, 224, 224] and their roles uint8[k, 14, 14].

    The same arguments give the same screens, whatever `processes` is. Raises ValueError where a game would
    get no screen.
    """
    if games < 1 or screens < games:
        raise ValueError(f"{screens} screens for {games} games: every game needs at least one")
    counts = np.full(games, screens // games)
    counts[: screens % games] += 1
    tasks = [(seed * 1_000_003 + g, 0, int(counts[g])) for g in range(games)]
    held_out = HELD_OUT_EVERY - 1
    sources = [
        Source("painter", f"game {g} of seed {seed}", LICENCE, CREDITS, g % HELD_OUT_EVERY == held_out)
        for g in range(games)
    ]
    painted = in_order(_paint_some, tasks, processes, chunk=4)
    yield from ((source, *pair) for source, pair in zip(sources, painted, strict=True))
