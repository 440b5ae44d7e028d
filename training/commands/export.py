"""`export`: writes the averaged generator of a run as ONNX."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Add

HELP = "write the averaged generator as ONNX"


def add_options(add: Add) -> None:
    """Describes them."""
    add("source", type=Path, help="a run's folder or a checkpoint")
    add("--out", type=Path, required=True, help=".onnx file to write")


def run(options: argparse.Namespace) -> None:
    """Exports."""
    export(options.source, options.out)


def export(source: Path, out: Path) -> None:
    """Writes the generator of a run or a checkpoint, and says so. Raises TrainingError, WriteError."""
    from ..gan.export import export_generator
    from ..gan.sample import load_generator

    generator, saved = load_generator(source)
    difference = export_generator(generator, saved, out)
    size = out.stat().st_size
    print(f"{out}: {size:,} bytes, {saved.description['images']:,} images, off by {difference:.1e}")
