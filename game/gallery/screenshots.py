"""Pictures of the game as PNG files. What goes wrong becomes a line to show, never a crash."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

import pygame
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.files import WriteError, check_folder, writing

from ..background import Background
from ..texts import text

CODE_KEY = "ganvania-code"
"""The key of a picture's metadata under which the share code of its castle stands."""
UNWRITABLE = (WriteError, OSError, ImportError, RuntimeError)
"""What is raised where a folder cannot be written or, by platformdirs, not even be found."""


def default_folder() -> Path:
    """The folder if nobody names one: Ganvania, in the user's folder of pictures."""
    import platformdirs

    return Path(platformdirs.user_pictures_path()) / "Ganvania"


def save_png(surface: pygame.Surface, to: Path | BinaryIO, scale: int = 1, code: str = "") -> None:
    """Saves a surface, `scale` times larger, as PNG with its castle's code. Raises OSError."""
    size = surface.get_size()
    image = Image.frombytes("RGB", size, pygame.image.tobytes(surface, "RGB"))
    if scale != 1:
        image = image.resize((size[0] * scale, size[1] * scale), Image.Resampling.NEAREST)
    about = PngInfo()
    about.add_text("Software", "Ganvania")
    if code:
        about.add_text(CODE_KEY, code)
    image.save(to, format="PNG", optimize=True, pnginfo=about)


def write_png(surface: pygame.Surface, path: Path, scale: int = 1, code: str = "") -> None:
    """Saves a surface as `save_png` does. Raises WriteError."""
    with writing(path, "choose another place"):
        save_png(surface, path, scale, code)


class Screenshots:
    """Saves pictures in the background: packing and writing take longer than a tick."""

    def __init__(self, folder: Path | None = None, scale: int = 3) -> None:
        """`folder`: None for the default, which is looked up when the first picture is taken."""
        self._folder = folder
        self._scale = scale
        self._number = 0
        self._background: Background[str] = Background()

    def take(self, canvas: pygame.Surface, seed: int, stage: int, code: str = "") -> None:
        """Saves a copy of the canvas with its castle's share code; `news` tells how that went."""
        self._number += 1
        self._background.do(
            partial(self._save, canvas.copy(), f"ganvania-{seed}-{stage}", self._number, code),
            text("say.no_picture"),
        )

    def news(self) -> str | None:
        """One line to show, once."""
        return self._background.news()

    def wait(self) -> None:
        """Waits until the last picture is on disk."""
        self._background.wait()

    def _save(self, surface: pygame.Surface, stem: str, number: int, code: str) -> str:
        try:
            folder = self._folder or default_folder()
            check_folder(folder)
            save_png(surface, free_path(folder, stem, number), self._scale, code)
        except UNWRITABLE:
            return text("say.no_picture")
        return text("say.photographed")


def free_path(folder: Path, stem: str, number: int) -> Path:
    """A file of this name that is not there yet; where there is one, with a number from `number` on."""
    path = folder / f"{stem}.png"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.png"
    return path
