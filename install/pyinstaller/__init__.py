"""What PyInstaller asks the wheel: where its hooks are. In the wheel this is `ganvania._pyinstaller`."""

from __future__ import annotations

from pathlib import Path


def hook_dirs() -> list[str]:
    """The entry point `hook-dirs` of the group `pyinstaller40`."""
    return [str(Path(__file__).resolve().parent)]
