"""`art`: fetches the openly licensed art that kits are made of."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Commands


def add_to(commands: Commands) -> None:
    """Describes the command."""
    parser = commands.add_parser("art", help="fetch the openly licensed art that kits are made of")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for it")
    parser.add_argument(
        "--from", type=Path, dest="source", metavar="DIR", help="take the files from this folder"
    )
    parser.add_argument("--base-url", default=None, metavar="URL", help="of a mirror")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fetches, and names the artists."""
    from ..kits.fetch import BASE_URL, art_files, credits_text, fetch_art

    files = art_files()
    came = fetch_art(options.out, files, source=options.source, base_url=options.base_url or BASE_URL)
    print(credits_text())
    print(f"{options.out}: {len(files)} files, {came} of them new")
    return 0
