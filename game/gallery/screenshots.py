"""Pictures of the game as PNG files. What goes wrong becomes a line to show, never a crash.

Packing and writing take longer than a tick, so a thread does both.
"""

from __future__ import annotations

import queue
import tempfile
import threading
from pathlib import Path

import pygame
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.errors import GanvaniaError

CODE_KEY = "ganvania-code"
"""Under which a picture's metadata has the share code of its castle."""


class ScreenshotError(GanvaniaError):
    """A picture that cannot be written."""


def default_folder() -> Path:
    """Where pictures go if nobody says otherwise: Ganvania, in the user's folder of pictures."""
    import platformdirs

    return Path(platformdirs.user_pictures_path()) / "Ganvania"


def check_folder(folder: Path) -> None:
    """Makes the folder and writes to it once. Raises ScreenshotError where that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise ScreenshotError(
            f"{folder}: cannot write pictures there ({reason}); choose another folder"
        ) from None


def write_png(surface: pygame.Surface, path: Path, scale: int = 1, code: str = "") -> None:
    """A surface, `scale` times larger, as a PNG file with its castle's code. Raises ScreenshotError."""
    size = surface.get_size()
    image = Image.frombytes("RGB", size, pygame.image.tobytes(surface, "RGB"))
    if scale != 1:
        image = image.resize((size[0] * scale, size[1] * scale), Image.Resampling.NEAREST)
    about = PngInfo()
    about.add_text("Software", "Ganvania")
    if code:
        about.add_text(CODE_KEY, code)
    try:
        image.save(path, format="PNG", optimize=True, pnginfo=about)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ScreenshotError(f"{path}: cannot write the picture ({reason}); choose another place") from None


class Screenshots:
    """Saves pictures in the background."""

    def __init__(self, folder: Path | None = None, scale: int = 3) -> None:
        """`folder`: None for the default, which is looked up when the first picture is taken."""
        self._folder = folder
        self._scale = scale
        self._news: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._number = 0

    def take(self, canvas: pygame.Surface, seed: int, stage: int, code: str = "") -> None:
        """Saves a copy of the canvas with its castle's share code; `news` tells how that went."""
        self._number += 1
        work = (canvas.copy(), f"ganvania-{seed}-{stage}", self._number, code)
        thread = threading.Thread(target=self._save, args=work, name="screenshot", daemon=True)
        self._threads = [thread for thread in self._threads if thread.is_alive()] + [thread]
        thread.start()

    def news(self) -> str | None:
        """One line to show, once."""
        try:
            return self._news.get_nowait()
        except queue.Empty:
            return None

    def close(self) -> None:
        """Waits until the last picture is on disk."""
        for thread in self._threads:
            thread.join()

    def _save(self, surface: pygame.Surface, stem: str, number: int, code: str) -> None:
        try:
            folder = self._folder or default_folder()
            check_folder(folder)
            path = free_path(folder, stem, number)
            write_png(surface, path, self._scale, code)
        except (ScreenshotError, OSError, ImportError, RuntimeError):
            self._news.put("NO SCREENSHOT: CANNOT WRITE")
        else:
            self._news.put("SAVED THE PICTURE")


def free_path(folder: Path, stem: str, number: int) -> Path:
    """A file that is not there yet; never one that would be overwritten."""
    path = folder / f"{stem}.png"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.png"
    return path
