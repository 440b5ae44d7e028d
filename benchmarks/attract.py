"""Records the runs that the title shows while nobody presses anything: `assets/attract/*.replay`.

    python -m benchmarks.attract [--out DIR]

To be done again where the rules of the game or LEVEL_VERSION have changed: the bot plays other runs then.
Look at them afterwards (`python -m game --replay FILE`), and choose other castles in TAKES where they are
dull: whoever sees them should want to play. No run ends with a death.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from game.session.replaying import keep, levels_of
from game.title.demo import FOLDER
from game.world import World
from game.world.bot import Bot
from game.world.replay import Begun, Recorder, Replay
from game.world.world import Outcome
from generator.level.codes import CastleCode, encode


class Take(NamedTuple):
    """What is played, and for how long."""

    name: str
    seed: int
    stage: int
    ticks: int


TAKES = (
    Take("1-gate", 4323, 1, 2040),
    Take("2-hall", 850, 2, 3000),
    Take("3-crypt", 5438, 3, 3000),
    Take("4-cave", 5918, 4, 3000),
    Take("5-works", 6239, 5, 3000),
    Take("6-keep", 4186, 6, 2400),
)
"""In the order in which they are shown."""


def record(take: Take) -> Replay:
    """The bot's run. Raises ValueError where it dies, or is through the stage before the time is over."""
    code = encode(CastleCode(take.seed, stage=take.stage))
    world, bot, recorder = World(levels_of(None)(code)), Bot(), Recorder()
    recorder.begin(world, code, Begun.STAGE)
    for _ in range(take.ticks):
        mask = bot.buttons(world)
        world.step(mask)
        recorder.tick(world, mask)
        if world.outcome != Outcome.PLAYING:
            raise ValueError(
                f"{take.name}: {world.outcome.name.lower()} at tick {world.tick}; choose another"
            )
    replay = recorder.replay
    assert replay is not None
    return replay


def main() -> None:
    """Writes the files, in place of those that were there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="DIR", help="where the files go")
    folder: Path = parser.parse_args().out
    runs = [(take, record(take)) for take in TAKES]
    for path in folder.glob("*.replay"):
        path.unlink()
    for take, replay in runs:
        path = keep(replay, folder, take.name)
        print(f"{path.name}: stage {take.stage}, {take.ticks / 60:.0f} s, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
