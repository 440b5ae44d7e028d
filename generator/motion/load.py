"""Motions by name: "module:NAME", "path/to/file.py:NAME", or an object; and the other way round.

Other processes build levels, so a motion must be found again there: one of numbers travels as its numbers,
one with code of its own by the name under which it can be imported.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from ..errors import shown
from .around import Around
from .body import Body
from .free import FLOATY_MOTION, RUN_MOTION, FreeMotion
from .numbers import NES_MOTION, RELAXED_MOTION, Motion
from .own import HIGHEST_PX, LOWEST_PX, NARROWEST_PX, WIDEST_PX, AnyMotion, MotionError, OwnMotion

READY: dict[str, AnyMotion] = {
    motion.name: motion for motion in (NES_MOTION, RELAXED_MOTION, RUN_MOTION, FLOATY_MOTION)
}
"""Motions that a plain name means."""
LOADED_AS = "ganvania_motion_of_"
"""How the module of a file begins that was loaded for its motion: never __main__."""
HOW_TO_NAME = "write it as module:NAME or as file.py:NAME, or name one of " + ", ".join(READY)
FINGERPRINT = 16
"""Symbols of a file's fingerprint."""
OF_ITS_OWN = "put the motion into a file of its own, such as hero.py, and name it hero.py:NAME"
_known: dict[tuple[str, str], OwnMotion] = {}
"""Own motions that were loaded in this process, by what a level's file calls them and their file's
fingerprint."""


def load_motion(what: object, main: str | Path | None = None) -> AnyMotion:
    """The motion that is meant.

    Args:
        what: a motion; the name of a ready one; "module:NAME"; or "path/to/file.py:NAME", whose file is run
            as a module of its own.
        main: the file of the game that runs already, which is not run again; by default that of this process.

    Raises MotionError, one line, where there is none.
    """
    if isinstance(what, Motion | OwnMotion):
        return _fit(what, str(getattr(what, "name", "")))
    if isinstance(what, type):
        raise MotionError(f"{what.__name__} is a class; write {what.__name__}(), an instance of it")
    if not isinstance(what, str):
        raise MotionError(
            f"{shown(what)} is no motion; it must be a Motion, a FreeMotion or an instance of a class "
            "that inherits from OwnMotion"
        )
    if what in READY:
        return READY[what]
    place, colon, name = what.rpartition(":")
    if not colon or not place or not name:
        raise MotionError(f"there is no motion {what!r}; {HOW_TO_NAME}")
    main = main_file() if main is None else Path(main)
    with _not_again(main, what):
        module = _module_of(place, main, what)
    try:
        motion = getattr(module, name)
    except AttributeError:
        raise MotionError(f"motion {what!r}: there is no {name!r} in {place}; {HOW_TO_NAME}") from None
    if isinstance(motion, type):
        raise MotionError(
            f"motion {what!r} is a class; name an instance of it, such as {name.upper()} = {name}()"
        )
    if not isinstance(motion, Motion | OwnMotion):
        raise MotionError(
            f"motion {what!r} is {type(motion).__name__}; it must be a Motion, a FreeMotion or an instance "
            "of a class that inherits from OwnMotion"
        )
    return _fit(motion, what)


def travelling(what: object) -> str | dict[str, Any]:
    """What is told to another process so that `arrived` finds the same motion there: the numbers of a motion
    of numbers, else its name. `what`: as for `load_motion`.

    Raises MotionError for what is no motion, and for one with code of its own that no other process can
    import.
    """
    main, motion = main_file(), load_motion(what)
    if not isinstance(motion, OwnMotion) or type(motion) is FreeMotion:
        return motion.to_dict()
    found = _named(motion)
    if found is None:
        raise MotionError(
            f"{motion} has no name in a module, and levels are built in another process, which must import "
            f"it; give it one (NAME = {type(motion).__name__}()), and {OF_ITS_OWN}"
        )
    module, name = found
    path = getattr(module, "__file__", None)
    if module.__name__ == "__main__" or (main is not None and path and Path(path).resolve() == main):
        raise MotionError(
            f"{motion} has code of its own in the file that is the game, and levels are built in another "
            f"process, which would start the game again; {OF_ITS_OWN}"
        )
    if module.__name__.startswith(LOADED_AS):
        return f"{Path(str(path)).resolve()}:{name}"
    return f"{module.__name__}:{name}"


