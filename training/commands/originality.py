"""`originality`: shows the nearest tiles of the corpus to what a network makes."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Add, corpus_for, tell, warn_of_other_corpus

HELP = "the nearest things in the corpus to what a network makes"


def add_options(add: Add) -> None:
    """Describes them."""
    add("source", type=Path, help="a run's folder or an .onnx file")
    add("--corpus", type=Path, metavar="DIR", help="what it was trained on (a run's own)")
    add("--out", type=Path, metavar="DIR", help="for originality.json, .html (the run, or here)")


def run(options: argparse.Namespace) -> None:
    """Compares, and reports."""
    from generator.nes.palette import quantise

    from ..gan.sample import dream_of_onnx
    from ..judging.evaluate import network_of
    from ..judging.metrics import TILE_SCREENS
    from ..judging.originality import measure_originality, originality_report

    corpus = corpus_for(options.corpus, options.source)
    warn_of_other_corpus(network_of(options.source), corpus)
    dreamed, _ = dream_of_onnx(network_of(options.source), range(TILE_SCREENS))
    compared = measure_originality(corpus, quantise(dreamed))
    tell(originality_report(compared, TILE_SCREENS), options.out, options.source)
