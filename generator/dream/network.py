"""The networks, run on one thread: one dreams screens, the other says what their cells are for.

What they give is checked, since their files may come from strangers: whatever is wrong becomes a NetworkError
that names the file (`loading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError
from ..nes.palette import OWN_COLOURS, SUB_PALETTES, quantise, to_rgb
from ..nes.roles import BASE, CELLS, SCREEN_PX, Role
from ..progress import tell
from .onnx_guard import printable

SCREEN_COLOURS = 1 + SUB_PALETTES * OWN_COLOURS
"""Colours of a screen: the backdrop colour, and the own colours of its sub-palettes."""
KNOWN_ROLES = {",".join(role.name for role in roles): len(roles) for roles in (BASE, tuple(Role))}
"""What a role network's metadata may say of its roles, and how many that are: the base roles, or all."""
GLANCES_AT_ONCE = 8
"""In a batch they take three quarters of the time that they take one by one. (measured)"""


class NetworkError(GanvaniaError):
    """A network file that cannot be used, or an output that cannot."""


@dataclass(frozen=True, eq=False)
class Network:
    """A network of a file whose metadata is in order."""

    name: str
    """The file's path, for messages."""
    sha256: str
    metadata: Mapping[str, str]
    """The `ganvania.*` strings, without the prefix; untrusted text."""
    _session: Any

    def _run(self, one: NDArray[np.float32], **wanted: tuple[int, ...]) -> list[NDArray[np.float32]]:
        """The finite outputs of these names, of promised shapes, for one input without a batch. Raises
        NetworkError."""
        return [output[0] for output in self._run_all(one[None], **wanted)]

    def _run_all(self, batch: NDArray[np.float32], **wanted: tuple[int, ...]) -> list[NDArray[np.float32]]:
        """The same for a batch of inputs, with a batch of outputs."""
        session = self._session_for(wanted)
        given = {session.get_inputs()[0].name: np.ascontiguousarray(batch)}
        try:
            outputs: list[NDArray[np.float32]] = session.run(list(wanted), given)
        except Exception as error:
            said = first_line(error)
            raise NetworkError(f"{self.name}: fails when it is run ({said}); export it again") from None
        for output, (name, shape) in zip(outputs, wanted.items(), strict=True):
            promised = (len(batch), *shape)
            if output.shape != promised or output.dtype != np.float32:
                found = f"{output.dtype}{list(output.shape)}"
                raise NetworkError(
                    f"{self.name}: gives {found} as {name}, not float32{list(promised)}; export it again"
                )
            if not np.isfinite(output.sum()):
                raise NetworkError(f"{self.name}: its {name} is not finite; train or export it again")
        return outputs

    def _session_for(self, wanted: Mapping[str, object]) -> Any:
        """What gives these outputs for the least work."""
        return self._session


