"""Synthesis is pure, bounded and repeatable; the tunes are well formed; without a device there is silence."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.sound import Sounds, sound
from game.sound.effects import EFFECTS
from game.sound.synth import (
    RATE_HZ,
    add,
    decay,
    faded,
    mixed,
    noise,
    note_hz,
    note_number,
    pulse,
    samples_in,
    to_int16,
    triangle,
)
from game.sound.tunes import SIXTEENTHS, TUNES, Tune, chord_notes, melody_notes, perform
from game.world.cues import CUE_OF_EVENT, SECRET

PLAYED = (
    "whip", "hit", "hurt", "jump", "land", "heart", "candle", "death", "clear", "dream", "pause", "door",
    "locked", "key", "unlock", "break", "crumble", "platform", "stairs", "treasure", "roast", "secret",
    "splash",
)  # fmt: skip
"""What the game asks for."""


@pytest.fixture
def sounds() -> Iterator[Sounds]:
    made = Sounds()
    yield made
    made.close()


def pitch_hz(wave: np.ndarray) -> float:
    """The strongest frequency of a sound."""
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return float(spectrum.argmax() * RATE_HZ / len(wave))


def loudness(wave: np.ndarray) -> float:
    """The root mean square of the loudest 50 ms of a sound."""
    power = np.convolve(wave.astype(np.float64) ** 2, np.ones(RATE_HZ // 20), "valid")
    return float(np.sqrt(power.max() / (RATE_HZ // 20)))


def test_every_effect_is_there_short_and_does_not_clip() -> None:
    assert set(PLAYED) <= set(EFFECTS)
    for name, effect in EFFECTS.items():
        wave = effect()
        assert wave.dtype == np.float32
        assert 0.05 * RATE_HZ < len(wave) < 2.5 * RATE_HZ, name
        assert 0.05 < np.abs(wave).max() <= 1.0, name
        assert np.isfinite(wave).all()
        assert abs(wave[-1]) < 0.02, f"{name} ends with a click"


def test_effects_are_the_same_every_time() -> None:
    for effect in EFFECTS.values():
        assert np.array_equal(effect(), effect())


def test_what_is_heard_often_is_short_and_what_is_rare_may_be_long() -> None:
    often = (
        "whip", "hit", "jump", "land", "heart", "candle", "stairs", "platform", "crumble", "locked", "door",
    )  # fmt: skip
    for name in often:
        assert len(EFFECTS[name]()) <= 0.3 * RATE_HZ, name


def test_every_cue_has_a_sound() -> None:
    assert {*CUE_OF_EVENT.values(), SECRET} <= set(EFFECTS)


def test_a_step_on_stairs_is_the_softest_and_a_wall_that_breaks_among_the_loudest() -> None:
    level = {name: loudness(effect()) for name, effect in EFFECTS.items()}
    assert min(level, key=level.__getitem__) == "stairs"
    assert level["stairs"] < 0.25 * level["land"]
    assert level["platform"] < 0.6 * level["land"] < level["break"]


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
    assert to_int16(np.array([-2, 0, 2], np.float32)).tolist() == [-32767, 0, 32767]


def test_tunes_are_well_formed() -> None:
    assert TUNES["stage"].bars >= 16
    for tune in TUNES.values():
        for section in tune.sections:
            assert len(section.broken) == len(section.bass) == len(section.drums) == SIXTEENTHS
            for chord, melody in section.bars:
                assert sum(length for _, length in melody_notes(melody)) == SIXTEENTHS, melody
                tones, bass, fifth = chord_notes(chord)
                assert all(60 <= tone < 72 for tone in tones)
                assert min(bass, fifth) >= 40
                assert max(bass, fifth) < 52


def test_bars_begin_in_harmony() -> None:
    """At least nine bars in ten begin with a note of their chord."""
    begins = []
    for tune in TUNES.values():
        for section in tune.sections:
            for chord, melody in section.bars:
                tones, bass, fifth = chord_notes(chord)
                number, _ = melody_notes(melody)[0]
                assert number is not None
                begins.append(number % 12 in {tone % 12 for tone in (*tones, bass, fifth)})
    assert np.mean(begins) >= 0.9


def render(tune: Tune) -> np.ndarray:
    """The whole loop."""
    loop = np.zeros(tune.samples, np.float32)
    for start, wave in perform(tune):
        add(loop, start, wave)
    return loop


@pytest.mark.parametrize("name", sorted(TUNES))
def test_tunes_loop_without_clipping_or_clicking(name: str) -> None:
    tune = TUNES[name]
    loop = render(tune)
    assert loop.shape == (tune.samples,)
    assert tune.samples == samples_in(tune.bars * SIXTEENTHS * tune.sixteenth_s)
    assert 0.3 < np.abs(loop).max() <= 1.0
    assert abs(loop[-1]) < 0.05
    assert abs(float(loop.mean())) < 0.02
    assert all(0 <= start < tune.samples for start, _ in perform(tune))
    assert np.array_equal(loop, render(tune))


def wait(sounds: Sounds) -> None:
    """Until every tune is made and, where it is wanted, started."""
    sounds._thread.submit(lambda: None).result()


def test_everything_plays_on_a_device(sounds: Sounds) -> None:
    assert sounds.silent_reason is None
    for name in EFFECTS:
        sounds.play(name)
    sounds.music("title")
    sounds.pause(True)
    sounds.pause(False)
    sounds.music("stage")
    wait(sounds)
    assert set(sounds._tunes) == {"stage", "title"}
    assert pygame.mixer.Channel(0).get_sound() is sounds._tunes["stage"].result()
    sounds.music("title")
    assert pygame.mixer.Channel(0).get_sound() is sounds._tunes["title"].result()
    sounds.music(None)
    assert not pygame.mixer.Channel(0).get_busy()


def test_a_tune_that_is_no_longer_wanted_does_not_start(sounds: Sounds) -> None:
    sounds.music("stage")
    sounds.music(None)
    wait(sounds)
    assert not pygame.mixer.Channel(0).get_busy()


@pytest.mark.parametrize("mute", [True, False])
def test_without_a_device_all_is_accepted_and_said_why(mute: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_device(*_: object, **__: object) -> None:
        raise pygame.error("no such audio device")

    monkeypatch.setattr(pygame.mixer, "init", no_device)
    sounds = Sounds(mute=mute)
    assert sounds.silent_reason == ("muted" if mute else "no such audio device")
    for name in EFFECTS:
        sounds.play(name)
    sounds.music("stage")
    sounds.music(None)
    sounds.pause(True)
    sounds.close()


def test_a_wrong_name_is_found_even_when_muted() -> None:
    sounds = Sounds(mute=True)
    with pytest.raises(KeyError):
        sounds.play("nothing")
    with pytest.raises(KeyError):
        sounds.music("nothing")


def test_closing_does_not_wait_for_a_tune_to_be_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()

    def endless(tune: Tune) -> Iterator[tuple[int, np.ndarray]]:
        while True:
            yield 0, np.zeros(1, np.float32)
            begun.set()

    monkeypatch.setattr(sound, "perform", endless)
    sounds = Sounds()
    sounds.music("stage")
    assert begun.wait(600)
    sounds.close()
    assert sounds.silent_reason == "closed"


def test_after_closing_nothing_is_played_and_nothing_raised() -> None:
    sounds = Sounds()
    sounds.music("stage")
    sounds.close()
    sounds.close()
    sounds.play("whip")
    sounds.music("title")
    assert sounds.silent_reason == "closed"
