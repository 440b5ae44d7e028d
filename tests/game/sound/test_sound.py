"""What is played takes its voices from the music and gives them back; without a device there is silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import numpy as np
import pygame
import pytest

from game.sound import Sounds, sound
from game.sound.decks import MARKER_CHANNEL
from game.sound.effects import EFFECTS
from game.sound.sound import DUCKED, FIRST_TICK
from game.sound.synth import RATE_HZ
from game.sound.tune import Tune
from game.sound.tunes import TUNES
from game.sound.voices import Voice


@pytest.fixture
def sounds() -> Iterator[Sounds]:
    made = Sounds()
    for _ in range(FIRST_TICK):
        made.tick()
    made.wait()
    yield made
    made.close()


def play(sounds: Sounds, name: str | None, *, anew: bool = False) -> None:
    """Asks for a tune, and waits until it is made and started."""
    sounds.music(name, anew=anew)
    sounds.tick()
    sounds.wait()
    sounds.tick()


def lengthen(sounds: Sounds) -> None:
    """Makes every effect a minute of silence: it is still heard when asked about, however slow this is."""
    for name in EFFECTS:
        sounds._effects[name] = pygame.mixer.Sound(buffer=bytes(2 * 60 * RATE_HZ))


def volume(deck: int, voice: Voice) -> float:
    return pygame.mixer.Channel(4 * deck + voice).get_volume()


def playing(deck: int) -> pygame.mixer.Sound | None:
    return pygame.mixer.Channel(4 * deck).get_sound()


def test_nothing_is_made_before_the_title_is_shown() -> None:
    sounds = Sounds()
    sounds.music("title")
    sounds.tick()
    sounds.wait()
    assert sounds.bytes_held == 0 and not sounds._making
    sounds.tick()
    sounds.wait()
    sounds.tick()
    assert sounds._decks.playing == "title" and set(sounds._effects) == set(EFFECTS)
    sounds.close()


def test_everything_plays_on_a_device(sounds: Sounds) -> None:
    assert sounds.silent_reason is None
    for name in EFFECTS:
        sounds.play(name)
    for tune in TUNES:
        play(sounds, tune)
        assert sounds._decks.playing == tune
    play(sounds, None)
    assert sounds._decks.playing is None


def test_a_tune_that_was_held_goes_on_and_another_begins(sounds: Sounds) -> None:
    play(sounds, "stage_1")
    deck = sounds._decks._now
    stage = playing(deck)
    play(sounds, None)
    assert stage is not None and playing(deck) is stage, "a death holds it"
    play(sounds, "stage_1")
    assert playing(deck) is stage and sounds._decks._now == deck
    play(sounds, "boss", anew=True)
    assert playing(deck) is stage and sounds._decks._now == 1 - deck
    play(sounds, "stage_1")
    assert playing(deck) is stage and not pygame.mixer.Channel(4 * (1 - deck)).get_busy()
    begun: list[str] = []
    sounds._decks._start = lambda *_: begun.append("anew")  # type: ignore[method-assign]
    play(sounds, None)
    play(sounds, "stage_1")
    assert begun == []
    play(sounds, "stage_1", anew=True)
    assert begun == ["anew"]


def test_an_effect_takes_its_voices_from_the_music_and_gives_them_back(sounds: Sounds) -> None:
    lengthen(sounds)
    play(sounds, "stage_1")
    deck = sounds._decks._now
    sounds.play("secret")
    assert [volume(deck, voice) for voice in Voice] == [1, 0, 1, 1]
    sounds.play("crumble")
    assert [volume(deck, voice) for voice in Voice] == [1, 0, 1, 0], "both are heard"
    for voice in Voice:
        sounds._channel(voice).stop()
    sounds.tick()
    assert [volume(deck, voice) for voice in Voice] == [1, 1, 1, 1]


def test_what_weighs_less_does_not_cut_off_what_weighs_more(sounds: Sounds) -> None:
    lengthen(sounds)
    sounds.play("secret")
    sounds.play("hit")
    assert set(sounds._heard().values()) == {"secret"}
    sounds.play("whip")
    sounds.play("low_life")
    assert set(sounds._heard().values()) == {"secret", "whip", "low_life"}, "each has a voice of its own"
    sounds.play("death")
    assert set(sounds._heard().values()) == {"death", "whip"}
    sounds.play("secret")
    assert set(sounds._heard().values()) == {"death", "whip"}
    assert not pygame.mixer.Channel(MARKER_CHANNEL).get_busy()


def test_music_is_quieter_under_the_pause_and_not_stopped(sounds: Sounds) -> None:
    play(sounds, "stage_2")
    sounds.set_volumes(0.5, 1)
    sounds.duck(True)
    deck = sounds._decks._now
    assert volume(deck, Voice.LEAD) == pytest.approx(0.5 * DUCKED, abs=0.01)
    assert pygame.mixer.Channel(4 * deck).get_busy() and sounds._decks.playing == "stage_2"
    sounds.duck(False)
    assert volume(deck, Voice.LEAD) == pytest.approx(0.5, abs=0.01)


def test_tunes_are_forgotten_before_they_are_thirty_megabytes(sounds: Sounds) -> None:
    for name in (*TUNES, "stage_1", "boss", "stage_2", "gallery", "title", "gallery", "stage_3"):
        play(sounds, name)
        assert sounds.bytes_held < 30_000_000
        assert sounds._decks.playing == name


def test_a_tune_that_is_no_longer_wanted_does_not_start(sounds: Sounds) -> None:
    sounds.music("stage_1")
    play(sounds, None)
    assert sounds._decks.playing is None and playing(0) is None and playing(1) is None


@pytest.mark.parametrize("mute", [True, False])
def test_without_a_device_all_is_accepted_and_said_why(mute: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_device(*_: object, **__: object) -> None:
        raise pygame.error("no such audio device")

    monkeypatch.setattr(pygame.mixer, "init", no_device)
    sounds = Sounds(mute=mute)
    assert sounds.silent_reason == ("muted" if mute else "no such audio device")
    for name in EFFECTS:
        sounds.play(name)
    sounds.music("stage_1")
    sounds.music(None)
    sounds.duck(True)
    sounds.set_volumes(1, 1)
    sounds.tick()
    sounds.close()


def test_a_wrong_name_is_found_even_when_muted() -> None:
    sounds = Sounds(mute=True)
    with pytest.raises(KeyError):
        sounds.play("nothing")
    with pytest.raises(KeyError):
        sounds.music("nothing")


def test_closing_does_not_wait_for_a_tune_to_be_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, sounds = Event(), Sounds()
    voices: list[Voice] = []

    def until_closed(tune: Tune, voice: Voice, between: Callable[[], None]) -> np.ndarray:
        voices.append(voice)
        begun.set()
        while sounds.silent_reason is None:
            between()
        return np.zeros(1, np.float32)

    monkeypatch.setattr(sound, "voice_of", until_closed)
    sounds.music("stage_1")
    for _ in range(FIRST_TICK):
        sounds.tick()
    assert begun.wait(600)
    sounds.close()
    assert sounds.silent_reason == "closed" and len(voices) == 1


def test_after_closing_nothing_is_played_and_nothing_raised() -> None:
    sounds = Sounds()
    sounds.music("stage_1")
    sounds.tick()
    sounds.close()
    sounds.close()
    sounds.play("whip")
    sounds.music("title")
    sounds.tick()
    assert sounds.silent_reason == "closed"
