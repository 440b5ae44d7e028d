"""What a level can be asked for: its shapes, its themes, its integers. Nothing is loaded for them."""

from __future__ import annotations

from typing import Literal

from .errors import ArgumentError, shown, whole

Shape = Literal["castle", "strip", "room", "dream"]
SHAPES: tuple[Shape, ...] = "castle", "strip", "room", "dream"
"""What `Dreamer.level` builds."""
STREAMED = (*SHAPES, "endless")
"""What a `LevelKey` may ask for: "endless" is the game's castle without end, room after room."""
WIDE = ("strip", "room")
"""Shapes with a width of one's own."""
THEMES = ("gate", "hall", "crypt", "cave", "works", "keep")
"""What levels may look like, in the order of a castle's stages."""
STAGES = 6
"""Stages of a castle: after the last one it is cleared."""
LARGEST_NUMBER = (1 << 16) - 1
"""The largest stage and the largest difficulty: a share code can say no larger ones."""
LARGEST_SEED = (1 << 64) - 1
LARGEST_ART = (1 << 32) - 1
MOST_SCREENS = 64
"""Screens of the longest strip."""


def check_shape(
    shape: object, width: int | None, theme: str | None, known: tuple[str, ...] = SHAPES
) -> tuple[int, str]:
    """Width and theme as levels are built from them: 0 and "" where nothing was said.

    Raises ArgumentError, one line that begins with the argument's name, where the shape is none of `known`,
    or cannot have that width or that theme.
    """
    if shape not in known:
        raise ArgumentError(f"shape: there is no {shown(shape)}; write {', '.join(known)}")
    if width is not None:
        if shape not in WIDE:
            raise ArgumentError(
                f"width: a {shape} has no width of its own; take the shape {' or '.join(WIDE)}"
            )
        width = whole("width", width, 1, MOST_SCREENS)
    if theme is not None:
        check_theme(theme)
        if shape == "dream":
            raise ArgumentError("theme: dream rooms are as they are dreamed; leave it out")
    return width or 0, theme or ""


def check_integers(
    seed: int, stage: int, difficulty: int, art: int, shape: object
) -> tuple[int, int, int, int]:
    """Seed, stage, difficulty and art in Python's own integers. Raises ArgumentError as `check_shape` does.

    shape: a castle has STAGES stages, all others go on.
    """
    return (
        whole("seed", seed, 0, LARGEST_SEED),
        whole("stage", stage, 1, STAGES if shape == "castle" else LARGEST_NUMBER),
        whole("difficulty", difficulty, 1, LARGEST_NUMBER),
        whole("art", art, 0, LARGEST_ART),
    )


def check_theme(theme: object) -> None:
    """Raises ArgumentError where there is no such theme."""
    if theme not in THEMES:
        raise ArgumentError(f"theme: there is no {shown(theme)}; write {', '.join(THEMES)}")
