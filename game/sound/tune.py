"""What a tune is, and how the chip's four voices perform it.

A tune is written as a bar a line: a chord, the melody and, where it has one, the counter-voice. Lengths are
sixteenths: `D5:4` is a crotchet, a note without a length a quaver (2), `-` a rest. From the chords come a
triangle bass, a noise rhythm and, where no counter-voice is written, a second pulse that breaks them; each
follows a pattern of the section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from .synth import (
    RATE_HZ,
    Samples,
    add,
    decay,
    eased,
    faded,
    glide,
    noise,
    note_hz,
    note_number,
    pulse,
    samples_in,
    triangle,
)
from .voices import Voice

SIXTEENTHS = 16
"""Sixteenths in a bar."""
ECHO = "echo"
"""Instead of a pattern of the second pulse: it repeats the melody a little later."""
_ECHO_SIXTEENTHS = 3

# Parts of full scale. Every voice keeps its share of voices.SHARES, whatever the tune's gain.
_LEAD_VOLUME, _COUNTER_VOLUME, _CHORD_VOLUME, _BASS_VOLUME, _DRUM_VOLUME = 0.19, 0.12, 0.085, 0.125, 0.10
_VIBRATO_HZ, _VIBRATO_SEMITONES, _VIBRATO_AFTER_S = 5.5, 0.14, 0.22
_CHORD_LOWEST = 60  # the second pulse plays from C4 up, so that it stays under the melody
_BASS_LOWEST = 40  # the bass notes are E2 to D#3: so the lament falls from D to G without a leap

# Semitones over the root.
_QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 10), "m7": (0, 3, 10), "dim": (0, 3, 6), "aug": (0, 4, 8),
}  # fmt: skip


class Bar(NamedTuple):
    """A bar as it is written."""

    chord: str
    melody: str
    counter: str = ""
    """The counter-voice; "": the second pulse follows the section's pattern."""


@dataclass(frozen=True)
class Section:
    """Bars that are played alike.

    The patterns have one sign a sixteenth of every bar, '-' for no new note. `broken`: which note of the
    chord the second pulse plays, 0 to 2 by height, 3 the lowest an octave up; or ECHO. `bass`: 'r' the bass
    note, 'R' an octave up, 'f' the chord's fifth. `drums`: 'h' hat, 's' snare, 'k' kick, 't' tom. `fill`: the
    drums of the last bar, which lead on; "": as of the others.
    """

    bars: tuple[Bar, ...]
    broken: str
    bass: str
    drums: str
    duty: float = 0.25
    fill: str = ""

    def drums_of(self, bar: int) -> str:
        """The drums of a bar, 0, 1, ..."""
        return self.fill if self.fill and bar == len(self.bars) - 1 else self.drums


@dataclass(frozen=True)
class Tune:
    """A piece of music: its speed in crotchets a minute, its sections, and how much louder or softer than
    written it is played. One that does not loop is played once."""

    tempo: float
    sections: tuple[Section, ...]
    gain: float = 1.0
    loops: bool = True

    @property
    def bars(self) -> int:
        return sum(len(section.bars) for section in self.sections)

    @property
    def sixteenth(self) -> int:
        """Length of a sixteenth in samples: a whole number, so that bars and loops have no remainder."""
        return samples_in(60 / self.tempo / 4)

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self.bars * SIXTEENTHS * self.sixteenth


def bars_of(written: str) -> tuple[Bar, ...]:
    """The bars of a text, one a line."""
    return tuple(Bar(*(part.strip() for part in line.split("|"))) for line in written.strip().splitlines())


def bariolage(tops: str, pedal: str) -> str:
    """A bar of sixteenths that go to and fro between eight notes and one that stays, as fiddlers play it.

    'A5 B5 ...', 'E5' -> 'A5:1 E5:1 B5:1 E5:1 ...'.
    """
    return " ".join(f"{top}:1 {pedal}:1" for top in tops.split())


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
    root, quality = note_number(name[:root_length] + "4"), name[root_length:]
    tones = [root + semitones for semitones in _QUALITIES[quality]]
    low, middle, high = sorted(_CHORD_LOWEST + (tone - _CHORD_LOWEST) % 12 for tone in tones)
    bass = note_number((over or name[:root_length]) + "4")
    fifth = root + {"dim": 6, "aug": 8}.get(quality, 7)
    return (
        (low, middle, high),
        _BASS_LOWEST + (bass - _BASS_LOWEST) % 12,
        _BASS_LOWEST + (fifth - _BASS_LOWEST) % 12,
    )


class Note(NamedTuple):
    """A note of a tune."""

    voice: Voice
    at: int
    """The sixteenth that it begins at."""
    touch: Callable[..., Samples]
    """What makes it, out of `how`."""
    how: tuple[int | float | str, ...]

    def wave(self) -> Samples:
        """Its samples."""
        return self.touch(*self.how)


