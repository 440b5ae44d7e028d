"""The inspector's page: one file that fetches nothing, its data the level's, whoever wrote the network."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator.dream.loading import asset, load_generator
from generator.inspect.index_file import index_of
from generator.inspect.novelty import describe
from generator.inspect.page import inspect_page
from generator.level.codes import CastleCode, encode
from generator.levels import main
from generator.nes.roles import BASE_ROLES, TILE, Role
from generator.stream import Built
from tests.drawn.levels import built, rooms_level


class Reader(HTMLParser):
    """Collects what a browser would fetch, and checks that every element that is opened is closed."""

    VOID = frozenset({"meta", "img", "input", "br", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sources: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        told = dict(attrs)
        self.sources += [told[name] or "" for name in ("src", "href", "srcset") if name in told]
        self.ids += [told["id"] or ""] if "id" in told else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert not reader.open
    return reader


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def some(**changes: object) -> Built:
    """A level of several rooms, with two dreams."""
    return Built(dataclasses.replace(rooms_level(), **changes), built(11).dreams)  # type: ignore[arg-type]


def some_of_provenance(provenance: np.ndarray) -> Built:
    """The same, its tiles of this provenance, [T, 4]."""
    return some(bank=dataclasses.replace(rooms_level().bank, provenance=provenance))


def test_nothing_is_fetched_and_every_id_is_there_once() -> None:
    page = inspect_page(some(), index_of(None, ""))
    reader = read(page)
    assert reader.sources and all(source.startswith("data:image/png;base64,") for source in reader.sources)
    assert "http" not in page.replace(encode(CastleCode(0)), "")
    assert len(reader.ids) == len(set(reader.ids))
    asked = set(re.findall(r'byId\("([a-z]+)"\)', page))
    assert asked <= set(reader.ids), "the script asks for what the page has"


def test_the_rooms_are_pictures_without_any_script() -> None:
    level = rooms_level()
    reader = read(inspect_page(some(), None))
    pictures = [Image.open(io.BytesIO(base64.b64decode(s.partition(",")[2]))) for s in reader.sources]
    sizes = [picture.size for picture in pictures]
    assert [(w * TILE, h * TILE) for _, _, w, h in level.rooms] == sizes[1 : 1 + len(level.rooms)]
    assert sizes[0] == (len(level.bank) * TILE, TILE)


def test_the_data_are_the_level_s() -> None:
    given = some()
    level = given.level
    data = data_of(inspect_page(given, index_of(None, "")))
    assert len(data["rooms"]) == len(level.rooms) and len(data["tiles"]) == len(level.bank)
    for (x, y, w, h), room in zip(level.rooms, data["rooms"], strict=True):
        assert room["roles"] == level.roles[y : y + h, x : x + w].ravel().tolist()
        front = level.tiles[y : y + h, x : x + w].ravel()
        seen = np.array(room["seen"])
        assert (seen[front >= 0] == front[front >= 0]).all()
        assert len(room["layers"]) == w * h
    tile = data["tiles"][Role.SPIKES]
    assert tile["role"] == "spikes" and tile["quality"] == "100%"
    assert len(tile["near"]) == 16 and float(tile["distance"]) >= 0


def test_a_z_seed_survives_javascript() -> None:
    level = rooms_level()
    provenance = level.bank.provenance.copy()
    provenance[3, 0] = 2**63 - 1
    tile = data_of(inspect_page(some_of_provenance(provenance), None))["tiles"][3]
    assert tile["z"] == f"{2**63 - 1} (7FFFFFFFFFFFFFFF)"


def test_tiles_that_nobody_dreamed() -> None:
    provenance = np.full((BASE_ROLES, 4), -1)
    data = data_of(inspect_page(some_of_provenance(provenance), None))
    assert data["dreams"] == [] and data["tiles"][0]["z"] == "none"


def test_what_a_stranger_wrote_is_text() -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    given = some(network=nasty, mode="castle")
    page = inspect_page(given, None, why_none=nasty, credit=nasty)
    assert "alert(1)</script>" not in page and "<img src=x" not in page
    assert page.count("<script") == 2
    read(page)


def test_without_an_index_the_page_says_why() -> None:
    page = inspect_page(some(), None, why_none="my.tiles.npz: no index")
    assert "my.tiles.npz: no index" in page
    assert {tile["word"] for tile in data_of(page)["tiles"]} == {"not known"}


def test_borrowed_tiles_are_told() -> None:
    words = "dreamed nothing legible: the tiles are of the network that ships"
    assert words in inspect_page(some(substitute=True), None) and words not in inspect_page(some(), None)


# The command.


def test_the_command_writes_a_page(
    network_options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.html"
    assert main(["--inspect", "--seed", "11", "--out", str(out), *network_options]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(out)
    assert "no index for this network" in said.err and said.err.count("\n") == 1
    page = out.read_text("utf-8")
    assert "Castle 11, stage 1" in page and encode(CastleCode(11)) in page
    assert data_of(page)["dreams"], "its dreams are in it"
    assert "not known: no index." in page and str(tmp_path) not in page
    read(page)


def test_the_command_takes_a_code(network_options: list[str], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    code = encode(CastleCode(4, "endless", art=1))
    assert main(["--inspect", "--code", code, "--out", str(out), *network_options]) == 0
    assert code in out.read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--seeds", "1-2", "--out", "x.html"],
        ["--seed", "1"],
        ["--seed", "1", "--out", "x.html", "--tmx", "x"],
    ],
)
def test_one_stage_and_one_page(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inspect", *arguments]) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("error: --inspect") and "\n" not in error


def test_a_page_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inspect", "--seed", "1", "--out", str(tmp_path / "no" / "page.html")]) == 2
    assert "choose another --out" in capsys.readouterr().err


def test_the_shipped_network_s_tiles_are_judged() -> None:
    index = index_of(None, load_generator(asset("dream.onnx")).sha256)
    given = some()
    word = data_of(inspect_page(given, index))["tiles"][Role.GROUND_TOP]["word"]
    assert word in {"a near copy", "nearer than usual", "as new as any", "plain: anybody's"}
    assert describe(given.level.bank.pixels).shape == (BASE_ROLES, 48)
