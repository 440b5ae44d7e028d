"""The running game, headless at 60 ticks a second: what 100 presses of R cost, the start, the memory.

The same loop without a worker, and without R, is the control: what it shows, the machine does by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"

if TYPE_CHECKING:
    from game.app import App

PRESSES = 100
TICKS_BETWEEN = 90
"""Between two presses, 1.5 s: about what a level takes to build."""
TICK_S = 1 / 60
STARTS = 5
WARM_UP_TICKS = 120


def make_app(model: Path | None, *, with_worker: bool) -> App:
    """A game that has its first level; without a worker it keeps that one."""
    from game.app import App
    from game.screen import Window
    from game.session import Session
    from game.sound import Sounds
    from generator.dream.loading import load_networks
    from generator.stream import LevelKey, LevelStream, build_level

    if not with_worker:
        built = build_level(1, networks=load_networks(model, None))
        return App(Session(None, built), Window(), Sounds(mute=True), bot=True)
    app = App(Session(LevelStream(model), LevelKey(1)), Window(), Sounds(mute=True), bot=True)
    while app.session.stalled:
        app.session.tick(0)
        time.sleep(0.005)
    return app


def paced(app: App, ticks: int, press_every: int) -> tuple[list[float], list[int], float]:
    """ms of each tick, ticks that each swap took, MB of game and worker at most. Sixty ticks a second."""
    from game.controls import Action, Presses

    took_ms: list[float] = []
    waited: list[int] = []
    most_mb = 0.0
    levels = app.session.playthrough.levels
    next_s = time.perf_counter()
    for number in range(ticks):
        press = press_every > 0 and number % press_every == press_every - 1
        presses = Presses(0, (Action.REGENERATE,) if press else ())
        buttons = app.buttons(presses)
        began = time.perf_counter()
        app.tick(presses, buttons)
        took_ms.append((time.perf_counter() - began) * 1000)
        if app.session.playthrough.levels > levels:
            levels = app.session.playthrough.levels
            waited.append(app.session.swap_ticks)
        if number % 60 == 0:
            most_mb = max(most_mb, memory_mb())
        next_s += TICK_S
        time.sleep(max(0.0, next_s - time.perf_counter()))
    return took_ms, waited, most_mb


def memory_mb() -> float:
    """What this process and its children hold, MB: proportional shares, so that shared pages count once."""
    me = psutil.Process()
    total = 0
    for process in [me, *me.children(recursive=True)]:
        try:
            full = process.memory_full_info()
            total += getattr(full, "pss", full.rss)
        except psutil.Error:
            continue
    return total / 1e6


def start_s(model: Path | None) -> float:
    """Seconds from starting the process to the first frame of a level that was built fresh."""
    command = [
        sys.executable,
        "-m",
        "game",
        "--headless",
        "--ticks",
        "1",
        "--seed",
        str(time.time_ns() % 10**9),
    ]
    if model is not None:
        command += ["--model", str(model)]
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def quantiles(name: str, took_ms: list[float]) -> dict[str, float]:
    """Median, p99, p99.9 and the worst."""
    points = np.quantile(took_ms, [0.5, 0.99, 0.999, 1.0])
    names = ("median", "p99", "p999", "max")
    return {f"{name}_{key}_ms": round(float(p), 3) for key, p in zip(names, points, strict=True)}


def main() -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_game", description=__doc__)
    parser.add_argument("--model", type=Path, metavar="FILE")
    parser.add_argument("--presses", type=int, default=PRESSES)
    options = parser.parse_args()
    from game.session import Phase
    from generator.stream import LevelStream

    figures: dict[str, float] = {}
    starts = sorted(start_s(options.model) for _ in range(STARTS))
    figures["start_s_median"] = round(starts[len(starts) // 2], 3)
    figures["start_s_max"] = round(starts[-1], 3)

    app = make_app(options.model, with_worker=True)
    paced(app, WARM_UP_TICKS, 0)
    took_ms, waited, most_mb = paced(app, options.presses * TICKS_BETWEEN, TICKS_BETWEEN)
    figures |= quantiles("tick", took_ms)
    figures["swaps"] = len(waited)
    figures["swaps_within_one_tick"] = sum(ticks <= 1 for ticks in waited)
    figures["swap_ticks_max"] = max(waited, default=0)
    figures["memory_mb"] = round(most_mb, 1)
    # With a level ready: wait for it, press, and count the ticks.
    key = app.session.playthrough.key
    for _ in range(1200):
        paced(app, 1, 0)
        session = app.session
        ready = session.stream is not None and session.stream.ready(session.other_castle())
        if ready and session.phase == Phase.PLAYING:  # R waits for a death to end
            break
    _, ready_swaps, _ = paced(app, 2, 1)
    figures["ready_swap_ticks"] = ready_swaps[0] if ready_swaps else -1
    assert app.session.playthrough.key != key, "R was pressed and nothing came"
    if isinstance(app.session.stream, LevelStream):
        app.session.stream.close()

    control = make_app(options.model, with_worker=False)
    paced(control, WARM_UP_TICKS, 0)
    took_ms, _, _ = paced(control, options.presses * TICKS_BETWEEN, 0)
    figures |= quantiles("control", took_ms)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
