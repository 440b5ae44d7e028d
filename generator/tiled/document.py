"""A stranger's XML, read with suspicion: no entities, no paths out of the folder, no number unchecked.

Whatever is wrong is a TiledError: one line that names the file, what is wrong and what to do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from ..level import LevelError
from .names import NOTHING, Known

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_FILE_BYTES = 1 << 23
"""Largest map, tileset or picture that is read; ours have 0.3 MB at most."""
MAX_TEXT = 1 << 14
"""Characters of a property, at most."""
_SHOWN = 40
"""Characters of a stranger's word that a message quotes, at most."""


class TiledError(LevelError):
    """A map of Tiled that cannot be used."""


def wrong(path: Path, what: str, to_do: str) -> TiledError:
    """The error to raise about a file."""
    return TiledError(f"{path}: {what}; {to_do}")


def quoted(word: str) -> str:
    """A stranger's word for a message, short and on one line."""
    return repr(word if len(word) <= _SHOWN else word[:_SHOWN] + "...")


def contents(path: Path) -> bytes:
    """A file's bytes. Raises TiledError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise wrong(path, f"cannot be read ({error.strerror})", "name a map that Tiled saved") from None
    if len(data) > MAX_FILE_BYTES:
        raise wrong(path, f"is larger than {MAX_FILE_BYTES >> 20} MB", "make it smaller")
    return data


def beside(path: Path, source: str, what: str, root: Path | None = None) -> Path:
    """The file that another one names, which must lie in its folder, or in `root`. Raises TiledError."""
    named = f"names its {what} {quoted(source)}"
    folder = path.parent.resolve()
    within = folder if root is None else root.resolve()
    to_do = f"copy it into {path.parent} and mend the path in Tiled"
    if not source or "\0" in source or PureWindowsPath(source).drive:
        raise wrong(path, f"{named}, which is no path inside its folder", to_do)
    try:
        found = (folder / source).resolve()
        there = found.is_file()
    except (OSError, RuntimeError):  # a loop of links, a name that is too long
        raise wrong(path, f"{named}, which leads nowhere", to_do) from None
    if not found.is_relative_to(within):
        raise wrong(path, f"{named}, which lies outside {'its folder' if root is None else root}", to_do)
    if not there:
        raise wrong(
            path, f"{named}, which is missing", f"put it into {path.parent}, or mend the path in Tiled"
        )
    return found


def document(path: Path, tag: str) -> Element:
    """The root element of an XML file. Raises TiledError."""
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring
    except ImportError:
        raise wrong(
            path, "maps of Tiled need the package defusedxml", "install it with: pip install defusedxml"
        ) from None
    data = contents(path)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise wrong(
            path, "declares a DOCTYPE or entities, as no file of Tiled does", "save it anew with Tiled"
        ) from None
    except Exception as error:  # a stranger's file: expat raises whatever it runs into
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise wrong(path, f"no XML that can be read ({why})", "save it with Tiled as .tmx or .tsx") from None
    if root.tag != tag:
        raise wrong(path, f"holds a {quoted(root.tag)} instead of a {tag}", "name a file that Tiled saved")
    return root


class Values:
    """Texts by name, read as numbers and words. Every method raises TiledError for what it cannot read."""

    def __init__(self, path: Path, where: str, texts: Mapping[str, str]) -> None:
        self.path, self.where = path, where
        self._texts = texts

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def text(self, name: str, default: str | float | None = None, *, most: int = 256) -> str:
        """At most `most` characters; without a default it must be there."""
        value = self._texts.get(name, None if default is None else str(default))
        if value is None:
            raise wrong(self.path, f"{self.where} has no {name!r}", "give it one in Tiled")
        if len(value) > most:
            raise wrong(self.path, f"{name!r} of {self.where} is too long", f"use at most {most} characters")
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        text = self.text(name, default, most=MAX_TEXT).strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 20 and low <= int(text) <= high):
            raise self._wrong(name, text, f"write a whole number from {low} to {high}")
        return int(text)

    def real(self, name: str, most: float, default: float | None = None) -> float:
        """A number from `-most` to `most`."""
        text = self.text(name, default, most=MAX_TEXT)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not abs(value) <= most:
            raise self._wrong(name, text, f"write a number from {-most:.0f} to {most:.0f}")
        return value

    def flag(self, name: str) -> bool:
        """Whether it is "true"; where it is missing, it is "false"."""
        text = self.text(name, "false")
        if text not in ("true", "false"):
            raise self._wrong(name, text, "write true or false")
        return text == "true"

    def _wrong(self, name: str, text: str, to_do: str) -> TiledError:
        return wrong(self.path, f"{name!r} of {self.where} is {quoted(text)}", to_do)


class Part:
    """An element, its attributes, and its properties, which must be known ones."""

    def __init__(self, path: Path, where: str, element: Element, known: Known = NOTHING) -> None:
        """Raises TiledError where it has properties that are not known."""
        self.path, self.where, self.element = path, where, element
        self.attributes = Values(path, where, element.attrib)
        self.properties = Values(path, where, self._properties(known))

    def wrong(self, what: str, to_do: str) -> TiledError:
        """The error to raise: `what` follows the element's name."""
        return wrong(self.path, f"{self.where} {what}", to_do)

    def _properties(self, known: Known) -> dict[str, str]:
        found = {}
        for element in self.element.iterfind("properties/property"):
            name = element.get("name", "")
            if name not in known:
                names = f"it can have {', '.join(known)}" if known else "it can have none"
                raise self.wrong(f"has the unknown property {quoted(name)}", f"delete it; {names}")
            found[name] = element.get("value", element.text or "")
        return found
