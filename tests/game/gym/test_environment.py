"""The environment: what it promises to Gymnasium, that equal seeds are equal, and what it rewards."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from game.gym import ACTIONS, ENVIRONMENT, GanvaniaEnv
from game.gym.levels import Wish, bare, dreamed
from game.gym.seen import HERO_COLUMN, HERO_ROW, NUMBERS, OUTSIDE, SHUT, WAY_OUT
from game.gym.steps import BUTTONS, DEATH_WORTH, EXIT_WORTH, WAY_WORTH
from game.world.enemies.table import enemy_of
from generator.errors import GanvaniaError
from generator.level.codes import decode
from generator.motion import room_at
from generator.motion.mechanisms import Key, Lock
from generator.nes.roles import SOLID, TILE, Role
from generator.proof import replay

ROOT = Path(__file__).resolve().parents[3]
STRIP: dict[str, Any] = {"shape": "strip", "width": 2, "seeds": [5]}
"""What is quickly built."""
BY_BUTTONS: dict[str, Any] = {"actions": "buttons", "frame_skip": 1, "enemies": False}
"""What a certificate is pressed with."""


def made(**settings: Any) -> GanvaniaEnv:
    """The environment itself, without wrappers."""
    env = gymnasium.make(ENVIRONMENT, **settings).unwrapped
    assert isinstance(env, GanvaniaEnv)
    return env


def pressed(mask: int) -> list[int]:
    """A mask as an action of buttons."""
    return [mask >> bit & 1 for bit in range(BUTTONS)]


def rollout(env: GanvaniaEnv, seed: int, steps: int) -> list[Any]:
    """All that an environment says to random actions."""
    env.action_space.seed(seed)
    told: list[Any] = [env.reset(seed=seed)]
    for _ in range(steps):
        told.append(env.step(env.action_space.sample()))
        if told[-1][2] or told[-1][3]:
            told.append(env.reset())
    return told


def equal(one: Any, other: Any) -> bool:
    """Whether nested answers are equal, bit by bit."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


