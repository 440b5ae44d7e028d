"""The generator in one object: levels of any shape, and dreamed art for levels of one's own.

    level = Dreamer().level(seed=7)                            # a castle's first stage
    level = Dreamer().level(seed=7, shape="strip", width=8)    # eight screens that scroll to the right
    dressed = Dreamer().tiles(["........", "..====..", "########", "########"])

All of it blocks: a level takes one to three seconds. While a game runs, take `LevelStream`.
"""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from typing import Any

from .constraints import Constraints
from .drawing import role_grid
from .dream.loading import load_networks
from .dream.network import Networks
from .errors import GanvaniaError, path_of, shown
from .level import Level
from .look.own import Dressed, dress_own
from .motion import NES_MOTION, AnyMotion, OwnMotion, load_motion
from .proof.pace import check_pace
from .shapes import THEMES, Shape, check_integers, check_shape, check_theme
from .stream.build import build_level
from .stream.key import Built
from .style import Style


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

        Raises GanvaniaError where an argument is none of these, and MotionError for a motion that is too slow
        to be proven for; a file is read only when it is needed.
        """
        self._paths = (
            None if model is None else path_of("model", model),
            None if roles is None else path_of("roles", roles),
        )
        if style is not None and not isinstance(style, Style):
            raise GanvaniaError(f"style: {shown(style)} is no Style; write Style(...)")
        self.motion = NES_MOTION if motion is None else load_motion(motion)
        if isinstance(self.motion, OwnMotion):
            check_pace(self.motion)
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
        screens, look = check_shape(shape, width, theme)
        seed, stage, difficulty, art = check_integers(seed, stage, difficulty, art, shape)
        if constraints is not None and not isinstance(constraints, Constraints):
            raise GanvaniaError(
                f"constraints: {shown(constraints)} is no Constraints; write Constraints(...)"
            )
        if shape == "dream" and constraints:
            raise GanvaniaError("constraints: dream rooms are as they are dreamed; leave it out")
        try:
            return build_level(
                seed,
                stage,
                networks=self.networks,
                art=art,
                difficulty=difficulty,
                mode=shape,
                motion=self.motion,
                width=screens,
                theme=look,
                constraints=constraints,
                style=self.style,
            )
        except RuntimeError as error:
            raise GanvaniaError(f"motion: {error}") from error

    def tiles(self, roles_grid: Any, seed: int = 0, *, theme: str | None = None, art: int = 0) -> Dressed:
        """Your own level in dreamed art: legible, in four sub-palettes, every tile a cell of a dream.

        Nothing is moved and nothing is proven: what is solid stays your game's business. Windows, columns and
        bushes are shown where you drew them, if the dreams have some. Doors, candles and what can be broken
        are things of your game; where they are one sees what is behind them, or ground.

        Args:
            roles_grid: the `Role` of each tile, uint8[H, W] of 4x4 tiles or more; or lines of characters: "."
                sky, " " wall (indoors), "#" ground, "=" platform, "~" water, "^" spikes, "/" stairs that rise
                to the right, "\\" to the left, "|" column, "I" window, "&" bush, "B" ground that breaks, "D"
                door, "*" candle. They are in `ganvania.drawing.LEGEND`.
            seed, art: as in `level`.
            theme: as in `level`, "gate" where none is named.

        Raises GanvaniaError, one line that begins with the argument's name; NetworkError.
        """
        grid = role_grid(roles_grid)
        if theme is not None:
            check_theme(theme)
        look = 1 + THEMES.index(theme or THEMES[0])
        seed, _, _, art = check_integers(seed, 1, 1, art, None)
        wish = None if self.style is None else self.style.wish
        return dress_own(grid, seed, look, art, self.networks, wish=wish)
