"""`python -m game`: play, or let the bot play without a window."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime
import json
import os
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.command_line import (
    HARDEST_DIFFICULTY,
    LARGEST_SEED,
    Parser,
    UsageError,
    check_stage,
    own_name,
    run,
    whole_number,
)
from generator.files import WriteError
from generator.level.codes import LARGEST_STAGE, CastleCode, daily_seed, decode, encode

if TYPE_CHECKING:
    from generator.layout.handmade import Judgement
    from generator.stream import Built, LevelKey, LevelStream

    from .session import Session
    from .session.watch import WatchedStream
    from .world.replay import Replay

HEADLESS_TICKS = 3600
"""How long a run without a window takes if nobody says otherwise."""


def build_parser() -> Parser:
    """The command line."""
    parser = Parser(
        prog=own_name("python -m game"),
        description="A castle out of a network's dreams. R dreams another.",
        epilog="Keys: arrows or WASD walk and crouch, X/K/Space jump, Z/J whip, R new castle, "
        "Backspace back, T dream anew, P pause and menu, F keep as a favourite, F1 inspect, F11 full screen, "
        "F12 screenshot, Esc quit.",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--seed",
        type=whole_number(0, LARGEST_SEED),
        metavar="N",
        help="this castle; without it, one that nobody has seen",
    )
    which.add_argument(
        "--code", type=decode, metavar="CODE", help="the castle, stage and art of a share code"
    )
    which.add_argument("--daily", action="store_true", help="today's castle (UTC), the same for everybody")
    parser.add_argument("--favourites", action="store_true", help="begin in the gallery of kept castles")
    parser.add_argument("--favourites-dir", type=Path, metavar="DIR", help="where F keeps castles")
    parser.add_argument("--endless", action="store_true", help="a castle without end, room by room")
    parser.add_argument("--dream", action="store_true", help="walk through what the network dreamed")
    parser.add_argument(
        "--stage", type=whole_number(1, LARGEST_STAGE), metavar="N", help="begin at this stage (default 1)"
    )
    parser.add_argument(
        "--difficulty",
        type=whole_number(1, HARDEST_DIFFICULTY),
        metavar="N",
        help=f"1, which is normal, to {HARDEST_DIFFICULTY}",
    )
    parser.add_argument(
        "--classic", action="store_true", help="who dies begins the stage anew, not at his room's door"
    )
    parser.add_argument("--replay", type=Path, metavar="FILE", help="show a run that was kept")
    parser.add_argument(
        "--verify", action="store_true", help="with --replay: play it without a picture, say if all is equal"
    )
    parser.add_argument(
        "--replays-dir", type=Path, metavar="DIR", help="where runs are kept (headless: only there)"
    )
    parser.add_argument("--model", type=Path, metavar="FILE", help="dream with this network (.onnx)")
    parser.add_argument(
        "--watch", type=Path, metavar="RUN", help="dream with the newest network of a training"
    )
    parser.add_argument(
        "--level", type=Path, metavar="FILE", help="play this level file, or this map of Tiled (.tmx)"
    )
    parser.add_argument("--scale", type=whole_number(1, 16), metavar="N", help="pixels of the screen a pixel")
    parser.add_argument("--fullscreen", action="store_true", help="begin in full screen")
    parser.add_argument("--mute", action="store_true", help="no sound")
    parser.add_argument("--bot", action="store_true", help="a bot presses the buttons")
    parser.add_argument(
        "--headless", action="store_true", help="no window, no sound; ends with a line of JSON"
    )
    parser.add_argument(
        "--ticks", type=whole_number(1), metavar="N", help="headless: so many ticks, 60 a second"
    )
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="headless: the last picture as PNG")
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="headless: a film, .gif, or .mp4 with imageio-ffmpeg"
    )
    parser.add_argument(
        "--inspect",
        choices=("tiles", "roles", "proof", "repairs"),
        help="headless: the last picture in the inspector, with this overlay",
    )
    parser.add_argument("--screenshot-dir", type=Path, metavar="DIR", help="where F12 puts its pictures")
    parser.set_defaults(day=None)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Plays; returns the exit code: 0, or 2 for an error of the user's, told in one line."""
    return run(lambda: _play(build_parser().parse_args(arguments)))


