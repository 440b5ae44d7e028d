"""`evaluate`: says what networks are worth, as a table, JSON and a page with pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Commands, corpus_for, tell


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser(
        "evaluate", help="what networks are worth, as a table, JSON and a page with pictures"
    )
    parser.add_argument(
        "sources", type=Path, nargs="+", metavar="SOURCE", help="runs' folders or .onnx files"
    )
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="to judge by (a run's own)")
    parser.add_argument("--roles", type=Path, help="role network (the one that ships)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="for metrics.json and .html (the first run, or here)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Judges, and reports."""
    from ..judging.evaluate import evaluate, evaluation_report

    first = options.sources[0]
    judge, judged = evaluate(corpus_for(options, first), options.sources, options.roles)
    return tell(evaluation_report(judge, judged), options.out, first)
