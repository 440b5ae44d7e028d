"""Legends: what the numbers and names of somebody else's map stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..errors import GanvaniaError
from ..nes.roles import BASE, NEVER_TILES, Role
from .names import ROLE_OF_NAME

MOST_LEFT = 8
"""Names of a legend that an error repeats, at most."""
Legend = Mapping[Any, Role | str]
"""Roles, or their names, by a number or a name (int or str) of the map."""


def role_of(legend: Legend | None, names: Iterable[int | str], default: Role | None = None) -> Role | None:
    """The role that the first of some names stands for which stands for one: by the legend, or because it is
    a role's name itself, in letters of any size.

    Raises GanvaniaError for a legend that says no role.
    """
    for name in names:
        if legend is not None and name in legend:
            return _meant(name, legend[name])
        if isinstance(name, str) and name.lower() in ROLE_OF_NAME:
            return ROLE_OF_NAME[name.lower()]
    return default


def unused(legend: Legend | None, met: Collection[int | str]) -> str:
    """For an error's end: which names of a legend the map has not used so far. One may be mistyped."""
    left = [repr(name) for name in legend or () if name not in met]
    return f"; of the legend, nothing is called {', '.join(left[:MOST_LEFT])}" if left else ""


def _meant(name: int | str, said: Role | str) -> Role:
    found = ROLE_OF_NAME.get(said.lower()) if isinstance(said, str) else said
    if found not in BASE or found in NEVER_TILES:
        known = ", ".join(name for name, role in ROLE_OF_NAME.items() if role not in NEVER_TILES)
        raise GanvaniaError(
            f"the legend says {said!r} of {name!r}, which is no role; known roles are {known}"
        )
    return Role(found)
