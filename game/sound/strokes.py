"""What effects are put together of: a note, a slide, a few notes in a row, a low note, a rattle."""

from __future__ import annotations

import numpy as np

from .synth import (
    Samples,
    decay,
    faded,
    glide,
    mixed,
    noise,
    note_hz,
    note_number,
    pulse,
    samples_in,
    triangle,
)


def tone(name: str, duration_s: float, duty: float, volume: float, hold: float = 0.0) -> Samples:
    samples = samples_in(duration_s)
    return faded(pulse(note_hz(note_number(name)), samples, duty) * decay(samples, volume, 0.0, hold))


def slide(start_hz: float, end_hz: float, duration_s: float, volume: float, duty: float = 0.0) -> Samples:
    """A pulse wave, or without a duty a triangle, whose pitch slides while it fades."""
    samples = samples_in(duration_s)
    hz = glide(start_hz, end_hz, samples)
    wave = pulse(hz, samples, duty) if duty else triangle(hz, samples)
    return faded(wave * decay(samples, volume))


def notes(names: str, apart_s: float, duration_s: float, duty: float, volume: float) -> Samples:
    """Notes that begin one after another."""
    return mixed(
        *((apart_s * at, tone(name, duration_s, duty, volume)) for at, name in enumerate(names.split()))
    )


def bass(name: str, duration_s: float, volume: float) -> Samples:
    return faded(triangle(note_hz(note_number(name)), samples_in(duration_s)) * np.float32(volume))


def rattle(start_hz: float, end_hz: float, duration_s: float, volume: float, short: bool = False) -> Samples:
    samples = samples_in(duration_s)
    return faded(noise(glide(start_hz, end_hz, samples), samples, short) * decay(samples, volume))
