"""Pictures of play for fresh eyes, who say what each thing is that they see. The bot plays stage after stage,
and in each arena; those pictures are chosen in which things stand free that have not been seen often yet.

    python -m benchmarks.play_frames --out DIR [--frames 40] [--stages 24] [--kept DIR]

DIR then holds the pictures, three times enlarged, `sheet.png` with all of them in small, and `answers.txt`
with what is really there, which the eyes do not read before. The last line names what was never seen.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from PIL import Image, ImageStat

from game.screen import SpriteSheet, View
from game.screen.appearance import pictures
from game.screen.hud import HUD_PX
from game.screen.picture import Picture
from game.world import World
from game.world.bot import Bot
from game.world.camera import VIEW_HEIGHT_PX, VIEW_PX, VIEW_SIZE
from game.world.hero import HEALTH_MAX
from game.world.treasures import Treasure, treasures_of
from game.world.world import Outcome
from generator.files import check_folder
from generator.level import Level
from generator.motion import SUB, Body, State
from generator.nes.roles import SOLID, TILE

from .bench_legibility import stages

TIMES, COLUMNS, GAP_PX = 3, 8, 2
PLAYED_TICKS, ARENA_TICKS, LOOK_EVERY_TICKS = 3600, 900, 10
"""How long a stage and its arena are played at most, and how often they are looked at. (ours)"""
LEAST_GREY = 24
"""How light a picture must be in the mean, 0..255: in a dark one nobody can be asked. (by eye)"""
MOST_A_STAGE = 3
"""Pictures that are taken of one stage at most. (ours)"""
NOT_ASKED = ("hero_", "whip", "ripple", "spike_tips", "points", "scuff", "doorway", "platform_", "wall_crack")
"""What is in every picture, is a part of a tile, or is no thing of its own."""
OF_NO_PLAY = ("bar_", "pip_", "weapon_box", "heart_icon", "map_", "sign_", "title", "far_castle", "key_small")
"""What is drawn elsewhere than in a room, or only if it is asked for."""
COVERS_NOTHING = ("ripple", "spike_tips", "doorway", "scuff")
ON_OTHERS = ("hit_spark", "clang_spark", "hurt_spark", "debris", "holy_fire", "lock_open")
"""What is always drawn over somebody or something."""
BESIDE_PX = (40, -40, 24, -24, 56, -56)
"""So far from a treasure the hero is put to look at it, the first of these where there is room. (ours)"""


class Thing(NamedTuple):
    """What is seen whole."""

    name: str
    box: pygame.Rect
    free: bool
    """Whether nothing else is drawn where it is, and it is not lit by a blow."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A picture of play that could be shown."""

    level: Level
    picture: Image.Image
    things: list[Thing]

    @property
    def free(self) -> set[str]:
        """The names of what stands free in it."""
        return {thing.name for thing in self.things if thing.free}


def things_in(world: World, sheet: SpriteSheet) -> list[Thing]:
    """What is asked for in a view."""
    inner = pygame.Rect(0, HUD_PX, VIEW_PX, VIEW_HEIGHT_PX - HUD_PX)
    shown = [p for p in pictures(world) if not p.name.startswith(COVERS_NOTHING)]
    covering = [(p.name, _box(p, sheet, world.camera_px)) for p in shown]
    lit = [p.lit for p in shown]
    return [
        Thing(name, box, name in ON_OTHERS or (not struck and _is_free(box, covering)))
        for (name, box), struck in zip(covering, lit, strict=True)
        if not name.startswith(NOT_ASKED) and inner.contains(box)
    ]


def _is_free(box: pygame.Rect, covering: list[tuple[str, pygame.Rect]]) -> bool:
    """Whether nothing but what lies on others meets a box."""
    others = (other for name, other in covering if other is not box and name not in ON_OTHERS)
    return not any(box.colliderect(other) for other in others)


def _box(picture: Picture, sheet: SpriteSheet, camera_px: tuple[int, int]) -> pygame.Rect:
    """Where a picture is in the view."""
    frame = sheet.sprites[picture.name][picture.frame]
    height, width = frame.pixels.shape
    left_px = width - frame.anchor_px[0] if picture.flip else frame.anchor_px[0]
    at_px = picture.x_px - camera_px[0] - left_px, picture.y_px - camera_px[1] - frame.anchor_px[1]
    return pygame.Rect(at_px, (width, height))


def played(level: Level) -> Iterator[World]:
    """A stage as the bot plays it from its entrance, then from where its boss wakes, tick by tick; then views
    of the hero beside each treasure."""
    yield from _bot_in(World(level), PLAYED_TICKS)
    world = World(level)
    for mask in level.certificate:
        world.asleep.clear()
        world.enemies = [enemy for enemy in world.enemies if enemy.traits.boss]
        if world.bosses:
            break
        world.step(mask)
    if world.bosses:
        yield from _bot_in(world, ARENA_TICKS)
    for room in range(len(level.interiors)):
        for treasure in treasures_of(level, room, World(level).spawns[room]):
            yield from _beside(level, room, treasure)


