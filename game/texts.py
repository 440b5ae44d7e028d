"""All that the game says on its screen, by name. The words are in one file a language.

`assets/texts/en.toml` is the language that ships. Another file beside it with the same names is another
language; its letters have to be in `assets/font.txt`.
"""

from __future__ import annotations

import string
import tomllib
from functools import cache
from pathlib import Path

from generator.errors import GanvaniaError

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "texts"
LANGUAGE = "en"


class TextError(GanvaniaError):
    """A file of texts that cannot be used; one line that names it and what is missing."""


def text(name: str, /, **values: object) -> str:
    """What is called `name`, such as "pause.resume", with values in the places that it has for them.

    Names of keys in braces, such as {jump}, are left for `places.with_keys`. Raises TextError for a name that
    the file does not have.
    """
    found = texts().get(name)
    if found is None:
        raise TextError(f"{FOLDER / f'{LANGUAGE}.toml'}: there is no '{name}'; add it")
    return _Places().vformat(found, (), values) if values else found


@cache
def texts(language: str = LANGUAGE) -> dict[str, str]:
    """All texts of a language by name. Raises TextError for a file that cannot be used."""
    path = FOLDER / f"{language}.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TextError(f"{path}: {error}; restore the file from the repository") from None
    return {f"{group}.{name}": str(value) for group, names in told.items() for name, value in names.items()}


class _Places(string.Formatter):
    """Fills the places that there are values for; leaves the others as they are."""

    def get_value(self, key: int | str, args: object, kwargs: object) -> object:
        assert isinstance(kwargs, dict)
        return kwargs.get(key, f"{{{key}}}")
