"""The music, composed for this game, and how the chip's four voices perform it.

A tune is written as one chord and one bar of melody a line. Lengths are sixteenths: `D5:4` is a crotchet, a
note without a length a quaver (2), `-` a rest. From the chords come a broken-chord second pulse, a triangle
bass and a noise rhythm; each follows a pattern of the section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from .synth import RATE_HZ, Samples, decay, faded, noise, note_hz, note_number, pulse, samples_in, triangle

SIXTEENTHS = 16
"""Sixteenths in a bar."""

# Parts of full scale.
_LEAD_VOLUME, _CHORD_VOLUME, _BASS_VOLUME, _DRUM_VOLUME = 0.30, 0.11, 0.34, 0.10
_VIBRATO_HZ, _VIBRATO_SEMITONES, _VIBRATO_AFTER_S = 5.5, 0.14, 0.22
_CHORD_LOWEST = 60  # the second pulse plays from C4 up, so that it stays under the melody
_BASS_LOWEST = 40  # the bass notes are E2 to D#3: so the lament falls from D to G without a leap

# Semitones over the root.
_QUALITIES = {"": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 10), "dim": (0, 3, 6)}


@dataclass(frozen=True)
class Section:
    """Bars that are played alike.

    `bars`: (chord, melody) each. The patterns have one sign a sixteenth of every bar, '-' for no new note.
    `broken`: which note of the chord the second pulse plays, 0 to 2 by height, 3 the lowest an octave up.
    `bass`: 'r' the bass note, 'R' an octave up, 'f' the chord's fifth. `drums`: 'h' hat, 's' snare.
    """

    bars: tuple[tuple[str, str], ...]
    broken: str
    bass: str
    drums: str
    duty: float = 0.25


@dataclass(frozen=True)
class Tune:
    """A loop: its speed in crotchets a minute and its sections."""

    tempo: float
    sections: tuple[Section, ...]

    @property
    def bars(self) -> int:
        return sum(len(section.bars) for section in self.sections)

    @property
    def sixteenth_s(self) -> float:
        """Length of a sixteenth, seconds."""
        return 60 / self.tempo / 4

    @property
    def samples(self) -> int:
        """Length of the loop in samples."""
        return samples_in(self.bars * SIXTEENTHS * self.sixteenth_s)


def _bars(text: str) -> tuple[tuple[str, str], ...]:
    lines = [line.split("|") for line in text.strip().splitlines()]
    return tuple((chord.strip(), melody.strip()) for chord, melody in lines)


_STAGE_THEME = _bars("""
    Dm      | D5:4 A4 D5 F5:3 E5:1 D5:4
    Gm      | G5:4 D5 G5 Bb5:3 A5:1 G5:4
    C       | E5 G5 C6:4 Bb5 A5 G5:4
    F       | A5:6 G5 F5:4 C5:4
    Bb      | D5 F5 Bb5:4 A5 G5 F5:4
    Edim/G  | G5 F5 E5:4 D5 E5 G5:4
    A       | C#5 E5 A5:4 G5 F5 E5:4
    A7/C#   | A4 C#5 E5 G5 F5 E5 D5 C#5
""")
_STAGE_ANSWER = _bars("""
    Dm      | D5:4 A4 D5 F5:3 E5:1 F5 A5
    Gm/Bb   | Bb5:4 A5 G5 D5:3 G5:1 A5 Bb5
    C       | C6:4 Bb5 A5 G5:3 A5:1 Bb5 G5
    F/A     | A5:6 Bb5 C6:4 F5:4
    Bb      | D6:4 C6 Bb5 A5 Bb5 F5:4
    Gm      | Bb5:4 A5 G5 F5 G5 D5:4
    A7      | E5 F5 G5 E5 C#5:4 A4:4
    Dm      | D5:6 A4 D5:4 -:4
""")
_STAGE_HALLS = _bars("""
    F       | C5:8 F5:4 A5:4
    C/E     | G5:8 E5:4 C5:4
    Gm/D    | D5:8 G5:4 Bb5:4
    Dm      | A5:10 F5 D5:4
    Bb      | Bb5:6 A5 G5:4 F5:4
    F/A     | A5:6 G5 F5:4 C5:4
    Edim/G  | G5:4 F5:4 E5:4 D5:4
    A7      | C#5:6 D5 E5:8
