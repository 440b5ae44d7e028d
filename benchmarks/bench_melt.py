"""Forty presses of T in the running game, headless at 60 ticks a second: ticks, first step, the melts.

The same loop without a worker, and without T, is the control: what it shows, the machine does by itself.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from generator.dream.loading import load_networks
from generator.look.melt import STEPS, melt
from generator.stream import LevelStream, build_level

from .bench_game import TICK_S, WARM_UP_TICKS, make_app, paced, quantiles

if TYPE_CHECKING:
    from game.app import App

PRESSES = 40
TICKS_BETWEEN = 120
"""Between two presses at least, 2 s; beyond that until the level is there, so that a press melts at once."""
MOST_TICKS = 36000
"""Ten minutes: where fewer presses fit, something is wrong."""
MELTS = 8
"""Stages whose melts are timed by themselves."""


def pressed(app: App, presses: int) -> tuple[list[float], list[float], int]:
    """ms of each tick; ms from each press to the end of the tick that draws the first step; melts that were
    seen to their end."""
    from game.controls import Action, Presses
    from game.session import Phase

    session = app.session
    took_ms: list[float] = []
    first_ms: list[float] = []
    finished, left = 0, presses
    pressed_s: float | None = None
    pressed_tick = last_step = 0
    next_s = time.perf_counter()
    while len(took_ms) < MOST_TICKS and (left or len(took_ms) < pressed_tick + TICKS_BETWEEN):
        assert session.stream is not None
        press = (
            left > 0
            and len(took_ms) >= pressed_tick + TICKS_BETWEEN
            and session.phase == Phase.PLAYING
            and session.stream.ready(session.playthrough.key._replace(art=session.playthrough.key.art + 1))
        )
        held = Presses(0, (Action.REDREAM,) if press else ())
        buttons = app.buttons(held)
        began_s = time.perf_counter()
        if press:
            pressed_s, pressed_tick = began_s, len(took_ms)
            left -= 1
        app.tick(held, buttons)
        ended_s = time.perf_counter()
        took_ms.append((ended_s - began_s) * 1000)
        step = session.playthrough.melting.step if session.playthrough.melting else 0
        if step and pressed_s is not None:
            first_ms.append((ended_s - pressed_s) * 1000)
            pressed_s = None
        finished += step == 0 and last_step == STEPS
        last_step = step
        next_s += TICK_S
        time.sleep(max(0.0, next_s - time.perf_counter()))
    return took_ms, first_ms, finished


def melt_s(model: Path | None) -> float:
    """CPU seconds of a stage's melt, median."""
    networks = load_networks(model, None)
    took_s: list[float] = []
    for seed in range(MELTS):
        old, new = (build_level(seed, art=art, networks=networks).level for art in (0, 1))
        began_s = time.process_time()
        melt(old, new, networks.generator)
        took_s.append(time.process_time() - began_s)
    return statistics.median(took_s)


def main() -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_melt", description=__doc__)
    parser.add_argument("--model", type=Path, metavar="FILE")
    parser.add_argument("--presses", type=int, default=PRESSES)
    options = parser.parse_args()

    figures: dict[str, float] = {"melt_s": round(melt_s(options.model), 3)}
    app = make_app(options.model, with_worker=True)
    paced(app, WARM_UP_TICKS, 0)
    took_ms, first_ms, finished = pressed(app, options.presses)
    figures |= quantiles("tick", took_ms)
    figures["ticks"] = len(took_ms)
    figures["melts"] = finished
    figures["first_step_ms_max"] = round(max(first_ms, default=-1.0), 1)
    assert isinstance(app.session.stream, LevelStream)
    app.session.stream.close()

    control = make_app(options.model, with_worker=False)
    paced(control, WARM_UP_TICKS, 0)
    took_ms, _, _ = paced(control, len(took_ms), 0)
    figures |= quantiles("control", took_ms)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
