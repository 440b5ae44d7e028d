"""`make`: everything at once, from a folder of screenshots, or from nothing, to a network that plays."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.command_line import whole_number

from ..errors import TrainingError
from ..files import write_json
from ..workers import cores
from .options import Add, add_threads, warn_of
from .train import INTERRUPTED

if TYPE_CHECKING:
    from ..gan.config import Budget, TrainConfig

HELP = "everything at once: from a folder of screenshots, or from nothing, to a network that plays"
PAINTED, GAMES = 8_000, 400
"""Screens that are painted where none are given, and the imaginary games that they are of."""
BESIDE, GAMES_BESIDE = 1_000, 100
"""The same where few are given: shown beside them, so that they are not learnt by heart."""
OWN_SHARE = 0.75
"""How often one of few is shown then. (by eye, and by originality: docs/TRAINING.md)"""
GENTLE_RATE = 5e-4
"""AdamW's in the first lesson of networks that can draw."""
MINUTES, MINUTES_OF_FEW = 60, 10
"""How long it takes where nothing is said, and for few screenshots, which begin with the shipped network."""
LAST_SECONDS = 90.0
"""Kept for the export and the index. (measured)"""
GRIDS = 12
"""Sample grids on the way."""


def add_options(add: Add) -> None:
    """Describes them."""
    screens = "folders, zips, pictures or globs of your own; without them, screens are painted"
    add("--screens", nargs="+", default=[], metavar="PATH", help=screens)
    add("--out", type=Path, required=True, metavar="FILE", help=".onnx file; the work lies in FILE.work/")
    minutes = f"of this machine, all in all ({MINUTES}; {MINUTES_OF_FEW} for few screenshots)"
    add("--minutes", type=whole_number(1), help=minutes)
    start = "begin with these networks, which `export --start` wrote (few screenshots: the shipped ones)"
    add("--start", type=Path, metavar="FILE", help=start)
    add("--seed", type=whole_number(0), default=1, help="of all chance")
    add_threads(add)


def run(options: argparse.Namespace) -> int:
    """Makes a corpus, trains on it, exports and indexes; the same command goes on where it was interrupted.

    Returns the exit code.
    """
    began = time.monotonic()
    import torch

    from ..collect import Mix, collect
    from ..corpus import open_corpus
    from ..gan import processes
    from ..gan.config import Budget, TrainConfig
    from ..gan.schedule import lessons_for
    from ..gan.train import train
    from ..gan.warm_start import read_start
    from ..judging.tile_index import make_index, write_index
    from ..onnx_file import check_out
    from .export import export

    check_out(options.out)
    torch.set_num_threads(options.threads)
    work = options.out.with_suffix(".work")
    start = read_start(options.start) if options.start else None
    if (work / "corpus" / "corpus.json").exists():
        corpus = open_corpus(work / "corpus")
    else:
        mix = Mix(PAINTED, GAMES, seed=options.seed)
        if options.screens:
            mix = Mix(0, GAMES_BESIDE, screens=tuple(options.screens), beside=BESIDE, seed=options.seed)
        corpus = collect(work / "corpus", mix, cores())
    print(f"{corpus.path}: {corpus.summary()}")
    few = len({source.kind for source in corpus.sources}) > 1  # then some were painted beside them
    if few and start is None:
        start = read_start(_shipped())
    warn_of(corpus)
    kept = work / "run" / "plan.json"
    if kept.exists():
        config, budget = _kept(kept)
    else:
        config = TrainConfig(seed=options.seed)
        if start is not None:
            config = replace(config, start_sha256=start.sha256, start_images=start.images, **start.shapes)
            config = replace(config, codec_rate=GENTLE_RATE)
        if few:
            config = replace(config, own_share=OWN_SHARE)
        minutes = options.minutes or (MINUTES_OF_FEW if few else MINUTES)
        until = began + 60 * minutes - LAST_SECONDS
        if time.monotonic() >= until:
            raise TrainingError(f"{options.out}: --minutes {minutes} are too few; give 10 or more")
        device = processes.device_of("auto")
        config, images, precision = lessons_for(corpus, config, device, until)
        every = max(config.batch, images // GRIDS)
        left = max(1.0, until - time.monotonic()) / 60
        budget = Budget(images=images, minutes=left, grid_every=every, precision=precision)
        write_json(kept, {"config": asdict(config), "budget": asdict(budget)})
    budget = replace(budget, start=start.path if start else None)
    if not train(corpus, work / "run", config, budget):
        return INTERRUPTED
    export(work / "run", options.out)
    index = options.out.with_suffix(".tiles.npz")
    write_index(index, make_index(corpus))
    print(f"play it: python -m game --model {options.out}")
    return 0


def _shipped() -> Path:
    """The networks that few screenshots begin with. Raises TrainingError in an installed wheel, which leaves
    them out."""
    from generator.dream.loading import asset

    from ..collect import FEW_SCREENS

    found = asset("start.safetensors")
    if not found.exists():
        raise TrainingError(
            f"{found.name}: fewer than {FEW_SCREENS} screens begin with it, and the wheel leaves it out; "
            "name that of the repository's assets/ with --start, dream.onnx beside it, or give more screens"
        )
    return found


def _kept(path: Path) -> tuple[TrainConfig, Budget]:
    """What was planned when the work began. Raises TrainingError for a damaged file."""
    from ..gan.config import Budget, TrainConfig

    try:
        told: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
        config: dict[str, Any] = {}
        for name, value in told["config"].items():
            config[name] = tuple(value) if isinstance(value, list) else value
        return TrainConfig(**config), Budget(**{**told["budget"], "start": None})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainingError(f"{path}: cannot be read ({error}); remove it to begin anew") from error
