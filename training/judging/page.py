"""One self-contained HTML page: text, tables and pictures inside, no script, nothing fetched."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jinja2 import Environment
from numpy.typing import NDArray
from PIL import Image

from generator.files import write_atomically
from generator.nes.palette import PALETTE_RGB

from ..errors import TrainingError

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


@dataclass(frozen=True)
class Figure:
    """A picture as a `data:` address, its width on the page in px, and its caption."""

    source: str
    width: int
    caption: str


@dataclass(frozen=True)
class Section:
    """A part of a page; the table's first row is its head."""

    heading: str
    text: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    figures: tuple[Figure, ...] = ()


def figure(indices: NDArray[np.uint8], caption: str = "", scale: int = 1) -> Figure:
    """Palette indices uint8[h, w], shown `scale` times as large."""
    picture = Image.fromarray(indices, mode="P")
    picture.putpalette(PALETTE_RGB.tobytes())
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return Figure(f"data:image/png;base64,{data}", indices.shape[1] * scale, caption)


def sheet(pictures: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """Palette indices uint8[n, h, w] side by side, uint8[rows * h, columns * w], black where one lacks."""
    count, height, width = pictures.shape
    rows = -(-count // columns)
    whole = np.full((rows * columns, height, width), 0x0F, np.uint8)
    whole[:count] = pictures
    grid = whole.reshape(rows, columns, height, width).swapaxes(1, 2)
    return grid.reshape(rows * height, columns * width)


def write_page(path: Path, title: str, sections: tuple[Section, ...]) -> None:
    """Raises TrainingError where the disk refuses."""
    html = Environment(autoescape=True).from_string(_TEMPLATE).render(title=title, sections=sections)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: file.write(html.encode("utf-8")))
    except OSError as error:
        raise TrainingError(f"{path}: cannot be written ({error.strerror}); choose another --out") from error
