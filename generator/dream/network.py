"""The networks: ONNX files, loaded with suspicion, run on one thread.

The generator dreams screens; the role network says what their cells are for. A file may come from a stranger.
So its size is capped, it is looked through (`onnx_guard`), and it must have the names, types, shapes and
metadata of its kind. Whatever is wrong becomes a NetworkError that names the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError
from ..nes.palette import OWN_COLOURS, SUB_PALETTES, quantise, to_rgb
from ..nes.roles import BASE, CELLS, SCREEN_PX, TILE, Role
from ..progress import tell
from .onnx_guard import SuspectFile, inspect, printable
from .onnx_part import part

LARGEST_FILE_BYTES = 64 << 20
"""Largest file that is read; the ones that ship have at most 24 MB."""
SCREEN_COLOURS = 1 + SUB_PALETTES * OWN_COLOURS
"""Colours of a screen: the backdrop colour, and the own colours of its sub-palettes."""
LARGEST_LATENT = 4096
"""Longest z that a file may ask for."""
METADATA_PREFIX = "ganvania."
FORMAT = "1"
_COMMON = {"format": FORMAT, "tile_size": str(TILE), "image_size": str(SCREEN_PX), "palette": "2C02"}
_RUNTIME_QUIET = 4
"""ONNX Runtime's log severity "fatal": NetworkError alone says what is wrong, once."""
KNOWN_ROLES = {",".join(role.name for role in roles): len(roles) for roles in (BASE, tuple(Role))}
"""What a role network's metadata may say of its roles, and how many that are: the base roles, or all."""
GLANCED = "roles", "colours"
"""The outputs that a glance asks for."""
GLANCES_AT_ONCE = 8
"""In a batch they take three quarters of the time that they take one by one. (measured)"""
EXPORT = "`python -m training export`"


class NetworkError(GanvaniaError):
    """A network file that cannot be used, or an output that cannot."""


@dataclass(frozen=True, eq=False)
class _Network:
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
            said = _first_line(error)
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


N = TypeVar("N", bound=_Network)


@dataclass(frozen=True, eq=False)
class Generator(_Network):
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


class RoleNetwork(_Network):
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


def load_networks(generator: Path | None = None, roles: Path | None = None) -> Networks:
    """Both networks; those that ship where no path is given. Raises NetworkError."""
    return Networks(load_generator(generator), load_roles(roles))


@lru_cache(maxsize=1)
def shipped_networks() -> Networks:
    """The networks that ship, loaded once, when they are needed beside others. Raises NetworkError."""
    return load_networks()


def load_generator(path: Path | None = None) -> Generator:
    """The generator of a file, or the one that ships. Raises NetworkError, one line that names the file."""
    network, data = _load(Generator, path or asset("dream.onnx"), "generator")
    said = network.metadata.get("latent", "")
    try:
        usable = 1 <= network.latent <= LARGEST_LATENT
    except (LookupError, ValueError):
        usable = False
    if not usable:
        what = f"its metadata gives no usable latent size ({printable(said)!r})"
        raise NetworkError(f"{network.name}: {what}; export it again")
    screen = "screen", 3, SCREEN_PX, SCREEN_PX
    if not network.says_roles:
        _expect(network, ("z", network.latent), screen)
        return network
    if network.metadata.get("roles") not in KNOWN_ROLES:
        raise NetworkError(f"{network.name}: its roles are not those of this version; export it again")
    known = KNOWN_ROLES[network.metadata["roles"]]
    _expect(
        network, ("z", network.latent), screen, ("roles", CELLS, CELLS, known), ("colours", SCREEN_COLOURS, 3)
    )
    try:
        glanced = part(data, GLANCED)
    except SuspectFile as suspicion:
        raise NetworkError(f"{network.name}: {suspicion}; export it again") from None
    return network if glanced is None else replace(network, _glancing=_session(network.name, glanced))


def load_roles(path: Path | None = None) -> RoleNetwork:
    """The role network of a file, or the one that ships. Raises NetworkError, one line that names the
    file."""
    network, _ = _load(RoleNetwork, path or asset("roles.onnx"), "roles")
    if network.metadata.get("roles") not in KNOWN_ROLES:
        raise NetworkError(f"{network.name}: its roles are not those of this version; export it again")
    _expect(network, ("screens", 3, SCREEN_PX, SCREEN_PX), ("logits", network.known, CELLS, CELLS))
    return network