@dataclass(frozen=True, eq=False)
class Generator(Network):
    """z -> screens."""

    _glancing: Any = None
    """A session of what `glance` needs, where the network has such a part."""

    def _session_for(self, wanted: Mapping[str, object]) -> Any:
        return self._session if self._glancing is None or "screen" in wanted else self._glancing

    @property
    def latent(self) -> int:
        """Numbers in a z."""
        return int(self.metadata["latent"])

    @property
    def says_roles(self) -> bool:
        """Whether it says itself what each cell is for, and a screen's colours, as `glance` gives them."""
        return len(self._session.get_outputs()) > 1

    @property
    def _roles(self) -> tuple[int, int, int]:
        return CELLS, CELLS, KNOWN_ROLES[self.metadata["roles"]]

    def dream(self, z: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Screens of z, one at a time: a screen must not depend on its neighbours in a batch.

        Args:
            z: float32[n, latent].
        Returns: RGB uint8[n, 224, 224, 3].
        Raises: NetworkError where the output is not finite or not of the promised shape.
        """
        out = np.empty((len(z), SCREEN_PX, SCREEN_PX, 3), np.uint8)
        for i, one in enumerate(np.asarray(z, np.float32)):
            tell("dreaming", i + 1, len(z))
            (screen,) = self._run(one, screen=(3, SCREEN_PX, SCREEN_PX))
            out[i] = _levels(screen).transpose(1, 2, 0)
        return out

    def glance(self, z: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """What screens would hold, without drawing them: only where `says_roles`.

        Args:
            z: float32[n, latent].
        Returns: how likely each role that it knows is for each cell, float32[n, 14, 14, 17 or 26], sums of 1
            over the last axis, and the screens' colours, RGB uint8[n, 13, 3], the backdrop colour first.
        Raises: NetworkError where an output is not finite, not of the promised shape, or no odds.
        """
        roles = np.empty((len(z), *self._roles), np.float32)
        colours = np.empty((len(z), SCREEN_COLOURS, 3), np.uint8)
        for first in range(0, len(z), GLANCES_AT_ONCE):
            some = slice(first, first + GLANCES_AT_ONCE)
            batch = np.asarray(z[some], np.float32)
            odds, rgb = self._run_all(batch, roles=self._roles, colours=(SCREEN_COLOURS, 3))
            roles[some], colours[some] = self._odds(odds), _levels(rgb)
        return roles, colours

    def dream_with_roles(self, z: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Both at once: screens as `dream` gives them, and their roles as `glance` does."""
        screens = np.empty((len(z), SCREEN_PX, SCREEN_PX, 3), np.uint8)
        roles = np.empty((len(z), *self._roles), np.float32)
        for i, one in enumerate(np.asarray(z, np.float32)):
            tell("dreaming", i + 1, len(z))
            screen, odds = self._run(one, screen=(3, SCREEN_PX, SCREEN_PX), roles=self._roles)
            screens[i], roles[i] = _levels(screen).transpose(1, 2, 0), self._odds(odds)
        return screens, roles

    def _odds(self, roles: NDArray[np.float32]) -> NDArray[np.float32]:
        """Odds of unit sum. Raises NetworkError for what are no odds."""
        sums = roles.sum(-1, keepdims=True)
        if float(roles.min()) < 0 or float(sums.min()) <= 0:
            raise NetworkError(f"{self.name}: its roles are no odds; export it again")
        return np.asarray(roles / sums, np.float32)


class RoleNetwork(Network):
    """Screens -> roles of their cells."""

    @property
    def known(self) -> int:
        """How many roles it tells apart: 17 or 26."""
        return KNOWN_ROLES[self.metadata["roles"]]

    def classify(self, screens: NDArray[np.uint8]) -> NDArray[np.float32]:
        """How likely each role that it knows is for each cell.

        Args:
            screens: RGB of quantised screens, uint8[n, 224, 224, 3].
        Returns: float32[n, 14, 14, `known`], sums of 1 over the last axis.
        Raises: NetworkError where the output is not finite or not of the promised shape.
        """
        out = np.empty((len(screens), CELLS, CELLS, self.known), np.float32)
        for i, screen in enumerate(screens):
            levels = screen.transpose(2, 0, 1).astype(np.float32) / np.float32(127.5) - np.float32(1)
            logits = self._run(levels, logits=(self.known, CELLS, CELLS))[0].transpose(1, 2, 0)
            odds = np.exp(logits - logits.max(-1, keepdims=True))
            out[i] = odds / odds.sum(-1, keepdims=True)
        return out


class Dreams(NamedTuple):
    """Screens of a network, as a level is made of them."""

    rgb: NDArray[np.uint8]
    """uint8[n, 224, 224, 3]."""
    screens: NDArray[np.uint8]
    """uint8[n, 224, 224]: quantised to palette indices."""
    odds: NDArray[np.float32]
    """float32[n, 14, 14, 17 or 26]: how likely each role that the network knows is for each cell, sums of 1
    over the last axis."""

    def alone(self, number: int) -> Dreams:
        """One of them."""
        one = slice(number, number + 1)
        return Dreams(self.rgb[one], self.screens[one], self.odds[one])

    def followed_by(self, others: Dreams) -> Dreams:
        """These, and then others."""
        return Dreams(
            np.concatenate([self.rgb, others.rgb]),
            np.concatenate([self.screens, others.screens]),
            np.concatenate([self.odds, others.odds]),
        )


@dataclass(frozen=True, eq=False)
class Networks:
    """The two networks that a level's art needs."""

    generator: Generator
    roles: RoleNetwork

    def dream(self, z: NDArray[np.float32]) -> Dreams:
        """Screens of z float32[n, latent]. What their cells are for is said by a generator that says roles,
        of others by the role network. Raises NetworkError where an output cannot be used."""
        if self.generator.says_roles:
            rgb, odds = self.generator.dream_with_roles(z)
            return Dreams(rgb, quantise(rgb), odds)
        rgb = self.generator.dream(z)
        screens = quantise(rgb)
        return Dreams(rgb, screens, self.roles.classify(to_rgb(screens)))

    def same_as(self, other: Networks) -> bool:
        """Whether both are of the same files as another's."""
        return (self.generator.sha256, self.roles.sha256) == (other.generator.sha256, other.roles.sha256)


def _levels(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Values in -1..1 as 0..255."""
    levels: NDArray[np.uint8] = np.clip(np.rint((values + 1.0) * 127.5), 0, 255).astype(np.uint8)
    return levels


def first_line(error: Exception) -> str:
    """The first line of an error's text, or its kind, as far as it can be printed."""
    return printable(str(error).strip().split("\n", maxsplit=1)[0] or type(error).__name__, 90)
