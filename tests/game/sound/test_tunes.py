"""The tunes are well formed, loop without a seam, and belong to where they are played."""

from __future__ import annotations

import numpy as np
import pytest

from game.screen.dreaming import APPEAR_EVERY_TICKS, CUT_TICK, LOSE_TICK, SHOWN
from game.session.melting import LEAD_TICKS, STEP_TICKS
from game.session.phases import SHOW_TICKS
from game.sound import scene_effects as effects
from game.sound.synth import RATE_HZ
from game.sound.tune import ECHO, SIXTEENTHS, Tune, chord_notes, melody_notes, notes_of, voice_of
from game.sound.tunes import TUNES, tune_of_stage
from game.sound.voices import Voice

SEAM = 10 ** (-60 / 20)
"""-60 dBFS."""


def test_tunes_are_well_formed() -> None:
    for name in ("stage_1", "stage_2", "stage_3", "boss"):
        assert TUNES[name].bars >= 16 and len(TUNES[name].sections) >= 2
    for tune in TUNES.values():
        for section in tune.sections:
            assert len(section.bass) == len(section.drums) == SIXTEENTHS
            assert len(section.drums_of(len(section.bars) - 1)) == SIXTEENTHS
            assert section.broken == ECHO or len(section.broken) == SIXTEENTHS
            for chord, melody, counter in section.bars:
                for line in (melody, counter):
                    assert not line or sum(length for _, length in melody_notes(line)) == SIXTEENTHS, line
                tones, bass, fifth = chord_notes(chord)
                assert all(60 <= tone < 72 for tone in tones)
                assert min(bass, fifth) >= 40
                assert max(bass, fifth) < 52


def test_every_section_of_play_leads_on_with_drums_of_its_own() -> None:
    for name in ("stage_1", "stage_2", "stage_3", "boss"):
        for section in TUNES[name].sections:
            last = len(section.bars) - 1
            assert section.drums_of(last) != section.drums_of(last - 1) == section.drums


def test_bars_begin_in_harmony() -> None:
    """At least nine bars in ten begin with a note of their chord."""
    begins = []
    for tune in TUNES.values():
        for section in tune.sections:
            for chord, melody, _ in section.bars:
                tones, bass, fifth = chord_notes(chord)
                number, _ = melody_notes(melody)[0]
                assert number is not None
                begins.append(number % 12 in {tone % 12 for tone in (*tones, bass, fifth)})
    assert np.mean(begins) >= 0.9


def render(tune: Tune) -> np.ndarray:
    """All voices together."""
    total = np.zeros(tune.samples, np.float32)
    for voice in Voice:
        total += voice_of(tune, voice)
    return total


@pytest.mark.parametrize("name", sorted(TUNES))
def test_tunes_loop_without_a_seam(name: str) -> None:
    tune = TUNES[name]
    whole = render(tune)
    assert whole.shape == (tune.samples,) == (tune.bars * SIXTEENTHS * tune.sixteenth,)
    assert 0.2 < np.abs(whole).max() < 0.6
    assert abs(float(whole[0]) - float(whole[-1])) < SEAM
    assert abs(float(whole.mean())) < 0.02
    assert all(0 <= note.at < tune.bars * SIXTEENTHS for note in notes_of(tune))
    assert np.array_equal(whole, render(tune))


def test_every_tune_has_a_melody_a_second_voice_and_a_bass_and_those_of_play_have_drums() -> None:
    for name, tune in TUNES.items():
        voices = {note.voice for note in notes_of(tune)}
        assert voices >= {Voice.LEAD, Voice.SECOND, Voice.BASS}, name
        assert Voice.DRUMS in voices or name in ("gallery", "game_over", "show")


def test_what_is_played_once_is_short_and_the_figure_of_the_show_lasts_as_long_as_it() -> None:
    once = {name: tune.samples / RATE_HZ for name, tune in TUNES.items() if not tune.loops}
    assert set(once) == {"game_over", "show"}
    assert once["show"] == pytest.approx(SHOW_TICKS / 60, abs=0.01) and once["game_over"] < 10


def test_what_begins_in_the_show_begins_with_a_note_and_the_cut_with_a_drum() -> None:
    """So the eye and the ear are told the same: each dream, the loss of colours, the cut."""
    struck = {voice: set[float]() for voice in Voice}
    for note in notes_of(TUNES["show"]):
        struck[note.voice].add(note.at * SHOW_TICKS / SIXTEENTHS)
    dreams = {rank * APPEAR_EVERY_TICKS for rank in range(SHOWN)}
    assert struck[Voice.LEAD] >= dreams | {LOSE_TICK, CUT_TICK}
    assert struck[Voice.BASS] >= {0, LOSE_TICK, CUT_TICK}
    assert struck[Voice.DRUMS] >= dreams | {CUT_TICK}


def test_the_notes_of_a_melt_are_as_far_apart_as_its_steps() -> None:
    assert pytest.approx((LEAD_TICKS, STEP_TICKS)) == (effects.MELT_LEAD_S * 60, effects.MELT_STEP_S * 60)
    quiet = int(LEAD_TICKS / 60 * RATE_HZ) - 1
    wave = effects.dream()
    assert not wave[:quiet].any() and wave[quiet : quiet + RATE_HZ // 60].any(), (
        "it begins with the first step"
    )


def test_two_stages_share_a_tune_and_dream_rooms_have_their_own() -> None:
    tunes = [tune_of_stage(stage, "castle") for stage in range(1, 8)]
    assert tunes == ["stage_1", "stage_1", "stage_2", "stage_2", "stage_3", "stage_3", "stage_1"]
    assert tune_of_stage(1, "dream") == "dream" and tune_of_stage(9, "endless") == "stage_2"
