"""Legends: what the numbers and names of somebody else's map stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import GanvaniaError
from ..nes.roles import BASE, Role
from .names import ROLE_OF_NAME

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


def _meant(name: int | str, said: Role | str) -> Role:
    found = ROLE_OF_NAME.get(said.lower()) if isinstance(said, str) else said
    if found not in BASE:
        known = ", ".join(ROLE_OF_NAME)
        raise GanvaniaError(
            f"the legend says {said!r} of {name!r}, which is no role; known roles are {known}"
        )
    return Role(found)
