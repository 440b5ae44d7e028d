"""The sound effects, each composed of the chip's voices by a pure function without arguments."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .synth import (
    RATE_HZ,
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


def _tone(name: str, duration_s: float, duty: float, volume: float, hold: float = 0.0) -> Samples:
    samples = samples_in(duration_s)
    return faded(pulse(note_hz(note_number(name)), samples, duty) * decay(samples, volume, 0.0, hold))


def _slide(start_hz: float, end_hz: float, duration_s: float, volume: float, duty: float = 0.0) -> Samples:
    """A pulse wave, or without a duty a triangle, whose pitch slides while it fades."""
    samples = samples_in(duration_s)
    hz = glide(start_hz, end_hz, samples)
    wave = pulse(hz, samples, duty) if duty else triangle(hz, samples)
    return faded(wave * decay(samples, volume))


def _notes(names: str, apart_s: float, duration_s: float, duty: float, volume: float) -> Samples:
    """Notes that begin one after another."""
    return mixed(
        *((apart_s * at, _tone(name, duration_s, duty, volume)) for at, name in enumerate(names.split()))
    )


def _bass(name: str, duration_s: float, volume: float) -> Samples:
    return faded(triangle(note_hz(note_number(name)), samples_in(duration_s)) * np.float32(volume))


def _rattle(start_hz: float, end_hz: float, duration_s: float, volume: float, short: bool = False) -> Samples:
    samples = samples_in(duration_s)
    return faded(noise(glide(start_hz, end_hz, samples), samples, short) * decay(samples, volume))


def whip() -> Samples:
    """A swish that rises while the arm goes round, and the crack when the whip is out (tick 12 of 23)."""
    samples = samples_in(0.17)
    swish = noise(glide(1800, 9000, samples), samples) * decay(samples, 0.05, 0.30)
    crack = mixed((0.0, _rattle(15000, 6000, 0.07, 0.6)), (0.0, _tone("C6", 0.03, 0.125, 0.3)))
    return mixed((0.0, faded(swish)), (0.17, crack))


def throw() -> Samples:
    """A short whirr that leaves the hand."""
    return mixed((0.0, _rattle(5000, 9000, 0.09, 0.18)), (0.02, _slide(320, 640, 0.1, 0.2, 0.25)))


def clang() -> Samples:
    """A blow on a shield: two notes that do not go together."""
    return mixed((0.0, _tone("E6", 0.12, 0.125, 0.22)), (0.0, _tone("A#5", 0.14, 0.25, 0.2)))


def hit() -> Samples:
    """Something is struck: dull and short."""
    return mixed((0.0, _slide(330, 70, 0.11, 0.5, duty=0.5)), (0.0, _rattle(9000, 1500, 0.13, 0.45)))


def hurt() -> Samples:
    """The hero is struck and cries out: the cry falls."""
    samples = samples_in(0.28)
    wobble = 1 + 0.06 * np.sign(np.sin(np.arange(samples) * (2 * np.pi * 28 / RATE_HZ)))
    cry = pulse(glide(620, 150, samples) * wobble, samples, 0.25) * decay(samples, 0.6, 0.1)
    return mixed((0.0, faded(cry)), (0.0, _rattle(5000, 900, 0.10, 0.4)))


def jump() -> Samples:
    """The hero jumps: cloth and a push, quiet, since it is heard so often."""
    return mixed((0.0, _slide(150, 300, 0.09, 0.22, duty=0.25)), (0.0, _rattle(2500, 5000, 0.06, 0.10)))


def land() -> Samples:
    """The hero lands: boots on stone."""
    samples = samples_in(0.07)
    thump = triangle(glide(140, 55, samples), samples) * np.float32(0.6)
    return mixed((0.0, faded(thump)), (0.0, _rattle(1500, 700, 0.05, 0.22)))


def heart() -> Samples:
    """A heart is picked up: a fourth, upwards."""
    return mixed((0.0, _tone("E5", 0.06, 0.5, 0.35, 0.5)), (0.06, _tone("A5", 0.16, 0.5, 0.38, 0.2)))


def money() -> Samples:
    """Money is picked up: coins."""
    return _notes("B5 E6 B6", 0.05, 0.10, 0.25, 0.3)


def upgrade() -> Samples:
    """The whip grows: a broken chord, twice as fast as one could play it."""
    return _notes("D5 F5 A5 D6 F6 A6", 0.055, 0.16, 0.25, 0.32)


def candle() -> Samples:
    """A candle goes out: a puff and a ring of brass."""
    return mixed((0.0, _rattle(7000, 1200, 0.10, 0.4)), (0.02, _tone("G6", 0.20, 0.125, 0.25)))


def death() -> Samples:
    """The hero falls: a lament, down by semitones over a bass that stays."""
    notes = ("D5", "C#5", "C5", "B4", "Bb4", "A4")
    lament = [(0.16 * at, _tone(note, 0.22, 0.25, 0.42, 0.3)) for at, note in enumerate(notes)]
    bass = [(0.0, _bass("D3", 0.46, 0.35)), (0.48, _bass("G2", 0.46, 0.35)), (0.98, _bass("D2", 0.80, 0.4))]
    return mixed(*lament, (0.98, _tone("D4", 0.8, 0.5, 0.35)), *bass)


def clear() -> Samples:
    """The stage is done: minor, and at the last chord major, as the old masters ended."""
    line = (("D5", 0.0), ("F5", 0.13), ("A5", 0.26), ("D6", 0.39), ("C6", 0.65), ("D6", 0.78), ("E6", 0.91))
    top = [(start, _tone(note, 0.24, 0.5, 0.30, 0.3)) for note, start in line]
    chord = [(1.17, _tone(note, 1.1, 0.25, 0.20, 0.3)) for note in ("F#5", "A5", "D6")]
    bass = [(0.0, _bass("D3", 0.38, 0.4)), (0.39, _bass("Bb2", 0.25, 0.4)), (0.65, _bass("C3", 0.50, 0.4))]
    return mixed(*top, *chord, *bass, (1.17, _bass("D3", 1.0, 0.4)))


def dream() -> Samples:
    """A castle is dreamed: whole tones drift up, each with its echo."""
    notes = ("D5", "E5", "F#5", "G#5", "Bb5", "C6", "D6", "E6", "F#6")
    parts: list[tuple[float, Samples]] = []
    for at, note in enumerate(notes):
        for echo, volume in ((0, 0.24), (1, 0.12), (2, 0.06)):
            parts.append((0.09 * at + 0.21 * echo, _tone(note, 0.30, 0.125 if at % 2 else 0.25, volume)))
    return mixed(*parts)


def pause() -> Samples:
    """The game waits, or goes on."""
    return mixed((0.0, _tone("A5", 0.07, 0.5, 0.3, 0.5)), (0.08, _tone("E5", 0.14, 0.5, 0.3, 0.3)))


def door() -> Samples:
    """A heavy door opens: hinges groan, and wood meets stone."""
    samples = samples_in(0.22)
    groan = pulse(glide(90, 60, samples), samples, 0.125) * decay(samples, 0.05, 0.25)
    return mixed((0.0, faded(groan)), (0.2, _bass("C2", 0.09, 0.5)), (0.2, _rattle(900, 300, 0.08, 0.25)))


def locked() -> Samples:
    """A door is locked: the latch clicks twice, and a low note says no."""
    latch = [(0.07 * at, _rattle(9000, 5000, 0.035, 0.3, True)) for at in range(2)]
    return mixed(*latch, (0.02, _tone("C3", 0.05, 0.25, 0.3)), (0.09, _tone("B2", 0.11, 0.25, 0.36)))


def key() -> Samples:
    """A key is taken: it rings."""
    return _notes("A5 D6 F6 A6", 0.06, 0.22, 0.125, 0.3)


def unlock() -> Samples:
    """The bolt slides, and the way is free."""
    bolt = [(0.0, _rattle(3000, 6000, 0.05, 0.35, True)), (0.1, _rattle(2000, 800, 0.06, 0.4))]
    return mixed(*bolt, (0.2, _tone("D5", 0.12, 0.25, 0.3)), (0.3, _tone("A5", 0.25, 0.25, 0.32)))


def break_() -> Samples:
    """Masonry comes down: a crack, a blow that is felt, then stones, fewer and duller."""
    stones = ((0.08, 0.34), (0.15, 0.28), (0.25, 0.22), (0.38, 0.14))
    falls = [(at, _rattle(7000 - 9000 * at, 1800, 0.12, volume)) for at, volume in stones]
    return mixed((0.0, _rattle(15000, 4000, 0.09, 0.45)), (0.0, _slide(150, 45, 0.2, 0.45)), *falls)


def crumble() -> Samples:
    """A floor begins to give way: grit under a boot, and more of it."""
    grit = ((0.0, 0.14), (0.04, 0.2), (0.1, 0.16), (0.15, 0.24))
    return mixed(*((at, _rattle(6500 + 8000 * at, 3000, 0.045, volume)) for at, volume in grit))


def platform() -> Samples:
    """The hero lands on a platform that hangs in chains: softer than stone, and they clink."""
    clink = [(0.03 + 0.05 * at, _rattle(16000, 12000, 0.03, 0.1 - 0.03 * at, True)) for at in range(2)]
    return mixed((0.0, _slide(110, 60, 0.09, 0.4)), *clink)


def splash() -> Samples:
    """The hero falls into the water: a slap, and drops that fall back."""
    notes = enumerate(("E6", "C6", "G6", "A5"))
    notes = enumerate(("E6", "C6", "G6", "A5"))
    drops = [(0.16 + 0.07 * at, _tone(note, 0.05, 0.5, 0.1)) for at, note in notes]
    return mixed((0.0, _rattle(9000, 1200, 0.3, 0.4)), (0.05, _bass("C2", 0.12, 0.4)), *drops)


def stairs() -> Samples:
    """One stair: soft, since it is heard so often."""
    scrape = [(0.0, _rattle(6000, 3500, 0.03, 0.07)), (0.05, _rattle(5000, 4000, 0.02, 0.07))]
    return mixed((0.0, _slide(170, 90, 0.05, 0.14)), *scrape)


def treasure() -> Samples:
    """A chest is opened: a fanfare of a bar."""
    notes = (("D5", 0.0), ("D5", 0.1), ("F#5", 0.2), ("A5", 0.3), ("D6", 0.4))
    return mixed(*((start, _tone(note, 0.3, 0.5, 0.28, 0.3)) for note, start in notes), (0.4, money()))


def roast() -> Samples:
    """A meal is eaten: strength comes back, note by note."""
    return _notes("G4 B4 D5 G5 B5 D6", 0.05, 0.12, 0.5, 0.28)


def secret() -> Samples:
    """Something was hidden here: a question that rises by whole tones."""
    return _notes("F#5 G#5 Bb5 C6 E6 D6 G#6", 0.09, 0.18, 0.25, 0.26)


def choose() -> Samples:
    """Another entry of a menu, another picture of the gallery."""
    return _tone("B5", 0.06, 0.25, 0.3)


EFFECTS: dict[str, Callable[[], Samples]] = {
    effect.__name__.rstrip("_"): effect
    for effect in (
        whip, hit, hurt, jump, land, heart, money, upgrade, candle, death, clear, dream, pause,
        door, locked, key, unlock, break_, crumble, platform, splash, stairs, treasure, roast, secret, choose,
        throw, clang,
    )
}  # fmt: skip
"""Every effect by its name."""