def notes_of(tune: Tune) -> Iterator[Note]:
    """Every note of a tune, section after section."""
    first = 0
    for section in tune.sections:
        for note in _section(section, tune.sixteenth):
            yield note._replace(at=first + note.at)
        first += SIXTEENTHS * len(section.bars)


def voice_of(tune: Tune, voice: Voice, between: Callable[[], None] = lambda: None) -> Samples:
    """One voice of a tune, as long as the tune. `between`: what is done between two notes."""
    part = np.zeros(tune.samples, np.float32)
    made: dict[tuple[object, ...], Samples] = {}
    for note in notes_of(tune):
        if note.voice == voice:
            key = note.touch, *note.how
            if key not in made:
                made[key] = note.wave()
            start = note.at * tune.sixteenth
            wave, left = made[key], tune.samples - start
            add(part, start, wave if len(wave) <= left else faded(wave[:left]))  # no step where the loop ends
            between()
    if tune.gain != 1:
        part *= np.float32(tune.gain)
    return part


def _section(section: Section, sixteenth: int) -> Iterator[Note]:
    """The notes of a section, counted from its beginning."""
    end = SIXTEENTHS * len(section.bars)
    for number, bar in enumerate(section.bars):
        first = SIXTEENTHS * number
        tones, bass, fifth = chord_notes(bar.chord)
        for at, note, length in _timed(bar.melody, first):
            yield Note(Voice.LEAD, at, _lead, (note, length * sixteenth, section.duty))
            if section.broken == ECHO and at + _ECHO_SIXTEENTHS < end:
                left = end - at - _ECHO_SIXTEENTHS
                how = note, min(length, left) * sixteenth
                yield Note(Voice.SECOND, at + _ECHO_SIXTEENTHS, _plucked, how)
        for at, note, length in _timed(bar.counter, first):
            yield Note(Voice.SECOND, at, _counter, (note, length * sixteenth))
        if not bar.counter and section.broken != ECHO:
            for at, sign, length in _struck(section.broken):
                note = tones[0] + 12 if sign == "3" else tones[int(sign)]
                yield Note(Voice.SECOND, first + at, _plucked, (note, min(length, 4) * sixteenth))
        for at, sign, length in _struck(section.bass):
            note = {"r": bass, "R": bass + 12, "f": fifth}[sign]
            yield Note(Voice.BASS, first + at, _low, (note, length * sixteenth))
        for at, sign, _ in _struck(section.drums_of(number)):
            yield Note(Voice.DRUMS, first + at, _drum, (sign,))


def _timed(melody: str, first: int) -> Iterator[tuple[int, int, int]]:
    """(sixteenth, note number, length) of every note of a melody that begins at a sixteenth."""
    at = first
    for note, length in melody_notes(melody):
        if note is not None:
            yield at, note, length
        at += length


def _struck(pattern: str) -> Iterator[tuple[int, str, int]]:
    """(sixteenth, sign, length up to the next sign) of every sign but '-'."""
    ends = len(pattern)
    struck = []
    for at in reversed(range(len(pattern))):
        if pattern[at] != "-":
            struck.append((at, pattern[at], ends - at))
            ends = at
    return reversed(struck)


def _lead(number: int, length: int, duty: float) -> Samples:
    """A held note: it sinks a little, and long ones tremble."""
    samples = length * 24 // 25
    time_s = np.arange(samples) / RATE_HZ
    depth = _VIBRATO_SEMITONES * np.clip((time_s - _VIBRATO_AFTER_S) * 4, 0, 1)
    hz = note_hz(number) * 2 ** (depth * np.sin(2 * np.pi * _VIBRATO_HZ * time_s) / 12)
    return _played(pulse(hz, samples, duty) * decay(samples, 1, 0.45, 0.1), _LEAD_VOLUME)


def _counter(number: int, length: int) -> Samples:
    samples = length * 24 // 25
    return _played(pulse(note_hz(number), samples, 0.25) * decay(samples, 1, 0.5, 0.2), _COUNTER_VOLUME)


def _plucked(number: int, length: int) -> Samples:
    samples = length * 9 // 10
    return _played(pulse(note_hz(number), samples, 0.125) * decay(samples, 1, 0.25), _CHORD_VOLUME)


def _low(number: int, length: int) -> Samples:
    return _played(triangle(note_hz(number), length * 17 // 20), _BASS_VOLUME)


def _drum(kind: str) -> Samples:
    samples = samples_in({"h": 0.035, "s": 0.11, "k": 0.09, "t": 0.1}[kind])
    falls = {"k": (2400, 500), "t": (4200, 1300)}
    clock_hz = glide(*falls[kind], samples) if kind in falls else {"h": 14000.0, "s": 6500.0}[kind]
    volume = {"h": 0.5, "s": 0.9, "k": 1.0, "t": 0.95}[kind] * _DRUM_VOLUME
    return _played(noise(clock_hz, samples) * decay(samples), volume)


def _played(wave: Samples, volume: float) -> Samples:
    return eased(faded(wave * np.float32(volume)))
