"""`originality`: shows the nearest tiles of the corpus to what a network makes."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Commands, corpus_for, tell


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser(
        "originality", help="the nearest things in the corpus to what a network makes"
    )
    parser.add_argument("source", type=Path, help="a run's folder or an .onnx file")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="what it was trained on (a run's own)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="for originality.json, .html (the run, or here)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compares, and reports."""
    from generator.nes.palette import quantise

    from ..gan.sample import dream_of_onnx
    from ..judging.evaluate import network_of
    from ..judging.metrics import TILE_SCREENS
    from ..judging.originality import measure_originality, originality_report

    corpus = corpus_for(options, options.source)
    dreamed, _ = dream_of_onnx(network_of(options.source), range(TILE_SCREENS))
    looked = measure_originality(corpus, quantise(dreamed))
    return tell(originality_report(looked, TILE_SCREENS), options.out, options.source)
