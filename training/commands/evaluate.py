"""`evaluate`: says what networks are worth, as a table, JSON and a page with pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Add, corpus_for, tell

HELP = "what networks are worth, as a table, JSON and a page with pictures"


def add_options(add: Add) -> None:
    """Describes them."""
    add("sources", type=Path, nargs="+", metavar="SOURCE", help="runs' folders or .onnx files")
    add("--corpus", type=Path, metavar="DIR", help="to judge by (a run's own)")
    add("--roles", type=Path, help="role network (the one that ships)")
    add("--out", type=Path, metavar="DIR", help="for metrics.json and .html (the first run, or here)")


def run(options: argparse.Namespace) -> None:
    """Judges, and reports."""
    from ..judging.evaluate import evaluate, evaluation_report

    first = options.sources[0]
    judge, judged = evaluate(corpus_for(options.corpus, first), options.sources, options.roles)
    tell(evaluation_report(judge, judged), options.out, first)
