"""The sound: peaks of the worst mixture, seams, loudness, memory, and how long it all takes to make.

    python -m benchmarks.bench_sound

Loudness is integrated as ITU-R BS.1770 says, by pyloudnorm (`pip install pyloudnorm scipy`); without it those
figures are null. The last line on stdout is JSON.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
import tracemalloc
from itertools import combinations

os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import numpy as np

from game.app import SWITCH_INTERVAL_S
from game.sound import Sounds
from game.sound.__main__ import effect_samples, tune_samples
from game.sound.effects import EFFECTS
from game.sound.synth import RATE_HZ
from game.sound.tune import voice_of
from game.sound.tunes import TUNES
from game.sound.voices import Voice

TICK_S = 1 / 60
QUIET = 1e-5
"""-100 dBFS: no step at all."""


def decibels(amplitude: float) -> float:
    """Of full scale."""
    return 20 * math.log10(max(amplitude, QUIET))


def worst_peak() -> tuple[float, tuple[str, ...]]:
    """The loudest sum of effects of disjoint voices and the music on the others, and those effects.

    Peaks are added as if they came at the same sample: no real mixture is louder.
    """
    effects = {name: float(np.abs(effect_samples(name)).max()) for name in EFFECTS}
    music = {v: max(float(np.abs(voice_of(tune, v)).max()) for tune in TUNES.values()) for v in Voice}
    found: list[tuple[float, tuple[str, ...]]] = []
    for number in range(len(Voice)):
        for names in combinations(EFFECTS, number):
            taken = [voice for name in names for voice in EFFECTS[name].voices]
            if len(taken) == len(set(taken)):
                left = sum(music[voice] for voice in Voice if voice not in taken)
                found.append((left + sum(effects[name] for name in names), names))
    return max(found)


def loudness() -> dict[str, float]:
    """Integrated loudness of every tune, LUFS; nothing where pyloudnorm is missing."""
    try:
        import pyloudnorm
    except ImportError:
        return {}
    meter = pyloudnorm.Meter(RATE_HZ)
    return {name: float(meter.integrated_loudness(tune_samples(name).astype(np.float64))) for name in TUNES}


def memory() -> tuple[float, float, float]:
    """Of a game that goes through all tunes, MB: the most that sounds take; the same and what making the next
    one takes meanwhile; and the effects alone."""
    sounds = Sounds()
    sounds.tick()
    sounds.tick()
    sounds.wait()
    effects = sounds.bytes_held
    most = 0
    tracemalloc.start()
    for name in (*TUNES, "stage_1", "boss", "stage_2", "gallery", "title", "stage_3", "boss"):
        sounds.music(name, anew=True)
        sounds.tick()
        sounds.wait()
        sounds.tick()
        most = max(most, sounds.bytes_held)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sounds.close()
    return most / 1e6, peak / 1e6, effects / 1e6


def main() -> int:
    """Measures and prints."""
    peak, names = worst_peak()
    print(f"worst mixture {decibels(peak):6.2f} dBFS   ({', '.join(names)}, and the music)")
    seam = -200.0
    made_s: dict[str, float] = {}
    for name, tune in TUNES.items():
        begin = time.process_time()
        whole = tune_samples(name)
        made_s[name] = time.process_time() - begin
        if tune.loops:
            seam = max(seam, decibels(abs(float(whole[0]) - float(whole[-1]))))
    begin = time.process_time()
    for name in EFFECTS:
        effect_samples(name)
    effects_s = time.process_time() - begin
    lufs = loudness()
    for name, tune in TUNES.items():
        loud = f"{lufs[name]:6.1f} LUFS" if lufs else "     - LUFS"
        print(f"{name:<10} {tune.samples / RATE_HZ:5.1f} s  {loud}  made in {made_s[name]:.2f} s")
    begin = time.perf_counter()
    longest = 0.0
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    sounds = Sounds()
    sounds.music("title")
    while sounds.bytes_held == 0 or sounds._decks.playing is None or len(sounds._effects) < len(EFFECTS):
        at = time.perf_counter()
        sounds.tick()
        longest = max(longest, time.perf_counter() - at)
        time.sleep(TICK_S)
    start_s = time.perf_counter() - begin
    sounds.close()
    held_mb, making_mb, effects_mb = memory()
    results = {
        "worst_peak_dbfs": round(decibels(peak), 2),
        "seam_dbfs": round(seam, 1),
        "loudness_range_lu": round(max(lufs.values()) - min(lufs.values()), 2) if lufs else None,
        "loudness_lufs": {name: round(value, 1) for name, value in lufs.items()},
        "tunes": len(TUNES),
        "effects": len(EFFECTS),
        "effects_s": round(effects_s, 2),
        "slowest_tune_s": round(max(made_s.values()), 2),
        "title_and_effects_s": round(start_s, 2),
        "tick_ms_max": round(longest * 1000, 2),
        "held_mb": round(held_mb, 1),
        "making_mb": round(making_mb, 1),
        "effects_mb": round(effects_mb, 2),
    }
    print(json.dumps({"bench": "sound", **results}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
