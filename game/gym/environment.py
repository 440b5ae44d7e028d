"""`Ganvania-v0`: one stage, from its start to its door, as an environment of Gymnasium.

env = gymnasium.make("Ganvania-v0", shape="strip", observation="pixels")
observation, info = env.reset(seed=1)
observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from generator.errors import whole
from generator.layout.strips import MOST_SCREENS
from generator.level import Level
from generator.level.codes import LARGEST_DIFFICULTY, LARGEST_STAGE, STAGES
from generator.shapes import THEMES

from ..world import World
from ..world.camera import VIEW_SIZE
from ..world.world import Outcome
from .errors import EnvironmentFault
from .levels import SHAPES, Stage, Wish, bare, code_of, dreamed, prepared, read_levels
from .seen import COLUMNS, HERO, ROLE_NUMBERS, ROWS, THINGS, see
from .steps import ACTIONS, BUTTONS, DEATH_WORTH, EXIT_WORTH, WAY_WORTH

if TYPE_CHECKING:
    from .painting import Painter

OBSERVATIONS = "roles", "pixels"
ACTION_KINDS = "discrete", "buttons"
FRAME_SKIP = 4
"""Ticks that a step lasts where nobody says otherwise: fifteen decisions a second. (as with other games of
consoles)"""
MOST_TICKS = 10_800
"""Ticks, of 60 a second, after which an episode is cut off: three minutes. (ours)"""
MOST_SKIP, LONGEST_TICKS = 60, 18_000
"""The longest step; and where a stage's clock has run out, which is a death."""
OPTIONS = "seed", "stage", "level"
"""What `reset` takes as options."""
_SEEDS = 1 << 31
_MASKS = tuple(mask for _, mask in ACTIONS)
_BITS = tuple(1 << bit for bit in range(BUTTONS))

Observation = Any
"""A dict of arrays, or an array; which one, `observation_space` says."""


