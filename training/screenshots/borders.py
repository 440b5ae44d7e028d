"""What lies around a game's screen in a picture: bars of a video, a window's frame, its title and menu."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .native import NATIVE_PX, RGB

BORDER_SHARE, EVEN_PX = 0.02, 4
"""The borders of a video are at least this share of a side, and as wide on both sides but for so many px."""
MENU_SHARE = 0.5
"""A row of a menu has at least this share of its own colour; the rest are letters."""
MOST_MENU = 0.25
"""Of a window's height."""
STAINS = 0.5
"""Mean difference, in 0..255, up to which a line counts as of one colour: JPEG leaves stains. (measured)"""


def without_borders(picture: RGB, centred: bool = True) -> RGB:
    """A picture without bars of one colour around it.

    Args:
        centred: only bars as wide on both sides, as videos have them; else any, as windows have them.
    """
    for axis in (0, 1):
        lines = np.moveaxis(picture, axis, 0)
        before, after = _even_lines(lines), _even_lines(lines[::-1])
        if before + after >= len(lines):
            return picture  # nothing lies between
        if not centred:
            picture = np.moveaxis(lines[before : len(lines) - after], 0, axis)
            continue
        both = min(before, after)
        if both >= BORDER_SHARE * len(lines) and abs(before - after) <= EVEN_PX:
            # A side that seems to have more has a dark edge, or JPEG's stains.
            before, after = (both, both) if abs(before - after) > 1 else (before, after)
            picture = np.moveaxis(lines[before : len(lines) - after], 0, axis)
    return picture


def without_windows(picture: RGB) -> Iterator[RGB]:
    """What may be the screen in a picture of a window: without its frame, its title and menu, and a line of
    messages below."""
    heights: set[int] = set()
    below = without_menu(picture)
    for plain in (picture, below, without_menu(below[::-1])[::-1]):
        if len(plain) not in heights:
            heights.add(len(plain))
            for part in (_cut_to_size(plain), without_borders(plain, centred=False)):
                if part.shape != picture.shape:
                    yield part


def without_menu(picture: RGB) -> RGB:
    """A picture without a window's title and menu: the uppermost rows as far as each is mostly of one colour,
    that of the corner; the rest are letters."""
    same = (picture == picture[0, 0]).all(2).mean(1) >= MENU_SHARE
    height = int(np.argmin(same))
    return picture if same.all() or height > MOST_MENU * len(picture) else picture[height:]


def _cut_to_size(picture: RGB) -> RGB:
    """A picture a little larger than a console's screen, without as many even lines around it: a screen with
    dark edges of its own keeps them."""
    for axis, sizes in ((0, NATIVE_PX[1]), (1, NATIVE_PX[0])):
        lines = np.moveaxis(picture, axis, 0)
        before, after = _even_lines(lines), _even_lines(lines[::-1])
        fitting = [size for size in sizes if 0 <= len(lines) - size <= before + after]
        if fitting:
            spare = len(lines) - max(fitting)
            first = min(max(spare // 2, spare - after), before)
            picture = np.moveaxis(lines[first : first + max(fitting)], 0, axis)
    return picture


def _even_lines(lines: RGB) -> int:
    """How many lines, from the first one, are of its first pixel's colour."""
    count = 0
    colour = lines[0, 0].astype(np.int16)
    while count < len(lines) and np.abs(lines[count] - colour).mean() <= STAINS:
        count += 1
    return count
