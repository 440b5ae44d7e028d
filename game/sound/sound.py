"""Sound effects and music through pygame's mixer, or silence where there is none."""

from __future__ import annotations

import threading
import time

import numpy as np
import pygame
from numpy.typing import NDArray

from .effects import EFFECTS
from .synth import RATE_HZ, add, to_int16
from .tunes import TUNES, perform

EFFECT_VOLUME = 0.55
"""Of full scale."""
MUSIC_VOLUME = 0.32
"""Of full scale: under the effects."""

_BUFFER_SAMPLES = 512  # of the mixer: 16 ms, one tick of delay
_CHANNELS = 8  # of the mixer; the first is the music's


class Sounds:
    """Plays by name. Without an audio device everything is accepted and nothing is heard.

    Effects are made at the start (some hundredths of a second); a tune is made by a thread when it is first
    asked for, and starts as soon as it is done.
    """

    def __init__(self, mute: bool = False) -> None:
        """`mute`: do not even open the audio device."""
        self.silent_reason: str | None = "muted" if mute else None
        """Why nothing is heard, or None."""
        self._effects: dict[str, pygame.mixer.Sound] = {}
        self._tunes: dict[str, pygame.mixer.Sound] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()
        self._wanted: str | None = None
        self._paused = False
        self._closed = False
        if mute:
            return
        try:
            # allowedchanges=0: the mixer converts, so that what is made here is what it takes.
            pygame.mixer.init(RATE_HZ, -16, 1, _BUFFER_SAMPLES, allowedchanges=0)
            pygame.mixer.set_num_channels(_CHANNELS)
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

    def music(self, name: str | None) -> None:
        """Loops a tune from its beginning, or with None stops the music; the same tune again goes on.

        Raises KeyError where there is no such tune, muted or not.
        """
        if name is not None and name not in TUNES:
            raise KeyError(name)
        if self.silent_reason is not None or self._closed:
            return
        with self._lock:
            if name == self._wanted:
                return
            self._wanted = name
            channel = pygame.mixer.Channel(0)
            if name is None or name not in self._tunes:
                channel.stop()
            if name in self._tunes:
                self._start(name)
            elif name is not None and name not in self._threads:
                thread = threading.Thread(target=self._make, args=(name,), name=f"tune {name}", daemon=True)
                self._threads[name] = thread
                thread.start()

    def pause(self, paused: bool) -> None:
        """Holds the music, or lets it go on; effects are still heard."""
        if self.silent_reason is not None or self._closed:
            return
        with self._lock:
            self._paused = paused
            channel = pygame.mixer.Channel(0)
            (channel.pause if paused else channel.unpause)()

    def close(self) -> None:
        """Stops everything and gives the audio device back; afterwards nothing is heard."""
        if self.silent_reason is not None or self._closed:
            return
        self._closed = True
        for thread in self._threads.values():
            thread.join()
        pygame.mixer.quit()
        self.silent_reason = "closed"

    def _start(self, name: str) -> None:
        channel = pygame.mixer.Channel(0)
        channel.play(self._tunes[name], loops=-1)
        if self._paused:
            channel.pause()

    def _make(self, name: str) -> None:
        """In a thread: makes a tune, and plays it where it is still wanted."""
        loop = np.zeros(TUNES[name].samples, np.float32)
        for start, wave in perform(TUNES[name]):
            if self._closed:
                return
            add(loop, start, wave)
            time.sleep(0)  # lets go of the interpreter: the frame is sacred
        tune = _sound(to_int16(loop, MUSIC_VOLUME))
        with self._lock:
            self._tunes[name] = tune
            if self._wanted == name and not self._closed:
                self._start(name)


def _sound(samples: NDArray[np.int16]) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=samples.tobytes())
