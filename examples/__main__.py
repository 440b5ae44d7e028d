"""Starts an example: `python -m examples NAME`. Without a name it lists them.

An example holds nothing but its game, for it is there to be copied. So what a test and a picture need is done
from outside, by counting the frames that it shows (`Watched`).
"""

from __future__ import annotations

import argparse
import ast
import runpy
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from generator import GanvaniaError

FOLDER = Path(__file__).resolve().parent
INSTALLS = {"pygame": "pygame-ce", "pyscroll": "pyscroll", "gymnasium": "gymnasium"}
"""Libraries of examples that the plugin itself does not need, and what pip calls them."""
PICTURE_FRAME = 60
"""The frame that is taken where none is named."""


def titles() -> dict[str, str]:
    """What each example is, by its name."""
    found = {}
    for path in sorted(FOLDER.glob("[!_]*.py")):
        told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        found[path.stem] = told.split("\n\n")[0].replace("\n", " ")
    return found


class Watched:
    """`pygame.display.flip` that counts: after so many frames it asks the game to end, as a player does who
    closes its window, and takes a picture of the last one.

    It is put in the place of pygame's own, which only works for games that say `pygame.display.flip()`.
    """

    def __init__(self, flip: Callable[[], None], frames: int, picture: Path | None) -> None:
        self._flip, self._left, self._picture = flip, frames, picture

    def __call__(self) -> None:
        import pygame

        self._flip()
        self._left -= 1
        if self._left == 0:
            if self._picture is not None:
                keep(pygame.display.get_surface(), self._picture)
            pygame.event.post(pygame.event.Event(pygame.QUIT))


def keep(screen: object, path: Path) -> None:
    """A surface as a PNG with a palette: the colours are few, and the file is small so."""
    import pygame
    from PIL import Image

    assert isinstance(screen, pygame.Surface)
    shown = Image.frombytes("RGB", screen.get_size(), pygame.image.tobytes(screen, "RGB"))
    shown.convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(path, optimize=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs an example; returns its exit code, 2 after one line where it cannot be run."""
    parser = argparse.ArgumentParser(
        prog="python -m examples", description="Small games with dreamed levels."
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="which one; without it they are listed")
    parser.add_argument("--frames", type=int, default=0, metavar="N", help="end after N frames")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="save the last frame (of 60 by default)")
    options, others = parser.parse_known_args(arguments)
    known = titles()
    if options.name is None:
        for name, title in known.items():
            print(f"{name:14} {title}")
        print(f"\nThey lie in {FOLDER}: copy from them.")
        return 0
    if options.name not in known:
        print(f"error: there is no example {options.name!r}; write {', '.join(known)}", file=sys.stderr)
        return 2
    try:
        return _run(options.name, others, options.frames, options.picture)
    except GanvaniaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if error.name not in INSTALLS:
            raise
        how = f"pip install {INSTALLS[error.name]}"
        print(f"error: {options.name} needs {error.name}; install it with: {how}", file=sys.stderr)
        return 2


def _run(name: str, others: list[str], frames: int, picture: Path | None) -> int:
    """Runs an example as Python runs a program; `others` are its own arguments."""
    if frames or picture:
        import pygame

        own = pygame.display.flip
        pygame.display.flip = Watched(own, frames or PICTURE_FRAME, picture)
    before, sys.argv = sys.argv, [str(FOLDER / f"{name}.py"), *others]
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    finally:
        sys.argv = before
        if frames or picture:
            pygame.display.flip = own
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
