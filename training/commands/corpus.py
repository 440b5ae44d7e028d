"""`corpus`: makes a corpus of painted screens, kits of open art, and the user's own screenshots."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..workers import cores
from .options import COUNT, NUMBER, Add, warn_of

HELP = "a corpus of painted screens, kits of open art, your own screenshots"
PAINTER_SCREENS, KIT_SCREENS = 12_000, 6_000
"""Screens that are painted, and drawn with kits, where no number is asked for."""


def add_options(add: Add) -> None:
    """Describes them."""
    painter = f"screens to paint ({PAINTER_SCREENS:,}, or 0 beside others)"
    add("--painter", type=NUMBER, metavar="N", help=painter)
    add("--games", type=COUNT, default=480, metavar="M", help="imaginary games, each a style (480)")
    add("--art", type=Path, metavar="DIR", help="what `art` fetched: kits are made of it")
    tiles = "tile sets of your own (PNG sheets of 8, 16 or 32 px cells, .tsx): kits are made of them"
    add("--tiles", nargs="+", default=[], metavar="PATH", help=tiles)
    add("--kits", type=NUMBER, metavar="N", help=f"screens to draw with kits ({KIT_SCREENS:,})")
    screens = "folders, zips, pictures or globs of your own"
    add("--screens", nargs="+", default=[], metavar="PATH", help=screens)
    add("--frames", type=COUNT, default=1, metavar="N", help="of pictures that move: so many each (1)")
    add("--no-text", action="store_true", help="leave menus and texts out of your own screens")
    add("--seed", type=NUMBER, default=1, help="the same seed paints the same corpus")
    add("--out", type=Path, required=True, metavar="DIR", help="folder to write")
    add("--processes", type=COUNT, default=cores(), help="at once")


def run(options: argparse.Namespace) -> None:
    """Makes the corpus, and says what it holds."""
    from ..collect import Mix, collect
    from ..screenshots import Wishes

    alone = options.art is None and options.kits is None and not (options.screens or options.tiles)
    painter = PAINTER_SCREENS if options.painter is None and alone else options.painter or 0
    kits = (KIT_SCREENS if options.art or options.tiles else 0) if options.kits is None else options.kits
    games = min(options.games, painter) if painter else options.games
    wishes = Wishes(options.frames, text=not options.no_text)
    mix = Mix(
        painter,
        games,
        art=options.art,
        kits=kits,
        tiles=tuple(options.tiles),
        screens=tuple(options.screens),
        wishes=wishes,
        seed=options.seed,
    )
    corpus = collect(options.out, mix, options.processes)
    warn_of(corpus)
    print(f"{corpus.path}: {corpus.summary()}, sha256 {corpus.sha256}")
    print(f"{corpus.path / 'sheet.png'}: look at it")
