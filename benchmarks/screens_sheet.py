"""A sheet of the game's screens, walked through by keys from the title to the ending.

    python -m benchmarks.screens_sheet --out docs/pictures/screens.png [--seed 4]

Castle, score and day are made up; everything else is the game as it runs. For eyes, and for docs/PLAY.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.app import App
from game.gallery import Favourites
from game.home import Home
from game.screen import Window
from game.session import Phase, Session
from game.sound import Sounds
from game.title import Choice
from game.world.bot import Bot
from game.world.camera import VIEW_SIZE
from game.world.world import Outcome
from generator.dream.loading import load_networks
from generator.stream import LevelKey, build_level

from .hands import Shelf, press, wait

COLUMNS, GAP_PX = 4, 4
PLAYED_TICKS = 1500
DOWN, UP, RETURN, ESCAPE, X = pygame.K_DOWN, pygame.K_UP, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_x


class Walk:
    """One way through the screens; each that is seen is kept."""

    def __init__(self, seed: int, folder: Path) -> None:
        key = LevelKey(seed)
        built = build_level(seed, networks=load_networks(None, None))
        self.session = Session(Shelf(built), key, ask=False)
        self.app = App(
            self.session,
            Window(1),
            Sounds(mute=True),
            favourites=Favourites(folder / "kept"),
            home=Home(folder),
        )
        self.app.front.open(key)
        wait(self.app, 40)
        self.seen: list[pygame.Surface] = []

    def see(self) -> None:
        """Keeps what is shown."""
        wait(self.app, 1)
        self.seen.append(self.app.window.canvas.copy())

    def choose(self, choice: Choice) -> None:
        """An entry of the title."""
        title = self.app.front.title
        assert title is not None
        while title.chosen != choice:
            press(self.app, DOWN)

    def title(self) -> None:
        """The title and its pages."""
        self.see()
        for choice in (Choice.KEYS, Choice.SCORES, Choice.CODE):
            self.choose(choice)
            press(self.app, RETURN)
            if choice == Choice.CODE:
                press(self.app, *map(ord, "c000-003c"))
            self.see()
            press(self.app, ESCAPE)

    def options(self) -> None:
        """Every section."""
        self.choose(Choice.OPTIONS)
        press(self.app, RETURN)
        for _ in range(4):
            press(self.app, RETURN)
            self.see()
            press(self.app, ESCAPE, DOWN)
        press(self.app, ESCAPE)

    def play(self) -> None:
        """The daily castle, its pause, its map, the count of its first stage."""
        self.choose(Choice.DAILY)
        press(self.app, RETURN)
        wait(self.app, 10)
        press(self.app, X)
        wait(self.app, 20)
        self.see()
        self._by_bot(PLAYED_TICKS)
        press(self.app, pygame.K_p)
        self.see()
        press(self.app, DOWN, RETURN)
        self.see()
        press(self.app, ESCAPE, ESCAPE)
        world = self.session.world
        assert world is not None
        world.outcome = Outcome.CLEARED
        self.session.go(Phase.TALLY)
        wait(self.app, 30)
        self.see()

    def end(self) -> None:
        """The last life of the day, initials, game over; then the end of a castle."""
        self.session.go(Phase.PLAYING)
        world = self.session.world
        assert world is not None
        world.outcome, world.hero.lives, world.hero.score = Outcome.PLAYING, 0, 34_500
        world.hero.kill()
        wait(self.app, 260)
        self.see()
        press(self.app, *map(ord, "ada"), RETURN)
        wait(self.app, 40)
        self.see()
        press(self.app, RETURN)
        wait(self.app, 20)
        self.session.go(Phase.ENDING)
        wait(self.app, 300)
        self.see()

    def _by_bot(self, ticks: int) -> None:
        bot = Bot()
        for _ in range(ticks):
            world = self.session.world
            presses = self.app.binding.input.take()
            self.app.tick(presses, bot.buttons(world) if self.session.steps and world is not None else 0)


def main(arguments: list[str] | None = None) -> int:
    """Walks and writes the sheet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens_sheet", description=__doc__)
    parser.add_argument("--seed", type=int, default=4, metavar="N", help="the castle (default: 4)")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(options.seed, Path(folder))
        walk.title()
        walk.options()
        walk.play()
        walk.end()
        walk.app.home.wait()
    rows = -(-len(walk.seen) // COLUMNS)
    step = VIEW_SIZE[0] + GAP_PX, VIEW_SIZE[1] + GAP_PX
    sheet = pygame.Surface((COLUMNS * step[0] - GAP_PX, rows * step[1] - GAP_PX), depth=32)
    sheet.fill((255, 255, 255))
    for number, picture in enumerate(walk.seen):
        sheet.blit(picture, (number % COLUMNS * step[0], number // COLUMNS * step[1]))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(sheet, str(options.out))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
