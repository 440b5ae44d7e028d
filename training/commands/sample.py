"""`sample`: draws a sheet of dreams of a run or of an ONNX file."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.command_line import seed_list

from .options import Add

HELP = "a sheet of dreams of a run or of an ONNX file"


def add_options(add: Add) -> None:
    """Describes them."""
    add("source", type=Path, help="a run's folder, a checkpoint or an .onnx file")
    add("--seeds", type=seed_list, default="0-35", help="such as 0-35 or 1,5,9")
    add("--out", type=Path, default=Path("out-dreams.png"), help="PNG to write")
    add("--raw", action="store_true", help="the network's own colours, not the NES's")


def run(options: argparse.Namespace) -> None:
    """Dreams, and writes the sheet."""
    from ..gan.sample import dream, dream_of_onnx, load_generator, z_of_seeds
    from ..pictures import grid_picture, save_picture

    if options.source.suffix == ".onnx":
        screens, _ = dream_of_onnx(options.source, options.seeds)
    else:
        generator, _ = load_generator(options.source)
        screens = dream(generator, z_of_seeds(options.seeds, generator.latent))
    save_picture(options.out, grid_picture(screens, raw=options.raw))
    print(options.out)
