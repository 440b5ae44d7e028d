"""Sound effects and music through pygame's mixer, or silence where there is none."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pygame
from numpy.typing import NDArray

from .decks import MARKER_CHANNEL, Decks, Parts
from .effects import EFFECTS
from .synth import RATE_HZ, Samples, to_int16
from .tune import Tune, voice_of
from .tunes import TUNES
from .voices import Voice

EFFECT_VOLUME = 0.55
"""Part of full scale; with it every effect keeps to the shares of its voices."""
DUCKED = 0.35
"""How loud the music is under the pause, of what it is else."""
EFFECT_CHANNEL = MARKER_CHANNEL + 1
"""The first of the effects' channels. An effect plays on that of its first voice."""
CHANNELS = EFFECT_CHANNEL + len(Voice)
BUFFER_SAMPLES = 512
"""The mixer's buffer: 16 ms, one tick of delay."""
FIRST_TICK = 2
"""The tick from which on sounds are made: the title is shown by then."""
MOST_TUNE_BYTES = 27_000_000
"""Tunes beyond this are forgotten, the one that was made first before the others; made again when it is
asked for, they take less than half a second."""
SAMPLE_BYTES = 2
BREATH_S = 0.0002
"""How long the thread that makes sounds waits between two notes."""


class Sounds:
    """Plays by name. Without an audio device everything is accepted and nothing is heard. Call `tick` once a
    tick.

    All is made by a thread from the second tick on. An effect that is asked for before it is made is not
    heard; a tune begins as soon as it is made.
    """

    def __init__(self, mute: bool = False) -> None:
        """`mute`: do not even open the audio device."""
        self.silent_reason: str | None = "muted" if mute else None
        """Why nothing is heard, or None."""
        self.wanted: str | None = None
        """The tune that was asked for."""
        self.ducked = False
        """Whether the music is quieter."""
        self._effects: dict[str, pygame.mixer.Sound] = {}
        self._tunes: dict[str, Parts] = {}
        self._making: dict[str, Future[Parts]] = {}
        self._wishes: list[str] = []
        self._owners: dict[Voice, str] = {}
        """The effect that played last on each voice's channel for effects."""
        self._ticks = 0
        self._anew = False
        self._music_volume = self._effects_volume = 1.0
        self._thread = ThreadPoolExecutor(max_workers=1)
        if mute:
            return
        try:
            # allowedchanges=0: the mixer converts, so that what is made here is what it takes.
            pygame.mixer.init(RATE_HZ, -16, 1, BUFFER_SAMPLES, allowedchanges=0)
            pygame.mixer.set_num_channels(CHANNELS)
            self._decks = Decks()
        except (pygame.error, NotImplementedError, ImportError) as error:
            # pygame puts a placeholder for a mixer that was not built, which raises NotImplementedError.
            self.silent_reason = str(error).strip() or "no audio device"

    def play(self, name: str) -> None:
        """Plays an effect, unless one that weighs more has one of its voices. Raises KeyError where there is
        no such effect, muted or not."""
        effect = EFFECTS[name]
        if self.silent_reason is not None or name not in self._effects:
            return
        rivals = {
            voice: other for voice, other in self._heard().items() if EFFECTS[other].voices & effect.voices
        }
        if any(EFFECTS[other].weight > effect.weight for other in rivals.values()):
            return
        for voice in rivals:
            self._channel(voice).stop()
        first = min(effect.voices)
        self._owners[first] = name
        self._channel(first).play(self._effects[name])
        self._mix()

    def set_volumes(self, music: float, effects: float) -> None:
        """How loud both are, of 1."""
        self._music_volume, self._effects_volume = music, effects
        if self.silent_reason is None:
            for effect in list(self._effects.values()):
                effect.set_volume(effects)
            self._mix()

    def music(self, name: str | None, *, anew: bool = False) -> None:
        """Plays a tune, or with None holds what plays. One that was held goes on where it was, unless `anew`.

        Raises KeyError where there is no such tune, muted or not.
        """
        if name is not None and name not in TUNES:
            raise KeyError(name)
        if name == self.wanted and not anew:
            return
        self.wanted, self._anew = name, anew
        if self.silent_reason is not None:
            return
        if self._decks.playing != name:
            self._decks.hold()
        if name is not None:
            self.expect(name)
            self._start_wanted()

    def expect(self, name: str) -> None:
        """Makes a tune that may be asked for soon."""
        if name not in self._tunes and name not in self._wishes:
            self._wishes.append(name)

    def duck(self, ducked: bool) -> None:
        """Makes the music quieter, or as loud as before; effects stay."""
        self.ducked = ducked
        if self.silent_reason is None:
            self._mix()

    def tick(self) -> None:
        """Does what has to be done once a tick: takes what is made, and gives voices back to the music."""
        if self.silent_reason is not None:
            return
        self._ticks += 1
        if self._ticks < FIRST_TICK:
            return
        while self._wishes:
            name = self._wishes.pop(0)
            if name not in self._making and name not in self._tunes:
                self._making[name] = self._thread.submit(self._make, TUNES[name])
        if self._ticks == FIRST_TICK:
            self._thread.submit(self._make_effects)
        for name in [name for name, made in self._making.items() if made.done()]:
            self._tunes[name] = self._making.pop(name).result()
            self._forget()
        self._start_wanted()
        self._mix()

    @property
    def bytes_held(self) -> int:
        """The memory of all sounds that are kept."""
        tunes = sum(_size(parts) for parts in self._tunes.values())
        return tunes + sum(SAMPLE_BYTES * round(e.get_length() * RATE_HZ) for e in self._effects.values())

    def wait(self) -> None:
        """Waits until all that was asked for before the last tick is made; the next tick takes it."""
        self._thread.submit(lambda: None).result()

    def close(self) -> None:
        """Stops everything and gives the audio device back; afterwards nothing is heard."""
        if self.silent_reason is None:
            self.silent_reason = "closed"
            self._thread.shutdown(cancel_futures=True)
            pygame.mixer.quit()

    def _channel(self, voice: Voice) -> pygame.mixer.Channel:
        return pygame.mixer.Channel(EFFECT_CHANNEL + voice)

    def _heard(self) -> dict[Voice, str]:
        """The effects that are heard, by the channel that they play on."""
        return {voice: name for voice, name in self._owners.items() if self._channel(voice).get_busy()}

    def _mix(self) -> None:
        """Silences the music's voices that effects have taken, and gives back those that they have not."""
        taken = {voice for name in self._heard().values() for voice in EFFECTS[name].voices}
        loud = self._music_volume * (DUCKED if self.ducked else 1)
        self._decks.mix({voice: 0.0 if voice in taken else loud for voice in Voice})

    def _start_wanted(self) -> None:
        name = self.wanted
        if name in self._tunes and (self._anew or self._decks.playing != name):
            self._decks.play(name, self._tunes[name], loops=TUNES[name].loops, anew=self._anew)
            self._anew = False
            self._mix()

    def _forget(self) -> None:
        """Forgets tunes where there are too many, what is held last; not what plays or was made just now."""
        older = [name for name in list(self._tunes)[:-1] if name not in (self.wanted, self._decks.playing)]
        for name in sorted(older, key=self._decks.holds):
            if sum(_size(parts) for parts in self._tunes.values()) <= MOST_TUNE_BYTES:
                return
            self._decks.drop(name)
            del self._tunes[name]

    # The rest runs in the thread.

    def _make_effects(self) -> None:
        for name, effect in EFFECTS.items():
            if self.silent_reason is not None:
                return
            sound = _sound(to_int16(effect.make(), EFFECT_VOLUME))
            sound.set_volume(self._effects_volume)
            self._effects[name] = sound
            _breathe()

    def _make(self, tune: Tune) -> Parts:
        """Makes a tune; no more of it than there is when all is closed."""
        parts: dict[Voice, pygame.mixer.Sound] = {}
        for voice in Voice:
            if self.silent_reason is not None:
                break
            samples = voice_of(tune, voice, between=_breathe)
            if samples.any():
                parts[voice] = _sound(_in_pieces(samples))
        return parts


def _size(parts: Parts) -> int:
    return sum(SAMPLE_BYTES * round(sound.get_length() * RATE_HZ) for sound in parts.values())


def _breathe() -> None:
    """Lets go of the interpreter for a moment: the frame is sacred. Without a moment it would be taken back
    before the game's thread has woken."""
    time.sleep(BREATH_S)


def _in_pieces(samples: Samples) -> NDArray[np.int16]:
    """Samples for the mixer, converted a second at a time: numpy holds the interpreter meanwhile."""
    converted = np.empty(len(samples), np.int16)
    for at in range(0, len(samples), RATE_HZ):
        converted[at : at + RATE_HZ] = to_int16(samples[at : at + RATE_HZ])
        _breathe()
    return converted


def _sound(samples: NDArray[np.int16]) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=samples.data.cast("B"))
