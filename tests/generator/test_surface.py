"""What a game maker sees of the plugin: its names, its version, and what help() says."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

import generator
from generator.command_line import own_name

NAMES = {
    "Bank": "generator.tiles.bank",
    "Built": "generator.stream.key",
    "Constraints": "generator.constraints",
    "Dreamer": "generator.dreamer",
    "Dressed": "generator.look.own",
    "GanvaniaError": "generator.errors",
    "Level": "generator.level.level",
    "LevelError": "generator.level.level",
    "LevelKey": "generator.stream.key",
    "LevelStream": "generator.stream.stream",
    "Motion": "generator.motion.numbers",
    "Role": "generator.nes.roles",
    "Spawn": "generator.level.level",
    "Style": "generator.style.style",
    "build_level": "generator.stream.build",
    "freeze_support": "generator.stream.process",
    "load_motion": "generator.motion.load",
}
"""The names that games are written with, and where each is defined. They stay: see docs/PLUGIN.md."""
MODULES = {
    "godot": "generator.adapters.godot",
    "ldtk": "generator.adapters.ldtk",
    "pygame_util": "generator.adapters.pygame_util",
    "sheets": "generator.adapters.sheets",
    "tiled": "generator.tiled",
}
"""Modules that are handed on as they are."""
NEEDS = {"pygame_util": {"pygame"}}
"""What a name loads though others must not."""


def test_these_are_the_names() -> None:
    assert set(generator.__all__) == {*NAMES, *MODULES, "__version__"}
    assert generator.__all__ == sorted(generator.__all__)
    assert set(generator.__all__) <= set(dir(generator))
    for name, home in NAMES.items():
        assert getattr(generator, name).__module__ == home, name
    for name, home in MODULES.items():
        assert getattr(generator, name).__name__ == home, name


def test_what_a_hero_is_written_with_is_promised_too() -> None:
    """docs/PLUGIN.md, Promises, names them beside `__all__`."""
    from generator import motion, proof

    promised = {"Body", "Button", "FreeMotion", "OwnMotion", "Posture", "spawn", "step"}
    assert promised <= set(motion.__all__) and "replay" in proof.__all__
    page = (Path(__file__).parents[2] / "docs" / "PLUGIN.md").read_text("utf-8").split("## Promises")[1]
    assert all(f"`{name}`" in page for name in {*promised, "replay"})


def test_they_can_all_be_had_at_once_and_no_others() -> None:
    had: dict[str, object] = {}
    exec("from generator import *", had)  # noqa: S102 - that is what is tested
    assert set(generator.__all__) <= set(had)
    with pytest.raises(AttributeError, match="no attribute 'Castle'"):
        _ = generator.Castle  # type: ignore[attr-defined]
    with pytest.raises(ImportError, match="Castle"):
        exec("from generator import Castle", {})  # noqa: S102


def test_a_name_loads_no_more_than_it_needs() -> None:
    """Each in an interpreter of its own: no window, no runtime, no training."""
    for name in generator.__all__:
        code = f"import generator, sys; generator.{name}; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        loaded = {module.split(".")[0] for module in done.stdout.split()}
        never = {"pygame", "torch", "onnxruntime", "game", "training"} - NEEDS.get(name, set())
        assert not loaded & never, name


def test_every_package_says_what_is_public() -> None:
    packages = [generator.__name__]
    for found in pkgutil.walk_packages(generator.__path__, "generator."):
        packages += [found.name] if found.ispkg else []
    assert len(packages) > 10
    for package in packages:
        module = importlib.import_module(package)
        public = importlib.import_module(package).__all__
        assert len(set(public)) == len(public), package
        for name in public:
            if not hasattr(module, name):  # a module of the package
                importlib.import_module(f"{package}.{name}")


def test_a_type_checker_reads_its_types() -> None:
    assert (Path(generator.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("value", ["Level", "Bank", "Built", "LevelKey", "Spawn"])
def test_help_says_of_every_field_what_it_is(value: str) -> None:
    kind = getattr(generator, value)
    told = kind.__doc__
    names = kind._fields if hasattr(kind, "_fields") else [field.name for field in fields(kind)]
    for name in names:
        assert f"\n        {name}: " in told, f"{value}.{name}"


def test_help_gives_the_dtype_and_the_sides_of_every_array() -> None:
    from generator.level.level import GRIDS
    from generator.tiles.bank import BANK_ARRAYS

    for kind, arrays in ((generator.Level, GRIDS), (generator.Bank, BANK_ARRAYS)):
        for name, stored in arrays.items():
            assert f"{name}: {np.dtype(stored.dtype).name}[" in (kind.__doc__ or ""), name


def test_a_command_speaks_of_itself_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    for started, name, said in (
        ("/x/ganvania/__main__.py", "ganvania levels", "python -m ganvania levels"),
        ("/bin/ganvania", "ganvania levels", "ganvania levels"),
        ("/x/generator/__main__.py", "python -m generator", "python -m generator"),
    ):
        monkeypatch.setattr(sys, "argv", [started])
        assert own_name(name) == said
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["/games/castles"])
    assert own_name("python -m game") == "castles"
