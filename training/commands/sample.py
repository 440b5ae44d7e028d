"""`sample`: draws a sheet of dreams of a run or of an ONNX file."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.command_line import seed_list

from .options import WITH_DEFAULTS, Commands


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser(
        "sample", help="a sheet of dreams of a run or of an ONNX file", formatter_class=WITH_DEFAULTS
    )
    parser.add_argument("source", type=Path, help="a run's folder, a checkpoint or an .onnx file")
    parser.add_argument("--seeds", type=seed_list, default="0-35", help="such as 0-35 or 1,5,9")
    parser.add_argument("--out", type=Path, default=Path("out-dreams.png"), help="PNG to write")
    parser.add_argument("--raw", action="store_true", help="the network's own colours, not the NES's")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Dreams, and writes the sheet."""
    from ..gan.sample import dream, dream_of_onnx, load_generator, z_of_seeds
    from ..pictures import grid_picture, save_picture

    if options.source.suffix == ".onnx":
        screens, _ = dream_of_onnx(options.source, options.seeds)
    else:
        generator, saved = load_generator(options.source)
        screens = dream(generator, z_of_seeds(options.seeds, saved.description["config"]["latent"]))
    save_picture(options.out, grid_picture(screens, raw=options.raw))
    print(options.out)
    return 0
