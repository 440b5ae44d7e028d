"""How a judgement is told: as a table, as JSON, and as an HTML page that needs no other file."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment
from numpy.typing import NDArray

from ..files import write_file, write_json
from ..pictures import indexed, png

_TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ title }}</title><style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #8886; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
figure { display: inline-block; margin: .25rem; font-size: .8rem; }
img { image-rendering: pixelated; max-width: 100%; display: block; }
</style></head><body><h1>{{ title }}</h1>
{% for section in sections %}<h2>{{ section.heading }}</h2>
{% for line in section.text %}<p>{{ line }}</p>
{% endfor %}{% if section.table %}<table><tr>{% for name in section.table[0] %}<th>{{ name }}</th>{% endfor
%}</tr> {% for row in section.table[1:] %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr> {%
endfor %}</table>{% endif %} {% for figure in section.figures %}<figure><img src="{{ figure.source }}"
width="{{ figure.width }}" alt="{{ figure.caption }}"> <figcaption>{{ figure.caption
}}</figcaption></figure> {% endfor %}{% endfor %}</body></html>
"""

Table = tuple[tuple[str, ...], ...]
"""Rows of cells; the first row is the head."""


@dataclass(frozen=True)
class Figure:
    """A picture as a `data:` address, its width on the page in px, and its caption."""

    source: str
    width: int
    caption: str


@dataclass(frozen=True)
class Section:
    """A part of a page."""

    heading: str
    text: tuple[str, ...] = ()
    table: Table = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Report:
    """A judgement: its numbers for JSON and as an explained table, and sections with pictures."""

    name: str  # of its files
    title: str
    numbers: dict[str, Any]
    explained: tuple[str, ...]
    table: Table
    sections: tuple[Section, ...]

    def write(self, folder: Path) -> None:
        """Writes `NAME.json` and `NAME.html` into a folder. Raises WriteError."""
        write_json(folder / f"{self.name}.json", self.numbers)
        numbers = Section("Numbers", self.explained, self.table)
        write_file(folder / f"{self.name}.html", page(self.title, (numbers, *self.sections)))


def figure(indices: NDArray[np.uint8], caption: str, scale: int = 1) -> Figure:
    """Palette indices uint8[h, w], shown `scale` times as large."""
    data = base64.b64encode(png(indexed(indices))).decode("ascii")
    return Figure(f"data:image/png;base64,{data}", indices.shape[1] * scale, caption)


def page(title: str, sections: tuple[Section, ...]) -> str:
    """An HTML page; all text in it is escaped."""
    return Environment(autoescape=True).from_string(_TEMPLATE).render(title=title, sections=sections)


def as_text(table: Table) -> str:
    """A table for a terminal: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = []
    for first, *others in table:
        cells = [first.ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
