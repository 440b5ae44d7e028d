"""`python -m generator --seeds 0-15 --out sheet.png`: a contact sheet of dreams, tiles and levels."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from .errors import GanvaniaError

MOST_SEEDS = 64
"""A sheet of more would be a picture that no program opens."""
LARGEST_SEED = (1 << 64) - 1


def parse_seeds(text: str) -> list[int]:
    """ "0-15", "7" or "1,5,8-9" to seeds. Raises ArgumentTypeError for anything else."""
    seeds: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        numbers = [first, last] if dash else [first, first]
        if not all(number.isascii() and number.isdigit() for number in numbers):
            raise argparse.ArgumentTypeError(f"{text!r} is no list of seeds; write 7, 0-15 or 1,5,8-9")
        low, high = int(numbers[0]), int(numbers[1])
        if not low <= high <= LARGEST_SEED:
            raise argparse.ArgumentTypeError(f"{part!r}: seeds go upwards, from 0 to {LARGEST_SEED}")
        if high - low >= MOST_SEEDS or len(seeds) + high - low >= MOST_SEEDS:
            raise argparse.ArgumentTypeError(
                f"{text!r} are more than the {MOST_SEEDS} seeds that a sheet holds"
            )
        seeds += range(low, high + 1)
    return seeds


def stage_number(text: str) -> int:
    """A stage from 1 to 99. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 99):
        raise argparse.ArgumentTypeError(f"{text!r} is no stage; stages are 1 to 99")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}", description=__doc__)
    parser.add_argument(
        "--seeds", type=parse_seeds, default=[0], help="such as 7, 0-15 or 1,5,8-9 (default 0)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="PNG", help="the picture to write")
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="a generator network (default: the one that ships)"
    )
    parser.add_argument(
        "--roles", type=Path, metavar="FILE", help="a role network (default: the one that ships)"
    )
    parser.add_argument("--stage", type=stage_number, default=1, help="the stage of each castle (default 1)")
    options = parser.parse_args(arguments)
    try:
        from . import sheet
        from .build import build_level
        from .network import load_networks

        sheet.check_writable(options.out)
        networks = load_networks(options.model, options.roles)
        pictures = []
        for seed in options.seeds:
            began = time.perf_counter()
            built = build_level(seed, options.stage, networks=networks)
            seconds = time.perf_counter() - began
            pictures.append(sheet.seed_picture(built))
            print(f"seed {seed}: {seconds:.2f} s, {len(built.level.bank)} tiles", file=sys.stderr, flush=True)
        sheet.save(sheet.sheet(pictures), options.out)
    except GanvaniaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
