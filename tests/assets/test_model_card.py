"""The model card says what the files say of themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.dream.loading import load_generator, load_roles

ASSETS = Path(__file__).parents[2] / "assets"


def rows(name: str) -> dict[str, str]:
    """The table of one file's section."""
    card = (ASSETS / "MODEL_CARD.md").read_text("utf-8")
    section = card.partition(f"## {name}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| ([a-z0-9_]+) \| (.+) \|$", section, re.MULTILINE))


@pytest.mark.parametrize(("name", "load"), [("dream.onnx", load_generator), ("roles.onnx", load_roles)])
def test_the_card_is_of_the_file(name: str, load: object) -> None:
    metadata = load(ASSETS / name).metadata  # type: ignore[operator]  # one of two loaders
    told = rows(name)
    for key in ("images_seen", "corpus_sha256", "licence", "credits"):
        assert told[key] == metadata[key], key
