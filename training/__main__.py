"""`python -m training`: corpus, train, roles, sample, export."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.command_line import Parser, run, seed_list, whole_number

from .errors import TrainingError
from .gan.memory import keep_freed_memory

if TYPE_CHECKING:
    from .corpus import Corpus

PAINTER_SCREENS, KIT_SCREENS = 12_000, 6_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand; returns the exit code: 0, 2 for the user's errors, 130 when interrupted."""
    return run(lambda: _command(build_parser().parse_args(arguments)))


def _command(options: argparse.Namespace) -> int:
    keep_freed_memory()
    return int(options.run(options))


def build_parser() -> Parser:
    """The command line."""
    count, number = whole_number(1), whole_number(0)
    parser = Parser(
        prog="python -m training", description="From painted screens to a network that the game dreams with."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    style = argparse.ArgumentDefaultsHelpFormatter

    art = commands.add_parser("art", help="fetch the openly licensed art that kits are made of")
    art.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for it")
    art.add_argument(
        "--from", type=Path, dest="source", metavar="DIR", help="take the files from this folder"
    )
    art.add_argument("--base-url", default=None, metavar="URL", help="of a mirror")
    art.set_defaults(run=_art)

    corpus = commands.add_parser(
        "corpus", help="a corpus of painted screens, kits of open art, your own screenshots"
    )
    corpus.add_argument(
        "--painter",
        type=number,
        metavar="N",
        help=f"screens to paint ({PAINTER_SCREENS:,}, or 0 beside others)",
    )
    corpus.add_argument(
        "--games", type=count, default=480, metavar="M", help="imaginary games, each a style (480)"
    )
    corpus.add_argument("--art", type=Path, metavar="DIR", help="what `art` fetched: kits are made of it")
    corpus.add_argument(
        "--kits", type=number, metavar="N", help=f"screens to draw with kits ({KIT_SCREENS:,})"
    )
    corpus.add_argument(
        "--screens",
        nargs="+",
        default=[],
        metavar="PLACE",
        help="folders, zips, pictures or globs of your own",
    )
    corpus.add_argument("--seed", type=number, default=1, help="the same seed paints the same corpus")
    corpus.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write")
    corpus.add_argument("--processes", type=count, default=_cores(), help="at once")
    corpus.set_defaults(run=_corpus)

    train = commands.add_parser("train", help="train the DCGAN, or go on training it", formatter_class=style)
    train.add_argument("--corpus", type=Path, metavar="DIR", help="what `corpus` wrote")
    train.add_argument("--out", type=Path, metavar="DIR", help="the run: checkpoints, log.jsonl, samples/")
    train.add_argument(
        "--images",
        type=count,
        default=400_000,
        help="images seen, those of --start among them, at which the run is finished",
    )
    train.add_argument(
        "--minutes", type=_minutes, default=math.inf, help="minutes of training at which it is finished"
    )
    train.add_argument("--threads", type=whole_number(1, 1024), default=_cores(), help="CPU threads")
    train.add_argument("--seed", type=number, default=1, help="of weights, order, noise and augmentation")
    train.add_argument("--batch", type=whole_number(2), default=32, help="screens a step")
    train.add_argument(
        "--recipe",
        choices=("ganvania", "article", "finer"),
        default="ganvania",
        help="article: the plain DCGAN; finer: smaller steps against a calmer discriminator, for --start",
    )
    train.add_argument(
        "--start",
        type=Path,
        metavar="FILE",
        help="begin with this network's weights, such as the shipped one",
    )
    train.add_argument("--mirror", action="store_true", help="show half of the screens mirrored")
    train.add_argument(
        "--precision", choices=("auto", "fp32", "bf16"), default="auto", help="auto: the faster, measured"
    )
    train.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto: the GPU if there is one"
    )
    train.add_argument(
        "--grid-every",
        type=count,
        default=8_000,
        metavar="IMAGES",
        help="between sample grids, each with a checkpoint and an export",
    )
    train.add_argument(
        "--dry-run", action="store_true", help="everything once and tiny (16 images, batch 4), in under 60 s"
    )
    train.set_defaults(run=_train)

    roles = commands.add_parser(
        "roles",
        help="train and export the network that says what a cell is for",
        description="Trains on the painter's labels, writes an ONNX file and, beside it, how good it is on "
        "games it never saw (.json).",
        formatter_class=style,
    )
    roles.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="what `corpus` wrote")
    roles.add_argument("--out", type=Path, required=True, help=".onnx file to write")
    roles.add_argument("--steps", type=count, default=5_000, help="of 16 screens")
    roles.add_argument("--seed", type=number, default=1, help="of weights, order and augmentation")
    roles.add_argument("--threads", type=whole_number(1, 1024), default=_cores(), help="CPU threads")
    roles.set_defaults(run=_roles)

    sample = commands.add_parser(
        "sample", help="a sheet of dreams of a run or of an ONNX file", formatter_class=style
    )
    sample.add_argument("source", type=Path, help="a run's folder, a checkpoint or an .onnx file")
    sample.add_argument("--seeds", type=seed_list, default="0-35", help="such as 0-35 or 1,5,9")
    sample.add_argument("--out", type=Path, default=Path("out-dreams.png"), help="PNG to write")
    sample.add_argument("--raw", action="store_true", help="the network's own colours, not the NES's")
    sample.set_defaults(run=_sample)

    evaluate = commands.add_parser(
        "evaluate", help="what networks are worth, as a table, JSON and a page with pictures"
    )
    evaluate.add_argument(
        "sources", type=Path, nargs="+", metavar="SOURCE", help="runs' folders or .onnx files"
    )
    evaluate.add_argument("--corpus", type=Path, metavar="DIR", help="to judge by (a run's own)")
    evaluate.add_argument("--roles", type=Path, help="role network (the one that ships)")
    evaluate.add_argument(
        "--out", type=Path, metavar="DIR", help="for metrics.json and .html (the first run, or here)"
    )
    evaluate.set_defaults(run=_evaluate)

    originality = commands.add_parser(
        "originality", help="the nearest things in the corpus to what a network makes"
    )
    originality.add_argument("source", type=Path, help="a run's folder or an .onnx file")
    originality.add_argument(
        "--corpus", type=Path, metavar="DIR", help="what it was trained on (a run's own)"
    )
    originality.add_argument(
        "--out", type=Path, metavar="DIR", help="for originality.json, .html (the run, or here)"
    )
    originality.set_defaults(run=_originality)

    index = commands.add_parser(
        "index", help="the tiles that a network was trained on, in short, for the inspector"
    )
    index.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="what it was trained on")
    index.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="my.tiles.npz, beside the network my.onnx"
    )
    index.set_defaults(run=_index)

    export = commands.add_parser("export", help="write the averaged generator as ONNX", formatter_class=style)
    export.add_argument("source", type=Path, help="a run's folder or a checkpoint")
    export.add_argument("--out", type=Path, required=True, help=".onnx file to write")
    export.set_defaults(run=_export)
    return parser


