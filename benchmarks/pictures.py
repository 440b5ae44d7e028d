"""Draws the pictures of the README and of docs/ that show the game, by the game itself.

    python -m benchmarks.pictures [NAME ...] [--out DIR]

Names are those of PICTURES; all of them if none is named, which takes some minutes. Nothing is touched up:
castles and ticks are named here and under each picture. `inspect_page.png` is a browser's picture of
`python -m generator --inspect`, and not among them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from PIL import Image

from game.screen.dreaming import Dreaming
from game.world.camera import VIEW_SIZE
from generator.dream.loading import load_networks
from generator.stream import build_level

ROOT = Path(__file__).resolve().parents[1]
PLAYED = ((23, 6, 360), (9, 4, 1952), (7, 2, 1522), (2, 3, 616), (15, 4, 2144), (16, 5, 528))
"""Seed, stage and tick of each picture of play."""
HUNG = (1, 2, 4, 6, 7, 9, 12, 15, 21)
HUNG_TICK = 1500
"""Seeds of the castles in the gallery, and the tick of their pictures."""
INSPECTED = ((4, 2800, "tiles"), (4, 2800, "roles"), (8, 1200, "proof"), (9, 500, "tiles"))
SHOWN, SHOWN_STAGE, SHOWN_TICKS = 8, 3, (40, 62, 77, 111)
"""The castle and the stage whose show is shown, and when."""
SHEET = 4
"""The seed of the sheet of dreams, tiles and rooms."""
GAP_PX, WIDE_GAP_PX = 4, 16
COLOURS = 256


def game(*arguments: str) -> None:
    """Runs the game without a window. Raises CalledProcessError where it fails."""
    subprocess.run([sys.executable, "-m", "game", "--headless", *arguments], cwd=ROOT, check=True)


def bench(module: str, *arguments: str) -> None:
    """Runs a benchmark that draws."""
    subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments], cwd=ROOT, check=True)


def side_by_side(pictures: Sequence[Image.Image], columns: int, gap_px: int) -> Image.Image:
    """Pictures of one size in rows."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * (width + gap_px) - gap_px, rows * (height + gap_px) - gap_px))
    for at, picture in enumerate(pictures):
        page.paste(picture, (at % columns * (width + gap_px), at // columns * (height + gap_px)))
    return page


def keep(picture: Image.Image, path: Path) -> None:
    """With a palette: the NES's colours are few, and the file is small so."""
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(path, optimize=True)


def twice(picture: Image.Image) -> Image.Image:
    """Enlarged."""
    return picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.NEAREST)


def shots(folder: Path, runs: Sequence[tuple[str, ...]]) -> list[Image.Image]:
    """The last picture of each run of the bot."""
    taken = []
    for number, arguments in enumerate(runs):
        path = folder / f"{number:02}.png"
        game("--bot", *arguments, "--screenshot", str(path))
        taken.append(Image.open(path).convert("RGB"))
    return taken


def draw_play(out: Path, folder: Path) -> None:
    """The bot in six castles."""
    runs = [
        ("--seed", str(seed), "--stage", str(stage), "--ticks", str(tick)) for seed, stage, tick in PLAYED
    ]
    keep(side_by_side(shots(folder, runs), 3, GAP_PX), out / "play.png")


def draw_gallery(out: Path, folder: Path) -> None:
    """Nine pictures that hang in a gallery."""
    shots(folder, [("--seed", str(seed), "--ticks", str(HUNG_TICK)) for seed in HUNG])
    with tempfile.TemporaryDirectory() as other:
        path = Path(other) / "gallery.png"
        arguments = ("--favourites", "--favourites-dir", str(folder), "--ticks", "40")
        game(*arguments, "--screenshot", str(path))
        keep(twice(Image.open(path).convert("RGB")), out / "gallery.png")


def draw_inspector(out: Path, folder: Path) -> None:
    """Four looks of the inspector."""
    runs = [
        ("--seed", str(seed), "--ticks", str(tick), "--inspect", overlay) for seed, tick, overlay in INSPECTED
    ]
    keep(side_by_side([twice(one) for one in shots(folder, runs)], 2, WIDE_GAP_PX), out / "inspector.png")


def draw_show(out: Path, folder: Path) -> None:
    """Four ticks of how a dream becomes a castle."""
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE, depth=32)
    show = Dreaming(build_level(SHOWN, SHOWN_STAGE, networks=load_networks(None, None)))
    shown = []
    for tick in SHOWN_TICKS:
        canvas = pygame.Surface(VIEW_SIZE, depth=32)
        show.draw(canvas, tick)
        shown.append(Image.frombytes("RGB", VIEW_SIZE, pygame.image.tobytes(canvas, "RGB")))
    keep(side_by_side(shown, len(shown), GAP_PX), out / "show.png")


def draw_sheet(out: Path, folder: Path) -> None:
    """The generator's own sheet of a castle's first stage."""
    path = folder / "sheet.png"
    arguments = ["--seeds", str(SHEET), "--out", str(path)]
    subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=ROOT, check=True)
    keep(Image.open(path).convert("RGB"), out / "sheet.png")


PICTURES: dict[str, Callable[[Path, Path], None]] = {
    "show": draw_show,
    "melt": lambda out, _: bench("melt_sheet", "--out", str(out / "melt.png")),
    "sheet": draw_sheet,
    "play": draw_play,
    "gallery": draw_gallery,
    "inspector": draw_inspector,
    "foes": lambda out, _: bench(
        "sprite_sheet", "--out", str(out / "foes.png"), "enemies", "foes", "weapons", "items"
    ),
    "sprites": lambda out, _: bench("sprite_sheet", "--out", str(out / "sprites.png")),
    "screens": lambda out, _: bench("screens_sheet", "--out", str(out / "screens.png")),
    "film": lambda out, _: game(
        "--bot", "--seed", "1", "--stage", "2", "--ticks", "600", "--record", str(out / "play.gif")
    ),
}


def main() -> None:
    """Draws what is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(PICTURES))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures", metavar="DIR")
    options = parser.parse_args()
    unknown = set(options.names) - set(PICTURES)
    if unknown:
        parser.error(f"there is no picture {min(unknown)}; choose among {' '.join(PICTURES)}")
    for name in options.names or PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            PICTURES[name](options.out, Path(folder))


if __name__ == "__main__":
    main()
