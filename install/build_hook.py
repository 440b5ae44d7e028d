"""Puts the game, the training and the examples into the wheel, below the one package `ganvania`.

In a checkout `game`, `training` and `examples` lie beside `generator` and import it by that name. Installed,
they are one package: `ganvania`, `ganvania.game`, `ganvania.training`, `ganvania.examples`. So while a wheel
is built, imports and the names of commands in texts are rewritten; nothing else is. An editable install needs
no rewriting.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSTALLED = {
    "generator": "ganvania", "game": "ganvania.game", "training": "ganvania.training",
    "examples": "ganvania.examples",
}  # fmt: skip
"""Each folder of a checkout, and the package that it becomes."""
COMMANDS = {
    "generator": "ganvania levels", "game": "ganvania play", "training": "ganvania",
    "examples": "python -m ganvania.examples",
}  # fmt: skip
"""What `python -m FOLDER` is called where `ganvania` is installed."""
LEFT_OUT = ("start.safetensors",)
"""Assets that only a training needs, and 9 MB: the wheel is a plugin first. They lie in the repository."""
_ANY = "|".join(INSTALLED)
_IMPORT = re.compile(rf"^(\s*(?:from|import) )({_ANY})(?=[.\s])", re.MULTILINE)
_MODULE = re.compile(rf"python -m ({_ANY})(?=\.\w)")
_COMMAND = re.compile(rf"python -m ({_ANY})(?![.\w])")


def rewritten(source: str) -> str:
    """A module's text as it reads in the wheel."""
    source = _IMPORT.sub(lambda found: found[1] + INSTALLED[found[2]], source)
    source = _MODULE.sub(lambda found: f"python -m {INSTALLED[found[1]]}", source)
    return _COMMAND.sub(lambda found: COMMANDS[found[1]], source)


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own is generic over its configuration
    """Hands hatchling the rewritten files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a wheel is built; `version` is "standard" or "editable"."""
        root = Path(self.root)
        launcher, hooks = root / "install" / "launch.py", root / "install" / "pyinstaller"
        if version == "editable":
            build_data["force_include_editable"][str(launcher)] = "ganvania/__main__.py"
            build_data["force_include_editable"][str(hooks)] = "ganvania/_pyinstaller"
            return
        self._folder = Path(tempfile.mkdtemp(prefix="ganvania-wheel-"))
        for folder, package in INSTALLED.items():
            below = Path(*package.split("."))
            for path in sorted((root / folder).rglob("*")):
                if path.is_dir() or "__pycache__" in path.parts:
                    continue
                copy = self._folder / below / path.relative_to(root / folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                if path.suffix == ".py":
                    copy.write_text(rewritten(path.read_text("utf-8")), "utf-8")
                else:
                    shutil.copyfile(path, copy)
        (self._folder / "ganvania" / "__main__.py").write_text(
            rewritten(launcher.read_text("utf-8")), "utf-8"
        )
        left_out = shutil.ignore_patterns(*LEFT_OUT)
        shutil.copytree(root / "assets", self._folder / "ganvania" / "assets", ignore=left_out)
        no_caches = shutil.ignore_patterns("__pycache__")
        shutil.copytree(hooks, self._folder / "ganvania" / "_pyinstaller", ignore=no_caches)
        build_data["force_include"][str(self._folder / "ganvania")] = "ganvania"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is there."""
        if version != "editable":
            shutil.rmtree(self._folder)
