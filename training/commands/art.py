"""`art`: fetches the openly licensed art that kits are made of."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import Add

HELP = "fetch the openly licensed art that kits are made of"


def add_options(add: Add) -> None:
    """Describes them."""
    add("--out", type=Path, required=True, metavar="DIR", help="folder for it")
    add("--from", type=Path, dest="source", metavar="DIR", help="take the files from this folder")
    add("--base-url", default=None, metavar="URL", help="of a mirror")


def run(options: argparse.Namespace) -> None:
    """Fetches, and names the artists."""
    from ..kits.fetch import BASE_URL, art_files, credits_text, fetch_art

    files = art_files()
    came = fetch_art(options.out, files, source=options.source, base_url=options.base_url or BASE_URL)
    print(credits_text())
    print(f"{options.out}: {len(files)} files, {came} of them new")
