"""`roles`: trains and exports the network that says what a cell is for."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import COUNT, NUMBER, Add, add_threads

HELP = "train and export the network that says what a cell is for"
DESCRIPTION = """Trains on the painter's labels, writes an ONNX file and, beside it, how good it is on games
it never saw (.json)."""


def add_options(add: Add) -> None:
    """Describes them."""
    add("--corpus", type=Path, required=True, metavar="DIR", help="what `corpus` wrote")
    add("--out", type=Path, required=True, help=".onnx file to write")
    add("--steps", type=COUNT, default=5_000, help="of 16 screens")
    add("--seed", type=NUMBER, default=1, help="of weights, order and augmentation")
    add_threads(add)


def run(options: argparse.Namespace) -> None:
    """Trains, and says how often the network is right."""
    import torch

    from ..corpus import open_corpus
    from ..roles.train import RoleConfig, train_and_export

    torch.set_num_threads(options.threads)
    config = RoleConfig(seed=options.seed, steps=options.steps)
    metrics = train_and_export(open_corpus(options.corpus), config, options.out)
    for name, judged in metrics["judged"].items():
        solid = judged["solid_against_not"]
        print(f"{name}: {judged['accuracy']:.1%} of {judged['cells']:,} cells, solid or not {solid:.1%}")
    print(f"{options.out}: {options.out.stat().st_size:,} bytes, off by {metrics['export_difference']:.1e}")
