"""Fresh, proven levels out of a network's dreams: `generator` in a checkout, `ganvania` when installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import tiled
    from .adapters import godot, ldtk, pygame_util, sheets
    from .constraints import Constraints
    from .dreamer import Dreamer
    from .errors import GanvaniaError
    from .level import Level, LevelError, Spawn
    from .look.own import Dressed
    from .motion import Motion, load_motion
    from .nes import Role
    from .stream import Built, LevelKey, LevelStream, build_level
    from .stream.process import freeze_support
    from .style import Style
    from .tiles import Bank

__version__ = "0.1.0"
"""The one place where the version stands; the wheel's metadata are made of it."""

__all__ = [
    "Bank",
    "Built",
    "Constraints",
    "Dreamer",
    "Dressed",
    "GanvaniaError",
    "Level",
    "LevelError",
    "LevelKey",
    "LevelStream",
    "Motion",
    "Role",
    "Spawn",
    "Style",
    "__version__",
    "build_level",
    "freeze_support",
    "godot",
    "ldtk",
    "load_motion",
    "pygame_util",
    "sheets",
    "tiled",
]

_HOMES = {
    "Bank": "tiles",
    "Built": "stream",
    "Constraints": "constraints",
    "Dreamer": "dreamer",
    "Dressed": "look.own",
    "GanvaniaError": "errors",
    "Level": "level",
    "LevelError": "level",
    "LevelKey": "stream",
    "LevelStream": "stream",
    "Motion": "motion",
    "Role": "nes",
    "Spawn": "level",
    "Style": "style",
    "build_level": "stream",
    "freeze_support": "stream.process",
    "load_motion": "motion",
}
"""The module that each name comes from. It is imported when the name is asked for first (PEP 562): `import
ganvania` costs next to nothing, and a game that shows levels never loads what makes them."""
_MODULES = {
    "godot": "adapters.godot",
    "ldtk": "adapters.ldtk",
    "pygame_util": "adapters.pygame_util",
    "sheets": "adapters.sheets",
    "tiled": "tiled",
}
"""Modules that are handed on as they are, and where they stand."""


if not TYPE_CHECKING:  # or a name that does not exist would pass every check of types

    def __getattr__(name: str) -> Any:
        """A name of `__all__`, imported now. Raises AttributeError for any other."""
        from importlib import import_module

        if name in _MODULES:
            return import_module(f".{_MODULES[name]}", __name__)
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