class GanvaniaEnv(gymnasium.Env[Any, Any]):
    """One stage an episode. Equal seeds and equal actions give equal episodes, bit by bit, on every machine;
    only pixels may differ between machines, as dreams do."""

    metadata: dict[str, Any] = {"render_modes": ["rgb_array"], "render_fps": 60 // FRAME_SKIP}  # noqa: RUF012 - as gymnasium declares it

    def __init__(
        self,
        shape: str = "castle",
        *,
        stage: int = 1,
        difficulty: int = 1,
        width: int | None = None,
        theme: str | None = None,
        seeds: Iterable[int] | None = None,
        levels: Sequence[Level | bytes] | None = None,
        observation: str = "roles",
        actions: str = "discrete",
        frame_skip: int = FRAME_SKIP,
        most_ticks: int = MOST_TICKS,
        enemies: bool = True,
        model: str | None = None,
        render_mode: str | None = None,
    ) -> None:
        """
        Args:
            shape: "castle", a stage of rooms; "strip", one room that scrolls to the right; or "room".
            stage, difficulty, width, theme: as of `Dreamer.level`.
            seeds: of the levels, from which each episode draws one; None: any of 2^31.
            levels: these and no others, as objects or as `Level.to_bytes()`; seeds and all above are unused.
            observation: "roles", numbers of what is round the hero, which needs no network; or "pixels".
            actions: "discrete", a number of ACTIONS; or "buttons", six of 0 or 1.
            frame_skip: ticks that a step holds the buttons for.
            most_ticks: after so many an episode is truncated.
            enemies: whether there are any.
            model: the file of the network that dreams, by default the one that ships.
            render_mode: "rgb_array" or None; with it, levels are dreamed.

        Raises GanvaniaError, one line that names the argument.
        """
        _one_of("shape", shape, SHAPES)
        _one_of("observation", observation, OBSERVATIONS)
        _one_of("actions", actions, ACTION_KINDS)
        if render_mode is not None:
            _one_of("render_mode", render_mode, self.metadata["render_modes"])
        if theme is not None:
            _one_of("theme", theme, THEMES)
        if shape == "castle" and (width is not None or theme is not None):
            raise EnvironmentFault("width, theme: a castle has its own; take the shape strip or room")
        self._last_stage = STAGES if shape == "castle" else LARGEST_STAGE
        self._wish = Wish(
            0,
            shape,
            _whole("stage", stage, 1, self._last_stage),
            _whole("difficulty", difficulty, 1, LARGEST_DIFFICULTY),
            None if width is None else _whole("width", width, 1, MOST_SCREENS),
            theme,
        )
        self._skip = _whole("frame_skip", frame_skip, 1, MOST_SKIP)
        self._most_ticks = _whole("most_ticks", most_ticks, 1, LONGEST_TICKS)
        self._enemies, self._model, self.render_mode = enemies, model, render_mode
        self._pixels = observation == "pixels"
        self._drawn = self._pixels or render_mode is not None
        self._seeds = None if seeds is None else _seeds_of(seeds)
        self._levels = None if levels is None else read_levels(levels, drawn=self._drawn)
        self._buttons = actions == "buttons"
        # A copy of what is the class's: gymnasium reads an environment's own.
        self.metadata = {**self.metadata, "render_fps": max(1, 60 // self._skip)}
        self.action_space = spaces.MultiBinary(BUTTONS) if self._buttons else spaces.Discrete(len(ACTIONS))
        self.observation_space = _space(pixels=self._pixels)
        self._painter: Painter | None = None
        self._stage: Stage | None = None
        self._world: World | None = None
        self._place = 0

    @property
    def world(self) -> World:
        """The world that is played in. Raises EnvironmentFault before the first reset."""
        if self._world is None:
            raise EnvironmentFault("reset: call it before anything else")
        return self._world

    @property
    def level(self) -> Level:
        """The level of the episode."""
        return self.world.level

    def reset(
        self, *, seed: int | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begins an episode.

        Args:
            seed: of what draws the levels. After it, the same levels come in the same order.
            options: "seed" and "stage" of the level instead of a drawn one; or "level", a Level or its bytes.

        Returns the observation, and what is known of the level: as of `step`, and "seed", "stage",
        "difficulty", "shape", "code" (its share code, "" where it has none) and "certificate", the proof: a
        mask of buttons for each tick of a way to the door.
        """
        super().reset(seed=seed)
        level = self._chosen(dict(options or {}))
        self._stage = prepared(level)
        self._world = World(level, enemies=self._enemies)
        self._place = 0
        told = {
            "seed": level.seed, "stage": level.stage, "difficulty": level.difficulty, "shape": level.mode,
            "code": code_of(level), "certificate": level.certificate,
        }  # fmt: skip
        return self._observation(), self._info() | told

    def step(self, action: Any) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Holds the buttons of an action for `frame_skip` ticks, or until the stage is over.

        Returns the observation; the reward: 10 for the whole way to the door, bit by bit and each bit once,
        10 for the door, -1 for a death; whether he died or is out; whether it was cut off; and "x_px",
        "y_px" (his feet), "room", "tick", "health", "score", "progress" (0 to 1 of the way), "cleared".
        """
        world = self.world
        if self._buttons:
            mask = sum(bit for bit, pressed in zip(_BITS, action, strict=True) if pressed)
        else:
            mask = _MASKS[action]
        playing, outcome = Outcome.PLAYING, world.outcome
        if outcome is playing:
            for _ in range(self._skip):
                world.step(mask)
                if world.outcome is not playing:
                    break
            reward = self._gained(world)
        else:
            reward = 0.0
        terminated = world.outcome is not playing
        truncated = not terminated and world.tick >= self._most_ticks
        return self._observation(), reward, terminated, truncated, self._info()

    def render(self) -> NDArray[np.uint8] | None:
        """RGB uint8[240, 256, 3] where the render mode is "rgb_array"; else None."""
        return None if self.render_mode is None else self._picture()

    def _gained(self, world: World) -> float:
        """The reward of what has just been done."""
        assert self._stage is not None
        way, state = self._stage.way, world.hero.state
        place = way.place(state.room, state.body.x_sub, state.body.y_sub, state.flags)
        reward = 0.0
        if world.outcome == Outcome.CLEARED:
            place, reward = way.length, EXIT_WORTH
        elif world.outcome == Outcome.DEAD:
            reward = DEATH_WORTH
        if place > self._place:
            reward += WAY_WORTH * (place - self._place) / way.length
            self._place = place
        return reward

    def _chosen(self, options: dict[str, Any]) -> Level:
        """The level of the next episode. Raises GanvaniaError."""
        unknown = sorted(set(options) - set(OPTIONS))
        if unknown:
            raise EnvironmentFault(f"options: there is no {unknown[0]!r}; write {', '.join(OPTIONS)}")
        if options.get("level") is not None:
            return read_levels([options["level"]], drawn=self._drawn)[0]
        seed, stage = options.get("seed"), options.get("stage")
        if self._levels is not None and seed is None and stage is None:
            return self._levels[int(self.np_random.integers(len(self._levels)))]
        if seed is None:
            drawn = int(self.np_random.integers(_SEEDS if self._seeds is None else len(self._seeds)))
            seed = drawn if self._seeds is None else self._seeds[drawn]
        wish = self._wish._replace(seed=_whole("seed", seed, 0, (1 << 64) - 1))
        if stage is not None:
            wish = wish._replace(stage=_whole("stage", stage, 1, self._last_stage))
        return dreamed(wish, self._model) if self._drawn else bare(wish)

    def _observation(self) -> Observation:
        if self._pixels:
            return self._picture()
        assert self._stage is not None
        return see(self.world, self._stage.grids)

    def _picture(self) -> NDArray[np.uint8]:
        if self._painter is None:
            from .painting import Painter

            self._painter = Painter()
        return self._painter.picture(self.world)

    def _info(self) -> dict[str, Any]:
        assert self._stage is not None
        world = self.world
        state, hero = world.hero.state, world.hero
        return {
            "x_px": state.body.x_sub >> 8,
            "y_px": state.body.y_sub >> 8,
            "room": state.room,
            "tick": world.tick,
            "health": hero.health,
            "score": hero.score,
            "progress": self._place / self._stage.way.length,
            "cleared": world.outcome == Outcome.CLEARED,
        }


def _space(*, pixels: bool) -> spaces.Space[Any]:
    """The space of observations."""
    if pixels:
        return spaces.Box(0, 255, (VIEW_SIZE[1], VIEW_SIZE[0], 3), np.uint8)
    return spaces.Dict(
        {
            "roles": spaces.Box(0, ROLE_NUMBERS - 1, (ROWS, COLUMNS), np.uint8),
            "things": spaces.Box(0, len(THINGS) - 1, (ROWS, COLUMNS), np.uint8),
            "hero": spaces.Box(-1.0, 1.0, (len(HERO),), np.float32),
        }
    )


def _one_of(name: str, value: object, known: Iterable[str]) -> None:
    """Raises EnvironmentFault where a value is none of those that are known."""
    if value not in tuple(known):
        raise EnvironmentFault(f"{name}: there is no {value!r:.40}; write {', '.join(known)}")


_whole = partial(whole, kind=EnvironmentFault)
"""A whole number among an environment's arguments. Raises EnvironmentFault."""


def _seeds_of(seeds: Iterable[int]) -> tuple[int, ...]:
    """The seeds to draw from. Raises EnvironmentFault."""
    found = tuple(_whole("seeds", seed, 0, (1 << 64) - 1) for seed in seeds)
    if not found:
        raise EnvironmentFault("seeds: there are none; name one or more, or leave it out")
    return found
