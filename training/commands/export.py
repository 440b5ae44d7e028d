"""`export`: writes the averaged generator of a run as ONNX."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import WITH_DEFAULTS, Commands


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser(
        "export", help="write the averaged generator as ONNX", formatter_class=WITH_DEFAULTS
    )
    parser.add_argument("source", type=Path, help="a run's folder or a checkpoint")
    parser.add_argument("--out", type=Path, required=True, help=".onnx file to write")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exports."""
    export(options.source, options.out)
    return 0


def export(source: Path, out: Path) -> None:
    """Writes the generator of a run or a checkpoint, and says so. Raises TrainingError, WriteError."""
    from ..gan.export import export_generator
    from ..gan.sample import load_generator

    generator, saved = load_generator(source)
    difference = export_generator(generator, saved, out)
    size = out.stat().st_size
    print(f"{out}: {size:,} bytes, {saved.description['images']:,} images, off by {difference:.1e}")