def _play(options: argparse.Namespace) -> int:
    """Plays what the command line asks for. Raises GanvaniaError."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    if options.headless:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
        os.environ["SDL_AUDIODRIVER"] = "dummy"
    elif options.ticks or options.screenshot or options.inspect or options.record:
        raise UsageError(
            "--ticks, --inspect, --record and --screenshot need --headless; "
            "in play F1 inspects, F12 takes pictures"
        )
    if options.verify and options.replay is None:
        raise UsageError("--verify is of a replay; name one with --replay")
    replay = _replay(options)
    if replay is not None and options.verify:
        return _verify(options, replay)
    castle = _castle(options)
    if sum(given is not None for given in (options.model, options.watch, options.level)) > 1:
        raise UsageError("--model, --watch and --level exclude one another; give one of them")
    if options.level is not None:
        start, judgement = _read_level(options.level)
        return _play_in_window(options, None, start, judgement, replay)
    from generator.stream import LevelKey

    # The worker first: it starts while the window opens.
    with contextlib.closing(_stream(options)) as stream:
        key = LevelKey.of(castle)
        stream.want([key])
        return _play_in_window(options, stream, key, None, replay)


def _replay(options: argparse.Namespace) -> Replay | None:
    """The replay that was named; its castle and its rules are then those that are played. Raises UsageError,
    ReplayError."""
    if options.replay is None:
        return None
    named = (options.seed, options.code, options.level, options.stage, options.difficulty)
    if any(given is not None for given in named) or options.daily or options.endless or options.dream:
        raise UsageError("--replay says what is played; leave out the castle")
    if options.bot or options.favourites:
        raise UsageError("--replay presses the buttons; leave out --bot and --favourites")
    from .session.replaying import read_replay

    replay = read_replay(options.replay)
    options.code, options.classic = decode(replay.parts[0].code), replay.classic
    return replay


def _verify(options: argparse.Namespace, replay: Replay) -> int:
    """Holds a replay to its sums, prints one line of JSON; 1 where they differ."""
    from .session.replaying import levels_of
    from .world.replay import verify

    differs = verify(replay, levels_of(options.model))
    told = {"replay": str(options.replay), "parts": len(replay.parts), "ticks": replay.ticks}
    print(json.dumps({**told, "equal": not differs, "differs": differs}))
    return 1 if differs else 0


def _keep_run(options: argparse.Namespace, session: Session) -> None:
    """Keeps what was played, if it was long enough to be looked at. Raises WriteError where the folder was
    named; else it is only said."""
    from .session.replaying import LEAST_TICKS, default_folder, keep

    replay = session.playthrough.recorder.replay
    folder = options.replays_dir or (None if options.headless or options.replay else default_folder())
    if folder is None or replay is None or replay.ticks < LEAST_TICKS:
        return
    now = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
    try:
        keep(replay, folder, f"{replay.parts[0].code}-{now}")
    except WriteError as error:
        if options.replays_dir is not None:
            raise
        print(f"the run is not kept: {error}", file=sys.stderr)


def _begins_with_the_title(options: argparse.Namespace) -> bool:
    """Whether nothing was asked for that leads straight into a castle."""
    named = (options.seed, options.code, options.level, options.stage, options.replay)
    at_once = (options.daily, options.endless, options.dream, options.bot, options.headless)
    return not any(at_once) and all(given is None for given in named) and not options.favourites


def _castle(options: argparse.Namespace) -> CastleCode:
    """The castle that was asked for, or one that nobody has seen. Raises UsageError where two were asked for,
    OtherNetworkError for a code of rooms that another network dreamed."""
    from generator.level.stamps import check_network

    within = options.stage is not None or options.difficulty is not None
    if options.code is not None and within:
        raise UsageError("--code names its stage and difficulty; leave out --stage and --difficulty")
    if options.level is not None and (within or options.code or options.daily or options.seed is not None):
        raise UsageError(
            "--level is a castle already; leave out --seed, --code, --daily, --stage and --difficulty"
        )
    if options.favourites and options.level is not None:
        raise UsageError("--favourites chooses what is played; leave out --level")
    kept = options.favourites_dir
    if kept is not None and kept.exists() and not kept.is_dir():
        raise UsageError(f"{kept}: is no folder; choose one for --favourites-dir")
    if options.endless and options.dream:
        raise UsageError("--endless and --dream exclude one another; give one of them")
    for mode in ("endless", "dream"):
        if getattr(options, mode) and (options.code is not None or options.level is not None):
            raise UsageError(f"--code and --level say what is played; leave out --{mode}")
    if options.code is not None:
        check_network(options.code, _network(options))
        return check_stage(options.code, f"code {encode(options.code)}")
    if options.daily:
        day = datetime.datetime.now(datetime.UTC).date()
        seed, options.day = daily_seed(day), day if options.stage in (None, 1) else None
    else:
        seed = random.SystemRandom().randrange(LARGEST_SEED + 1) if options.seed is None else options.seed
    mode = "endless" if options.endless else "dream" if options.dream else "castle"
    castle = CastleCode(seed, mode, options.difficulty or 1, options.stage or 1)
    return check_stage(castle, f"--stage {castle.stage}")


def _stream(options: argparse.Namespace) -> LevelStream | WatchedStream:
    """Starts the worker that dreams. Raises UsageError for a network that is not there, NothingToWatch."""
    from generator.stream import LevelStream

    from .session.watch import WatchedStream

    if options.watch is not None:
        return WatchedStream(options.watch)
    if options.model is not None and not options.model.is_file():
        raise UsageError(f"{options.model}: no such file; name an .onnx file that `training export` wrote")
    return LevelStream(options.model)


def _play_in_window(
    options: argparse.Namespace,
    stream: LevelStream | WatchedStream | None,
    start: LevelKey | Built,
    judgement: Judgement | None,
    replay: Replay | None,
) -> int:
    """Opens the window, or none, and plays. The arguments are `Session`'s."""
    import pygame

    from generator.files import check_folder
    from generator.stream import LevelKey

    from .app import App
    from .gallery import Favourites
    from .gallery.film import Film
    from .home import Home
    from .inspector import Overlay
    from .screen import Window
    from .session import Session
    from .session.kept import ASIDE
    from .session.options import Options
    from .sound import Sounds

    pictures = options.screenshot and options.screenshot.parent
    for folder in (options.screenshot_dir, options.replays_dir, pictures):
        if folder is not None:
            check_folder(folder, "choose another folder")
    plays = not (options.headless or options.bot or options.replay or options.level)
    home = Home.of_user() if plays else Home()
    wanted = home.options.read() or Options()
    wanted = dataclasses.replace(
        wanted,
        scale=options.scale or wanted.scale,
        fullscreen=options.fullscreen or wanted.fullscreen,
        classic=options.classic or wanted.classic,
    )
    window = Window(wanted.scale or None, wanted.fullscreen)
    pygame.joystick.init()
    sounds = Sounds(options.mute or options.headless)
    if sounds.silent_reason and not options.mute and not options.headless:
        print(f"no sound: {sounds.silent_reason}", file=sys.stderr)
    titled = _begins_with_the_title(options)
    session = Session(
        stream, start, judgement=judgement, ask=not (options.favourites or titled), code=options.code,
        classic=wanted.classic, daily=options.day,
    )  # fmt: skip
    app = App(
        session, window, sounds, bot=options.bot, screenshot_folder=options.screenshot_dir,
        favourites=Favourites(options.favourites_dir), network=_network(options), replay=replay,
        home=home,
    )  # fmt: skip
    app.apply(wanted)
    film = Film(options.record) if options.record else None
    if options.favourites:
        app.pausing.open_gallery()
    elif titled:
        assert isinstance(start, LevelKey)
        app.front.open(start, home.runs.read())
    for name in home.set_aside:
        print(
            f"{name}: cannot be read; it is set aside as {name}{ASIDE}, and a new one begun", file=sys.stderr
        )
    try:
        if not options.headless:
            app.run()
            _keep_run(options, session)
            return 0
        took_ms = app.run_headless(options.ticks or HEADLESS_TICKS, film)
        if film is not None:
            film.write()
        _keep_run(options, session)
        if options.inspect is not None:
            app.inspect(Overlay[options.inspect.upper()])
        if options.screenshot is not None:
            app.screenshot(options.screenshot)
    finally:
        sounds.close()
        pygame.quit()
    print(json.dumps(_result(session, took_ms)))
    return 0