""")
_STAGE_STAIRS = _bars("""
    Dm      | D6:1 C6:1 Bb5:1 A5:1 Bb5:1 A5:1 G5:1 F5:1 G5:1 F5:1 E5:1 D5:1 E5:1 F5:1 G5:1 A5:1
    Gm      | Bb5:1 A5:1 G5:1 F5:1 G5:1 F5:1 Eb5:1 D5:1 Eb5:1 D5:1 C5:1 Bb4:1 C5:1 D5:1 Eb5:1 F5:1
    C7      | E5:1 G5:1 Bb5:1 G5:1 E5:1 G5:1 C6:1 G5:1 E5:1 G5:1 Bb5:1 G5:1 E5:1 G5:1 C6:1 Bb5:1
    F       | A5:1 C6:1 F5:1 C6:1 A5:1 C6:1 F5:1 C6:1 A5:4 F5:4
    Bb      | D6:3 C6:1 Bb5:4 F5:4 Bb5:4
    Edim    | Bb5:3 A5:1 G5:4 E5:4 G5:4
    A7      | A5:1 G5:1 F5:1 E5:1 F5:1 E5:1 D5:1 C#5:1 D5:1 C#5:1 Bb4:1 A4:1 C#5:1 E5:1 G5:1 Bb5:1
    A/C#    | A5:8 E5:4 C#5:4
""")
_LAMENT = _bars("""
    Dm      | A4:8 D5:4 F5:4
    A/C#    | E5:12 C#5:4
    F/C     | F5:6 G5 A5:8
    G/B     | G5:8 D5:4 B4:4
    Bb      | D5:6 E5 F5:8
    F/A     | C5:6 D5 F5:8
    Gm      | D5:4 G5:4 Bb5:4 G5:4
    A7      | A5:6 G5 E5:4 C#5:4
    Dm      | D5:6 E5 F5:4 A5:4
    A/C#    | A5:8 E5:4 C#5:4
    F/C     | C6:6 Bb5 A5:4 F5:4
    G/B     | B5:6 A5 G5:4 D5:4
    Bb      | Bb5:6 A5 G5:4 F5:4
    Gm      | G5:6 F5 D5:4 G5:4
    A7      | E5:4 F5 E5 C#5:4 A4:4
    Dm      | D5:12 -:4
""")

_ENDING = _bars("""
    D       | A4:4 D5 F#5:6 E5 D5
    G       | B4:4 D5 G5:6 F#5 E5
    A       | C#5:4 E5 A5:6 G5 F#5
    D       | F#5:8 D5:4 A4:4
    Bm      | D5:4 F#5 B5:6 A5 F#5
    G       | G5:4 B5 A5 G5:4 D5:4
    Em      | E5:4 G5 F#5 E5:4 B4:4
    A7      | C#5:6 D5 E5:8
    D       | A5:4 F#5 D5:6 F#5 A5
    G       | B5:4 A5 G5:6 A5 B5
    A/C#    | C#6:6 B5 A5:4 E5:4
    Bm      | D6:6 C#6 B5:4 F#5:4
    G       | B5:4 A5:4 G5:4 F#5:4
    A7      | E5:4 G5:4 F#5:4 E5:4
    D       | D5:6 E5 F#5:4 A5:4
    D       | D5:12 -:4
