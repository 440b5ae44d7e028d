"""The architecture page and CONTRIBUTING name files, functions and tables that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("docs/ARCHITECTURE.md", "CONTRIBUTING.md")
NAMED = re.compile(r"`((?:generator|game|training)/[\w/]+\.py)`, `([\w.]+)`(?:(?: and|,) `([\w.]+)`)?")
"""A file of a walk, and what it says of it: one function, or two."""


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`((?:generator|game|training|tests|benchmarks|install|docs)/[\w/.]*)`", text))
    assert len(named) > 10
    for name in sorted(named):
        assert (ROOT / name).exists(), f"{page} names {name}"


def test_functions_of_the_walks_are_in_their_files() -> None:
    named = NAMED.findall((ROOT / PAGES[0]).read_text("utf-8"))
    assert len(named) > 25
    for path, *names in named:
        source = (ROOT / path).read_text("utf-8")
        for name in filter(None, names):
            last = name.split(".")[-1]
            assert re.search(rf"^\s*(?:def|class) {last}\b|^{last}\b", source, re.MULTILINE), (path, name)


def test_tables_that_contributors_are_sent_to_exist() -> None:
    text = (ROOT / PAGES[1]).read_text("utf-8")
    code = "\n".join(
        path.read_text("utf-8")
        for top in ("generator", "game", "training", "tests")
        for path in (ROOT / top).rglob("*.py")
    )
    for name in re.findall(r"`([A-Z][A-Z_]{3,})`", text):
        assert re.search(rf"^{name}\b", code, re.MULTILINE), name
