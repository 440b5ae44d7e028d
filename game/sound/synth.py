"""The voices of an NES, in numpy: two kinds of wave, noise from a shift register, volume in sixteen steps.

Pure functions from numbers to float32 samples in -1..1 at `RATE_HZ`; the same numbers give the same samples.
How the chip makes them: nesdev.org wiki, "APU".
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE_HZ = 32_000
"""Samples a second: enough for bright pulse waves, and a third less work than 48 kHz."""
VOLUME_STEPS = 15
"""The chip's volumes are 0 to 15."""

_NOTE_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_REGISTER_BITS = 15
_SHORT_TAP, _LONG_TAP = 6, 1
"""The bit of the register that its lowest bit is compared with, in either mode."""
_FADE_SAMPLES = 96
"""How long every sound fades at its end, so that it does not click: 3 ms."""
_EASE_SAMPLES = 32
"""How long a note of the music rises from nothing, so that a loop has no step where it begins: 1 ms."""


def samples_in(duration_s: float) -> int:
    """How many samples a duration has."""
    return round(duration_s * RATE_HZ)


def note_number(name: str) -> int:
    """'A4' -> 69, 'C#5' -> 73, 'Bb3' -> 58: semitones as MIDI counts them. Raises ValueError."""
    letter, accidental, octave = name[0], name[1:-1], name[-1]
    if letter not in _NOTE_SEMITONES or accidental not in ("", "#", "b") or not octave.isdecimal():
        raise ValueError(f"no note: {name}")
    return 12 * (int(octave) + 1) + _NOTE_SEMITONES[letter] + {"": 0, "#": 1, "b": -1}[accidental]


def note_hz(number: float) -> float:
    """The pitch of a note in equal temperament, A4 = 440 Hz."""
    return float(440.0 * 2.0 ** ((number - 69) / 12))


def glide(start_hz: float, end_hz: float, samples: int) -> NDArray[np.float64]:
    """A pitch that slides evenly to the ear, float64[samples]."""
    return np.geomspace(start_hz, end_hz, samples)


def _phase(hz: float | NDArray[np.float64], samples: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Phase in 0..1 and its advance a sample, both float64[samples]."""
    advance = np.broadcast_to(np.asarray(hz, np.float64) / RATE_HZ, (samples,))
    return np.cumsum(advance) % 1.0, advance


def pulse(hz: float | NDArray[np.float64], samples: int, duty: float = 0.5) -> Samples:
    """A pulse wave, high for `duty` of its period.

    Its edges are rounded by polyBLEP (Välimäki and Huovilainen, 2007): sharp ones would alias. The chip's do
    not, since it runs at 1.8 MHz.
    """
    phase, advance = _phase(hz, samples)
    wave = np.where(phase < duty, 1.0, -1.0)
    for edge, sign in ((0.0, 1.0), (duty, -1.0)):
        distance = (phase - edge) % 1.0
        after = distance < advance
        before = distance > 1.0 - advance
        x = distance[after] / advance[after]
        wave[after] += sign * (2 * x - x * x - 1)
        x = (distance[before] - 1.0) / advance[before]
        wave[before] += sign * (x * x + 2 * x + 1)
    return (wave - (2 * duty - 1)).astype(np.float32) * np.float32(0.5)


def triangle(hz: float | NDArray[np.float64], samples: int) -> Samples:
    """The chip's triangle: 32 steps a period between 16 levels."""
    phase, _ = _phase(hz, samples)
    level = np.floor(phase * 32)
    return (np.abs(level - 15.5) - 8.0).astype(np.float32) / np.float32(7.5)


@cache
def _register(short: bool) -> NDArray[np.float32]:
    """A period of the noise register's lowest bit as -1 and 1: 32767 long, or 93 in the metallic mode."""
    state, seen = 1, []
    tap = _SHORT_TAP if short else _LONG_TAP
    for _ in range(93 if short else (1 << _REGISTER_BITS) - 1):
        seen.append(state & 1)
        state = (state >> 1) | (((state ^ (state >> tap)) & 1) << (_REGISTER_BITS - 1))
    return np.array(seen, np.float32) * 2 - 1


def noise(clock_hz: float | NDArray[np.float64], samples: int, short: bool = False) -> Samples:
    """The shift register's bits, `clock_hz` of them a second; `short` is the metallic mode."""
    advance = np.broadcast_to(np.asarray(clock_hz, np.float64) / RATE_HZ, (samples,))
    bits = _register(short)
    return bits[np.cumsum(advance).astype(np.int64) % len(bits)]


def decay(samples: int, start: float = 1.0, end: float = 0.0, hold: float = 0.0) -> Samples:
    """A volume in the chip's steps: `start` for the part `hold` of the time, then on to `end`."""
    position = np.clip((np.linspace(0, 1, samples) - hold) / max(1e-9, 1 - hold), 0, 1)
    volume = np.round((start + (end - start) * position) * VOLUME_STEPS) / VOLUME_STEPS
    return volume.astype(np.float32)


def faded(wave: Samples) -> Samples:
    """The same with its last 3 ms faded out."""
    length = min(_FADE_SAMPLES, len(wave))
    if length:
        wave = wave.copy()
        wave[-length:] *= np.linspace(1, 0, length, dtype=np.float32)
    return wave


def eased(wave: Samples) -> Samples:
    """The same, beginning at zero and rising within 1 ms."""
    length = min(_EASE_SAMPLES, len(wave))
    wave = wave.copy()
    wave[:length] *= np.linspace(0, 1, length, dtype=np.float32)
    return wave


def mixed(*parts: tuple[float, Samples]) -> Samples:
    """Sounds added up, each from its start in seconds on; as long as all of them take."""
    length = max(samples_in(start_s) + len(wave) for start_s, wave in parts)
    total = np.zeros(length, np.float32)
    for start_s, wave in parts:
        add(total, samples_in(start_s), wave)
    return total


def add(total: Samples, start: int, wave: Samples) -> None:
    """Adds a sound to `total` from the sample `start` on; what would go beyond its end is left out."""
    total[start : start + len(wave)] += wave[: max(0, len(total) - start)]


def to_int16(wave: Samples, volume: float = 1.0) -> NDArray[np.int16]:
    """Samples for a mixer; what would clip is cut off."""
    clipped: NDArray[np.int16] = np.round(np.clip(wave * volume, -1, 1) * 32767).astype(np.int16)
    return clipped
