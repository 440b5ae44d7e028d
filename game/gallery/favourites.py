"""Kept castles: a folder of pictures. A picture's metadata says which castle it is of, so the file is the
favourite: it can be looked at, sent, and put into another player's folder, and so can a screenshot.

Reading, packing and writing take longer than a tick, so they are done in the background, and `poll` hears of
them. What was asked for is shown at once and taken back where the disk refuses.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pygame
from PIL import Image

from generator.command_line import check_stage
from generator.files import check_folder, write_atomically
from generator.level.codes import decode, encode

from ..background import Background
from ..screen.hud import HUD_PX
from ..texts import text
from ..world.camera import VIEW_SIZE
from .screenshots import CODE_KEY, UNWRITABLE, free_path, save_png

SHRINK = 4
"""How many times smaller than the view a thumbnail is; its pixels are means. (ours: nine fit on a screen)"""
THUMBNAIL_PX = (VIEW_SIZE[0] // SHRINK, (VIEW_SIZE[1] - HUD_PX) // SHRINK)
"""Width and height. The status bar is left out: it is the same in all."""
REMOVED = "removed"
"""The folder within the folder that pictures are moved to when they are taken out; none is deleted."""
MOST_PX = 16 * max(VIEW_SIZE)
"""The largest width and height of a picture that is looked into: a view at the largest `--scale`."""

News = Callable[[], str | None]
"""What the game's thread does when it hears of something: it may give a line to show."""


@dataclass(eq=False)
class Favourite:
    """One picture. `code`: as `encode` writes it. `out`: taken out since the folder was last read."""

    code: str
    path: Path = Path()
    """Where the picture is; read and written in the background only."""
    out: bool = False
    asked: bool = False
    """Whether its thumbnail was asked for."""
    thumbnail: pygame.Surface | None = None
    """None until it was read, and always where the picture is broken."""


def default_folder() -> Path:
    """The folder if nobody names one: in the user's folder of data."""
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
    except Exception:  # a stranger's picture: Pillow raises whatever its damage makes it run into
        return None


def read_thumbnail(path: Path) -> bytes | None:
    """RGB bytes of a picture's thumbnail; None for a broken picture."""
    try:
        with Image.open(path, formats=["PNG"]) as picture:
            view = picture.convert("RGB").resize(VIEW_SIZE, Image.Resampling.NEAREST)
            return view.crop((0, HUD_PX, *VIEW_SIZE)).reduce(SHRINK).tobytes()
    except Exception:  # as in `read_code`
        return None


class Favourites:
    """All methods are for the game's thread; none but `wait` blocks."""

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
        self._background: Background[News] = Background()

    def is_kept(self, code: str) -> bool:
        """Whether the castle of this code is kept, as far as the folder was read."""
        return any(entry.code == code and not entry.out for entry in self.entries)

    def scan(self) -> None:
        """Reads the folder, which somebody else may have changed; forgets what was taken out."""
        self._background.do(partial(self._scan, self._changes), self._not_read)

    def keep(self, code: str, picture: pygame.Surface) -> None:
        """Keeps a castle with a view of it. Nobody else may draw on the picture any more."""
        entry = Favourite(code)
        self.entries.insert(0, entry)
        self._change(partial(self._write, entry, picture), partial(self._forget, entry))

    def take_out(self, entry: Favourite) -> None:
        """Moves its picture out of the way; `put_back` undoes it."""
        entry.out = True
        self._change(partial(self._move, entry), partial(self._undo, entry, out=False))

    def put_back(self, entry: Favourite) -> None:
        """Undoes `take_out`, unless the folder was read since."""
        entry.out = False
        self._change(partial(self._move, entry, back=True), partial(self._undo, entry, out=True))

    def take_out_castle(self, code: str) -> None:
        """Takes out every picture of a castle."""
        for entry in self.entries:
            if entry.code == code and not entry.out:
                self.take_out(entry)

    def ask(self, entry: Favourite) -> None:
        """Sees to it that there will be a thumbnail."""
        if not entry.asked:
            entry.asked = True
            self._background.do(partial(self._shrink, entry))

    def see_to(self, work: Callable[[], None]) -> None:
        """Does something in the background, before what is asked for after it."""
        self._background.do(work)

    def poll(self) -> str | None:
        """Takes notice of one thing that was done, so that no tick is long; a line to show, or None."""
        news = self._background.news()
        return news() if news else None

    def wait(self) -> None:
        """Waits until all that was asked for is done: the last picture is on disk."""
        self._background.wait()

    def _change(self, work: Callable[[], News | None], failed: News) -> None:
        self._changes += 1
        self._background.do(work, failed)

    def _take_over(self, entries: list[Favourite], skipped: int, changes: int) -> None:
        """Takes over what the folder holds, unless it was changed while it was read."""
        if changes != self._changes:
            self.scan()
            return
        before = {entry.path: entry for entry in self.entries if not entry.out}
        self.entries = [
            old if (old := before.get(entry.path)) and old.code == entry.code else entry for entry in entries
        ]
        self.skipped, self.known = skipped, True

    def _not_read(self) -> str:
        self.known = True
        return text("gallery.not_read")

    def _forget(self, entry: Favourite) -> str:
        self.entries = [other for other in self.entries if other is not entry]
        return text("gallery.not_kept")

    def _undo(self, entry: Favourite, out: bool) -> str:
        entry.out = out
        return text("gallery.not_put_back" if out else "gallery.not_taken_out")

    def _show(self, entry: Favourite, pixels: bytes) -> None:
        entry.thumbnail = pygame.image.frombytes(pixels, THUMBNAIL_PX, "RGB").convert()

    # The rest runs in the background.

    def _scan(self, changes: int) -> News:
        found: list[tuple[int, str, Favourite]] = []
        skipped = 0
        with contextlib.suppress(*UNWRITABLE):  # a folder that is not there is empty
            for path in (self._folder or default_folder()).glob("*.png"):
                code = read_code(path)
                skipped += code is None
                if code is not None:
                    found.append((-path.stat().st_mtime_ns, path.name, Favourite(code, path)))
        found.sort(key=lambda row: row[:2])
        return partial(self._take_over, [entry for *_, entry in found], skipped, changes)

    def _write(self, entry: Favourite, picture: pygame.Surface) -> News | None:
        try:
            folder = self._folder or default_folder()
            check_folder(folder)
            path = free_path(folder, entry.code, 1)
            write_atomically(path, lambda file: save_png(picture, file, code=entry.code))
        except UNWRITABLE:
            return partial(self._forget, entry)
        entry.path = path
        return None

    def _move(self, entry: Favourite, back: bool = False) -> News | None:
        """Moves a picture into the folder of what was taken out, or back out of it."""
        if not entry.path.name:
            return None  # it could not even be written
        folder = entry.path.parent.parent if back else entry.path.parent / REMOVED
        try:
            folder.mkdir(exist_ok=True)
            target = free_path(folder, entry.path.stem, 1)
            entry.path.rename(target)
        except OSError:
            return partial(self._undo, entry, out=back)
        entry.path = target
        return None

    def _shrink(self, entry: Favourite) -> News | None:
        pixels = read_thumbnail(entry.path)
        return None if pixels is None else partial(self._show, entry, pixels)
