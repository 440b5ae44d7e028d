"""What a player may choose for good: volumes, the window, the speed, what is asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from ..world.assists import Assists
from .kept import Kept

FORMAT = 1
FULL = 10
"""A volume."""
SPEEDS = (50, 60, 70, 80, 90, 100)
"""Per cent of the console's 60 ticks a second."""
SCALES = (0, 1, 2, 3, 4, 5, 6)
"""Pixels of the screen a pixel; 0: as many as fit, in a window whose size can be changed."""


@dataclass(frozen=True)
class Options:
    """The options, and their values at first."""

    music: int = FULL
    effects: int = FULL
    scale: int = 0
    fullscreen: bool = False
    aspect: bool = False
    """Whether pixels are as wide as a television showed them: 8 to 7."""
    scanlines: bool = False
    flash: bool = True
    """Whether the picture may flash."""
    shake: bool = True
    """Whether the view may shake."""
    shapes: bool = False
    """Whether what colours alone tell apart differs in shape too."""
    speed: int = 100
    asks: bool = False
    """Whether a castle is thrown away only by a second press."""
    classic: bool = False
    """Whether a death costs the stage, and not the room."""
    ghost: bool = True
    """Whether the best run through a stage is shown while it is played."""
    more_life: bool = False
    steady: bool = False
    endless_lives: bool = False
    air_control: bool = False
    coyote: bool = False
    buffer: bool = False

    @property
    def assists(self) -> Assists:
        """The helps that are chosen."""
        return Assists(**{field.name: getattr(self, field.name) for field in fields(Assists)})

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Options:
        """Raises ValueError, TypeError or KeyError for anything else. What a file does not name is as at
        first, and what nobody knows is left out: so options of other versions are read."""
        told = json.loads(data)
        if told["format"] != FORMAT:
            raise ValueError("of another format")
        chosen = {field.name: told[field.name] for field in fields(cls) if field.name in told}
        options = cls(**chosen)
        for name in chosen:
            value = getattr(options, name)
            if not any(value == allowed and type(value) is type(allowed) for allowed in values_of(name)):
                raise ValueError(f"{name} cannot be {value!r}")
        return options

    def turned(self, name: str, by: int) -> Options:
        """With the next value of an option, or the one before: round and round."""
        values, value = values_of(name), getattr(self, name)
        at = values.index(value) if value in values else 0  # the command line knows larger windows
        changed: dict[str, Any] = {name: values[(at + by) % len(values)]}
        return replace(self, **changed)


def values_of(name: str) -> Sequence[int]:
    """What an option may be."""
    if name in ("music", "effects"):
        return range(FULL + 1)
    return {"scale": SCALES, "speed": SPEEDS}.get(name, (False, True))


def options_in(path: Path | None) -> Kept[Options]:
    """The options in a file; None: nowhere."""
    return Kept(path, Options.from_bytes, Options.to_bytes)