def arrived(told: object, main: str | None) -> AnyMotion:
    """The motion that `travelling` told of in a process whose own file is `main`. Raises MotionError."""
    if not isinstance(told, dict):
        return load_motion(told, main)
    try:
        return motion_of(told)
    except ValueError as error:
        raise MotionError(f"the motion's numbers cannot be used: {error}") from None


def motion_of(values: Mapping[str, Any]) -> AnyMotion:
    """The motion of plain data, as `to_dict` made it; older data without a kind is of a `Motion`.

    No code is ever imported for it: an own motion that is not known in this process comes as an
    `AbsentMotion`. Raises ValueError.
    """
    kind = values.get("kind", "table")
    if kind == "table":
        return Motion.from_dict({name: value for name, value in values.items() if name != "kind"})
    if kind == "free":
        try:
            return FreeMotion.from_dict(values)
        except MotionError as error:
            raise ValueError(str(error)) from None
    if kind == "own":
        absent = AbsentMotion.from_dict(values)
        for (source, code), known in reversed(_known.items()):
            # A frozen game has no files to tell a fingerprint of, and old levels have none.
            alike = code == absent.code or not code or not absent.code
            if source == absent.source and alike and (known.half_width_px, known.height_px) == absent.size_px:
                return known
        return absent
    raise ValueError(f"there is no kind {str(kind)[:20]!r} of motion; a newer version may read it")


def source_of(motion: OwnMotion) -> tuple[str, str] | None:
    """What a level's file calls an own motion, "module:NAME" or "file.py:NAME", without a folder; and a
    fingerprint of its file, by which two files of one name are told apart."""
    for source, known in _known.items():
        if known is motion:
            return source
    found = _named(motion)
    if found is None:
        return None
    module, name = found
    own_file = module.__name__ == "__main__" or module.__name__.startswith(LOADED_AS)
    called = f"{Path(str(module.__file__)).name if own_file else module.__name__}:{name}"
    source = called, _fingerprint(getattr(module, "__file__", None))
    _known[source] = motion
    return source


def _fingerprint(path: str | None) -> str:
    """A file's text as a few symbols, however its lines end; "" where there is no file, as in a frozen
    game."""
    try:
        text = Path(path or "").read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()[:FINGERPRINT]


@dataclass(frozen=True)
class AbsentMotion(OwnMotion):
    """An own motion of which a level's file tells only where it comes from. Its level can be shown, but not
    walked in before `dataclasses.replace(level, motion=load_motion(...))`."""

    name: str = "absent"
    source: str = ""
    half_width_px: int = NES_MOTION.half_width_px
    height_px: int = NES_MOTION.height_px
    code: str = ""

    def move(self, around: Around, body: Body, buttons: int) -> NoReturn:
        """Raises MotionError: no file holds code."""
        where = self.source or "a program that is not known"
        raise MotionError(
            f"the level is proven for {self}, of {where}; load it with load_motion({where!r}), its folder "
            "before it, and read the level again; a file that was changed since is another one: then put it "
            "in by dataclasses.replace(level, motion=...)"
        )

    def to_dict(self) -> dict[str, Any]:
        """What the file told."""
        told = super().to_dict() | {"source": self.source}
        return told | ({"code": self.code} if self.code else {})

    @property
    def size_px(self) -> tuple[int, int]:
        """Half its width, and its height."""
        return self.half_width_px, self.height_px

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> AbsentMotion:
        """Raises ValueError for what no motion can be."""
        name, source = values.get("name"), values.get("source")
        half, height = values.get("half_width_px"), values.get("height_px")
        code = values.get("code", "")
        if not all(isinstance(text, str) and len(text) <= 256 for text in (name, source, code)):
            raise ValueError("an own motion has a name and a source, two short texts")
        if type(half) is not int or type(height) is not int:
            raise ValueError("an own motion has a half_width_px and a height_px")
        if not NARROWEST_PX <= half <= WIDEST_PX or not LOWEST_PX <= height <= HIGHEST_PX:
            raise ValueError("the box must be 8 to 16 px wide and 17 to 32 high")
        return cls(str(name), str(source), half, height, str(code))