def _art(options: argparse.Namespace) -> int:
    from .kits.fetch import BASE_URL, art_files, credits_text, fetch_art

    files = art_files()
    came = fetch_art(options.out, files, source=options.source, base_url=options.base_url or BASE_URL)
    print(credits_text())
    print(f"{options.out}: {len(files)} files, {came} of them new")
    return 0


def _corpus(options: argparse.Namespace) -> int:
    from .collect import Mix, collect

    alone = options.art is None and options.kits is None and not options.screens
    painter = PAINTER_SCREENS if options.painter is None and alone else options.painter or 0
    kits = (KIT_SCREENS if options.art else 0) if options.kits is None else options.kits
    games = min(options.games, painter) if painter else options.games
    mix = Mix(painter, games, options.art, kits, tuple(options.screens), options.seed)
    corpus = collect(options.out, mix, options.processes)
    _warn(corpus)
    print(f"{corpus.path}: {corpus.summary()}, sha256 {corpus.sha256}")
    print(f"{corpus.path / 'sheet.png'}: look at it")
    return 0


def _warn(corpus: Corpus) -> None:
    from .collect import warning

    if (complaint := warning(corpus)) is not None:
        print(f"warning: {complaint}", file=sys.stderr)


def _train(options: argparse.Namespace) -> int:
    import torch

    from .corpus import open_corpus
    from .gan import processes
    from .gan.train import Budget, train
    from .gan.trainer import RECIPES, WAIT_IMAGES
    from .gan.warm_start import read_start

    torch.set_num_threads(options.threads)
    if options.device == "cuda" and not torch.cuda.is_available():
        raise TrainingError("--device cuda: PyTorch finds no GPU; leave --device away to use the CPU")
    if options.dry_run:
        return _dry_run(options)
    if options.corpus is None or options.out is None:
        raise TrainingError("train needs --corpus DIR and --out DIR (or --dry-run alone)")
    recipe = RECIPES[options.recipe]
    config = replace(recipe, seed=options.seed, batch=options.batch, mirror=options.mirror)
    named = {
        field.name: getattr(options, field.name) for field in fields(Budget) if hasattr(options, field.name)
    }
    if options.start:
        start = read_start(options.start)
        config = replace(
            config, start_sha256=start.sha256, start_images=start.images, wait_images=WAIT_IMAGES
        )
    corpus = open_corpus(options.corpus)
    first = processes.rank() == 0
    if first:
        _warn(corpus)
    if not train(corpus, options.out, config, Budget(**named)):
        return 130
    if not first:
        return 0
    return _export(argparse.Namespace(source=options.out, out=options.out / "network.onnx"))


