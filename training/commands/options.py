"""What several commands share: types of options, a run's corpus, how a report is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.command_line import whole_number

from ..errors import TrainingError
from ..workers import cores

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ..judging.report import Report

Add = Callable[..., object]
"""argparse's `add_argument`."""
COUNT, NUMBER = whole_number(1), whole_number(0)
"""Types of options: a whole number from 1, and one from 0."""


def add_threads(add: Add) -> None:
    """Describes --threads."""
    add("--threads", type=whole_number(1, 1024), default=cores(), help="CPU threads")


def corpus_for(given: Path | None, source: Path) -> Corpus:
    """The corpus that is given, or the one that a run was begun with. Raises TrainingError, CorpusError."""
    from ..corpus import open_corpus

    try:
        folder = given or Path(json.loads((source / "run.json").read_text("utf-8"))["corpus"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(
            f"{source}: does not say which corpus it was trained on; give --corpus DIR"
        ) from error
    return open_corpus(folder)


def tell(report: Report, out: Path | None, source: Path) -> None:
    """Writes a report to --out, or to the source's folder, or here, and prints its table."""
    from ..judging.report import as_text

    folder = out or (source if source.is_dir() else Path())
    report.write(folder)
    print(as_text(report.table))
    print(f"{folder / report.name}.html: look at it")


def warn_of(corpus: Corpus) -> None:
    """Warns of what will go wrong with a corpus."""
    from ..collect import complaints

    for complaint in complaints(corpus):
        print(f"warning: {complaint}", file=sys.stderr)


def warn_of_other_corpus(network: Path, corpus: Corpus) -> None:
    """Warns where a network's file says that it was trained on another corpus, or says nothing of it."""
    from generator.dream.onnx_guard import SuspectFile, metadata

    try:
        said = metadata(network.read_bytes()).get("ganvania.corpus_sha256", "")
    except (OSError, SuspectFile):
        return  # who uses the network says what is wrong with it
    if said != corpus.sha256:
        other = f"another corpus ({said[:8]}...)" if said else "a corpus that it does not name"
        print(
            f"warning: {network}: was trained on {other}, not on {corpus.path} ({corpus.sha256[:8]}...): "
            "what is said of its tiles is not how new they are; give the corpus that it was trained on",
            file=sys.stderr,
        )
