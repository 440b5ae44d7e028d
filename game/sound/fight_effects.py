"""Second weapons, and foes: how they attack and how they fall."""

from __future__ import annotations

import numpy as np

from .strokes import bass, rattle, slide, tone
from .synth import RATE_HZ, Samples, decay, faded, glide, mixed, noise, pulse, samples_in


def dagger() -> Samples:
    """A dagger leaves the hand: thin and straight."""
    return mixed((0.0, rattle(9000, 14000, 0.08, 0.22)), (0.01, slide(900, 1500, 0.07, 0.2, 0.125)))


def axe() -> Samples:
    """An axe turns over in the air, four times, higher and higher."""
    turns = [(0.075 * at, slide(170 + 40 * at, 330 + 60 * at, 0.06, 0.3, 0.25)) for at in range(4)]
    return mixed((0.0, rattle(2500, 5000, 0.08, 0.25)), *turns)


def flask() -> Samples:
    """A flask is lobbed: a small whistle that falls."""
    return mixed((0.0, rattle(4000, 6000, 0.05, 0.15)), (0.02, slide(1400, 500, 0.16, 0.22, 0.5)))


def burst() -> Samples:
    """Holy water bursts: glass, and then fire that eats."""
    glass = [(0.02 * at, tone(note, 0.05, 0.125, 0.2)) for at, note in enumerate(("E7", "C7", "G7"))]
    samples = samples_in(0.4)
    fire = noise(glide(2500, 7000, samples), samples) * decay(samples, 0.45, 0.05)
    return mixed((0.0, rattle(16000, 9000, 0.08, 0.4, True)), *glass, (0.05, faded(fire)))


def boomerang() -> Samples:
    """A boomerang whirrs: a tone that swells and sinks."""
    samples = samples_in(0.36)
    sway = 1 + 0.25 * np.sin(np.arange(samples) * (2 * np.pi * 14 / RATE_HZ))
    return faded(pulse(glide(520, 700, samples) * sway, samples, 0.125) * decay(samples, 0.4, 0.08))


def stopwatch() -> Samples:
    """The stopwatch: tick, tock, and all stands still."""
    ticks = [(0.12 * at, tone("C6" if at % 2 else "G6", 0.03, 0.5, 0.36)) for at in range(4)]
    return mixed(*ticks, (0.48, slide(1200, 90, 0.5, 0.3, 0.25)))


def fall() -> Samples:
    """A foe goes up in flames."""
    return mixed((0.0, rattle(3000, 9000, 0.22, 0.4)), (0.0, slide(500, 90, 0.16, 0.34, 0.25)))


def great_bat_attack() -> Samples:
    """The great bat swoops: a shriek, and wings."""
    samples = samples_in(0.34)
    tremble = 1 + 0.08 * np.sign(np.sin(np.arange(samples) * (2 * np.pi * 40 / RATE_HZ)))
    shriek = pulse(glide(2400, 900, samples) * tremble, samples, 0.25) * decay(samples, 0.4, 0.1)
    wings = [(0.1 * at, rattle(1500, 4000, 0.07, 0.3)) for at in range(3)]
    return mixed((0.0, faded(shriek)), *wings)


def bone() -> Samples:
    """A bone is thrown: it tumbles."""
    return mixed(*((0.06 * at, slide(300 + 60 * at, 420 + 60 * at, 0.04, 0.18, 0.25)) for at in range(3)))


def spit() -> Samples:
    """A foe spits: wet and short."""
    return mixed((0.0, slide(700, 1500, 0.07, 0.2, 0.5)), (0.02, rattle(3000, 6000, 0.08, 0.15)))


def fireball() -> Samples:
    """Fire is spat: a cough, and a hiss."""
    return mixed((0.0, slide(260, 120, 0.1, 0.4, 0.5)), (0.05, rattle(4000, 9000, 0.25, 0.35)))


def great_bat_fall() -> Samples:
    """The great bat falls: one shriek more, down to the ground."""
    wings = [(0.13 * at, rattle(4000 - 600 * at, 1000, 0.1, 0.4)) for at in range(5)]
    return mixed((0.0, slide(2600, 110, 0.9, 0.45, 0.25)), *wings, (0.85, bass("D2", 0.3, 0.4)))


def armour_attack() -> Samples:
    """The armour swings its sword: iron that is swept through the air."""
    sweep = mixed((0.0, rattle(1200, 12000, 0.16, 0.45)), (0.02, slide(140, 420, 0.14, 0.3, 0.125)))
    return mixed((0.0, sweep), (0.16, rattle(15000, 9000, 0.14, 0.3, True)))


def armour_fall() -> Samples:
    """The armour falls to pieces: plates on stone, and a helmet that rolls."""
    plates = [(0.11 * at, rattle(15000 - 1500 * at, 7000, 0.12, 0.36 - 0.05 * at, True)) for at in range(6)]
    ring = [
        (0.11 * at, tone(note, 0.14, 0.125, 0.22))
        for at, note in enumerate(["E5", "Bb4", "F5", "A4", "Eb5", "G#4"])
    ]
    return mixed((0.0, slide(160, 40, 0.3, 0.45)), *plates, *ring)


def shade_attack() -> Samples:
    """The shade opens its cloak: a chord that does not belong, and fire."""
    chord = [(0.0, tone(note, 0.45, 0.25, 0.2, 0.1)) for note in ("D4", "G#4", "C#5")]
    return mixed(*chord, (0.08, rattle(2000, 9000, 0.4, 0.4)))


def shade_fall() -> Samples:
    """The shade ends: its chord comes apart, half a tone at a time, and a bell."""
    line = [
        (0.12 * at, tone(note, 0.2, 0.25, 0.3))
        for at, note in enumerate(["C#6", "C6", "B5", "Bb5", "A5", "G#5", "G5", "F#5"])
    ]
    toll = [(1.0, tone(note, 0.9, 0.125, 0.22, 0.1)) for note in ("D4", "A4", "F#5")]
    return mixed(*line, (0.0, rattle(8000, 600, 1.0, 0.4)), *toll, (1.0, bass("D2", 0.9, 0.4)))