def main_file() -> Path | None:
    """The file that this process was started with, or None."""
    path = getattr(sys.modules.get("__main__"), "__file__", None)
    return None if path is None else Path(path).resolve()


def _fit(motion: AnyMotion, what: str) -> AnyMotion:
    """The motion, checked. Raises MotionError."""
    if isinstance(motion, OwnMotion):
        motion.check()
        if type(motion) not in (FreeMotion, AbsentMotion):
            source_of(motion)  # so that levels of this process find it again
    return motion


def _module_of(place: str, main: Path | None, what: str) -> ModuleType:
    """The module called so, or that of the file. Raises MotionError."""
    running = sys.modules.get("__main__")
    if running is not None and main == main_file() and _is_main(place, running, main):
        return running
    try:
        if not place.endswith(".py"):
            return importlib.import_module(place)
        path = Path(place).resolve()
        if not path.is_file():
            raise MotionError(f"motion {what!r}: there is no file {place}; {HOW_TO_NAME}")
        return _run(path)
    except (MotionError, KeyboardInterrupt):
        raise
    except BaseException as error:  # whatever a stranger's file does at its end, too
        said = str(error).splitlines()[0] if str(error) else ""
        raise MotionError(
            f"motion {what!r} cannot be imported ({type(error).__name__}: {said[:200]}); {HOW_TO_NAME}"
        ) from error


def _is_main(place: str, running: ModuleType, main: Path | None) -> bool:
    """Whether a module's name or a path means the file that runs as __main__."""
    spec = getattr(running, "__spec__", None)
    if place == "__main__" or (spec is not None and place == spec.name):
        return True
    return main is not None and _file_of(place) == main


def _run(path: Path) -> ModuleType:
    """The module of a file, which is run once, and not as __main__; that which is imported already, if it
    is."""
    name = LOADED_AS + str(path).encode().hex()
    for known, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        named_alike = known != "__main__" and isinstance(file, str) and Path(file).name == path.name
        if named_alike and Path(str(file)).resolve() == path:
            return module
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _file_of(place: str) -> Path | None:
    """The file that a module's name or a path means; nothing is run to find out. None where there is none."""
    if place == "__main__":
        return main_file()
    if place.endswith(".py"):
        return Path(place).resolve()
    try:
        spec = None if "." in place else importlib.machinery.PathFinder.find_spec(place)
    except (ImportError, ValueError):
        return None
    return None if spec is None or spec.origin is None else Path(spec.origin).resolve()


def _named(motion: OwnMotion) -> tuple[ModuleType, str] | None:
    """A module that has a name for this very object, its class's module before others."""
    first = sys.modules.get(type(motion).__module__)
    others = [module for module in list(sys.modules.values()) if isinstance(module, ModuleType)]
    for module in ([first] if first is not None else []) + others:
        for name, value in list(vars(module).items()):
            if value is motion:
                return module, name
    return None


class _NotTheGame:
    """Refuses to import the file of a game that runs already: it would open a second window, and start a
    worker, which would start the game, and so on."""

    def __init__(self, main: Path, what: str) -> None:
        self.main, self.what = main, what

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Of no module; raises MotionError for the game's."""
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.origin is not None and Path(spec.origin).resolve() == self.main:
            raise MotionError(
                f"motion {self.what!r} is in the file of the game, or imports it, and the game would start "
                f"again; {OF_ITS_OWN}"
            )
        return None


@contextmanager
def _not_again(main: Path | None, what: str) -> Iterator[None]:
    """Within its block the game's file is not run. Raises MotionError where it is asked for itself."""
    if main is None or main == main_file():
        yield
        return
    place = what.rpartition(":")[0]
    guard = _NotTheGame(main, what)
    if place.endswith(".py") and Path(place).resolve() == main:
        raise MotionError(
            f"motion {what!r} is in the file of the game, which would start again; {OF_ITS_OWN}"
        )
    sys.meta_path.insert(0, guard)
    try:
        yield
    finally:
        sys.meta_path.remove(guard)
