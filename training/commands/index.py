"""`index`: writes, in short, the tiles that a network was trained on, for the game's inspector."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Commands


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser(
        "index", help="the tiles that a network was trained on, in short, for the inspector"
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="what it was trained on")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="my.tiles.npz, beside the network my.onnx"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Makes the index."""
    from ..corpus import open_corpus
    from ..judging.tile_index import make_index, write_index

    index = make_index(open_corpus(options.corpus))
    write_index(options.out, index)
    size = options.out.stat().st_size
    print(f"{options.out}: {size:,} bytes, {index.tiles:,} tiles, usually {index.usual:.3f} apart")
    return 0