""")

TUNES: dict[str, Tune] = {
    "stage": Tune(
        138,
        (
            Section(_STAGE_THEME, "0-1-2-1-0-1-2-1-", "r-r-R-r-f-r-R-f-", "h---s-h-h-h-s-h-"),
            Section(_STAGE_ANSWER, "0-1-2-1-3-2-1-2-", "r-r-R-r-f-r-R-f-", "h---s-h-h-h-s-hh"),
            Section(_STAGE_HALLS, "0123210101232101", "r---f---R---f---", "h-----h-h-----h-", 0.5),
            Section(_STAGE_STAIRS, "0---2---1---2---", "r-R-r-R-f-R-r-R-", "h-h-s-h-h-h-s-hh"),
        ),
    ),
    "title": Tune(
        92,
        (
            Section(_LAMENT[:8], "0-1-2-3-2-1-2-1-", "r-------R-------", "-" * SIXTEENTHS, 0.5),
            Section(_LAMENT[8:], "0-1-2-3-2-1-2-1-", "r---f---R---f---", "----h-------h---", 0.25),
        ),
    ),
    "ending": Tune(
        104,
        (
            Section(_ENDING[:8], "0-1-2-3-2-1-2-1-", "r-------f-------", "-" * SIXTEENTHS, 0.5),
            Section(_ENDING[8:], "0-1-2-3-2-1-2-1-", "r---f---R---f---", "h---s---h---s-h-", 0.25),
        ),
    ),
}
"""Every tune by its name."""


def melody_notes(melody: str) -> list[tuple[int | None, int]]:
    """'D5:4 - A4' -> [(74, 4), (None, 2), (69, 2)]: note number, or None for a rest, and sixteenths."""
    notes = []
    for token in melody.split():
        name, _, length = token.partition(":")
        notes.append((None if name == "-" else note_number(name), int(length or 2)))
    return notes


@cache
def chord_notes(chord: str) -> tuple[tuple[int, int, int], int, int]:
    """The chord's three notes from `_CHORD_LOWEST` up, then its bass and its fifth from `_BASS_LOWEST` up."""
    name, _, over = chord.partition("/")
    root_length = 2 if name[1:2] in ("#", "b") else 1
    root = note_number(name[:root_length] + "4")
    tones = [root + semitones for semitones in _QUALITIES[name[root_length:]]]
    low, middle, high = sorted(_CHORD_LOWEST + (tone - _CHORD_LOWEST) % 12 for tone in tones)
    bass = note_number((over or name[:root_length]) + "4")
    fifth = root + (6 if name.startswith("dim", root_length) else 7)
    return (
        (low, middle, high),
        _BASS_LOWEST + (bass - _BASS_LOWEST) % 12,
        _BASS_LOWEST + (fifth - _BASS_LOWEST) % 12,
    )


def _lead(number: int, duration_s: float, duty: float) -> Samples:
    """A held note: it sinks a little, and long ones tremble."""
    samples = samples_in(duration_s)
    time_s = np.arange(samples) / RATE_HZ
    depth = _VIBRATO_SEMITONES * np.clip((time_s - _VIBRATO_AFTER_S) * 4, 0, 1)
    hz = note_hz(number) * 2 ** (depth * np.sin(2 * np.pi * _VIBRATO_HZ * time_s) / 12)
    return faded(pulse(hz, samples, duty) * decay(samples, 1, 0.45, 0.1) * np.float32(_LEAD_VOLUME))


@cache
def _plucked(number: int, samples: int, duty: float) -> Samples:
    return faded(pulse(note_hz(number), samples, duty) * decay(samples, 1, 0.25) * np.float32(_CHORD_VOLUME))


@cache
def _low(number: int, samples: int) -> Samples:
    return faded(triangle(note_hz(number), samples) * np.float32(_BASS_VOLUME))


@cache
def _drum(kind: str) -> Samples:
    if kind == "h":
        samples = samples_in(0.035)
        return noise(14000, samples) * decay(samples) * np.float32(0.5 * _DRUM_VOLUME)
    samples = samples_in(0.11)
    return noise(6500, samples) * decay(samples) * np.float32(_DRUM_VOLUME)


def _struck(pattern: str) -> Iterator[tuple[int, str, int]]:
    """(sixteenth, sign, length up to the next sign) of every sign but '-'."""
    ends = len(pattern)
    struck = []
    for at in reversed(range(len(pattern))):
        if pattern[at] != "-":
            struck.append((at, pattern[at], ends - at))
            ends = at
    return reversed(struck)


def perform(tune: Tune) -> Iterator[tuple[int, Samples]]:
    """Every note as (its first sample in the loop, its samples), bar after bar."""
    first = 0
    for section in tune.sections:
        for chord, melody in section.bars:
            for at, wave in _bar(section, chord, melody, tune.sixteenth_s):
                yield samples_in((first + at) * tune.sixteenth_s), wave
            first += SIXTEENTHS


def _bar(section: Section, chord: str, melody: str, sixteenth_s: float) -> Iterator[tuple[int, Samples]]:
    """The notes of one bar as (sixteenth, samples), voice after voice."""
    tones, bass, fifth = chord_notes(chord)
    at = 0
    for number, length in melody_notes(melody):
        if number is not None:
            yield at, _lead(number, length * sixteenth_s * 0.96, section.duty)
        at += length
    for at, sign, length in _struck(section.broken):
        number = tones[0] + 12 if sign == "3" else tones[int(sign)]
        yield at, _plucked(number, samples_in(min(length, 4) * sixteenth_s * 0.9), 0.125)
    for at, sign, length in _struck(section.bass):
        number = {"r": bass, "R": bass + 12, "f": fifth}[sign]
        yield at, _low(number, samples_in(length * sixteenth_s * 0.85))
    for at, sign, _ in _struck(section.drums):
        yield at, _drum(sign)
