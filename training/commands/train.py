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
from .options import COUNT, NUMBER, WITH_DEFAULTS, Commands, threads, warn_of_few

DRY_IMAGES, DRY_BATCH = 16, 4


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser(
        "train", help="train the DCGAN, or go on training it", formatter_class=WITH_DEFAULTS
    )
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="what `corpus` wrote")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the run: checkpoints, log.jsonl, samples/")
    parser.add_argument(
        "--images",
        type=COUNT,
        default=400_000,
        help="images seen, those of --start among them, at which the run is finished",
    )
    parser.add_argument(
        "--minutes", type=_minutes, default=math.inf, help="minutes of training at which it is finished"
    )
    threads(parser)
    parser.add_argument("--seed", type=NUMBER, default=1, help="of weights, order, noise and augmentation")
    parser.add_argument("--batch", type=whole_number(2), default=32, help="screens a step")
    parser.add_argument(
        "--recipe",
        choices=("ganvania", "article", "finer"),
        default="ganvania",
        help="article: the plain DCGAN; finer: smaller steps against a calmer discriminator, for --start",
    )
    parser.add_argument(
        "--start",
        type=Path,
        metavar="FILE",
        help="begin with this network's weights, such as the shipped one",
    )
    parser.add_argument("--mirror", action="store_true", help="show half of the screens mirrored")
    parser.add_argument(
        "--precision", choices=("auto", "fp32", "bf16"), default="auto", help="auto: the faster, measured"
    )
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto: the GPU if there is one"
    )
    parser.add_argument(
        "--grid-every",
        type=COUNT,
        default=8_000,
        metavar="IMAGES",
        help="between sample grids, each with a checkpoint and an export",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=f"everything once and tiny ({DRY_IMAGES} images, batch {DRY_BATCH}), in under 60 s",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Trains, and exports what was learnt."""
    import torch

    from ..corpus import open_corpus
    from ..gan import processes
    from ..gan.config import RECIPES, WAIT_IMAGES, Budget
    from ..gan.train import train
    from ..gan.warm_start import read_start

    torch.set_num_threads(options.threads)
    if options.device == "cuda" and not torch.cuda.is_available():
        raise TrainingError("--device cuda: PyTorch finds no GPU; leave --device away to use the CPU")
    if options.dry_run:
        return _dry_run(options)
    if options.corpus is None or options.out is None:
        raise TrainingError("train needs --corpus DIR and --out DIR (or --dry-run alone)")
    recipe = RECIPES[options.recipe]
    config = replace(recipe, seed=options.seed, batch=options.batch, mirror=options.mirror)
    if options.start:
        start = read_start(options.start)
        config = replace(
            config, start_sha256=start.sha256, start_images=start.images, wait_images=WAIT_IMAGES
        )
    named = [field.name for field in fields(Budget) if hasattr(options, field.name)]
    budget = Budget(**{name: getattr(options, name) for name in named})
    corpus = open_corpus(options.corpus)
    first = processes.rank() == 0
    if first:
        warn_of_few(corpus)
    if not train(corpus, options.out, config, budget):
        return 130
    if first:
        export(options.out, options.out / "network.onnx")
    return 0


def _dry_run(options: argparse.Namespace) -> int:
    """Makes a corpus, a few steps, a grid, a checkpoint, an export, and a dream of that as the game would."""
    from ..collect import Mix, collect
    from ..corpus import open_corpus
    from ..gan import processes
    from ..gan.config import RECIPES, Budget
    from ..gan.export import export_generator
    from ..gan.sample import dream_of_onnx, load_generator
    from ..gan.train import train

    with tempfile.TemporaryDirectory(prefix="ganvania-dry-run-") as temporary:
        folder = Path(temporary)
        corpus = (
            open_corpus(options.corpus)
            if options.corpus
            else collect(folder / "corpus", Mix(32, 4, seed=options.seed), 1)
        )
        config = replace(RECIPES[options.recipe], seed=options.seed, batch=DRY_BATCH, mirror=options.mirror)
        budget = Budget(
            images=DRY_IMAGES,
            grid_every=DRY_IMAGES // 2,
            precision=options.precision,
            device=options.device,
            grid=4,
            calibration=64,
        )
        run = folder / "run"
        if not train(corpus, run, config, budget):
            return 130
        if processes.rank():
            return 0
        generator, saved = load_generator(run, budget.calibration)
        difference = export_generator(generator, saved, run / "network.onnx")
        size = (run / "network.onnx").stat().st_size
        dream_of_onnx(run / "network.onnx", [0])
        print(
            f"dry run: {saved.description['images']} images, {size:,} bytes of ONNX, "
            f"off by {difference:.1e}, dreams in the game"
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