def asset(file: str) -> Path:
    """Where a file of `assets/` lies: within the installed package, beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    inside = here / "assets" / file
    return inside if inside.exists() else here.parent / "assets" / file


def _load(network: type[N], path: Path, kind: str) -> tuple[N, bytes]:
    """The network of a file whose metadata is in order, and the file's bytes. Raises NetworkError."""
    name, data = str(path), _read(path)
    session = _session(name, data)
    try:
        found = session.get_modelmeta().custom_metadata_map
    except (RuntimeError, UnicodeError) as error:
        raise NetworkError(f"{name}: its metadata cannot be read; export the network again") from error
    metadata = {
        key.removeprefix(METADATA_PREFIX): value
        for key, value in found.items()
        if key.startswith(METADATA_PREFIX)
    }
    if not metadata:
        raise NetworkError(
            f"{name}: an ONNX file, but none of Ganvania's; use one that `training export` wrote"
        )
    for key, wanted in (*_COMMON.items(), ("kind", kind)):
        if metadata.get(key, wanted if key == "kind" else "") != wanted:
            said = printable(metadata[key]) if key in metadata else "nothing"
            what = f"its metadata says {key} = {said}, not {wanted}"
            raise NetworkError(f"{name}: {what}; export it with this version")
    return network(name, hashlib.sha256(data).hexdigest(), metadata, session), data


def _read(path: Path) -> bytes:
    """A file that was looked through. Raises NetworkError."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            what = f"{size:,} bytes are more than {LARGEST_FILE_BYTES:,}"
            raise NetworkError(f"{path}: {what}; export a smaller network")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise NetworkError(f"{path}: no such file; name a network that {EXPORT} wrote") from None
    except OSError as error:
        raise NetworkError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    if not data:
        raise NetworkError(f"{path}: empty; export the network again")
    try:
        inspect(data)
    except SuspectFile as suspicion:
        raise NetworkError(f"{path}: {suspicion}; use a file that {EXPORT} wrote") from None
    return data


def _session(name: str, data: bytes) -> Any:
    """An ONNX Runtime session on one thread that does not spin: a spinning pool eats the game's core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # What a run takes is given back after it: kept for the next one it is a tenth of a worker's memory.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = _RUNTIME_QUIET
    onnxruntime.set_default_logger_severity(_RUNTIME_QUIET)
    try:
        # Without a second try, which it would announce in four lines on the player's terminal.
        return onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"], enable_fallback=False
        )
    # The runtime's exceptions have no common base but Exception.
    except Exception as error:
        said = _first_line(error)
        raise NetworkError(f"{name}: ONNX Runtime refuses it ({said}); export it again") from None


def _expect(network: _Network, wanted_in: tuple[Any, ...], *wanted_out: tuple[Any, ...]) -> None:
    """Raises NetworkError unless a network has one input and these outputs, by name and shape, in float32."""
    name, session = network.name, network._session
    for what, ports, all_wanted in (
        ("input", session.get_inputs(), [wanted_in]),
        ("output", session.get_outputs(), wanted_out),
    ):
        if len(ports) != len(all_wanted):
            shown = " and ".join(repr(wanted[0]) for wanted in all_wanted)
            raise NetworkError(
                f"{name}: needs one {what} {shown}, has {len(ports)}; export the network again"
            )
        try:
            found = [(port.name, port.type, port.shape) for port in ports]
        except UnicodeError:
            raise NetworkError(f"{name}: its {what}s have no readable names; export it again") from None
        for (called, kind, shape), wanted in zip(found, all_wanted, strict=True):
            shown = f"one {what} {wanted[0]!r} of float32[batch, {', '.join(map(str, wanted[1:]))}]"
            fits = called == wanted[0] and kind == "tensor(float)" and len(shape) == len(wanted)
            if not fits or isinstance(shape[0], int):
                raise NetworkError(f"{name}: needs {shown}, has another; export the network again")
            for side, expected in zip(shape[1:], wanted[1:], strict=True):
                # A side that is not fixed in the file is held to its value when the network runs.
                if isinstance(side, int) and side != expected:
                    raise NetworkError(f"{name}: needs {shown}, has {shape}; export the network again")


def _levels(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Values in -1..1 as 0..255."""
    levels: NDArray[np.uint8] = np.clip(np.rint((values + 1.0) * 127.5), 0, 255).astype(np.uint8)
    return levels


def _first_line(error: Exception) -> str:
    """The first line of an error's text, or its kind, as far as it can be printed."""
    return printable(str(error).strip().split("\n", maxsplit=1)[0] or type(error).__name__, 90)
