"""Synthesis is pure, bounded and in tune."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.sound.synth import (
    RATE_HZ,
    add,
    decay,
    eased,
    faded,
    mixed,
    noise,
    note_hz,
    note_number,
    pulse,
    to_int16,
    triangle,
)


def pitch_hz(wave: np.ndarray) -> float:
    """The strongest frequency of a sound."""
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return float(spectrum.argmax() * RATE_HZ / len(wave))


@pytest.mark.parametrize(("name", "number"), [("A4", 69), ("C4", 60), ("C#5", 73), ("Bb3", 58), ("B2", 47)])
def test_note_names(name: str, number: int) -> None:
    assert note_number(name) == number


@pytest.mark.parametrize("name", ["H4", "A", "Ab", "A##4", "4A", "a4"])
def test_no_such_note(name: str) -> None:
    with pytest.raises(ValueError, match="no note"):
        note_number(name)


@given(st.integers(36, 96), st.sampled_from([0.125, 0.25, 0.5]))
def test_pulses_are_in_tune_and_bounded(number: int, duty: float) -> None:
    wave = pulse(note_hz(number), RATE_HZ // 2, duty)
    assert np.abs(wave).max() <= 1.0
    if duty == 0.5:  # the narrow ones have overtones as strong as the ground
        assert pitch_hz(wave) == pytest.approx(note_hz(number), abs=3)


@given(st.integers(28, 72))
def test_triangles_are_in_tune_and_have_sixteen_levels(number: int) -> None:
    wave = triangle(note_hz(number), RATE_HZ)
    assert pitch_hz(wave) == pytest.approx(note_hz(number), abs=2)
    assert len(np.unique(wave)) <= 16
    assert wave.min() == -1
    assert wave.max() == 1


def test_noise_is_the_chips_register() -> None:
    bits = noise(RATE_HZ, 2 * 32767)
    assert np.array_equal(bits[:32767], bits[32767:])
    assert abs(bits.mean()) < 0.01
    metallic = noise(RATE_HZ, 186, short=True)
    assert np.array_equal(metallic[:93], metallic[93:])


def test_pulses_alias_less_than_naive_ones() -> None:
    """Below the ground of a high note is next to nothing; a naive pulse has mirrored overtones there."""
    hz, samples = 3001.0, RATE_HZ
    naive = np.where(np.arange(samples) * hz / RATE_HZ % 1 < 0.5, 0.5, -0.5)

    def below(wave: np.ndarray) -> float:
        return float(np.abs(np.fft.rfft(wave * np.hanning(samples)))[50:2900].max())

    assert below(pulse(hz, samples)) < 0.3 * below(naive)


@given(st.integers(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_volumes_go_in_sixteen_steps(samples: int, start: float, end: float) -> None:
    volume = decay(samples, start, end)
    assert volume.shape == (samples,)
    assert np.allclose(volume * 15, np.round(volume * 15), atol=1e-4)


def test_mixing_adds_and_cuts_off_at_the_end() -> None:
    one = np.ones(10, np.float32)
    total = mixed((0.0, one), (5 / RATE_HZ, one))
    assert total.tolist() == [1] * 5 + [2] * 5 + [1] * 5
    loop = np.zeros(4, np.float32)
    add(loop, 2, one)
    add(loop, 9, one)
    assert loop.tolist() == [0, 0, 1, 1]
    assert faded(one)[-1] == 0
    assert one[-1] == 1
    assert eased(one)[0] == 0
    assert to_int16(np.array([-2, 0, 2], np.float32)).tolist() == [-32767, 0, 32767]
