"""`python -m generator --seeds 0-15 --out sheet.png`: a contact sheet of dreams, tiles and levels.

`--levels` and `--tmx` write the levels themselves, for the game and for the map editor Tiled.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .codes import CastleCode, encode
from .command_line import Parser, UsageError, castle_code, run, seed_list, whole_number

if TYPE_CHECKING:
    from PIL.Image import Image


def build_parser() -> Parser:
    """The command line."""
    parser = Parser(prog=f"python -m {__package__}", description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--seeds", "--seed", type=seed_list, metavar="SEEDS", help="such as 7, 0-15 or 1,5,8-9 (default 0)"
    )
    which.add_argument(
        "--code", type=castle_code, metavar="CODE", help="the castle, stage and art of a share code"
    )
    parser.add_argument("--dream", action="store_true", help="dream rooms of these seeds, no castles")
    parser.add_argument("--out", type=Path, metavar="PNG", help="the picture to write")
    parser.add_argument(
        "--levels", type=Path, metavar="DIR", help="write every level there, for `python -m game --level`"
    )
    parser.add_argument(
        "--tmx", type=Path, metavar="DIR", help="write every level there as a map of Tiled, to be edited"
    )
    parser.add_argument(
        "--maps", type=Path, metavar="PNG", help="maps of the levels, their rooms and ways; needs no network"
    )
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="a generator network (default: the one that ships)"
    )
    parser.add_argument(
        "--roles", type=Path, metavar="FILE", help="a role network (default: the one that ships)"
    )
    parser.add_argument("--stage", type=whole_number(1, 99), help="the stage of each castle (default 1)")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    return run(lambda: _write(build_parser().parse_args(arguments)))


def _write(options: argparse.Namespace) -> int:
    """Builds a level a seed, and writes what is asked for. Raises GanvaniaError."""
    from . import sheet
    from .build import build_level
    from .dream_codes import check_network, code_of, is_of
    from .network import load_networks
    from .tiled_write import write_map

    if all(to is None for to in (options.out, options.levels, options.tmx, options.maps)):
        raise UsageError("name what to write: --out PNG, --levels DIR, --tmx DIR, --maps PNG")
    if options.code is not None and options.stage is not None:
        raise UsageError("--code names its stage; leave out --stage")
    if options.code is not None and options.dream:
        raise UsageError("--code says what is built; leave out --dream")
    stage, mode = options.stage or 1, "dream" if options.dream else "castle"
    castles = [CastleCode(seed, mode, stage=stage) for seed in options.seeds or [0]]
    if options.code is not None:
        castles = [options.code]
        check_network(options.code, options.model)
    if options.maps is not None and any(castle.mode == "dream" for castle in castles):
        raise UsageError("--maps draws what integers decide, and dreams decide dream rooms; take --out PNG")
    for path in (options.out, options.maps):
        if path is not None:
            sheet.check_writable(path)
    if options.maps is not None:
        sheet.save(_maps(castles), options.maps)
        print(options.maps)
    if all(to is None for to in (options.out, options.levels, options.tmx)):
        return 0
    if options.tmx is not None:
        _check_folder(options.tmx)
    networks = load_networks(options.model, options.roles)
    pictures = []
    for castle in castles:
        began = time.perf_counter()
        built = build_level(
            castle.seed,
            castle.stage,
            networks=networks,
            art=castle.art,
            difficulty=castle.difficulty,
            mode=castle.mode,
        )
        code = encode(code_of(built.level))
        if not is_of(castle, built.level):
            print(f"code {encode(castle)}: dreamed differently on this machine", file=sys.stderr)
        news = f"{time.perf_counter() - began:.2f} s, {len(built.level.bank)} tiles"
        print(f"seed {castle.seed}, code {code}: {news}", file=sys.stderr, flush=True)
        if options.out is not None:
            pictures.append(sheet.seed_picture(built))
        name = code if options.code or options.dream else f"{castle.seed}-{castle.stage}"
        if options.tmx is not None:
            print(*write_map(built.level, options.tmx, name), sep="\n")
        if options.levels is not None:
            print(_write_level(options.levels / f"{name}.level", built.level.to_bytes()))
    if options.out is not None:
        sheet.save(sheet.sheet(pictures), options.out)
        print(options.out)
    return 0


def _maps(castles: list[CastleCode]) -> Image:
    from .maps import map_sheet, stage_map
    from .stages import build_stage

    maps = []
    for castle in castles:
        built = build_stage(castle.seed, castle.stage, castle.difficulty, mode=castle.mode)
        name = f"{encode(castle)}  {built.structure.plan.theme}, {built.structure.plan.screens} screens"
        maps.append((name, stage_map(built.structure, built.proof.certificate)))
    return map_sheet(maps)


def _check_folder(folder: Path) -> None:
    """Makes it before anything is dreamed for it. Raises UsageError where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be written ({error.strerror}); choose another folder for --tmx"
        ) from None


def _write_level(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); choose another folder for --levels"
        ) from None
    return path


if __name__ == "__main__":
    raise SystemExit(main())
