"""Builds the pages of the plugin's API out of its docstrings: `make docs`, or `python docs/build_api.py`.

pdoc does it, of the package as game makers know it: `ganvania`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("ganvania", "ganvania.level", "ganvania.motion", "ganvania.nes", "ganvania.stream", "ganvania.tiles")
"""The names that a game is written with, and the packages that they come from."""


def build(out: Path) -> Path:
    """Writes the pages into a folder; returns the first of them."""
    import pdoc

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ganvania").symlink_to(ROOT / "generator", target_is_directory=True)
        sys.path.insert(0, folder)
        try:
            pdoc.render.configure(docformat="google", show_source=False, footer_text="Ganvania")
            pdoc.pdoc(*PAGES, output_directory=out)
        finally:
            sys.path.remove(folder)
    return out / "ganvania.html"


def main() -> int:
    """Builds; returns the exit code, 2 where pdoc is missing."""
    out = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "api"
    try:
        print(build(out))
    except ModuleNotFoundError as error:
        if error.name != "pdoc":
            raise
        print("error: pdoc is missing; install it with: pip install -e '.[docs]'", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
