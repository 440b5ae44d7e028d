"""`train`: trains the DCGAN, or goes on training it; --dry-run does everything once and tiny."""

from __future__ import annotations

import argparse
import math
import tempfile
from dataclasses import fields, replace
from pathlib import Path

from generator.command_line import whole_number

from ..errors import TrainingError
from .export import export
from .options import COUNT, NUMBER, Add, add_threads, warn_of

HELP = "train the DCGAN, or go on training it"
DRY_IMAGES, DRY_BATCH = 16, 4
INTERRUPTED = 130
"""Exit code."""


def add_options(add: Add) -> None:
    """Describes them."""
    add("--corpus", type=Path, metavar="DIR", help="what `corpus` wrote")
    add("--out", type=Path, metavar="DIR", help="the run: checkpoints, log.jsonl, samples/")
    images = "images seen, those of --start among them, at which the run is finished"
    add("--images", type=COUNT, default=2_800_000, help=images)
    add("--minutes", type=_minutes, default=math.inf, help="minutes of training at which it is finished")
    add_threads(add)
    add("--seed", type=NUMBER, default=1, help="of weights, order, noise and augmentation")
    add("--batch", type=whole_number(2), default=32, help="screens a step")
    recipe = "article: the plain DCGAN, to be compared with"
    add("--recipe", choices=("ganvania", "article"), default="ganvania", help=recipe)
    start = "begin with these networks, which `export --start` wrote"
    add("--start", type=Path, metavar="FILE", help=start)
    add("--codec-images", type=NUMBER, metavar="N", help="length of the first lesson, on tiles")
    add("--codes-images", type=NUMBER, metavar="N", help="length of the second lesson, on codes")
    add("--precision", choices=("auto", "fp32", "bf16"), default="auto", help="auto: the faster, measured")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto: the GPU if there is one")
    grids = "between sample grids, each with a checkpoint and an export"
    add("--grid-every", type=COUNT, default=40_000, metavar="IMAGES", help=grids)
    dry = f"everything once and tiny ({DRY_IMAGES} images, batch {DRY_BATCH}); a run is left in --out alone"
    add("--dry-run", action="store_true", help=dry)


def run(options: argparse.Namespace) -> int:
    """Trains, and exports what was learnt. Returns the exit code."""
    import torch

    from ..corpus import open_corpus
    from ..gan import processes
    from ..gan.config import RECIPES, Budget
    from ..gan.train import train
    from ..gan.warm_start import read_start

    torch.set_num_threads(options.threads)
    if options.device == "cuda" and not torch.cuda.is_available():
        raise TrainingError("--device cuda: PyTorch finds no GPU; leave --device away to use the CPU")
    if options.dry_run:
        return _dry_run(options)
    if options.corpus is None or options.out is None:
        raise TrainingError("train needs --corpus DIR and --out DIR (or --dry-run alone)")
    config = replace(RECIPES[options.recipe], seed=options.seed, batch=options.batch)
    for lesson in ("codec_images", "codes_images"):
        if vars(options)[lesson] is not None:
            config = replace(config, **{lesson: vars(options)[lesson]})
    if options.start:
        start = read_start(options.start)
        config = replace(config, start_sha256=start.sha256, start_images=start.images, **start.shapes)
    named = {field.name for field in fields(Budget)} & vars(options).keys()
    corpus = open_corpus(options.corpus)
    first = processes.rank() == 0
    if first:
        warn_of(corpus)
    if not train(corpus, options.out, config, Budget(**{name: vars(options)[name] for name in named})):
        return INTERRUPTED
    if first:
        export(options.out, options.out / "network.onnx")
    return 0


def _dry_run(options: argparse.Namespace) -> int:
    """Does all of it as small as it can be: corpus, steps, grid, checkpoint, export, a dream of that."""
    from ..collect import Mix, collect
    from ..corpus import open_corpus
    from ..gan import processes
    from ..gan.config import RECIPES, Budget
    from ..gan.sample import dream_of_onnx, load_generator
    from ..gan.train import train

    config = replace(RECIPES[options.recipe], seed=options.seed, batch=DRY_BATCH)
    if config.recipe == "ganvania":
        config = replace(config, codec_images=DRY_IMAGES // 4, codes_images=DRY_IMAGES // 2)
    budget = Budget(DRY_IMAGES, grid_every=DRY_IMAGES, grid=4, calibration=64)
    budget = replace(budget, precision=options.precision, device=options.device)
    with tempfile.TemporaryDirectory(prefix="ganvania-dry-run-") as temporary:
        mix = Mix(32, 4, seed=options.seed)
        made = options.corpus or collect(Path(temporary) / "corpus", mix, 1).path
        folder = options.out or Path(temporary) / "run"
        network = folder / "network.onnx"
        if not train(open_corpus(made), folder, config, budget):
            return INTERRUPTED
        if processes.rank():
            return 0
        _, saved = load_generator(folder, budget.calibration)
        dream_of_onnx(network, [0])  # the last grid's: an export costs as much as all steps
        print(
            f"dry run: {saved.description['images']} images, {network.stat().st_size:,} bytes of ONNX, "
            "dreams in the game"
        )
    return 0


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not minutes > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes above 0")
    return minutes
