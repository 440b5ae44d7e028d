"""Levels as maps of the editor Tiled, written and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .read import read_map
    from .strangers import read_roles
    from .write import write_map

__all__ = ["read_map", "read_roles", "write_map"]
_LIVES = {"read_map": "read", "read_roles": "strangers", "write_map": "write"}
"""The module of each name, which is imported when it is asked for. (PEP 562)"""


def __getattr__(name: str) -> Any:
    if name not in _LIVES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LIVES[name]}", __name__), name)
