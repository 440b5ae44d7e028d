"""The status bar of a painted screen: words, numbers, bars of life, the box of the weapon."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.palette import BLACK
from generator.nes.roles import CELLS, SCREEN_PX, Role

from .lettering import Font, font
from .materials import pick
from .painting import Painting
from .palettes import DECOR

_LETTERS = "ABCDEGHIKLMNOPRSTUVWY"
_WORDS = (
    "SCORE", "TIME", "STAGE", "PLAYER", "ENEMY", "LIFE", "GOLD", "HEART", "SOUL", "KEY", "MOON", "POWER",
)  # fmt: skip


def _write(bar: NDArray[np.uint8], letters: Font, x_glyph: int, y_glyph: int, text: str) -> None:
    """Writes text in 8x8 glyphs at a glyph position of `bar` uint8[h, 224]; what does not fit is left out."""
    for i, letter in enumerate(text):
        x = 8 * (x_glyph + i)
        if letter in letters and x + 8 <= bar.shape[1]:
            bar[8 * y_glyph : 8 * y_glyph + 8, x : x + 8] = letters[letter]


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


def status_bar(painting: Painting, rng: Generator) -> None:
    """Paints the status bar: words and positions are the game's, numbers differ from screen to screen."""
    game = painting.game
    style = np.random.default_rng(game.bar_style)
    letters = font(style)
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
    _write(bar, letters, left, 1, f"{words[0]}{mark}{int(rng.integers(10**6)):06d}")
    _write(bar, letters, second, 1, f"{words[1]} {int(rng.integers(100)):02d}")
    _write(bar, letters, left, 2, words[2][:6])
    _life_bar(bar, (left + 7, 2), int(rng.integers(1, total + 1)), total, 2)
    if game.bar_rows > 2:
        _write(bar, letters, left, 3, words[3][:6])
        second_ink = 2 if style.random() < 0.5 else 1
        _life_bar(bar, (left + 7, 3), total - int(rng.integers(0, 4)), total, second_ink)
        _write(bar, letters, 23, 3, f"P{mark}{int(rng.integers(100)):02d}")
    if style.random() < 0.6:  # the box of the weapon
        x = 8 * min(second + 4, 19) + 4
        box = bar[16 : 16 * game.bar_rows - 1, x : x + 24]
        box[:] = 0
        box[0] = box[-1] = box[:, 0] = box[:, -1] = 2
        if len(box) >= 14:
            box[3:11, 9:15] = 2
            box[3:9, 10:13] = 3
    if style.random() < 0.25:  # a line under the bar
        bar[-2], bar[-1] = pick(style, 2, 3), 1
    if game.opaque_zero and game.palettes[DECOR][1] == BLACK:
        bar[bar == 0] = 1
    rows = slice(0, game.bar_rows)
    painting.shades[: bar.shape[0]] = bar
    painting.sub[rows] = DECOR
    inked = (bar != bar[0, 0]).reshape(game.bar_rows, 16, CELLS, 16).any(axis=(1, 3))
    painting.roles[rows] = np.where(inked, Role.GLYPH, Role.BACKDROP)
