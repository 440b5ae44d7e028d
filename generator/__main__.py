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

from .command_line import (
    HARDEST_DIFFICULTY,
    Parser,
    UsageError,
    castle_code,
    check_stage,
    run,
    seed_list,
    whole_number,
)
from .level.codes import LARGEST_STAGE, CastleCode, encode

if TYPE_CHECKING:
    from PIL.Image import Image

    from .dream.network import Networks
    from .stream.build import Built


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
    parser.add_argument("--out", type=Path, metavar="FILE", help="the picture, or with --inspect the page")
    parser.add_argument(
        "--inspect",
        action="store_true",
        help="write a page (HTML) of one stage: where its tiles came from, and how new they are",
    )
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
    parser.add_argument(
        "--stage",
        type=whole_number(1, LARGEST_STAGE),
        metavar="N",
        help="the stage of each castle (default 1)",
    )
    parser.add_argument(
        "--difficulty",
        type=whole_number(1, HARDEST_DIFFICULTY),
        metavar="N",
        help=f"of each castle: 1, which is normal, to {HARDEST_DIFFICULTY}",
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    return run(lambda: _write(build_parser().parse_args(arguments)))


def _write(options: argparse.Namespace) -> int:
    """Builds a level a seed, and writes what is asked for. Raises GanvaniaError."""
    from .dream.network import load_networks
    from .inspect import sheet
    from .level.stamps import code_of, is_of
    from .tiled.write import write_map

    if not options.inspect and all(
        to is None for to in (options.out, options.levels, options.tmx, options.maps)
    ):
        raise UsageError("name what to write: --out PNG, --levels DIR, --tmx DIR, --maps PNG")
    castles = _castles(options)
    if options.inspect:
        return _inspect(options, castles)
    if options.maps is not None and any(castle.mode == "dream" for castle in castles):
        raise UsageError("--maps draws what integers decide, and dreams decide dream rooms; take --out PNG")
    for option, path in (("--out", options.out), ("--maps", options.maps)):
        if path is not None:
            sheet.check_writable(path, option)
    if options.maps is not None:
        sheet.save(_maps(castles), options.maps, "--maps")
        print(options.maps)
    if all(to is None for to in (options.out, options.levels, options.tmx)):
        return 0
    if options.tmx is not None:
        _check_folder(options.tmx)
    networks = load_networks(options.model, options.roles)
    pictures = []
    for castle in castles:
        began = time.perf_counter()
        built = _build(castle, networks)
        code = encode(code_of(built.level))
        if not is_of(castle, built.level):
            print(f"code {encode(castle)}: dreamed differently on this machine", file=sys.stderr)
        news = f"{time.perf_counter() - began:.2f} s, {len(built.level.bank)} tiles"
        print(f"seed {castle.seed}, code {code}: {news}", file=sys.stderr, flush=True)
        if options.out is not None:
            pictures.append(sheet.seed_picture(built))
        name = code if options.code or options.dream else _name(castle)
        if options.tmx is not None:
            print(*write_map(built.level, options.tmx, name), sep="\n")
        if options.levels is not None:
            print(_write_level(options.levels / f"{name}.level", built.level.to_bytes()))
    if options.out is not None:
        sheet.save(sheet.sheet(pictures), options.out)
        print(options.out)
    return 0


def _castles(options: argparse.Namespace) -> list[CastleCode]:
    """What is to be built. Raises UsageError where a code is contradicted or leads nowhere, OtherNetworkError
    for a code of rooms that another network dreamed."""
    from .level.stamps import check_network

    if options.code is None:
        difficulty, stage = options.difficulty or 1, options.stage or 1
        mode = "dream" if options.dream else "castle"
        castles = [CastleCode(seed, mode, difficulty, stage) for seed in options.seeds or [0]]
        return [check_stage(castle, f"--stage {stage}") for castle in castles]
    if options.stage is not None or options.difficulty is not None:
        raise UsageError("--code names its stage and difficulty; leave out --stage and --difficulty")
    if options.dream:
        raise UsageError("--code says what is built; leave out --dream")
    check_network(options.code, options.model)
    return [check_stage(options.code, f"code {encode(options.code)}")]


def _name(castle: CastleCode) -> str:
    """Of a level's file."""
    name = f"{castle.seed}-{castle.stage}"
    return name if castle.difficulty == 1 else f"{name}-{castle.difficulty}"


def _build(castle: CastleCode, networks: Networks) -> Built:
    """The level of a code's integers. Raises NetworkError."""
    from .stream.build import build_level

    return build_level(
        castle.seed,
        castle.stage,
        networks=networks,
        art=castle.art,
        difficulty=castle.difficulty,
        mode=castle.mode,
    )


def _inspect(options: argparse.Namespace, castles: list[CastleCode]) -> int:
    """The page of one stage. Raises GanvaniaError."""
    from .dream.network import load_networks, shipped_networks
    from .inspect import sheet
    from .inspect.novelty import NoveltyError, index_of
    from .inspect.page import inspect_page, write_page

    if len(castles) > 1 or options.out is None or any((options.levels, options.tmx, options.maps)):
        raise UsageError(
            "--inspect shows one stage: give one --seed, --out page.html, and nothing else to write"
        )
    sheet.check_writable(options.out)
    (castle,) = castles
    networks = load_networks(options.model, options.roles)
    built = _build(castle, networks)
    index, why_none = None, ""
    try:
        # Borrowed tiles are the shipped network's, whatever the level's own is.
        model, sha256 = (None, "") if built.level.substitute else (options.model, built.level.network)
        index = index_of(model, sha256)
    except NoveltyError as error:
        why_none = error.brief.lower()  # a page is passed on, and paths are nobody's business
        print(f"not said how new the tiles are: {error}", file=sys.stderr)
    dreamer = shipped_networks() if built.level.substitute else networks
    credit = dreamer.generator.metadata.get("credits", "")
    write_page(inspect_page(built, index, why_none, credit), options.out)
    print(options.out)
    return 0


def _maps(castles: list[CastleCode]) -> Image:
    from .inspect.maps import map_sheet, stage_map
    from .layout.stages import build_stage

    maps = []
    for castle in castles:
        built = build_stage(castle.seed, castle.stage, castle.difficulty, mode=castle.mode)
        name = f"{encode(castle)}  {built.structure.plan.wing}, {built.structure.plan.screens} screens"
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
