"""Loading networks: ONNX files, looked through with suspicion.

A file may come from a stranger. So its size is capped, it is looked through (`onnx_guard`), and it must have
the names, types, shapes and metadata of its kind. Whatever is wrong becomes a NetworkError that names the
file.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from ..nes.roles import CELLS, SCREEN_PX, TILE
from .network import (
    KNOWN_ROLES,
    SCREEN_COLOURS,
    Generator,
    Network,
    NetworkError,
    Networks,
    RoleNetwork,
    first_line,
)
from .onnx_guard import SuspectFile, inspect, printable
from .onnx_part import part

LARGEST_FILE_BYTES = 64 << 20
"""Largest file that is read; the ones that ship have at most 24 MB."""
LARGEST_LATENT = 4096
"""Longest z that a file may ask for."""
METADATA_PREFIX = "ganvania."
FORMAT = "1"
_COMMON = {"format": FORMAT, "tile_size": str(TILE), "image_size": str(SCREEN_PX), "palette": "2C02"}
_RUNTIME_QUIET = 4
"""ONNX Runtime's log severity "fatal": NetworkError alone says what is wrong, once."""
GLANCED = "roles", "colours"
"""The outputs that a glance asks for."""
EXPORT = "`python -m training export`"

N = TypeVar("N", bound=Network)


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
        said = first_line(error)
        raise NetworkError(f"{name}: ONNX Runtime refuses it ({said}); export it again") from None


def _expect(network: Network, wanted_in: tuple[Any, ...], *wanted_out: tuple[Any, ...]) -> None:
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
