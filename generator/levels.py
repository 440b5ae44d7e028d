"""The command that writes levels: `python -m generator --seeds 0-15 --out sheet.png`, a contact sheet.

`--levels` and `--tmx` write the levels themselves, for the game and for the map editor Tiled.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .command_line import (
    HARDEST_DIFFICULTY,
    Parser,
    UsageError,
    check_stage,
    own_name,
    run,
    seed_list,
    whole_number,
)
from .files import check_file, check_folder, png, write_whole
from .level.codes import LARGEST_STAGE, CastleCode, decode, encode

if TYPE_CHECKING:
    from PIL.Image import Image

OTHER_MAPS = "choose another --maps"
OTHER_LEVELS, OTHER_TMX = "choose another folder for --levels", "choose another folder for --tmx"
"""What to do where that file or folder cannot be written."""


def build_parser() -> Parser:
    """The command line."""
    parser = Parser(prog=own_name("python -m generator"), description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--seeds", "--seed", type=seed_list, metavar="SEEDS", help="such as 7, 0-15 or 1,5,8-9 (default 0)"
    )
    which.add_argument(
        "--code", type=decode, metavar="CODE", help="the castle, stage and art of a share code"
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
    from .dream.loading import load_networks
    from .inspect import sheet
    from .level.stamps import code_of, is_of
    from .stream import LevelKey, build_level
    from .tiled.write import write_map

    dreamed = options.out, options.levels, options.tmx  # what needs the networks
    if not options.inspect and not any((*dreamed, options.maps)):
        raise UsageError("name what to write: --out PNG, --levels DIR, --tmx DIR, --maps PNG")
    castles = _castles(options)
    if options.inspect:
        return _inspect(options, castles)
    if options.maps and any(castle.mode == "dream" for castle in castles):
        raise UsageError("--maps draws what integers decide, and dreams decide dream rooms; take --out PNG")
    if options.out:
        check_file(options.out)
    if options.maps:
        check_file(options.maps, OTHER_MAPS)
        write_whole(options.maps, png(_maps(castles)), OTHER_MAPS)
        print(options.maps)
    if not any(dreamed):
        return 0
    for folder, advice in ((options.tmx, OTHER_TMX), (options.levels, OTHER_LEVELS)):
        if folder:
            check_folder(folder, advice)
    networks = load_networks(options.model, options.roles)
    pictures = []
    for castle in castles:
        began = time.perf_counter()
        built = build_level(**LevelKey.of(castle)._asdict(), networks=networks)
        code = encode(code_of(built.level))
        if not is_of(castle, built.level):
            print(f"code {encode(castle)}: dreamed differently on this machine", file=sys.stderr)
        news = f"{time.perf_counter() - began:.2f} s, {len(built.level.bank)} tiles"
        print(f"seed {castle.seed}, code {code}: {news}", file=sys.stderr, flush=True)
        if options.out:
            pictures.append(sheet.seed_picture(built))
        name = code if options.code or options.dream else _name(castle)
        if options.tmx:
            print(*write_map(built.level, options.tmx, name, advice="choose another --tmx"), sep="\n")
        if options.levels:
            path = options.levels / f"{name}.level"
            write_whole(path, built.level.to_bytes(), OTHER_LEVELS)
            print(path)
    if options.out:
        write_whole(options.out, png(sheet.sheet(pictures)))
        print(options.out)
    return 0


def _castles(options: argparse.Namespace) -> list[CastleCode]:
    """What is to be built.

    Raises UsageError where a code is contradicted or leads nowhere; OtherNetworkError for a code of rooms
    that another network dreamed.
    """
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
    """The name of a level's file."""
    name = f"{castle.seed}-{castle.stage}"
    return name if castle.difficulty == 1 else f"{name}-{castle.difficulty}"


def _inspect(options: argparse.Namespace, castles: list[CastleCode]) -> int:
    """The page of one stage. Raises GanvaniaError."""
    from .dream.loading import load_networks, shipped_networks
    from .inspect.index_file import NoveltyError, index_of
    from .inspect.page import inspect_page
    from .stream import LevelKey, build_level

    if len(castles) > 1 or options.out is None or any((options.levels, options.tmx, options.maps)):
        raise UsageError(
            "--inspect shows one stage: give one --seed, --out page.html, and nothing else to write"
        )
    check_file(options.out)
    networks = load_networks(options.model, options.roles)
    built = build_level(**LevelKey.of(castles[0])._asdict(), networks=networks)
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
    page = inspect_page(built, index, why_none, credit)
    write_whole(options.out, page.encode())
    print(options.out)
    return 0


def _maps(castles: list[CastleCode]) -> Image:
    """The maps of castles on one sheet."""
    from .inspect.maps import map_sheet, stage_map
    from .layout.stages import build_stage

    maps = []
    for castle in castles:
        built = build_stage(castle.seed, castle.stage, castle.difficulty, mode=castle.mode)
        name = f"{encode(castle)}  {built.structure.plan.wing}, {built.structure.plan.screens} screens"
        maps.append((name, stage_map(built.structure, built.proof.certificate)))
    return map_sheet(maps)
