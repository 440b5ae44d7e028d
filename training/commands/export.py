"""`export`: writes the averaged generator of a run as ONNX, or what another run can begin with."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import TrainingError
from .options import Add

HELP = "write the averaged generator as ONNX, or what another run can begin with"


def add_options(add: Add) -> None:
    """Describes them."""
    add("source", type=Path, help="a run's folder or a checkpoint")
    add("--out", type=Path, metavar="FILE", help=".onnx file to write, for the game")
    add("--start", type=Path, metavar="FILE", help="file to write for `train --start`, with the judges in it")
    beside = "with --start and --out: leave out of the one what the other holds; they stay in one folder"
    add("--beside", action="store_true", help=beside)


def run(options: argparse.Namespace) -> None:
    """Exports."""
    if options.out is None and options.start is None:
        raise TrainingError("export writes --out FILE.onnx, or --start FILE; name one")
    together = None not in (options.out, options.start) and options.out.parent == options.start.parent
    if options.beside and not together:
        raise TrainingError("--beside needs --start and --out in one folder")
    if options.out is not None:
        export(options.source, options.out)
    if options.start is not None:
        _export_start(options.source, options.start, options.out if options.beside else None)


def export(source: Path, out: Path) -> None:
    """Writes the generator of a run or a checkpoint, and says so. Raises TrainingError, WriteError."""
    from ..gan.export import export_generator, seen
    from ..gan.sample import load_generator

    generator, saved = load_generator(source)
    difference = export_generator(generator, saved, out)
    size = out.stat().st_size
    print(f"{out}: {size:,} bytes, {seen(saved):,} images, off by {difference:.1e}")


def _export_start(source: Path, out: Path, beside: Path | None) -> None:
    from ..gan.sample import load_saved
    from ..gan.warm_start import save_start

    print(f"{out}: {save_start(load_saved(source), out, beside):,} bytes")
