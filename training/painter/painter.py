"""The corpus painter: screens of imaginary games in NES palette indices, with the role of every cell.

`paint_game` makes up a game, `paint_screen` paints one of its screens, `paint_games` many of many games. A
screen is uint8[224, 224] of palette indices; every 16x16 cell uses one of the game's four sub-palettes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.palette import BLACK
from generator.nes.roles import CELLS, SCREEN_PX, Role

from ..corpus import Source
from ..workers import in_order
from .figures import font
from .layouts import lay_out_screen
from .materials import pick
from .painting import Painting
from .styles import DECOR, LIFE, Game, paint_game

HELD_OUT_EVERY = 16
"""One game of so many is never trained on: metrics and the roles' accuracy are measured on those."""
LICENCE, CREDITS = "MIT", "painted by Ganvania's corpus painter"

_FONT = font()
_LETTERS = "ABCDEGHIKLMNOPRSTUVWY"
_WORDS = (
    "SCORE", "TIME", "STAGE", "PLAYER", "ENEMY", "LIFE", "GOLD", "HEART", "SOUL", "KEY", "MOON", "POWER",
)  # fmt: skip


def _write(bar: NDArray[np.uint8], x_glyph: int, y_glyph: int, text: str, ink: int) -> None:
    """Writes text in 8x8 glyphs at a glyph position of `bar` uint8[h, 224]; what does not fit is left out."""
    for i, letter in enumerate(text):
        x = 8 * (x_glyph + i)
        if letter in _FONT and x + 8 <= bar.shape[1]:
            cell = bar[8 * y_glyph : 8 * y_glyph + 8, x : x + 8]
            cell[_FONT[letter] > 0] = ink


def _life_bar(bar: NDArray[np.uint8], at_glyph: tuple[int, int], full: int, total: int, ink: int) -> None:
    """Draws `total` blocks 4 px wide, of which the first `full` are filled."""
    y = 8 * at_glyph[1]
    for i in range(total):
        x = 8 * at_glyph[0] + 4 * i
        if x + 4 > bar.shape[1]:
            return
        if i < full:
            bar[y + 1 : y + 7, x : x + 3] = ink
        else:
            bar[y + 1 : y + 7, x : x + 3] = 3
            bar[y + 2 : y + 6, x + 1] = 0


def _status_bar(painting: Painting, rng: Generator) -> None:
    """Paints the status bar: words and positions are the game's, numbers differ from screen to screen."""
    game = painting.game
    style = np.random.default_rng(game.bar_style)
    bar = np.zeros((16 * game.bar_rows, SCREEN_PX), dtype=np.uint8)
    left = int(style.integers(1, 3))
    words = [str(w) for w in style.permutation([w for w in _WORDS if len(w) < 6])[:2]]
    words += [str(w) for w in style.permutation([w for w in _WORDS if w not in words])[:2]]
    if style.random() < 0.3:
        lengths = style.integers(3, 6, len(words))
        words = ["".join(style.choice(list(_LETTERS), int(n)).tolist()) for n in lengths]
    mark = "-" if style.random() < 0.5 else " "
    second = left + 14 + int(style.integers(0, 2))
    total = pick(style, 8, 12, 16)
    _write(bar, left, 1, f"{words[0]}{mark}{int(rng.integers(10**6)):06d}", 3)
    _write(bar, second, 1, f"{words[1]} {int(rng.integers(100)):02d}", 3)
    _write(bar, left, 2, words[2][:6], 3)
    _life_bar(bar, (left + 7, 2), int(rng.integers(1, total + 1)), total, 2)
    if game.bar_rows > 2:
        _write(bar, left, 3, words[3][:6], 3)
        second_ink = 2 if style.random() < 0.5 else 1
        _life_bar(bar, (left + 7, 3), total - int(rng.integers(0, 4)), total, second_ink)
        _write(bar, 23, 3, f"P{mark}{int(rng.integers(100)):02d}", 3)
    if style.random() < 0.6:  # the box of the weapon
        x = 8 * min(second + 4, 19) + 4
        box = bar[16 : 16 * game.bar_rows - 1, x : x + 24]
        box[:] = 0
        box[0] = box[-1] = box[:, 0] = box[:, -1] = 2
        if len(box) >= 14:
            box[3:11, 9:15] = 2
            box[3:9, 10:13] = 3
    if game.opaque_zero and game.palettes[DECOR][1] == BLACK:
        bar[bar == 0] = 1
    rows = slice(0, game.bar_rows)
    painting.shades[: bar.shape[0]] = bar
    painting.sub[rows] = DECOR
    inked = (bar != bar[0, 0]).reshape(game.bar_rows, 16, CELLS, 16).any(axis=(1, 3))
    painting.roles[rows] = np.where(inked, Role.GLYPH, Role.BACKDROP)


def _figures(painting: Painting, rng: Generator) -> None:
    """Paints up to three small creatures that stand or hover."""
    for _ in range(pick(rng, 0, 1, 1, 2, 3)):
        piece = pick(rng, *painting.game.figures)
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        height = piece.shape[0] // 16
        column = int(rng.integers(CELLS))
        for row in range(painting.first_row + height, CELLS):
            under = painting.roles[row, column]
            lands = under in (Role.GROUND_TOP, Role.PLATFORM) or (height == 1 and rng.random() < 0.08)
            if lands and painting.free(row - height, column, height, 1):
                painting.lay(row - height, column, piece, DECOR if rng.random() < 0.5 else LIFE, Role.FIGURE)
                break


def paint_screen(game: Game, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A screen of a game: palette indices uint8[224, 224] and roles uint8[14, 14], a function of the seed."""
    rng = np.random.default_rng([0x5C, game.seed, seed])
    painting = Painting(game)
    lay_out_screen(painting, rng)
    _figures(painting, rng)
    if game.bar_rows:
        _status_bar(painting, rng)
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
