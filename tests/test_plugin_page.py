"""The page for game makers: what stands on it can be run as it stands there."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path
from typing import Any

import pygame
import pytest

from examples.__main__ import Watched
from generator import ldtk

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "PLUGIN.md").read_text("utf-8")
BLOCKS = [
    block.replace("ganvania.game", "game").replace("ganvania", "generator")
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.S)
]
OF_TWO_FILES = "from hero import"
"""The block that plays with the block before it: tests/generator/stream/test_own_hero.py runs both."""


MY_MAP = """<map version="1.10" orientation="orthogonal" width="6" height="4" tilewidth="8" tileheight="8">
 <tileset firstgid="1" name="blocks" tilewidth="8" tileheight="8" tilecount="8" columns="4">
  <image source="blocks.png" width="32" height="16"/><tile id="0" type="my_ladder"/>
 </tileset>
 <layer id="1" name="Walls" width="6" height="4"><data encoding="csv">
0,0,0,0,0,0,0,0,1,0,0,0,0,1,0,0,0,0,4,4,4,4,8,4</data></layer>
 <layer id="2" name="Sky" width="6" height="4"><data encoding="csv">
0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0</data></layer>
 <objectgroup id="3" name="Things"><object id="1" type="coin" x="8" y="8"><point/></object></objectgroup>
</map>"""
"""The game maker's own map that the page reads."""


def test_it_has_blocks() -> None:
    assert len(BLOCKS) > 12


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.strip().splitlines()[-1][:40])
def test_what_a_block_imports_is_there(block: str) -> None:
    for node in ast.walk(ast.parse(block)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("generator"):
            module = importlib.import_module(str(node.module))
            for alias in node.names:
                if not hasattr(module, alias.name):  # a module of a package
                    importlib.import_module(f"{node.module}.{alias.name}")


@pytest.mark.slow
def test_the_blocks_run_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one game, from the ten lines on: what a block leaves is there for the next."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pygame.display, "flip", Watched(pygame.display.flip, 1, None))
    camera = {"camera_x": 100, "camera_y": 0}
    game: dict[str, Any] = {"__name__": "page", **camera}
    for block in BLOCKS:
        if OF_TWO_FILES in block:
            continue
        if "my.ldtk" in block:
            ldtk.write(game["level"], tmp_path / "my.ldtk", rooms=False)
        if "my.tmx" in block:
            (tmp_path / "my.tmx").write_text(MY_MAP, "utf-8")
        exec(compile(block, "PLUGIN.md", "exec"), game)  # noqa: S102 - that is what is tested
    assert game["frames"][0].art == 0 and game["found"].roles.shape


def test_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    }
    links = re.findall(r"\]\(([^)\s]+)\)", PAGE)
    assert len(links) > 20
    for link in links:
        path, _, anchor = link.partition("#")
        if not path.startswith("http"):
            assert (ROOT / "docs" / path).exists(), link
        if anchor and not path:
            assert anchor in anchors, link