def _dry_run(options: argparse.Namespace) -> int:
    """Corpus, a few steps, a grid, a checkpoint, the export, and a dream of that as the game dreams: all of
    it, each as small as it can be."""
    from .collect import Mix, collect
    from .corpus import open_corpus
    from .gan import processes
    from .gan.export import export_generator
    from .gan.sample import load_generator
    from .gan.train import Budget, train
    from .gan.trainer import RECIPES
    from .judging.evaluate import dreams

    with tempfile.TemporaryDirectory(prefix="ganvania-dry-run-") as temporary:
        folder = Path(temporary)
        corpus = (
            open_corpus(options.corpus)
            if options.corpus
            else collect(folder / "corpus", Mix(32, 4, seed=options.seed), 1)
        )
        config = replace(RECIPES[options.recipe], seed=options.seed, batch=4, mirror=options.mirror)
        budget = Budget(
            images=16,
            grid_every=8,
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
        dreams(run / "network.onnx", 1)
        print(
            f"dry run: {saved.description['images']} images, {size:,} bytes of ONNX, "
            f"off by {difference:.1e}, dreams in the game"
        )
    return 0


def _roles(options: argparse.Namespace) -> int:
    import torch

    from .corpus import open_corpus
    from .roles.train import RoleConfig, train_and_export

    torch.set_num_threads(options.threads)
    config = RoleConfig(seed=options.seed, steps=options.steps)
    metrics = train_and_export(open_corpus(options.corpus), config, options.out)
    for name, judged in metrics["judged"].items():
        solid = judged["solid_against_not"]
        print(f"{name}: {judged['accuracy']:.1%} of {judged['cells']:,} cells, solid or not {solid:.1%}")
    print(f"{options.out}: {options.out.stat().st_size:,} bytes, off by {metrics['export_difference']:.1e}")
    return 0


def _sample(options: argparse.Namespace) -> int:
    from .gan.sample import dream, dream_of_onnx, grid_picture, load_generator, save_picture, z_of_seeds

    if options.source.suffix == ".onnx":
        screens = dream_of_onnx(options.source, options.seeds)
    else:
        generator, saved = load_generator(options.source)
        screens = dream(generator, z_of_seeds(options.seeds, saved.description["config"]["latent"]))
    save_picture(options.out, grid_picture(screens, raw=options.raw))
    print(options.out)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from .corpus import open_corpus
    from .judging.evaluate import as_table, as_text, evaluate, write_results

    first = options.sources[0]
    corpus = open_corpus(options.corpus or _corpus_of(first))
    judge, judged = evaluate(corpus, options.sources, options.roles)
    folder = options.out or (first if first.is_dir() else Path())
    write_results(folder, judge, judged)
    print(as_text(as_table(judge, judged)))
    print(f"{folder / 'metrics.html'}: look at it")
    return 0


def _originality(options: argparse.Namespace) -> int:
    from generator.nes.palette import quantise

    from .corpus import open_corpus
    from .judging.evaluate import as_text, dreams, network_of
    from .judging.metrics import TILE_SCREENS
    from .judging.originality import as_table, measure_originality, write_results

    corpus = open_corpus(options.corpus or _corpus_of(options.source))
    screens = quantise(dreams(network_of(options.source), TILE_SCREENS)[0])
    found = measure_originality(corpus, screens)
    folder = options.out or (options.source if options.source.is_dir() else Path())
    write_results(folder, found, screens)
    print(as_text(as_table(found.originality)))
    print(f"{folder / 'originality.html'}: look at it")
    return 0


def _index(options: argparse.Namespace) -> int:
    from .corpus import open_corpus
    from .judging.tile_index import make_index, write_index

    index = make_index(open_corpus(options.corpus))
    write_index(options.out, index)
    size = options.out.stat().st_size
    print(f"{options.out}: {size:,} bytes, {index.tiles:,} tiles, usually {index.usual:.3f} apart")
    return 0


def _corpus_of(source: Path) -> Path:
    """The corpus that a run was begun with. Raises TrainingError where that is not known."""
    try:
        return Path(json.loads((source / "run.json").read_text("utf-8"))["corpus"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(
            f"{source}: does not say which corpus it was trained on; give --corpus DIR"
        ) from error


def _export(options: argparse.Namespace) -> int:
    from .gan.export import export_generator
    from .gan.sample import load_generator

    generator, saved = load_generator(options.source)
    difference = export_generator(generator, saved, options.out)
    size = options.out.stat().st_size
    print(f"{options.out}: {size:,} bytes, {saved.description['images']:,} images, off by {difference:.1e}")
    return 0


def _cores() -> int:
    """The machine's, or this process's share of them where torchrun started several."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // int(os.environ.get("LOCAL_WORLD_SIZE", "1")))


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not minutes > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes above 0")
    return minutes


if __name__ == "__main__":
    sys.exit(main())
