"""`index`: writes, in short, the tiles that a network was trained on, for the game's inspector."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Add, warn_of_other_corpus

HELP = "the tiles that a network was trained on, in short, for the inspector"


def add_options(add: Add) -> None:
    """Describes them."""
    add("--corpus", type=Path, required=True, metavar="DIR", help="what it was trained on")
    beside = "my.tiles.npz, beside the network my.onnx"
    add("--out", type=Path, required=True, metavar="FILE", help=beside)


def run(options: argparse.Namespace) -> None:
    """Makes the index."""
    from generator.inspect.index_file import SUFFIX

    from ..corpus import open_corpus
    from ..judging.tile_index import make_index, write_index

    corpus = open_corpus(options.corpus)
    if options.out.name.endswith(SUFFIX):
        warn_of_other_corpus(options.out.with_name(options.out.name.removesuffix(SUFFIX) + ".onnx"), corpus)
    index = make_index(corpus)
    write_index(options.out, index)
    size = options.out.stat().st_size
    print(f"{options.out}: {size:,} bytes, {index.tiles:,} tiles, usually {index.usual:.3f} apart")
