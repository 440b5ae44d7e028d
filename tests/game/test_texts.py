"""What the game says: all of it is in one file, and nothing else says anything."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.screen.screens import BOX_LETTERS
from game.screen.sprites import SpriteSheet
from game.texts import TextError, text, texts
from game.world.weapons import WEAPONS
from generator.progress import KINDS

GAME = Path(__file__).resolve().parents[2] / "game"
SAID = re.compile(r"(?:[^a-z_{}]|\{\w*\})*[A-Z]{4}(?:[^a-z_{}]|\{\w*\})*")
"""Words in capitals, as the screen has them."""
NO_WORDS = {
    # names of keys in pygame, of the system's variables, of a module's table
    "SPACE", "BACKSPACE", "DELETE", "RETURN", "ESCAPE", "RIGHT", "LEFT", "DOWN", "DISPLAY", "ENEMIES",
    "VORBIS",
}  # fmt: skip
WRITTEN_BESIDE = {f"doing.{kind}" for kind in KINDS}
"""Names that are put together by what a worker tells."""


def strings() -> Iterator[tuple[Path, str]]:
    """The string constants of the game's modules, without docstrings and the names that they hand on; the
    command line has no screen."""
    for path in sorted(set(GAME.rglob("*.py")) - {GAME / "__main__.py"}):
        tree = ast.parse(path.read_text())
        bare = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                bare |= {name for name in ast.walk(node) if isinstance(name, ast.Constant)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in bare:
                yield path, node.value


def test_nothing_is_said_but_out_of_the_file() -> None:
    said = {words for _, words in strings() if SAID.fullmatch(words)}
    assert said <= NO_WORDS


def test_every_name_that_is_asked_for_is_there_and_every_text_is_asked_for() -> None:
    known = texts()
    groups = "|".join({name.split(".")[0] for name in known})
    words = {words for _, words in strings()} - {"options.json"}
    asked = {name for name in words if re.fullmatch(rf"({groups})\.[a-z0-9_]+", name)}
    assert asked <= set(known)
    beginnings = {name for name in words if re.fullmatch(rf"({groups})\.[a-z_]*", name)}
    unasked = {
        name
        for name in set(known) - asked - WRITTEN_BESIDE
        if not any(name.startswith(b) for b in beginnings)
    }
    assert unasked == set()


def test_the_font_has_every_letter_and_every_line_fits() -> None:
    font = SpriteSheet.load().font
    for name, words in texts().items():
        bare = re.sub(r"\{[^}]*\}", "0", words).upper()
        assert set(bare) - {" "} <= set(font), name
        assert len(re.sub(r"\{[^}]*\}", "", words)) <= BOX_LETTERS + 2, name


def test_values_are_filled_in_and_names_of_keys_are_left() -> None:
    assert text("card.stage", stage=3) == "STAGE 03"
    assert text("doing.of", what="A", number=2, of=7) == "A 2 OF 7"
    assert "{jump}" in text("help.jump")


def test_a_missing_text_is_named() -> None:
    with pytest.raises(TextError, match=r"en\.toml: there is no 'pause.sing'"):
        text("pause.sing")
    with pytest.raises(TextError, match=r"xx\.toml"):
        texts("xx")


@pytest.mark.parametrize("weapon", WEAPONS)
def test_every_weapon_is_called_something(weapon: str) -> None:
    assert text(f"won.{weapon}")
