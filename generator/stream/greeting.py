"""The first request to a worker: which networks, whose motion, and what all levels have in common, as plain
data. What cannot be told is an error here, in the game's process."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, path_of, shown

if TYPE_CHECKING:
    from ..constraints import Constraints
    from ..motion import AnyMotion
    from ..style import Style

File = str | PathLike[str] | None


def greeting(
    model: File,
    roles: File,
    motion: AnyMotion | str | None,
    style: Style | None,
    constraints: Constraints | None,
) -> dict[str, Any]:
    """What the worker loads and keeps to; see worker.py. Raises GanvaniaError, one line that begins with the
    argument's name; MotionError."""
    return {
        "model": None if model is None else str(path_of("model", model)),
        "roles": None if roles is None else str(path_of("roles", roles)),
        **_told(motion),
        **_wished(style, constraints),
    }


def _wished(style: Style | None, constraints: Constraints | None) -> dict[str, Any]:
    """What the worker is told of a style and of constraints, as plain data. Raises GanvaniaError."""
    told: dict[str, Any] = {"style": None, "constraints": None}
    if style is not None:
        from ..style import Style  # which whoever hands one in has loaded

        if not isinstance(style, Style):
            raise ArgumentError(f"style: {shown(style)} is no Style; write Style(...)")
        told["style"] = None if style.wish is None else style.to_dict()
    if constraints is not None:
        from ..constraints import Constraints

        if not isinstance(constraints, Constraints):
            raise ArgumentError(
                f"constraints: {shown(constraints)} is no Constraints; write Constraints(...)"
            )
        told["constraints"] = constraints.to_dict()
    return told


def _told(motion: AnyMotion | str | None) -> dict[str, Any]:
    """What the worker is told of a motion, None for Castlevania's. Raises MotionError."""
    if motion is None:
        return {"motion": None, "main": None}
    from ..motion import travelling  # which loads numpy, for those who ask for it
    from ..motion.load import main_file

    main = main_file()
    return {"motion": travelling(motion), "main": None if main is None else str(main)}