def _network(options: argparse.Namespace) -> Path | None:
    """The file that levels are dreamed with; None: the one that ships."""
    network: Path | None = options.model
    if options.watch is not None:
        from .session.watch import EXPORT

        network = options.watch / EXPORT
    return network


def _result(session: Session, took_ms: list[float]) -> dict[str, object]:
    """What a headless run tells. `levels`: how many were entered; `cleared`: whether the first one was.
    `substitute`: whether the shipped network stepped in for the last one's."""
    play, ordered = session.playthrough, sorted(took_ms) or [0.0]
    return {
        "seed": (play.first or play.key).seed,
        "code": play.first_code,
        "cleared": play.cleared,
        "proven": not play.unproven,
        "substitute": play.built is not None and play.built.level.substitute,
        "ticks": len(took_ms),
        "deaths": play.deaths,
        "levels": play.levels,
        "tick_ms": {
            "median": round(statistics.median(ordered), 3),
            "p99": round(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)], 3),
            "max": round(ordered[-1], 3),
        },
    }


def _read_level(path: Path) -> tuple[Built, Judgement | None]:
    """The level of a file or of a map of Tiled, and what was found out about it; tells what stands against
    it. Raises LevelError."""
    import numpy as np

    from generator.layout.handmade import judge, judge_kept
    from generator.level import Level, LevelError
    from generator.nes.roles import SCREEN_PX
    from generator.stream import Built
    from generator.tiled.read import read_map

    judgement: Judgement | None
    if path.suffix.lower() == ".tmx":
        level = read_map(path)
        judgement = judge(level)
    else:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise LevelError(f"{path}: cannot be read ({error.strerror}); name a level file") from None
        level = Level.from_bytes(data, str(path))
        judgement = judge_kept(level)
    if judgement is not None:
        level = judgement.level
        for remark in judgement.remarks:
            print(f"{path}: {'proven, but ' if judgement.proven else 'unproven: '}{remark}", file=sys.stderr)
    return Built(level, np.zeros((0, SCREEN_PX, SCREEN_PX, 3), np.uint8)), judgement


if __name__ == "__main__":
    raise SystemExit(main())
