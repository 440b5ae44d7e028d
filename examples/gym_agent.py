"""An agent for `Ganvania-v0`: one rule, no learning.

    pip install 'ganvania[gym]'
    python -m examples.gym_agent [--episodes 24]

It goes right. Where a wall, a pit or something deadly is just ahead, it jumps; where an enemy is near, it
strikes. Now and then it jumps for no reason, and so comes out of corners.
"""

from __future__ import annotations

import argparse
from typing import Any

import gymnasium
import numpy as np

from game.gym import ACTIONS, ENVIRONMENT, NUMBERS
from game.gym.seen import HERO_COLUMN, HERO_ROW
from generator.nes import DEADLY, ONE_WAY, SOLID

NAMES = [name for name, _ in ACTIONS]
RIGHT, JUMP_RIGHT, WHIP = NAMES.index("right"), NAMES.index("jump right"), NAMES.index("whip")
CARRY, KILL, STOP = (np.array(sorted(roles)) for roles in (SOLID | ONE_WAY, DEADLY, SOLID))
FIRST_ENEMY = NUMBERS["zombie"]
AHEAD = slice(HERO_COLUMN + 1, HERO_COLUMN + 4)
"""The columns in which an enemy is near."""
JUMPS_ONE_IN = 32


def act(seen: dict[str, Any], chance: np.random.Generator) -> int:
    """The rule's action."""
    if (seen["things"][HERO_ROW - 2 : HERO_ROW + 1, AHEAD] >= FIRST_ENEMY).any():
        return WHIP if chance.integers(2) else RIGHT  # a stroke needs the button to be let go
    wall = np.isin(seen["roles"][HERO_ROW, HERO_COLUMN + 1], STOP)
    ground = seen["roles"][HERO_ROW + 1 :, HERO_COLUMN + 1]
    pit = not np.isin(ground, CARRY).any() or np.isin(ground[0], KILL)
    if wall or pit or chance.integers(JUMPS_ONE_IN) == 0:
        return JUMP_RIGHT if chance.integers(2) else RIGHT
    return RIGHT


def play(env: gymnasium.Env[Any, Any], seed: int) -> tuple[float, float, bool]:
    """What the rule earns in one episode, how far it comes, 0 to 1, and whether it reaches the door."""
    seen, info = env.reset(seed=seed)
    chance, earned, over = np.random.default_rng(seed), 0.0, False
    while not over:
        seen, reward, terminated, truncated, info = env.step(act(seen, chance))
        earned, over = earned + float(reward), terminated or truncated
    return earned, info["progress"], info["cleared"]


def main(arguments: list[str] | None = None) -> int:
    """Plays strips of three screens, and prints what came of it."""
    parser = argparse.ArgumentParser(prog="python -m examples.gym_agent", description=__doc__)
    parser.add_argument("--episodes", type=int, default=24, metavar="N", help="strips (default: 24)")
    options = parser.parse_args(arguments)
    env = gymnasium.make(ENVIRONMENT, shape="strip", width=3, most_ticks=1800)
    earned, far, cleared = zip(*(play(env, seed) for seed in range(options.episodes)), strict=True)
    print(f"cleared {sum(cleared)} of {options.episodes} strips")
    print(f"on average {np.mean(far):.0%} of the way, {np.mean(earned):.2f} earned of 20")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