@pytest.mark.parametrize(
    "settings",
    [
        STRIP,
        STRIP | {"actions": "buttons", "frame_skip": 1},
        STRIP | {"observation": "pixels"},
        {"shape": "room", "seeds": [1, 2]},
        {"seeds": [1]},
    ],
    ids=["strip", "buttons", "pixels", "room", "castle"],
)
def test_gymnasium_finds_nothing_to_complain_of(settings: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(made(**settings))


@pytest.mark.parametrize("observation", ["roles", "pixels"])
def test_equal_seeds_give_equal_episodes(observation: str) -> None:
    settings = STRIP | {"seeds": [5, 6], "observation": observation, "most_ticks": 400}
    one, other = made(**settings), made(**settings)
    assert equal(rollout(one, 3, 150), rollout(other, 3, 150))
    # And again in an environment that has been used.
    assert equal(rollout(one, 3, 150), rollout(other, 3, 150))
    assert not equal(rollout(one, 4, 150), rollout(other, 3, 150))


def test_the_proven_way_is_worth_all_of_its_reward() -> None:
    env = made(**STRIP, **BY_BUTTONS)
    _, info = env.reset(seed=0)
    assert replay(env.level, env.level.motion, info["certificate"])
    total, before = 0.0, 0.0
    for number, mask in enumerate(info["certificate"], 1):
        _, reward, terminated, truncated, told = env.step(pressed(mask))
        total += reward
        assert told["progress"] >= before and told["tick"] == number and not truncated
        before = told["progress"]
        assert terminated == (number == len(info["certificate"]))
    assert told["cleared"] and told["progress"] == 1.0
    assert total == pytest.approx(WAY_WORTH + EXIT_WORTH)


def test_going_to_and_fro_is_worth_nothing() -> None:
    env = made(**STRIP, **BY_BUTTONS)
    env.reset(seed=0)
    right, left = pressed(1), pressed(2)
    once = sum(env.step(right)[1] for _ in range(40))
    assert once > 0
    again = sum(env.step(side)[1] for side in [left] * 40 + [right] * 40)
    assert again == 0


def test_a_castles_way_passes_twice_where_a_key_is_fetched() -> None:
    # The first castle whose way comes back through tiles with a key that it had not before.
    for seed in range(1, 12):
        level = bare(Wish(seed, "castle", 2, 1, None, None))
        env = made(levels=[level], **BY_BUTTONS)
        _, info = env.reset()
        way = env._stage.way  # type: ignore[union-attr]
        fetched = {cell for cell, keys in way.tiles if keys} & {cell for cell, keys in way.tiles if not keys}
        if fetched:
            break
    assert any(isinstance(m, Key) for m in level.mechanisms) and any(
        isinstance(m, Lock) for m in level.mechanisms
    )
    room, column, row = cell = min(fetched)
    at = column * TILE * 256, (row + 1) * TILE * 256
    without = way.place(room, *at, 0)
    with_key = way.place(room, *at, way.key_bits)
    assert way.tiles[without] == (cell, 0) and way.tiles[with_key][0] == cell
    assert without < with_key
    rewards = [env.step(pressed(mask)) for mask in info["certificate"]]
    assert rewards[-1][2] and sum(r[1] for r in rewards) == pytest.approx(WAY_WORTH + EXIT_WORTH)


def test_a_death_ends_the_episode_and_costs() -> None:
    env = made(**STRIP)
    env.reset(seed=0)
    env.world.hero.kill()
    steps = [env.step(0) for _ in range(3)]
    ended = next(step for step in steps if step[2])
    assert ended[1] == DEATH_WORTH and not ended[3] and not ended[4]["cleared"]
    assert ended[4]["health"] == 0


def test_an_episode_is_cut_off() -> None:
    env = made(**STRIP, most_ticks=30, enemies=False)
    env.reset(seed=0)
    told = [env.step(0)[2:4] for _ in range(8)]
    assert told == [(False, False)] * 7 + [(False, True)]


def test_roles_show_the_room_as_it_is() -> None:
    env = made(**STRIP, **BY_BUTTONS)
    observation, _ = env.reset(seed=0)
    for mask in env.level.certificate[:300]:
        observation, *_ = env.step(pressed(mask))
        x_px, y_px = env.world.hero.body.x_sub // 256, env.world.hero.body.y_sub // 256
        column, row = x_px // TILE, (y_px - 1) // TILE
        roles = observation["roles"]
        assert roles[HERO_ROW, HERO_COLUMN] == env.level.roles[row, column]
        for dy in range(-3, 4):
            for dx in range(-4, 5):
                c, r = column + dx, row + dy
                inside = 0 <= c < env.level.width_tiles and 0 <= r < env.level.height_tiles
                want = env.level.roles[r, c] if inside else OUTSIDE
                assert roles[HERO_ROW + dy, HERO_COLUMN + dx] == want


def test_things_show_enemies_where_they_are() -> None:
    env = made(**STRIP, **BY_BUTTONS)
    env.reset(seed=0)
    world = env.world
    x_px, y_px = world.hero.body.x_sub // 256, world.hero.body.y_sub // 256
    world.enemies = [enemy_of("zombie", x_px // TILE * TILE + 3 * TILE + 8, y_px, -1)]
    things = env.step(pressed(0))[0]["things"]
    rows, columns = np.nonzero(things == NUMBERS["zombie"])
    assert set(rows) == {HERO_ROW - 1, HERO_ROW} and set(columns) == {HERO_COLUMN + 3}


def test_a_locked_door_and_an_open_one_look_different() -> None:
    seed = next(
        seed
        for seed in range(1, 12)
        if any(isinstance(m, Lock) for m in bare(Wish(seed, "castle", 2, 1, None, None)).mechanisms)
    )
    env = made(stage=2, seeds=[seed], **BY_BUTTONS)
    env.reset()
    grids, level = env._stage.grids, env.level  # type: ignore[union-attr]
    interior = next(i for i in level.interiors if any(i.locks))
    number = level.interiors.index(interior)
    lock = next(lock for lock in interior.locks if lock)
    shut, opened = grids.grid(number, 0, shut=False), grids.grid(number, 1 << lock.bit, shut=False)
    assert (shut == SHUT).sum() == 3 * sum(lock is not None for lock in interior.locks)
    assert (opened == WAY_OUT).sum() == (shut == WAY_OUT).sum() + 3
    assert not (grids.grid(number, 1 << lock.bit, shut=True) == WAY_OUT).any()  # while a boss lives


def test_walls_that_break_are_seen_to() -> None:
    for seed in range(1, 30):
        level = bare(Wish(seed, "castle", 3, 1, None, None))
        walled = [i for i in level.interiors if i.walls]
        if walled:
            break
    env = made(levels=[level])
    env.reset()
    grids = env._stage.grids  # type: ignore[union-attr]
    number = level.interiors.index(walled[0])
    wall = walled[0].walls[0]
    before, after = grids.grid(number, 0, shut=False), grids.grid(number, 1 << wall.bit, shut=False)
    changed = before != after
    assert changed.sum() == wall.w * wall.h
    assert set(before[changed]) == {Role.BREAKABLE} and not set(after[changed]) & set(SOLID)


def test_what_reset_tells_leads_to_the_level() -> None:
    env = made(seeds=[7], stage=2)
    _, info = env.reset()
    assert (info["seed"], info["stage"], info["difficulty"], info["shape"]) == (7, 2, 1, "castle")
    code = decode(info["code"])
    assert (code.seed, code.stage, code.mode) == (7, 2, "castle")
    assert info["certificate"] == env.level.certificate
    assert info["room"] == room_at(env.level, info["x_px"], info["y_px"])


def test_a_reset_may_ask_for_a_level() -> None:
    env = made(**STRIP)
    _, info = env.reset(options={"seed": 9, "stage": 3})
    assert (info["seed"], info["stage"]) == (9, 3)
    level = bare(Wish(12, "room", 1, 1, None, None))
    env.reset(options={"level": level.to_bytes()})
    assert env.level.equals(level)


def test_levels_may_be_handed_in() -> None:
    levels = [bare(Wish(seed, "strip", 1, 1, 2, None)) for seed in (5, 6)]
    env = made(levels=[levels[0], levels[1].to_bytes()])
    env.reset(seed=1)
    met = {env.reset()[1]["seed"] for _ in range(20)}
    assert met == {5, 6}


def test_the_dreamed_level_has_the_structure_of_the_bare_one() -> None:
    for wish in (Wish(5, "strip", 1, 1, 2, None), Wish(4, "room", 2, 1, None, "cave")):
        one, other = bare(wish), dreamed(wish, None)
        assert np.array_equal(one.roles, other.roles)
        assert (one.spawns, one.mechanisms, one.certificate) == (
            other.spawns, other.mechanisms, other.certificate,
        )  # fmt: skip


def test_pixels_are_the_games_picture() -> None:
    env = made(**STRIP, observation="pixels", render_mode="rgb_array")
    observation, _ = env.reset(seed=0)
    assert observation.shape == (240, 256, 3) and observation.flags.writeable
    shown: Any = env.render()
    assert np.array_equal(shown, observation)
    assert len(np.unique(observation[32:].reshape(-1, 3), axis=0)) >= 8
    kept = observation.copy()
    moved = env.step(1)[0]
    assert not np.array_equal(moved, kept) and np.array_equal(observation, kept)


def test_roles_need_no_network_and_no_pygame() -> None:
    code = (
        "import sys, gymnasium, game.gym; env = gymnasium.make('Ganvania-v0', shape='strip', width=2); "
        "env.reset(seed=1); env.step(1); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pygame", "onnxruntime", "torch"} & {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_many_at_once_play_as_they_would_alone(mode: str) -> None:
    settings = STRIP | {"seeds": [5, 6]}
    many: Any = gymnasium.make_vec(ENVIRONMENT, num_envs=2, vectorization_mode=mode, **settings)
    try:
        observations, infos = many.reset(seed=[1, 2])
        steps = [many.step(np.array([1, 6])) for _ in range(10)]
    finally:
        many.close()
    for number, seed in enumerate((1, 2)):
        alone = made(**settings)
        first, info = alone.reset(seed=seed)
        assert np.array_equal(observations["roles"][number], first["roles"])
        assert infos["certificate"][number] == info["certificate"]
        for observation, rewards, *_rest in steps:
            own, reward, *_own = alone.step((1, 6)[number])
            assert all(np.array_equal(observation[name][number], own[name]) for name in own)
            assert rewards[number] == pytest.approx(reward)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"shape": "tower"}, "shape: there is no 'tower'; write castle, strip, room"),
        ({"observation": "sound"}, "observation: there is no 'sound'"),
        ({"actions": "mouse"}, "actions: there is no 'mouse'"),
        ({"shape": "strip", "width": 0}, "width: 0 is no whole number from 1 to 64"),
        ({"width": 3}, "width, theme: a castle has its own"),
        ({"stage": 7}, "stage: 7 is no whole number from 1 to 6"),
        ({"frame_skip": 1.5}, "frame_skip: 1.5 is no whole number from 1 to 60"),
        ({"seeds": []}, "seeds: there are none"),
        ({"seeds": [-1]}, "seeds: -1 is no whole number"),
        ({"levels": []}, "levels: there are none"),
        ({"levels": [b"no"]}, r"levels\[0\]"),
        ({"levels": [3]}, r"levels\[0\]: '3' is no Level"),
        ({"shape": "room", "theme": "sea"}, "theme: there is no 'sea'"),
        ({"render_mode": "human"}, "render_mode: there is no 'human'"),
    ],
)
def test_a_wrong_argument_is_one_line_that_names_it(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(GanvaniaError, match=f"^{told}") as error:
        GanvaniaEnv(**settings)
    assert "\n" not in str(error.value)


def test_a_level_without_art_cannot_be_drawn() -> None:
    level = bare(Wish(5, "strip", 1, 1, 2, None))
    with pytest.raises(GanvaniaError, match=r"^levels\[0\] has no art to draw"):
        GanvaniaEnv(levels=[level], observation="pixels")


def test_a_wrong_option_is_named() -> None:
    env = made(**STRIP)
    with pytest.raises(GanvaniaError, match=r"^options: there is no 'castle'; write seed, stage, level"):
        env.reset(options={"castle": 1})
    with pytest.raises(GanvaniaError, match=r"^seed: 'x' is no whole number"):
        env.reset(options={"seed": "x"})


def test_stepping_before_the_first_reset_is_an_error() -> None:
    with pytest.raises(GanvaniaError, match=r"^reset: call it before"):
        GanvaniaEnv(**STRIP).step(0)


def test_actions_have_names_and_masks_of_their_own() -> None:
    names, masks = zip(*ACTIONS, strict=True)
    assert len(set(names)) == len(set(masks)) == len(ACTIONS)
    assert names[0] == "nothing" and masks[0] == 0 and max(masks) < 1 << BUTTONS


def test_the_examples_agent_plays(capsys: pytest.CaptureFixture[str]) -> None:
    from examples.gym_agent import main

    assert main(["--episodes", "2"]) == 0
    told = capsys.readouterr().out
    assert "of 2 strips" in told and "% of the way" in told
