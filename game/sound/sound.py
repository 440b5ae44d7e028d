"""Sound effects and music through pygame's mixer, or silence where there is none."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pygame
from numpy.typing import NDArray

from .effects import EFFECTS
from .synth import RATE_HZ, add, to_int16
from .tunes import TUNES, perform

EFFECT_VOLUME, MUSIC_VOLUME = 0.55, 0.32
"""Parts of full scale: the music plays under the effects."""
MUSIC_CHANNEL, CHANNELS = 0, 8
"""The music has the first of the mixer's channels."""
BUFFER_SAMPLES = 512
"""The mixer's buffer: 16 ms, one tick of delay."""


class Sounds:
    """Plays by name. Without an audio device everything is accepted and nothing is heard.

    Effects are made at the start, in some hundredths of a second. A tune is made by a thread when it is first
    asked for, and starts as soon as it is made.
    """

    def __init__(self, mute: bool = False) -> None:
        """`mute`: do not even open the audio device."""
        self.silent_reason: str | None = "muted" if mute else None
        """Why nothing is heard, or None."""
        self._effects: dict[str, pygame.mixer.Sound] = {}
        self._tunes: dict[str | None, Future[pygame.mixer.Sound]] = {}
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._lock = threading.Lock()
        self._wanted: str | None = None
        self._paused = False
        self._music_volume = 1.0
        if mute:
            return
        try:
            # allowedchanges=0: the mixer converts, so that what is made here is what it takes.
            pygame.mixer.init(RATE_HZ, -16, 1, BUFFER_SAMPLES, allowedchanges=0)
            pygame.mixer.set_num_channels(CHANNELS)
            pygame.mixer.set_reserved(1)
            for name, effect in EFFECTS.items():
                self._effects[name] = _sound(to_int16(effect(), EFFECT_VOLUME))
        except (pygame.error, NotImplementedError, ImportError) as error:
            # pygame puts a placeholder for a mixer that was not built, which raises NotImplementedError.
            self.silent_reason = str(error).strip() or "no audio device"
            self._effects.clear()

    def play(self, name: str) -> None:
        """Plays an effect. Raises KeyError where there is no such effect, muted or not."""
        if name not in EFFECTS:
            raise KeyError(name)
        if self.silent_reason is None:
            self._effects[name].play()

    def set_volumes(self, music: float, effects: float) -> None:
        """How loud both are, of 1."""
        if self.silent_reason is not None:
            return
        with self._lock:
            self._music_volume = music
            for effect in self._effects.values():
                effect.set_volume(effects)
            for tune in self._tunes.values():
                if tune.done() and not tune.cancelled() and tune.exception() is None:
                    tune.result().set_volume(music)

    def music(self, name: str | None) -> None:
        """Loops a tune from its beginning, or with None stops the music; the same tune again goes on.

        Raises KeyError where there is no such tune, muted or not.
        """
        if name is not None and name not in TUNES:
            raise KeyError(name)
        if self.silent_reason is not None or name == self._wanted:
            return
        with self._lock:
            self._wanted = name
            pygame.mixer.Channel(MUSIC_CHANNEL).stop()
        if name is not None:
            if name not in self._tunes:
                self._tunes[name] = self._thread.submit(self._make, name)
            self._tunes[name].add_done_callback(self._start)

    def pause(self, paused: bool) -> None:
        """Holds the music, or lets it go on; effects are still heard."""
        if self.silent_reason is not None:
            return
        with self._lock:
            self._paused = paused
            channel = pygame.mixer.Channel(MUSIC_CHANNEL)
            (channel.pause if paused else channel.unpause)()

    def close(self) -> None:
        """Stops everything and gives the audio device back; afterwards nothing is heard."""
        if self.silent_reason is None:
            self.silent_reason = "closed"
            self._thread.shutdown(cancel_futures=True)
            pygame.mixer.quit()

    # The rest runs in the thread; `_start` runs in the game's where a tune is made already.

    def _start(self, made: Future[pygame.mixer.Sound]) -> None:
        """Plays a tune that is made, if it is still wanted."""
        with self._lock:
            if self._tunes.get(self._wanted) is not made or self.silent_reason is not None:
                return
            channel = pygame.mixer.Channel(MUSIC_CHANNEL)
            made.result().set_volume(self._music_volume)
            channel.play(made.result(), loops=-1)
            if self._paused:
                channel.pause()

    def _make(self, name: str) -> pygame.mixer.Sound:
        """Makes a tune; no more of it than there is when all is closed."""
        loop = np.zeros(TUNES[name].samples, np.float32)
        for start, wave in perform(TUNES[name]):
            if self.silent_reason is not None:
                break
            add(loop, start, wave)
            time.sleep(0)  # lets go of the interpreter: the frame is sacred
        return _sound(to_int16(loop, MUSIC_VOLUME))


def _sound(samples: NDArray[np.int16]) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=samples.tobytes())
