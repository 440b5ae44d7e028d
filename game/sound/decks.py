"""The music on the mixer's channels: a channel for each of the chip's voices, twice, so that one tune is held
where it was while another plays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pygame

from .voices import Voice

DECKS = 2
MARKER_CHANNEL = DECKS * len(Voice)
"""The channel after those of both decks."""
_MARKER_SAMPLES = 32
"""Shorter than any buffer of a mixer: it has ended as soon as the mixer has mixed once."""
_MOST_TRIES = 20

Parts = Mapping[Voice, pygame.mixer.Sound]
"""A tune's voices; one that it does not use is left out."""


class Decks:
    """Plays one tune at a time. Whose place is taken by another is held, until it goes on or a third comes.

    The voices of a tune have to run together to the sample. pygame starts and stops channels one by one, and
    its thread may mix in between. So they are started again until it has not, which a marker tells: a sound
    so short that it ends with the first mixing. All channels together are held, and let go on, by one call.
    """

    def __init__(self) -> None:
        """The mixer must be open."""
        self.playing: str | None = None
        self._channels = [
            [pygame.mixer.Channel(len(Voice) * deck + voice) for voice in Voice] for deck in range(DECKS)
        ]
        self._names: list[str | None] = [None] * DECKS
        self._now = 0
        """The deck that plays, or played last."""
        self._mixed: tuple[int, dict[Voice, float]] | None = None
        """The deck and the volumes that were set last."""
        self._marker = pygame.mixer.Sound(buffer=np.zeros(_MARKER_SAMPLES, np.int16).tobytes())

    def holds(self, name: str) -> bool:
        """Whether a tune plays or is held."""
        return name in self._names

    def drop(self, name: str) -> None:
        """Stops a tune, wherever it was."""
        if name in self._names:
            self._stop(self._names.index(name))

    def hold(self) -> None:
        """Holds what plays where it is."""
        if self.playing is None:
            return
        self.playing = None
        pygame.mixer.pause()
        for number in range(MARKER_CHANNEL, pygame.mixer.get_num_channels()):
            pygame.mixer.Channel(number).unpause()  # effects go on

    def play(self, name: str, parts: Parts, *, loops: bool, anew: bool = False) -> None:
        """Plays a tune: from where it was held, or from its beginning where it was not, or `anew` says so."""
        self.hold()
        if name in self._names and not anew:
            self._now = self._names.index(name)
            self._stop(1 - self._now)  # all channels go on at once, and only this tune's should
            pygame.mixer.unpause()
        else:
            self._now = self._names.index(name) if name in self._names else 1 - self._now
            self._stop(self._now)
            self._start(parts, -1 if loops else 0)
            self._names[self._now] = name
        self.playing = name

    def mix(self, volume_of: Mapping[Voice, float]) -> None:
        """Sets how loud each voice of what plays is."""
        if self._mixed != (self._now, volume_of):
            self._mixed = self._now, dict(volume_of)
            for voice, channel in zip(Voice, self._channels[self._now], strict=True):
                channel.set_volume(volume_of[voice])

    def _start(self, parts: Parts, loops: int) -> None:
        self._mixed = None  # a channel that begins has its full volume
        marker = pygame.mixer.Channel(MARKER_CHANNEL)
        for _ in range(_MOST_TRIES):
            marker.play(self._marker)
            for voice, sound in parts.items():
                self._channels[self._now][voice].play(sound, loops=loops)
            if marker.get_busy():
                return

    def _stop(self, deck: int) -> None:
        if self._names[deck] is not None and self._names[deck] == self.playing:
            self.playing = None
        self._names[deck] = None
        for channel in self._channels[deck]:
            channel.stop()
