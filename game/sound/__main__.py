"""Renders all tunes and effects to files, with a page that lists them.

    python -m game.sound --out DIR

Writes OGG where `soundfile` is there (`pip install soundfile`), else WAV.
"""

from __future__ import annotations

import argparse
import sys
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.errors import GanvaniaError
from generator.files import check_folder, write_whole

from .effects import EFFECTS
from .sound import EFFECT_VOLUME
from .synth import RATE_HZ, Samples, add, to_int16
from .tune import voice_of
from .tunes import TUNES
from .voices import Voice

PAGE = "README.md"
TIMES = 2
"""How often a tune that loops is written, so that its seam can be heard."""


def tune_samples(name: str, times: int = 1) -> Samples:
    """A tune as the game plays it, all voices together."""
    tune = TUNES[name]
    whole = np.zeros(tune.samples, np.float32)
    for voice in Voice:
        add(whole, 0, voice_of(tune, voice))
    return np.tile(whole, times)


def effect_samples(name: str) -> Samples:
    """An effect as loud as the game plays it."""
    return EFFECTS[name].make() * np.float32(EFFECT_VOLUME)


def write(path: Path, samples: NDArray[np.int16]) -> Path:
    """Writes a file of sound, `path` with its suffix; returns it."""
    try:
        import soundfile
    except (ImportError, OSError):  # OSError: its library is missing
        path = path.with_suffix(".wav")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples.astype("<i2").tobytes())
        return path
    path = path.with_suffix(".ogg")
    with soundfile.SoundFile(path, "w", RATE_HZ, channels=1, format="OGG", subtype="VORBIS") as file:
        # A second at a time: libsndfile keeps what it is given on its stack, and a tune does not fit there.
        for at in range(0, len(samples), RATE_HZ):
            file.write(samples[at : at + RATE_HZ])
    return path


def render_all(folder: Path) -> Path:
    """Writes everything into a folder; returns the page that lists it."""
    lines = ["# What is heard", "", "## Tunes", ""]
    lines += ["| tune | length | bars | crotchets a minute |", "|---|---|---|---|"]
    for name, tune in TUNES.items():
        path = write(folder / f"tune_{name}", to_int16(tune_samples(name, TIMES if tune.loops else 1)))
        length = f"{tune.samples / RATE_HZ:.1f} s{', loops' if tune.loops else ''}"
        lines.append(f"| [{name}]({path.name}) | {length} | {tune.bars} | {tune.tempo:g} |")
    lines += ["", "## Effects", "", "| effect | what it is | length | voices |", "|---|---|---|---|"]
    for name, effect in EFFECTS.items():
        samples = effect_samples(name)
        path = write(folder / f"effect_{name}", to_int16(samples))
        told = (effect.make.__doc__ or "").strip().splitlines()[0]
        voices = ", ".join(voice.name.lower() for voice in sorted(effect.voices))
        lines.append(f"| [{name}]({path.name}) | {told} | {len(samples) / RATE_HZ:.2f} s | {voices} |")
    write_whole(folder / PAGE, ("\n".join(lines) + "\n").encode())
    return folder / PAGE


def main(arguments: list[str] | None = None) -> int:
    """Renders; 1 where nothing can be written."""
    parser = argparse.ArgumentParser(prog="python -m game.sound", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
    folder = parser.parse_args(arguments).out
    try:
        check_folder(folder, "choose another folder")
        print(render_all(folder))
    except (GanvaniaError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
