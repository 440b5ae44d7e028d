"""Kept castles: a folder of pictures. A picture's metadata says which castle it is of, so the file is the
favourite: it can be looked at, sent, and put into another player's folder, and so can a screenshot.

Reading, packing and writing take longer than a tick. A thread does all of it, one thing after another, and
`poll` hears from it; what was asked for is shown at once and taken back where the disk refuses.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pygame
from PIL import Image

from generator.command_line import check_stage
from generator.errors import GanvaniaError
from generator.level.codes import decode, encode

from ..screen.hud import HUD_PX
from ..screen.view import VIEW_SIZE
from .screenshots import CODE_KEY, ScreenshotError, check_folder, free_path, write_png

SHRINK = 4
"""A thumbnail's share of the view: a pixel is the mean of so many squared. (ours: nine on a screen)"""
THUMBNAIL_PX = (VIEW_SIZE[0] // SHRINK, (VIEW_SIZE[1] - HUD_PX) // SHRINK)
"""Width and height; the status bar is left out: it is the same in all."""
REMOVED = "removed"
"""The folder within the folder that pictures are moved to: what is taken out is not deleted."""
MOST_PX = 16 * max(VIEW_SIZE)
"""Of width and height of a picture that is looked into: a view at the largest `--scale`."""
NOT_KEPT = "NOT KEPT: CANNOT WRITE"
NOT_TAKEN_OUT, NOT_PUT_BACK = "STILL KEPT: CANNOT MOVE IT", "CANNOT PUT IT BACK"
BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)
"""All that Pillow says of broken pictures."""


@dataclass(eq=False)
class Favourite:
    """One picture. `code`: as `encode` writes it. `out`: taken out since the folder was last read."""

    code: str
    path: Path = Path()
    """Where the picture is; the thread's own."""
    out: bool = False
    asked: bool = False
    """Whether its thumbnail was asked for."""
    thumbnail: pygame.Surface | None = None
    """None until it has been read, and for good where the picture is broken."""


def default_folder() -> Path:
    """Where they are if nobody says otherwise: in the user's folder of data."""
    import platformdirs

    return Path(platformdirs.user_data_path("Ganvania", appauthor=False)) / "favourites"


def read_code(path: Path) -> str | None:
    """The code that a picture carries; None where it carries none that leads to a castle."""
    try:
        with Image.open(path, formats=["PNG"]) as picture:
            code = picture.info.get(CODE_KEY)
            if max(picture.size) > MOST_PX or not isinstance(code, str):
                return None
            return encode(check_stage(decode(code), code))
    except (GanvaniaError, *BROKEN):
        return None


def read_thumbnail(path: Path) -> bytes | None:
    """RGB of THUMBNAIL_PX; None for a broken picture."""
    try:
        with Image.open(path, formats=["PNG"]) as picture:
            view = picture.convert("RGB").resize(VIEW_SIZE, Image.Resampling.NEAREST)
            return view.crop((0, HUD_PX, *VIEW_SIZE)).reduce(SHRINK).tobytes()
    except BROKEN:
        return None


