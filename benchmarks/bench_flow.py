"""The way through the game: start to title, a picture, long play, presses of R, replays, mashed keys.

    python -m benchmarks.bench_flow [--only title picture play presses replays mash] [--minutes 20]

Each has its control in the same run: `import pygame`, a window that only presents, a game in a process of its
own at the same time that has no worker and no R. What is recorded in one process is verified in another. The
last line is JSON.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import psutil

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame

from game.app import App
from game.controls import Action, Presses
from game.gallery import Favourites
from game.screen import Window
from game.session import Phase, Session
from game.session.replaying import keep, levels_of, read_replay
from game.sound import Sounds
from game.world import World
from game.world.assists import Assists
from game.world.replay import Begun, Recorder, verify
from game.world.world import Outcome
from generator.dream.loading import load_networks
from generator.layout.stages import build_stage
from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.rng import Pcg32
from generator.stream import Built, LevelKey, LevelStream, build_level
from generator.stream.bare import bare_level

from .hands import Shelf, press, wait

TICK_S = 1 / 60
STARTS = 5
PICTURE_TICKS, SCALE = 3600, 3
REGENERATE_S, WARM_SHARE = 20, 3
"""Seconds from one R to the next; memory is compared with what it was after this part of the time, when as
many castles are kept as ever will be."""
IDLE_S, PRESSES, BETWEEN_TICKS = 30, 8, 30
CASTLES, RUNS_A_CASTLE, RUN_TICKS, CHANGES = 50, 20, 900, 3
SEEDS, PRESSES_A_SEED = 100, 1000
KEYS = (
    pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT, pygame.K_x, pygame.K_z, pygame.K_RETURN,
    pygame.K_ESCAPE, pygame.K_p, pygame.K_r, pygame.K_t, pygame.K_f, pygame.K_F1, pygame.K_BACKSPACE,
    pygame.K_TAB, pygame.K_DELETE, pygame.K_a, pygame.K_7, pygame.K_F11,
)  # fmt: skip
TITLE = """
import os
from game.screen import Window
Window.present = lambda self: os._exit(0)
from game.__main__ import main
main(["--mute"])
"""

Figures = dict[str, float]


def title() -> Figures:
    """Seconds from the start to the first picture of the title, over those of `import pygame`."""
    took: dict[str, list[float]] = {"title": [], "import": []}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        for _ in range(STARTS):
            for name, code in (("import", "import pygame"), ("title", TITLE)):
                began = time.perf_counter()
                subprocess.run([sys.executable, "-c", code], env=environment, check=True)
                took[name].append(time.perf_counter() - began)
    start, control = statistics.median(took["title"]), statistics.median(took["import"])
    return {
        "title_s": round(start, 3),
        "import_pygame_s": round(control, 3),
        "title_more_s": round(start - control, 3),
    }


def picture() -> Figures:
    """Drawing, scaling and presenting, while the bot plays."""
    app = App(Session(None, _built(1)), Window(SCALE), Sounds(mute=True), bot=True)
    drawn_ms, presented_ms = [], []
    nothing = Presses(0, ())
    for _ in range(PICTURE_TICKS):
        app.tick(nothing, app.buttons(nothing))
        began = time.perf_counter()
        app.draw()
        app.window.present()
        drawn_ms.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        pygame.display.flip()
        presented_ms.append((time.perf_counter() - began) * 1000)
    return {"picture_p99_ms": _p99(drawn_ms), "present_p99_ms": _p99(presented_ms)}


def play(minutes: float) -> Figures:
    """A game with an R every twenty seconds, and beside it one without a worker and without R."""
    command = [sys.executable, "-m", "benchmarks.bench_flow", "--only", "control", "--minutes", str(minutes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as control:
        app = App(Session(LevelStream(), LevelKey(1)), Window(), Sounds(mute=True), bot=True)
        figures = _paced(app, minutes, REGENERATE_S)
        told = json.loads((control.communicate()[0] or "{}").splitlines()[-1])
    app.session.stream.close()  # type: ignore[union-attr]
    return {**{f"play_{key}": value for key, value in figures.items()}, **told}


def control(minutes: float) -> Figures:
    """The control of `play`."""
    app = App(Session(None, _built(1)), Window(), Sounds(mute=True), bot=True)
    return {f"control_{key}": value for key, value in _paced(app, minutes, 0).items()}


def _paced(app: App, minutes: float, every_s: int) -> Figures:
    nothing = Presses(0, ())
    regenerate = Presses(0, (Action.REGENERATE,))
    long, ticks, warm_mb = 0, int(minutes * 60 / TICK_S), 0.0
    me, next_s = psutil.Process(), time.perf_counter()
    for tick in range(ticks):
        presses = regenerate if every_s and tick % (every_s * 60) == every_s * 60 - 1 else nothing
        buttons = app.buttons(presses)
        began = time.perf_counter()
        app.tick(presses, buttons)
        app.window.present()
        long += time.perf_counter() - began > TICK_S
        if tick == ticks // WARM_SHARE:
            warm_mb = me.memory_info().rss / 1e6
        next_s += TICK_S
        time.sleep(max(0.0, next_s - time.perf_counter()))
    return {
        "long_ticks": long, "mb": round(me.memory_info().rss / 1e6, 1),
        "more_mb": round(me.memory_info().rss / 1e6 - warm_mb, 1), "levels": app.session.playthrough.levels,
    }  # fmt: skip


def presses() -> Figures:
    """Ticks that each of eight presses of R waits, one every half second, after half a minute of none."""
    app = App(Session(LevelStream(), LevelKey(1)), Window(), Sounds(mute=True))
    nothing, regenerate = Presses(0, ()), Presses(0, (Action.REGENERATE,))
    while app.session.stalled:
        app.session.tick(0)
        time.sleep(0.005)
    waited: list[int] = []
    ticks = int(IDLE_S / TICK_S)
    next_s = time.perf_counter()
    for tick in range(ticks + PRESSES * BETWEEN_TICKS):
        levels, pressed = (
            app.session.playthrough.levels,
            tick >= ticks and (tick - ticks) % BETWEEN_TICKS == 0,
        )
        app.tick(regenerate if pressed else nothing, 0)
        if pressed:
            came = app.session.playthrough.levels > levels
            waited.append(app.session.swap_ticks if came else BETWEEN_TICKS)
        next_s += TICK_S
        time.sleep(max(0.0, next_s - time.perf_counter()))
    app.session.stream.close()  # type: ignore[union-attr]
    return {"presses": len(waited), "presses_within_one_tick": sum(ticks <= 1 for ticks in waited)}


def replays() -> Figures:
    """Runs of random buttons with deaths and helps, recorded here and verified in another process."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(CASTLES * RUNS_A_CASTLE):
            _record(number, Path(folder) / f"{number // RUNS_A_CASTLE:02}")
        command = [sys.executable, "-m", "benchmarks.bench_flow", "--only", "verify", "--folder", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: Figures = json.loads(done.stdout.splitlines()[-1])
    return told


@lru_cache(maxsize=1)
def _level(seed: int) -> Level:
    stage, difficulty = 1 + seed % 6, 1 + seed % 3
    return bare_level(build_stage(seed, stage, difficulty), seed, stage, difficulty)


def _record(number: int, folder: Path) -> None:
    level, random = _level(1000 + number // RUNS_A_CASTLE), Pcg32(number)
    code = encode(CastleCode(level.seed, "castle", level.difficulty, level.stage))
    recorder, world, mask = Recorder(), World(level), 0
    recorder.begin(world, code, Begun.STAGE)
    for tick in range(RUN_TICKS):
        if tick % 9 == 0:
            mask = random.below(64)
        if tick % (RUN_TICKS // CHANGES) == RUN_TICKS // CHANGES - 1:
            world.help(Assists(more_life=bool(random.below(2)), air_control=bool(random.below(2))))
            recorder.begin(world, code, Begun.BACK, world)
        world.step(mask)
        recorder.tick(world, mask)
        if world.outcome == Outcome.DEAD:
            died, world = world, world.again(dataclasses.replace(world.hero.carry(), health=16))
            recorder.begin(world, code, Begun.AGAIN, died)
        elif world.outcome == Outcome.CLEARED:
            world = World(level)
            recorder.begin(world, code, Begun.STAGE)
    assert recorder.replay is not None
    keep(recorder.replay, folder, f"{number:04}")


def verified(folder: Path) -> Figures:
    """How many of a folder's replays are equal here."""
    level_of, equal = levels_of(None), 0
    paths = sorted(folder.rglob("*.replay"))
    for path in paths:
        equal += verify(read_replay(path), level_of) == ""
    return {"replays": len(paths), "replays_equal": equal}


def mash() -> Figures:
    """Keys pressed at random from the title on; then whether Escape and the menus lead back to it."""
    built, stuck, pressed = _built(1), 0, 0
    with tempfile.TemporaryDirectory() as home:
        for seed in range(SEEDS):
            random = Pcg32(seed)
            app = _titled(built, Path(home))
            for _ in range(PRESSES_A_SEED):
                press(app, random.choice(KEYS))
                pressed += 1
                if app.done:
                    app = _titled(built, Path(home))
            stuck += not _leads_back(app)
            app.favourites.wait()
    return {"mashed": pressed, "screens_without_a_way_back": stuck}


def _titled(built: Built, home: Path) -> App:
    session = Session(Shelf(built), LevelKey(1), ask=False)
    app = App(
        session,
        Window(1),
        Sounds(mute=True),
        favourites=Favourites(home / "favourites"),
        screenshot_folder=home,
    )
    app.front.open(LevelKey(1))
    return app


def _leads_back(app: App) -> bool:
    for _ in range(60):
        if app.front.is_open:
            return True
        press(app, pygame.K_ESCAPE)
        if app.session.phase == Phase.PAUSED and not app.pausing.is_open and not app.front.is_open:
            press(app, pygame.K_UP, pygame.K_UP, pygame.K_x, pygame.K_x)
        wait(app, 30)
    return False


def _built(seed: int) -> Built:
    return build_level(seed, networks=load_networks(None, None))


def _p99(took_ms: list[float]) -> float:
    return round(sorted(took_ms)[len(took_ms) * 99 // 100], 3)


def main(arguments: list[str] | None = None) -> int:
    """Measures what is asked for and prints it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_flow", description=__doc__)
    names = ("title", "picture", "play", "presses", "replays", "mash")
    parser.add_argument("--only", nargs="+", choices=(*names, "control", "verify"), default=names)
    parser.add_argument("--minutes", type=float, default=20, metavar="N", help="of play (default: 20)")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    parts: dict[str, Callable[[], Figures]] = {
        "title": title, "picture": picture, "play": lambda: play(options.minutes), "presses": presses,
        "replays": replays, "mash": mash, "control": lambda: control(options.minutes),
        "verify": lambda: verified(options.folder),
    }  # fmt: skip
    figures: Figures = {}
    for name in options.only:
        figures |= parts[name]()
    for key, value in figures.items():
        print(f"{key:28} {value}")
    print(json.dumps({"bench": "flow", **figures}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
