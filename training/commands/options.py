"""What several commands share: their options, and what they find out from a run's folder."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from generator.command_line import Parser, whole_number

from ..errors import TrainingError

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ..judging.report import Report

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
WITH_DEFAULTS = argparse.ArgumentDefaultsHelpFormatter
"""The formatter of commands whose help names the defaults of all options."""
COUNT, NUMBER = whole_number(1), whole_number(0)
"""Types of options: a whole number from 1, and one from 0."""


def threads(parser: Parser) -> None:
    """Adds --threads."""
    parser.add_argument("--threads", type=whole_number(1, 1024), default=cores(), help="CPU threads")


def cores() -> int:
    """The machine's cores, or this process's share of them where torchrun started several."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, count // int(os.environ.get("LOCAL_WORLD_SIZE", "1")))


def corpus_for(options: argparse.Namespace, source: Path) -> Corpus:
    """The corpus of --corpus, or the one that a run was begun with. Raises TrainingError, CorpusError."""
    from ..corpus import open_corpus

    if options.corpus:
        return open_corpus(options.corpus)
    try:
        return open_corpus(Path(json.loads((source / "run.json").read_text("utf-8"))["corpus"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(
            f"{source}: does not say which corpus it was trained on; give --corpus DIR"
        ) from error


def tell(report: Report, out: Path | None, source: Path) -> int:
    """Writes a report to --out, or to a run's folder, or here, and prints its table."""
    from ..judging.report import as_text

    folder = out or (source if source.is_dir() else Path())
    report.write(folder)
    print(as_text(report.table))
    print(f"{folder / report.name}.html: look at it")
    return 0


def warn_of_few(corpus: Corpus) -> None:
    """Warns of a corpus that is too small."""
    from ..collect import warning

    if (complaint := warning(corpus)) is not None:
        print(f"warning: {complaint}", file=sys.stderr)
