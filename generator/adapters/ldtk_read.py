"""A stranger's project of LDtk, read with suspicion: the roles of its cells, and where its entities stand."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError, path_of
from ..level.level import MAX_CELLS, MAX_SPAWNS
from ..level.places import Place, RoleMap
from ..nes.roles import Role
from ..tiled.document import MAX_FILE_BYTES, quoted
from ..tiled.legend import Legend, role_of, unused
from .ldtk_names import FACING, ROLES

LOG = logging.getLogger(__name__)
MAX_PX = 1 << 24
"""How far from the origin of the world a level may lie."""
MAX_LEVELS = 1 << 12
"""Levels of a project, at most."""


class LdtkError(GanvaniaError):
    """A project of LDtk that cannot be used."""


def read(
    path: str | PathLike[str],
    legend: Legend | None = None,
    *,
    layer: str | None = None,
    level: str | None = None,
) -> RoleMap:
    """The roles and the entities of a project, whoever drew it.

    Args:
        path: of the project, NAME.ldtk.
        legend: what the values of the IntGrid stand for, by their numbers or their identifiers. Without it
            the identifiers must be roles' names (`ground_top`, `platform`, ...). 0, no value, is sky.
        layer: the identifier of the IntGrid layer; None: `Roles`, or the only one that there is.
        level: the identifier of an LDtk level, to read it alone; None: all, at their places in the world.
            What lies between them is sky.
    Returns: roles uint8[H, W]; the places' px are counted from the grid's upper left corner.
    Raises: LdtkError, one line that names the file.
    """
    path = path_of("path", path)
    try:
        return _read(path, legend, layer, level)
    except GanvaniaError:
        raise
    except Exception as error:  # whatever else a stranger's file can provoke
        LOG.exception("%s", path)
        why = f"cannot be read ({type(error).__name__})"
        raise _wrong(path, why, "save it anew with LDtk") from error


def _wrong(path: Path, what: str, to_do: str) -> LdtkError:
    return LdtkError(f"{path}: {what}; {to_do}")


@dataclass(frozen=True)
class _Node:
    """An object of the file, and what it is called in messages."""

    path: Path
    where: str
    values: Mapping[str, Any]

    def wrong(self, what: str, to_do: str) -> LdtkError:
        return _wrong(self.path, f"{self.where} {what}", to_do)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str):
            raise self.wrong(f"has no text {name!r}", "save it anew with LDtk")
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        return self._whole(self.values.get(name), name, low, high)

    def _whole(self, value: Any, name: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.wrong(
                f"has no whole number from {low} to {high} as {name!r}", "save it anew with LDtk"
            )
        return value

    def pair(self, name: str, low: int, high: int) -> tuple[int, int]:
        value = self.values.get(name)
        if not isinstance(value, list) or len(value) != 2:
            raise self.wrong(f"has no two numbers as {name!r}", "save it anew with LDtk")
        x, y = (self._whole(number, name, low, high) for number in value)
        return x, y

    def array(self, name: str) -> list[Any]:
        value = self.values.get(name)
        if not isinstance(value, list):
            raise self.wrong(f"has no list {name!r}", "save it anew with LDtk")
        return value

    def nodes(self, name: str, what: str) -> Iterable[_Node]:
        """The objects of a list, each called by its identifier."""
        for number, value in enumerate(self.array(name)):
            if not isinstance(value, dict):
                raise self.wrong(f"has a {name!r} that holds no objects", "save it anew with LDtk")
            known = value.get("identifier", value.get("__identifier", number))
            yield _Node(self.path, f"{what} {quoted(str(known))}", value)


def _project(path: Path) -> _Node:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _wrong(path, f"cannot be read ({error.strerror})", "name a project that LDtk saved") from None
    if len(data) > MAX_FILE_BYTES:
        raise _wrong(path, f"is larger than {MAX_FILE_BYTES >> 20} MB", "make it smaller")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise _wrong(path, "is no JSON", "name a project that LDtk saved") from None
    if not isinstance(found, dict) or "defs" not in found or "levels" not in found:
        raise _wrong(path, "is no project of LDtk", "name a project that LDtk saved")
    return _Node(path, "the project", found)


def _read(path: Path, legend: Legend | None, layer: str | None, level: str | None) -> RoleMap:
    project = _project(path)
    if project.values.get("externalLevels"):
        raise project.wrong("keeps its levels in files of their own", "untick that in LDtk, and save")
    worlds = [project, *project.nodes("worlds", "world")] if project.values.get("worlds") else [project]
    parts: list[_Part] = []
    for world in worlds:
        parts += _in_a_row(world, [_part(node, layer) for node in _levels(world, level)])
    if not parts:
        named = f"has no level {quoted(level)}" if level else "has no level"
        raise project.wrong(named, "draw one in LDtk, or name one that there is")
    side = parts[0].side
    if any(part.side != side for part in parts):
        raise project.wrong("has layers with cells of several sizes", "name one level, or use one grid size")
    left, top = min(part.x_px for part in parts), min(part.y_px for part in parts)
    width = max((part.x_px - left) // side + part.values.shape[1] for part in parts)
    height = max((part.y_px - top) // side + part.values.shape[0] for part in parts)
    if width * height > MAX_CELLS:
        raise project.wrong(f"has {width}x{height} cells", f"make it smaller than {MAX_CELLS} cells")
    values = np.zeros((height, width), np.int64)
    places: list[Place] = []
    for part in parts:
        x_px, y_px = part.x_px - left, part.y_px - top
        rows, columns = part.values.shape
        values[y_px // side : y_px // side + rows, x_px // side : x_px // side + columns] = part.values
        places += [place._replace(x_px=place.x_px + x_px, y_px=place.y_px + y_px) for place in part.places]
    return RoleMap(_roles(project, values, parts[0].layer, legend), _named(places))


def _levels(world: _Node, level: str | None) -> Iterable[_Node]:
    for number, node in enumerate(world.nodes("levels", "level")):
        if number >= MAX_LEVELS:
            raise world.wrong(f"has more than {MAX_LEVELS} levels", "delete some")
        if level in (None, node.text("identifier")):
            yield node


@dataclass(frozen=True, eq=False)
class _Part:
    """One level of LDtk."""

    x_px: int
    y_px: int
    side: int
    """Of a cell, px."""
    layer: str
    """The identifier of its IntGrid layer."""
    values: NDArray[np.int64]
    """[h, w] of the IntGrid."""
    places: list[Place]


def _part(node: _Node, wanted: str | None) -> _Part:
    layers = list(node.nodes("layerInstances", f"layer of {node.where}:"))
    grids = [one for one in layers if one.values.get("__type") == "IntGrid"]
    names = [one.text("__identifier") for one in grids]
    if wanted is None:
        wanted = ROLES if ROLES in names else names[0] if len(names) == 1 else None
    if wanted not in names:
        there = ", ".join(map(quoted, names)) or "none"
        named = f"no IntGrid layer {quoted(wanted)}" if wanted else "no single IntGrid layer"
        raise node.wrong(f"has {named}", f"name one as `layer`; there is {there}")
    grid = grids[names.index(wanted)]
    width, height = (grid.whole(name, 1, MAX_CELLS) for name in ("__cWid", "__cHei"))
    csv = grid.array("intGridCsv")
    if width * height > MAX_CELLS or len(csv) != width * height:
        raise grid.wrong(f"has {len(csv)} cells, not {width}x{height}", "save it anew with LDtk")
    if not all(isinstance(value, int) and 0 <= value < 1 << 31 for value in csv):
        raise grid.wrong("has a value that is no whole number", "save it anew with LDtk")
    places = [
        _place(entity)
        for one in layers
        for entity in one.nodes("entityInstances", f"entity of {node.where}:")
    ]
    if len(places) > MAX_SPAWNS:
        raise node.wrong(f"has more than {MAX_SPAWNS} entities", "delete some")
    return _Part(
        x_px=node.whole("worldX", -MAX_PX, MAX_PX),
        y_px=node.whole("worldY", -MAX_PX, MAX_PX),
        side=grid.whole("__gridSize", 1, 1 << 12),
        layer=wanted or "",
        values=np.array(csv, np.int64).reshape(height, width),
        places=places,
    )


def _in_a_row(world: _Node, parts: list[_Part]) -> list[_Part]:
    """Levels side by side or below one another, where the world says no more of their places."""
    layout = world.values.get("worldLayout")
    if layout not in ("LinearHorizontal", "LinearVertical"):
        return parts
    placed, at_px = [], 0
    for part in parts:
        rows, columns = part.values.shape
        x_px, y_px = (at_px, 0) if layout == "LinearHorizontal" else (0, at_px)
        at_px += (columns if layout == "LinearHorizontal" else rows) * part.side
        placed.append(_Part(x_px, y_px, part.side, part.layer, part.values, part.places))
    return placed


def _place(entity: _Node) -> Place:
    """Where the middle of an entity's bottom is, whatever its pivot."""
    x_px, y_px = entity.pair("px", -MAX_PX, MAX_PX)
    width, height = (entity.whole(name, 0, MAX_PX) for name in ("width", "height"))
    pivot = entity.values.get("__pivot")
    if not (
        isinstance(pivot, list)
        and len(pivot) == 2
        and all(isinstance(part, int | float) and 0 <= part <= 1 for part in pivot)
    ):
        raise entity.wrong("has no pivot", "save it anew with LDtk")
    facing = 1
    for field in entity.nodes("fieldInstances", f"field of {entity.where}:"):
        if field.values.get("__identifier") == FACING and field.values.get("__value") == -1:
            facing = -1
    kind = entity.text("__identifier")
    feet = x_px + round((0.5 - pivot[0]) * width), y_px + round((1 - pivot[1]) * height)
    return Place(kind, kind, *feet, facing)


