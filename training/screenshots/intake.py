"""Takes the user's own screenshots into a corpus: every picture that is fit becomes a source.

Nothing of the user's is changed or unpacked. What is left out is listed with its reason; screens.py judges.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from generator.nes.palette import to_rgb
from generator.nes.roles import CELLS, TILE, Role, fold_odds

from ..corpus import CorpusWriter, Source
from ..errors import TrainingError
from ..workers import in_order
from .colours import Palette, common_palette
from .find import LeftOut, PictureFile, escaped, find, printable
from .lists import KeptList, write_left_out
from .reading import read
from .screens import Found, Unfit, resolved, screens_of
from .twins import Twins

HELD_OUT_EVERY, LEAST_TO_HOLD_OUT = 16, 32
"""One picture of 16 is held out, once there are 32."""
KEPT = "kept.tsv"
"""The list of the pictures that were kept; `kept.png` shows some of them."""
ASKED = 24
"""Pictures of a folder that are asked for the palette that it shares."""
TEXT = 0.25
"""The share of letters from which a screen is a menu or a text. Status bars have a seventh at most."""
_CHUNK = 8
"""Pictures that a process is given at once."""


@dataclass(frozen=True)
class Wishes:
    """What a user wants of his pictures."""

    frames: int = 1  # of pictures that move
    text: bool = True  # whether menus and texts are kept


@dataclass(frozen=True)
class Intake:
    """What became of a user's pictures."""

    pictures: int
    left_out: tuple[LeftOut, ...]


class _Task(NamedTuple):
    picture: PictureFile
    frames: int
    shared: Palette | None


def take_in(
    writer: CorpusWriter,
    paths: Sequence[str | Path],
    listing: Path,
    processes: int = 1,
    wishes: Wishes | None = None,
) -> Intake:
    """Adds every picture of the paths (see `find`) that is fit as a source of its own; lists all others in
    `listing`, and beside it, in `kept.tsv` and `kept.png`, what was kept and how it was understood.

    The same files give the same screens, whatever `processes` is.
    Raises: TrainingError for a path that is not there, or where no picture at all is fit; WriteError.
    """
    wishes = wishes or Wishes()
    listed = [picture for path in paths for picture in find(path)]
    pictures = [picture for picture in listed if not isinstance(picture, LeftOut)]
    left_out = [picture for picture in listed if isinstance(picture, LeftOut)]
    twins = Twins()
    kept = KeptList()
    shared = _shared_palettes(pictures, processes)
    tasks = [_Task(picture, wishes.frames, shared[folder_of(picture)]) for picture in pictures]
    decoded = tqdm(
        in_order(decode, tasks, processes, _CHUNK), total=len(pictures), unit="picture", disable=None
    )
    for picture, result in zip(pictures, decoded, strict=True):
        name = printable(picture)
        if isinstance(result, Unfit):
            left_out.append(LeftOut(name, result.reason))
            continue
        screens = [screen for found in result for screen in found.screens]
        if not wishes.text:
            screens = [
                screen
                for screen, says in zip(screens, _shares_of_letters(screens), strict=True)
                if says < TEXT
            ]
            if not screens:
                left_out.append(LeftOut(name, "a text or a menu: mostly letters"))
                continue
        seen = [twins.of(screen, name) for screen in screens]
        fresh = [screen for screen, twin in zip(screens, seen, strict=True) if twin is None]
        if not fresh:
            left_out.append(LeftOut(name, f"the same view as {seen[-1]}"))
            continue
        taken = len(kept) + 1
        held_out = taken % HELD_OUT_EVERY == 0 and taken >= LEAST_TO_HOLD_OUT
        writer.add(Source("screenshot", name, "unknown", "", held_out), np.stack(fresh))
        kept.add(name, len(fresh), result[0])
    write_left_out(listing, left_out)
    kept.write(listing.with_name(KEPT))
    if not len(kept):
        commonest = Counter(left.reason.partition(":")[0] for left in left_out).most_common(1)
        why = (
            f"{len(left_out)} files were left out, most of them: {commonest[0][0]}; the first: "
            f"{left_out[0].name}: {left_out[0].reason}"
            if commonest
            else "no files"
        )
        given = ", ".join(escaped(str(path)) for path in paths)
        raise TrainingError(f"{given}: no usable picture ({why}); give screenshots; {listing} has every file")
    return Intake(len(kept), tuple(left_out))


def folder_of(picture: PictureFile) -> str:
    """The folder, or the zip file, that a picture lies in."""
    return picture.file if picture.member else os.path.dirname(picture.file)  # noqa: PTH120


def _shared_palettes(pictures: Sequence[PictureFile], processes: int) -> dict[str, Palette | None]:
    """For each folder the palette that its pictures share, learnt of some of them."""
    folders: dict[str, list[PictureFile]] = {}
    for picture in pictures:
        folders.setdefault(folder_of(picture), []).append(picture)
    asked = {}
    for folder, inside in folders.items():
        numbers = np.linspace(0, len(inside), min(ASKED, len(inside)), endpoint=False).astype(np.intp)
        asked[folder] = [inside[number] for number in numbers.tolist()]
    answers = in_order(_own_pixels, [each for some in asked.values() for each in some], processes, _CHUNK)
    shared = {}
    for folder, some in asked.items():
        shown = [next(answers) for _ in some]
        shared[folder] = common_palette([picture for picture in shown if picture is not None])
    return shared


def decode(task: _Task) -> list[Found] | Unfit:
    """The screens of one picture's frames, under the palette of its folder; or why there are none."""
    frames = read(task.picture, task.frames)
    if isinstance(frames, Unfit):
        return frames
    taken = [screens_of(frame, task.shared) for frame in frames]
    found = [each for each in taken if isinstance(each, Found)]
    return found or next(each for each in taken if isinstance(each, Unfit))


def _own_pixels(picture: PictureFile) -> NDArray[np.uint8] | None:
    frames = read(picture)
    return None if isinstance(frames, Unfit) else resolved(frames[0])


def _shares_of_letters(screens: list[NDArray[np.uint8]]) -> list[float]:
    """Of each screen uint8[224, 224] the share of cells that the role network takes for letters.

    It knows letters of status bars, so two rows after two are shown to it where such a bar is.
    """
    from generator.dream.loading import load_roles

    network, shares = load_roles(), []
    for screen in screens:
        shown = np.stack([np.roll(screen, -row * TILE, 0) for row in range(0, CELLS, 2)])
        shares.append(
            float((fold_odds(network.classify(to_rgb(shown))).argmax(-1)[:, :2] == Role.GLYPH).mean())
        )
    return shares