def _beside(level: Level, room: int, treasure: Treasure) -> Iterator[World]:
    """The hero on the floor beside a treasure, which may be where the bot does not go."""
    for aside_px in BESIDE_PX:
        x_px = treasure.x_px + aside_px
        column, row = x_px // TILE, treasure.y_px // TILE - 1
        stands = row + 1 < level.height_tiles and 0 < column < level.width_tiles - 1
        if stands and level.roles[row + 1, column] in SOLID and level.roles[row, column] not in SOLID:
            world = World(level)
            body = Body(x_px * SUB, treasure.y_px * SUB)
            world.hero.state = State(room, 0, body, world.hero.state.flags)
            world._settle()
            yield world
            return


def _bot_in(world: World, ticks: int) -> Iterator[World]:
    bot = Bot()
    for _ in range(ticks):
        world.hero.health = max(world.hero.health, HEALTH_MAX // 2)
        world.step(bot.buttons(world))
        if world.outcome != Outcome.PLAYING:
            return
        yield world


def moments_of(level: Level, view: View, sheet: SpriteSheet) -> list[Moment]:
    """For each kind of thing that is met free in a stage, the picture of it in which most others are free."""
    best: dict[str, Moment] = {}
    for tick, world in enumerate(played(level)):
        if tick % LOOK_EVERY_TICKS and not world.treasures:
            continue
        things = things_in(world, sheet)
        free = {thing.name for thing in things if thing.free}
        wanted = [name for name in free if name not in best or len(free) > len(best[name].free)]
        if wanted:
            canvas = pygame.Surface(VIEW_SIZE, depth=32)
            view.draw(canvas, world)
            picture = Image.frombytes("RGB", VIEW_SIZE, pygame.image.tobytes(canvas, "RGB"))
            if ImageStat.Stat(picture.convert("L")).mean[0] >= LEAST_GREY:
                best |= dict.fromkeys(wanted, Moment(level, picture, things))
    return list({id(moment): moment for moment in best.values()}.values())


def chosen(moments: list[Moment], count: int) -> list[Moment]:
    """So many of the moments, so that every kind is seen as often as can be, the rarest first."""
    seen, of_stage, taken = Counter[str](), Counter[int](), list[Moment]()
    left = list(moments)
    while left and len(taken) < count:
        moment = max(left, key=lambda m: sum(1 / (1 + seen[name]) ** 2 for name in m.free))
        taken.append(moment)
        seen.update(moment.free)
        of_stage[id(moment.level)] += 1
        left = [m for m in left if m is not moment and of_stage[id(m.level)] < MOST_A_STAGE]
    return taken


def main() -> None:
    """Plays and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--frames", type=int, default=40, metavar="N", help="how many (default 40)")
    parser.add_argument("--stages", type=int, default=24, metavar="N", help="of how many stages (default 24)")
    parser.add_argument("--kept", type=Path, metavar="DIR", help="where stages are kept for the next time")
    options = parser.parse_args()
    check_folder(options.out)
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE, depth=32)
    sheet = SpriteSheet.load()
    view = View(sheet)
    moments = [m for level in stages(options.stages, options.kept) for m in moments_of(level, view, sheet)]
    shown = chosen(moments, options.frames)
    answers = []
    for number, (level, picture, things) in enumerate(((m.level, m.picture, m.things) for m in shown), 1):
        large = picture.resize((VIEW_PX * TIMES, VIEW_HEIGHT_PX * TIMES), Image.Resampling.NEAREST)
        large.save(options.out / f"{number:02}.png", optimize=True)
        words = (f"{t.name} at {t.box.x}, {t.box.y}" + ("" if t.free else " (covered)") for t in things)
        answers.append(f"{number:02} seed {level.seed} stage {level.stage}: " + "; ".join(words))
    rows = -(-len(shown) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * (VIEW_PX + GAP_PX), rows * (VIEW_HEIGHT_PX + GAP_PX)))
    for at, moment in enumerate(shown):
        corner = at % COLUMNS * (VIEW_PX + GAP_PX), at // COLUMNS * (VIEW_HEIGHT_PX + GAP_PX)
        page.paste(moment.picture, corner)
    page.save(options.out / "sheet.png", optimize=True)
    (options.out / "answers.txt").write_text("\n".join(answers) + "\n", "utf-8")
    seen = Counter(name for moment in shown for name in moment.free)
    print(f"{len(shown)} pictures; seen: " + ", ".join(f"{name} {n}" for name, n in seen.most_common()))
    missed = [
        name for name in sheet.sprites if name not in seen and not name.startswith(NOT_ASKED + OF_NO_PLAY)
    ]
    print("never seen free: " + ", ".join(missed))


if __name__ == "__main__":
    main()