def _named(places: Iterable[Place]) -> tuple[Place, ...]:
    """The same, each with a name of its own: the kind, and a number where there are several."""
    counts: dict[str, int] = {}
    several = [place.kind for place in places]
    named = []
    for place in places:
        counts[place.kind] = counts.get(place.kind, 0) + 1
        name = place.kind if several.count(place.kind) == 1 else f"{place.kind}_{counts[place.kind]}"
        named.append(place._replace(name=name))
    return tuple(named)


def _roles(project: _Node, values: NDArray[np.int64], layer: str, legend: Legend | None) -> NDArray[np.uint8]:
    """The roles that the values of an IntGrid stand for."""
    identifiers: dict[int, str] = {}
    definitions = project.values.get("defs")
    node = _Node(project.path, "the project's defs", definitions if isinstance(definitions, dict) else {})
    for one in node.nodes("layers", "layer"):
        if one.values.get("identifier") == layer:
            for value in one.nodes("intGridValues", "value"):
                name = value.values.get("identifier")
                if isinstance(name, str):
                    identifiers[value.whole("value", 0, 1 << 31)] = name
    found, numbers = np.unique(values, return_inverse=True)
    roles = []
    for value in found.tolist():
        name = identifiers.get(value, "")
        role = role_of(legend, (value, name), default=Role.SKY if value == 0 else None)
        if role is None:
            called = f"value {value} ({name})" if name else f"value {value}"
            what = f"does not say what {called} of its layer {quoted(layer)} is for"
            to_do = f"put it into the legend, such as {{{value}: Role.GROUND_TOP}}"
            raise project.wrong(what, to_do + unused(legend, {*found.tolist(), *identifiers.values()}))
        roles.append(role)
    return np.array(roles, np.uint8)[numbers.reshape(values.shape)]
