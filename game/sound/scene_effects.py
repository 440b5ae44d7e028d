"""What a run comes to, and what menus answer."""

from __future__ import annotations

from .strokes import bass, notes, rattle, slide, tone
from .synth import Samples, mixed

MELT_LEAD_S, MELT_STEP_S = 2 / 60, 6 / 60
"""When the first step of a melt comes, and how long each is shown. (LEAD_TICKS and STEP_TICKS of
`session.melting`)"""


def death() -> Samples:
    """The hero falls: a lament, down by semitones over a bass that stays."""
    line = ("D5", "C#5", "C5", "B4", "Bb4", "A4")
    lament = [(0.16 * at, tone(note, 0.22, 0.25, 0.42, 0.3)) for at, note in enumerate(line)]
    low = [(0.0, bass("D3", 0.46, 0.35)), (0.48, bass("G2", 0.46, 0.35)), (0.98, bass("D2", 0.80, 0.4))]
    return mixed(*lament, (0.98, tone("D4", 0.8, 0.5, 0.35)), *low)


def clear() -> Samples:
    """The stage is done: minor, and at the last chord major, as the old masters ended."""
    line = (("D5", 0.0), ("F5", 0.13), ("A5", 0.26), ("D6", 0.39), ("C6", 0.65), ("D6", 0.78), ("E6", 0.91))
    top = [(start, tone(note, 0.24, 0.5, 0.30, 0.3)) for note, start in line]
    chord = [(1.17, tone(note, 1.1, 0.25, 0.20, 0.3)) for note in ("F#5", "A5", "D6")]
    low = [(0.0, bass("D3", 0.38, 0.4)), (0.39, bass("Bb2", 0.25, 0.4)), (0.65, bass("C3", 0.50, 0.4))]
    return mixed(*top, *chord, *low, (1.17, bass("D3", 1.0, 0.4)))


def dream() -> Samples:
    """A castle is dreamed: whole tones drift up, each with its echo. They are as far apart as the steps of a
    melt, and the last comes when it is over."""
    line = ("D5", "E5", "F#5", "G#5", "Bb5", "C6", "D6", "E6", "F#6")
    parts: list[tuple[float, Samples]] = []
    for at, note in enumerate(line):
        start_s, duty = MELT_LEAD_S + MELT_STEP_S * at, 0.125 if at % 2 else 0.25
        for echo, volume in ((0, 0.24), (1, 0.12), (2, 0.06)):
            parts.append((start_s + 0.21 * echo, tone(note, 0.30, duty, volume)))
    return mixed(*parts)


def pause() -> Samples:
    """The game waits, or goes on."""
    return mixed((0.0, tone("A5", 0.07, 0.5, 0.3, 0.5)), (0.08, tone("E5", 0.14, 0.5, 0.3, 0.3)))


def choose() -> Samples:
    """Another entry of a menu, another picture of the gallery."""
    return tone("B5", 0.06, 0.25, 0.3)


def enter() -> Samples:
    """An entry of a menu is decided for."""
    return mixed((0.0, tone("E5", 0.06, 0.25, 0.3, 0.5)), (0.06, tone("B5", 0.16, 0.25, 0.32, 0.2)))


def leave() -> Samples:
    """A menu or a page is left: the way back of `enter`."""
    return mixed((0.0, tone("B5", 0.06, 0.25, 0.28, 0.5)), (0.06, tone("E5", 0.12, 0.25, 0.28, 0.2)))


def begin() -> Samples:
    """A game begins: a chord is struck, and its fifth answers."""
    strike = [(0.0, tone(note, 0.5, 0.25, 0.2, 0.1)) for note in ("D5", "A5", "D6")]
    return mixed(
        *strike, (0.12, notes("A5 D6 A6", 0.09, 0.3, 0.125, 0.24)), (0.0, rattle(9000, 3000, 0.2, 0.3))
    )


def letter() -> Samples:
    """A letter is turned or typed: a key of a very small typewriter."""
    return mixed((0.0, rattle(13000, 9000, 0.025, 0.25, True)), (0.0, tone("G5", 0.05, 0.125, 0.26)))


def entered() -> Samples:
    """Initials are entered among the best: a cadence of a moment."""
    return notes("D5 G5 A5 D6", 0.1, 0.24, 0.5, 0.3)


def snapshot() -> Samples:
    """A picture is taken: a shutter."""
    return mixed((0.0, rattle(14000, 9000, 0.04, 0.35)), (0.07, rattle(9000, 14000, 0.05, 0.3)))


def keep() -> Samples:
    """A castle is kept among the favourites, or let go: a nail, and a frame that hangs."""
    return mixed((0.0, rattle(3000, 1500, 0.05, 0.35)), (0.06, notes("G5 D6", 0.08, 0.18, 0.25, 0.28)))


def ask() -> Samples:
    """Another castle or another art is asked for: a question."""
    return notes("D5 G#5 D6", 0.07, 0.14, 0.125, 0.28)


def look() -> Samples:
    """The inspector opens or closes, or shows something else: a lens."""
    return mixed((0.0, slide(700, 1400, 0.08, 0.24, 0.5)), (0.07, tone("A6", 0.1, 0.125, 0.2)))


def count_time() -> Samples:
    """Time is counted into points: one tick of it."""
    return tone("D6", 0.05, 0.5, 0.2)


def count_heart() -> Samples:
    """A heart is counted into points."""
    return mixed((0.0, tone("A5", 0.05, 0.5, 0.26)), (0.03, tone("E6", 0.07, 0.5, 0.24)))


def low_life() -> Samples:
    """Little life is left: a heart beats, twice two times, under the cry."""
    return mixed(*((at, slide(120, 50, 0.13, 0.34)) for at in (0.0, 0.18, 0.6, 0.78)))


def hurry() -> Samples:
    """Little time is left: a clock that is in a hurry."""
    return notes("A6 E6 A6 E6 A6 E6", 0.09, 0.07, 0.5, 0.28)
