"""The generator in one object: levels of any shape, and dreamed art for levels of one's own.

    level = Dreamer().level(seed=7)                            # a castle's first stage
    level = Dreamer().level(seed=7, shape="strip", width=8)    # eight screens that scroll to the right
    dressed = Dreamer().tiles(["........", "..====..", "########", "########"])

All of it blocks: a level takes one to three seconds. While a game runs, take `LevelStream`.
"""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from .constraints import Constraints
from .drawing import role_grid
from .dream.network import Networks, load_networks
from .errors import GanvaniaError, whole
from .layout.plan import WINGS
from .layout.strips import MOST_SCREENS
from .level import Level
from .level.codes import LARGEST_DIFFICULTY, LARGEST_STAGE, STAGES
from .look.own import Dressed, dress_own
from .motion import NES_MOTION, AnyMotion, load_motion
from .stream.build import build_level
from .stream.key import Built
from .style import Style

Shape = Literal["castle", "strip", "room", "dream"]
SHAPES: tuple[Shape, ...] = "castle", "strip", "room", "dream"
WIDE = ("strip", "room")
"""Shapes with a width of one's own."""
THEMES = tuple(WINGS)
"""What levels may look like, in the order of a castle's stages."""


class Dreamer:
    """Builds levels, one after the other, with networks that are loaded once, when they are first needed.

    It may be used by one thread at a time. For other threads and processes make others.
    """

    def __init__(
        self,
        model: str | PathLike[str] | None = None,
        roles: str | PathLike[str] | None = None,
        *,
        motion: AnyMotion | str | None = None,
        style: Style | None = None,
    ) -> None:
        """model, roles: files of a generator network and of a role network, by default those that ship.
        motion: the hero that levels are proven for, or what `load_motion` finds him by; by default
        Castlevania's. style: what else the dreams should be like; its palette and its tiles are for
        `Style.apply`.

        Raises GanvaniaError where an argument is none of these; a file is read only when it is needed.
        """
        self._paths = _path("model", model), _path("roles", roles)
        if style is not None and not isinstance(style, Style):
            raise GanvaniaError(f"style: {_shown(style)} is no Style; write Style(...)")
        self.motion = NES_MOTION if motion is None else load_motion(motion)
        self.style = style

    @cached_property
    def networks(self) -> Networks:
        """The networks. Raises NetworkError for files that are none."""
        return load_networks(*self._paths)

    def level(
        self,
        seed: int = 0,
        stage: int = 1,
        *,
        shape: Shape = "castle",
        width: int | None = None,
        theme: str | None = None,
        difficulty: int = 1,
        art: int = 0,
        constraints: Constraints | None = None,
    ) -> Level:
        """A level of these integers, proven and dressed.

        Args:
            seed: 0 to 2^64 - 1. Its structure is the same on every machine, its look nearly.
            stage: 1, 2, ...; how hard it is, and its theme where none is named. A castle has six.
            shape: "castle", a stage of rooms with doors, keys and walls that break; "strip", one long room
                that scrolls to the right; "room", one room; "dream", rooms that are dreamed screens.
            width: screens of 16x15 tiles of a strip, 1 to 64, or of a room.
            theme: what it looks like, "gate", "hall", "crypt", "cave", "works" or "keep"; strips and rooms
                have that theme's kinds of rooms, too.
            difficulty: 1 is normal; each adds two stages' worth.
            art: how often it was dreamed anew.
            constraints: what else it keeps to.

        Raises GanvaniaError, one line that begins with the argument's name, where one cannot be used;
        ConstraintError where a constraint cannot be met; NetworkError where a network cannot be used.
        """
        return self.build(
            seed, stage, shape=shape, width=width, theme=theme, difficulty=difficulty, art=art,
            constraints=constraints,
        ).level  # fmt: skip

    def build(
        self,
        seed: int = 0,
        stage: int = 1,
        *,
        shape: Shape = "castle",
        width: int | None = None,
        theme: str | None = None,
        difficulty: int = 1,
        art: int = 0,
        constraints: Constraints | None = None,
    ) -> Built:
        """The same with the dreams that the level is made of."""
        if shape not in SHAPES:
            raise GanvaniaError(f"shape: there is no {_shown(shape)}; write {', '.join(SHAPES)}")
        if width is not None and shape not in WIDE:
            raise GanvaniaError(
                f"width: a {shape} has no width of its own; take the shape {' or '.join(WIDE)}"
            )
        if constraints is not None and not isinstance(constraints, Constraints):
            raise GanvaniaError(
                f"constraints: {_shown(constraints)} is no Constraints; write Constraints(...)"
            )
        if shape == "dream" and (constraints or theme):
            name = "constraints" if constraints else "theme"
            raise GanvaniaError(f"{name}: dream rooms are as they are dreamed; leave it out")
        last = STAGES if shape == "castle" else LARGEST_STAGE
        screens = 0 if width is None else whole("width", width, 1, MOST_SCREENS)
        try:
            return build_level(
                whole("seed", seed, 0, (1 << 64) - 1),
                whole("stage", stage, 1, last),
                networks=self.networks,
                art=whole("art", art, 0, (1 << 32) - 1),
                difficulty=whole("difficulty", difficulty, 1, LARGEST_DIFFICULTY),
                mode=shape,
                motion=self.motion,
                width=screens,
                theme=_theme(theme) or "",
                constraints=constraints,
                style=self.style,
            )
        except RuntimeError as error:
            raise GanvaniaError(f"motion: {error}") from error

    def tiles(self, roles_grid: Any, seed: int = 0, *, theme: str | None = None, art: int = 0) -> Dressed:
        """Your own level in dreamed art: legible, in four sub-palettes, every tile a cell of a dream.

        Nothing is moved and nothing is proven: what is solid stays your game's business. Doors, candles and
        what can be broken are things of your game; where they are one sees what is behind them, or ground.

        Args:
            roles_grid: the `Role` of each tile, uint8[H, W] of 4x4 tiles or more; or lines of the characters
                of `drawing.LEGEND`: "#" ground, "=" platform, "." sky, " " wall, "~" water, "^" spikes, "/"
                stairs, "|" column, "&" bush, "D" door, "*" candle. A wall is indoors.
            seed, art: as in `level`.
            theme: as in `level`, "gate" where none is named.

        Raises GanvaniaError, one line that begins with the argument's name; NetworkError.
        """
        grid = role_grid(roles_grid)
        look = 1 + THEMES.index(_theme(theme) or THEMES[0])
        seed, art = whole("seed", seed, 0, (1 << 64) - 1), whole("art", art, 0, (1 << 32) - 1)
        wish = None if self.style is None else self.style.wish
        return dress_own(grid, seed, look, art, self.networks, wish=wish)


def _theme(theme: str | None) -> str | None:
    """A theme's name. Raises GanvaniaError where there is no such."""
    if theme is not None and theme not in THEMES:
        raise GanvaniaError(f"theme: there is no {_shown(theme)}; write {', '.join(THEMES)}")
    return theme


def _path(name: str, path: object) -> Path | None:
    """A file's path. Raises GanvaniaError where it is none."""
    if path is None or isinstance(path, Path):
        return path
    if not isinstance(path, str | PathLike):
        raise GanvaniaError(f"{name}: {_shown(path)} is no path; name a file such as dream.onnx")
    return Path(path)


def _shown(value: object) -> str:
    """A value as errors repeat it."""
    return repr(value)[:40]
