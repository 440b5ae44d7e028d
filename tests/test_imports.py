"""Who may import whom: the last column of the design's table, and that the simulation knows no pygame."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEVER = {
    "generator": {"pygame", "torch", "game", "training"},
    "game": {"torch", "training"},
    "training": {"pygame", "game"},
}
"""By package: what none of its modules imports, not even inside a function."""
SIMULATION = ("game/world", "game/session")
"""Folders of what is simulated."""


def imported(path: Path) -> set[str]:
    """The top-level names of everything that a file imports, wherever in it; relative ones left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def simulated() -> list[str]:
    """The modules of the simulation."""
    files = [path for folder in SIMULATION for path in sorted((ROOT / folder).glob("*.py"))]
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]


@pytest.mark.parametrize("package", NEVER)
def test_packages_keep_to_the_table(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    for path in files:
        assert not imported(path) & NEVER[package], path


def test_generator_imports_itself_relatively() -> None:
    # Installed it is called ganvania, and `import generator` would find nothing.
    for path in sorted((ROOT / "generator").rglob("*.py")):
        assert "generator" not in imported(path), path


@pytest.mark.parametrize(
    ("modules", "never"),
    [
        (tuple(simulated()), ("pygame", "torch", "onnxruntime", "training")),
        (("generator.level.level", "generator.proof.search"), ("pygame", "torch", "onnxruntime", "PIL")),
        (("generator.stream.stream", "generator.stream.build"), ("pygame", "torch", "onnxruntime")),
    ],
)
def test_what_importing_them_loads(modules: tuple[str, ...], never: tuple[str, ...]) -> None:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & set(never)
