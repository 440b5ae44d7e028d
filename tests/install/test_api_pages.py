"""The pages of the API can be built, and have every name that games are written with."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import generator
from tests.drawn.waiting import HANGS_S

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("pdoc") is None, reason="needs pdoc (the extra `docs`)")
def test_every_name_has_its_place_on_the_page(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "docs/build_api.py", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=HANGS_S,
    )  # fmt: skip
    page = Path(done.stdout.strip())
    text = page.read_text("utf-8")
    for name in generator.__all__:
        assert f'id="{name}"' in text, name
    assert "uint8[H, W]" in text and "generator." not in text, "it speaks of ganvania alone"


def test_without_pdoc_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import runpy, sys; sys.modules['pdoc'] = None; runpy.run_path(sys.argv[1], run_name='__main__')"
    page = [str(ROOT / "docs" / "build_api.py"), str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", code, *page], capture_output=True, text=True, check=False, timeout=HANGS_S
    )
    assert done.returncode == 2
    assert done.stderr == "error: pdoc is missing; install it with: pip install -e '.[docs]'\n"
