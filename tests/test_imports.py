"""Who may import whom: the contracts of pyproject.toml, and what is loaded by importing a package."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent
SIMULATION = ("game/world", "game/session")
"""Folders of what is simulated."""


def modules(folder: str) -> list[str]:
    """The modules of a folder, packages in it included."""
    files = sorted((ROOT / folder).rglob("*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]


def imported(path: Path) -> set[str]:
    """The top-level names of everything that a file imports, wherever in it; relative ones left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_the_packages_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("package", ["generator", "game", "training"])
def test_a_package_imports_itself_relatively(package: str) -> None:
    # Installed it has another name, and `import generator` would find nothing.
    for path in sorted((ROOT / package).rglob("*.py")):
        assert package not in imported(path), path


@pytest.mark.parametrize("package", ["generator", "game", "training", "examples"])
def test_every_package_says_in_a_sentence_what_lives_there(package: str) -> None:
    for path in sorted((ROOT / package).rglob("__init__.py")):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said and len(said.splitlines()) == 1 and len(said.split()) > 3, path


@pytest.mark.parametrize(
    ("loaded", "never"),
    [
        (
            [m for folder in SIMULATION for m in modules(folder)],
            ("pygame", "torch", "onnxruntime", "training"),
        ),
        (["generator.level", "generator.proof"], ("pygame", "torch", "onnxruntime", "PIL")),
        (["generator"], ("pygame", "torch", "onnxruntime", "PIL", "numpy")),
        (["generator.stream"], ("pygame", "torch", "onnxruntime", "PIL", "numpy")),
        (["generator.stream.build"], ("pygame", "torch", "onnxruntime")),
    ],
)
def test_what_importing_them_loads(loaded: list[str], never: tuple[str, ...]) -> None:
    code = f"import sys, {', '.join(loaded)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in done.stdout.split()} & set(never)
