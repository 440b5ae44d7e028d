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
SIMULATION = (
    "game.boxes",
    "game.hero",
    "game.enemies",
    "game.items",
    "game.world",
    "game.bot",
    "game.replay",
    "game.phases",
    "game.route",
    "game.asking",
    "game.history",
    "game.share",
    "game.tally",
    "game.place",
    "game.session",
    "game.appearance",
)


def imported(path: Path) -> set[str]:
    """The top-level names of everything that a file imports, wherever in it; relative ones left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


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
        (SIMULATION, ("pygame", "torch", "onnxruntime", "training")),
        (("generator.level", "generator.proof"), ("pygame", "torch", "onnxruntime", "PIL")),
        (("generator.stream", "generator.build"), ("pygame", "torch", "onnxruntime")),
    ],
)
def test_what_importing_them_loads(modules: tuple[str, ...], never: tuple[str, ...]) -> None:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & set(never)
