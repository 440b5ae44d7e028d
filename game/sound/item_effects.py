"""What is found and taken."""

from __future__ import annotations

from .strokes import bass, notes, rattle, slide, tone
from .synth import Samples, mixed


def heart() -> Samples:
    """A heart is picked up: a fourth, upwards."""
    return mixed((0.0, tone("E5", 0.06, 0.5, 0.35, 0.5)), (0.06, tone("A5", 0.16, 0.5, 0.38, 0.2)))


def money() -> Samples:
    """Money is picked up: coins."""
    return notes("B5 E6 B6", 0.05, 0.10, 0.25, 0.3)


def upgrade() -> Samples:
    """The whip grows: a broken chord, twice as fast as one could play it."""
    return notes("D5 F5 A5 D6 F6 A6", 0.055, 0.16, 0.25, 0.25)


def key() -> Samples:
    """A key is taken: it rings."""
    return notes("A5 D6 F6 A6", 0.06, 0.22, 0.125, 0.22)


def treasure() -> Samples:
    """A chest is opened: a fanfare of a bar."""
    line = (("D5", 0.0), ("D5", 0.1), ("F#5", 0.2), ("A5", 0.3), ("D6", 0.4))
    return mixed(*((start, tone(note, 0.3, 0.5, 0.28, 0.3)) for note, start in line), (0.4, money()))


def roast() -> Samples:
    """A meal is eaten: strength comes back, note by note."""
    return notes("G4 B4 D5 G5 B5 D6", 0.05, 0.12, 0.5, 0.28)


def secret() -> Samples:
    """Something was hidden here: a question that rises by whole tones."""
    return notes("F#5 G#5 Bb5 C6 E6 D6 G#6", 0.09, 0.18, 0.25, 0.26)


def heart_large() -> Samples:
    """A large heart is picked up: the small one's fourth, and a fifth on top."""
    return mixed(
        *((0.06 * at, tone(note, 0.14, 0.5, 0.36, 0.3)) for at, note in enumerate(("E5", "A5", "E6")))
    )


def multiply() -> Samples:
    """More shots at once: the same two notes, and again higher."""
    return notes("D5 A5 D5 A5 D6", 0.07, 0.14, 0.25, 0.32)


def weapon() -> Samples:
    """A second weapon is taken: metal is drawn, and a fourth."""
    return mixed(
        (0.0, rattle(6000, 15000, 0.12, 0.2, True)), (0.05, notes("A4 D5 A5", 0.07, 0.16, 0.25, 0.32))
    )


def potion() -> Samples:
    """A potion is drunk: it gurgles upwards, and glows."""
    gurgle = [(0.07 * at, slide(200 + 90 * at, 420 + 160 * at, 0.06, 0.34, 0.5)) for at in range(4)]
    return mixed(*gurgle, (0.3, notes("D6 F#6 A6", 0.06, 0.2, 0.125, 0.22)))


def rosary() -> Samples:
    """A rosary takes all foes: a flash of light, and bells."""
    bells = [(0.1 * at, tone(note, 0.5, 0.125, 0.24, 0.1)) for at, note in enumerate(("D6", "A6", "F#6"))]
    return mixed((0.0, rattle(3000, 15000, 0.25, 0.5)), (0.05, slide(200, 1600, 0.2, 0.3, 0.25)), *bells)


def one_up() -> Samples:
    """Another life: a call that everybody turns round for."""
    line = (("A5", 0.0), ("D6", 0.09), ("F#6", 0.18), ("E6", 0.27), ("F#6", 0.36), ("A6", 0.45))
    return mixed(*((start, tone(note, 0.16 if start < 0.4 else 0.4, 0.5, 0.32, 0.3)) for note, start in line))


def orb() -> Samples:
    """A boss's orb is taken: strength comes back, and it is done."""
    rise = [
        (0.06 * at, tone(note, 0.16, 0.25, 0.28))
        for at, note in enumerate(["D4", "F#4", "A4", "D5", "F#5", "A5", "D6"])
    ]
    chord = [(0.44, tone(note, 0.6, 0.25, 0.2, 0.2)) for note in ("F#5", "A5", "D6")]
    return mixed(*rise, *chord, (0.44, bass("D3", 0.6, 0.4)))