class Favourites:
    """All methods are for one thread; none but `wait` and `close` blocks."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: None for the default. It is neither looked up nor made before it is needed."""
        self.entries: list[Favourite] = []
        """Newest first."""
        self.skipped = 0
        """Pictures in the folder that lead to no castle."""
        self.known = False
        """Whether the folder was read."""
        self._folder = folder
        self._changes = 0
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[Callable[[], str | None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def is_kept(self, code: str) -> bool:
        """Whether the castle of this code is, as far as the folder was read."""
        return any(entry.code == code and not entry.out for entry in self.entries)

    def scan(self) -> None:
        """Reads the folder, which somebody else may have changed; forgets what was taken out."""
        changes = self._changes
        self._do(lambda: self._scan(changes))

    def keep(self, code: str, picture: pygame.Surface) -> None:
        """Keeps a castle with a view of it, which is left to this."""
        entry = Favourite(code)
        self.entries.insert(0, entry)
        self._change(lambda: self._write(entry, picture))

    def take_out(self, entry: Favourite) -> None:
        """Moves its picture out of the way; `put_back` undoes it."""
        entry.out = True
        self._change(lambda: self._move(entry))

    def put_back(self, entry: Favourite) -> None:
        """What was taken out since the folder was read."""
        entry.out = False
        self._change(lambda: self._move(entry, back=True))

    def take_out_castle(self, code: str) -> None:
        """Every picture of it."""
        for entry in self.entries:
            if entry.code == code and not entry.out:
                self.take_out(entry)

    def ask(self, entry: Favourite) -> None:
        """Sees to it that there will be a thumbnail."""
        if not entry.asked:
            entry.asked = True
            self._do(lambda: self._shrink(entry))

    def poll(self) -> str | None:
        """Takes notice of one thing that was done, so that no tick is long; a line to show, or None."""
        with contextlib.suppress(queue.Empty):
            return self._news.get_nowait()()
        return None

    def wait(self) -> None:
        """Until all that was asked for is done: for runs that must not depend on a disk's speed."""
        if self._thread is not None:
            done = threading.Event()
            self._work.put(done.set)
            done.wait()

    def close(self) -> None:
        """Waits until the last picture is on disk."""
        if self._thread is not None:
            self._work.put(None)
            self._thread.join()
            self._thread = None

    def _change(self, work: Callable[[], None]) -> None:
        self._changes += 1
        self._do(work)

    def _do(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="favourites", daemon=True)
            self._thread.start()
        self._work.put(work)

    def _take_over(self, entries: list[Favourite], skipped: int, changes: int) -> None:
        """What the folder holds, unless it was changed while it was read."""
        if changes != self._changes:
            self.scan()
            return
        before = {entry.path: entry for entry in self.entries if not entry.out}
        self.entries = [
            old if (old := before.get(entry.path)) and old.code == entry.code else entry for entry in entries
        ]
        self.skipped, self.known = skipped, True

    def _forget(self, entry: Favourite) -> str:
        self.entries = [other for other in self.entries if other is not entry]
        return NOT_KEPT

    def _undo(self, entry: Favourite, out: bool) -> str:
        entry.out = out
        return NOT_PUT_BACK if out else NOT_TAKEN_OUT

    def _show(self, entry: Favourite, pixels: bytes) -> None:
        entry.thumbnail = pygame.image.frombytes(pixels, THUMBNAIL_PX, "RGB").convert()

    # The rest runs in the thread; what it puts into `_news` is run by `poll`.

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()

    def _scan(self, changes: int) -> None:
        found: list[tuple[int, str, Favourite]] = []
        skipped = 0
        with contextlib.suppress(OSError, ImportError, RuntimeError):  # a folder that is not there is empty
            for path in (self._folder or default_folder()).glob("*.png"):
                code = read_code(path)
                skipped += code is None
                if code is not None:
                    found.append((-path.stat().st_mtime_ns, path.name, Favourite(code, path)))
        found.sort(key=lambda row: row[:2])
        entries = [entry for *_, entry in found]
        self._news.put(lambda: self._take_over(entries, skipped, changes))

    def _write(self, entry: Favourite, picture: pygame.Surface) -> None:
        part: Path | None = None
        try:
            folder = self._folder or default_folder()
            check_folder(folder)
            part = folder / f"{entry.code}.part"
            write_png(picture, part, code=entry.code)
            entry.path = free_path(folder, entry.code, 1)
            part.replace(entry.path)
        except (ScreenshotError, OSError, ImportError, RuntimeError):
            with contextlib.suppress(OSError):
                if part is not None:
                    part.unlink()
            self._news.put(lambda: self._forget(entry))

    def _move(self, entry: Favourite, back: bool = False) -> None:
        """Into the folder of what was taken out, or back out of it."""
        if not entry.path.name:
            return  # it could not even be written
        folder = entry.path.parent.parent if back else entry.path.parent / REMOVED
        try:
            folder.mkdir(exist_ok=True)
            target = free_path(folder, entry.path.stem, 1)
            entry.path.rename(target)
            entry.path = target
        except OSError:
            self._news.put(lambda: self._undo(entry, out=back))

    def _shrink(self, entry: Favourite) -> None:
        pixels = read_thumbnail(entry.path)
        if pixels is not None:
            self._news.put(lambda: self._show(entry, pixels))
