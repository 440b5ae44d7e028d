"""What the hero does, and what the place does to him."""

from __future__ import annotations

import numpy as np

from .strokes import bass, rattle, slide, tone
from .synth import RATE_HZ, Samples, decay, faded, glide, mixed, noise, pulse, samples_in, triangle


def whip() -> Samples:
    """A swish that rises while the arm goes round, and the crack when the whip is out (tick 12 of 23)."""
    samples = samples_in(0.17)
    swish = noise(glide(1800, 9000, samples), samples) * decay(samples, 0.05, 0.30)
    return mixed((0.0, faded(swish)), (0.17, rattle(15000, 6000, 0.07, 0.46)))


def clang() -> Samples:
    """A blow on a shield: two notes that do not go together."""
    return mixed((0.0, tone("E6", 0.12, 0.125, 0.22)), (0.0, tone("A#5", 0.14, 0.25, 0.2)))


def hit() -> Samples:
    """Something is struck: dull and short."""
    return mixed((0.0, slide(330, 70, 0.11, 0.5, duty=0.5)), (0.0, rattle(9000, 1500, 0.13, 0.45)))


def hurt() -> Samples:
    """The hero is struck and cries out: the cry falls."""
    samples = samples_in(0.28)
    wobble = 1 + 0.06 * np.sign(np.sin(np.arange(samples) * (2 * np.pi * 28 / RATE_HZ)))
    cry = pulse(glide(620, 150, samples) * wobble, samples, 0.25) * decay(samples, 0.6, 0.1)
    return mixed((0.0, faded(cry)), (0.0, rattle(5000, 900, 0.10, 0.4)))


def jump() -> Samples:
    """The hero jumps: cloth and a push, quiet, since it is heard so often."""
    return mixed((0.0, slide(150, 300, 0.09, 0.22, duty=0.25)), (0.0, rattle(2500, 5000, 0.06, 0.10)))


def land() -> Samples:
    """The hero lands: boots on stone."""
    samples = samples_in(0.07)
    thump = triangle(glide(140, 55, samples), samples) * np.float32(0.6)
    return mixed((0.0, faded(thump)), (0.0, rattle(1500, 700, 0.05, 0.22)))


def door() -> Samples:
    """A heavy door opens: hinges groan, and wood meets stone."""
    samples = samples_in(0.22)
    groan = pulse(glide(90, 60, samples), samples, 0.125) * decay(samples, 0.05, 0.25)
    return mixed((0.0, faded(groan)), (0.2, bass("C2", 0.09, 0.5)), (0.2, rattle(900, 300, 0.08, 0.25)))


def locked() -> Samples:
    """A door is locked: the latch clicks twice, and a low note says no."""
    latch = [(0.07 * at, rattle(9000, 5000, 0.035, 0.3, True)) for at in range(2)]
    return mixed(*latch, (0.02, tone("C3", 0.05, 0.25, 0.3)), (0.09, tone("B2", 0.11, 0.25, 0.36)))


def unlock() -> Samples:
    """The bolt slides, and the way is free."""
    bolt = [(0.0, rattle(3000, 6000, 0.05, 0.35, True)), (0.1, rattle(2000, 800, 0.06, 0.4))]
    return mixed(*bolt, (0.2, tone("D5", 0.12, 0.25, 0.3)), (0.3, tone("A5", 0.25, 0.25, 0.32)))


def break_() -> Samples:
    """Masonry comes down: a crack, a blow that is felt, then stones, fewer and duller."""
    stones = ((0.08, 0.34), (0.15, 0.28), (0.25, 0.22), (0.38, 0.14))
    falls = [(at, rattle(7000 - 9000 * at, 1800, 0.12, volume)) for at, volume in stones]
    return mixed((0.0, rattle(15000, 4000, 0.09, 0.4)), (0.0, slide(150, 45, 0.2, 0.4)), *falls)


def crumble() -> Samples:
    """A floor begins to give way: grit under a boot, and more of it."""
    grit = ((0.0, 0.14), (0.04, 0.2), (0.1, 0.16), (0.15, 0.24))
    return mixed(*((at, rattle(6500 + 8000 * at, 3000, 0.045, volume)) for at, volume in grit))


def platform() -> Samples:
    """The hero lands on a platform that hangs in chains: softer than stone, and they clink."""
    clink = [(0.03 + 0.05 * at, rattle(16000, 12000, 0.03, 0.1 - 0.03 * at, True)) for at in range(2)]
    return mixed((0.0, slide(110, 60, 0.09, 0.4)), *clink)


def splash() -> Samples:
    """The hero falls into the water: a slap, and drops that fall back."""
    drops = [
        (0.16 + 0.07 * at, tone(note, 0.05, 0.5, 0.1)) for at, note in enumerate(("E6", "C6", "G6", "A5"))
    ]
    return mixed((0.0, rattle(9000, 1200, 0.3, 0.4)), (0.05, bass("C2", 0.12, 0.1)), *drops)


def stairs() -> Samples:
    """One stair: soft, since it is heard so often."""
    scrape = [(0.0, rattle(6000, 3500, 0.03, 0.07)), (0.05, rattle(5000, 4000, 0.02, 0.07))]
    return mixed((0.0, slide(170, 90, 0.05, 0.14)), *scrape)


def candle() -> Samples:
    """A candle goes out: a puff and a ring of brass."""
    return mixed((0.0, rattle(7000, 1200, 0.10, 0.4)), (0.02, tone("G6", 0.20, 0.125, 0.25)))
