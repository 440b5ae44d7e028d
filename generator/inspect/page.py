"""The inspector as one page of HTML that fetches nothing: a stage room by room, where its tiles came from,
how new they are, and the dreams.

page.html is its template. What comes from a network's file is untrusted text, and escaped.
"""

from __future__ import annotations

import base64
import html
import io
import json
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..dream.onnx_guard import printable
from ..level import Level
from ..level.codes import encode
from ..level.stamps import code_of
from ..nes.palette import PALETTE_RGB, to_rgb
from ..nes.roles import BASE, SCREEN_PX, TILE, Role
from ..stream import Built
from .facts import MARKS, facts, pointed, role_words, way
from .novelty import Nearest, TileIndex
from .sheet import render

WAY_EVERY_TICKS = 3
"""Ticks of the proof's way between two points that are drawn."""
CREDITS_LETTERS = 600
"""Letters of a network's credits that are shown, at most."""
LIGHT = 140
"""Mean of red, green and blue above which a swatch is written on in black."""


def inspect_page(built: Built, index: TileIndex | None, why_none: str = "", credit: str = "") -> str:
    """The page of one stage.

    Args:
        index: of the tiles that the network was trained on; None: `why_none` says in few words why it is
            missing.
        credit: whom the network names; untrusted.
    """
    level = built.level
    nearest = index.nearest(level.bank.pixels) if index is not None and len(level.bank) else None
    used = _used(level, len(built.dreams))
    data = {
        "roles": [
            {"name": role_words(role), "letter": letter, "colour": _css(tint)}
            for role, (letter, tint) in MARKS.items()
        ],
        "rooms": _rooms(level),
        "tiles": [_tile(level, number, index, nearest) for number in range(len(level.bank))],
        "dreams": [{"screen": screen, "cells": cells} for screen, cells in used.items()],
        "usual": f"{index.usual:.3f}" if index is not None else "",
    }
    title = f"Castle {level.seed}, stage {level.stage}"
    return Template(Path(__file__).with_suffix(".html").read_text("utf-8")).substitute(
        title=html.escape(title),
        about="".join(f"<p>{html.escape(line)}</p>" for line in _about(level, index, why_none)),
        credit=html.escape(f"Trained on: {printable(credit, CREDITS_LETTERS)}." if credit else ""),
        repairs=len(level.repairs),
        legend="".join(_legend(role) for role in BASE if MARKS[role][0] not in ("", "?")),
        rooms=_bank_picture(level) + "".join(_room_pictures(level)),
        dreams="".join(_dream_picture(built, screen, len(cells)) for screen, cells in used.items()),
        # Within <script> nothing but "</" can end the data; "<" is written so that it is never there.
        data=json.dumps(data, separators=(",", ":")).replace("<", "\\u003c"),
    )


def _about(level: Level, index: TileIndex | None, why_none: str) -> list[str]:
    try:
        code = encode(code_of(level))
    except ValueError:
        code = "none"
    lines = [
        f"Share code {code}. {len(level.rooms)} rooms, {len(level.bank)} tiles; the proof's way takes "
        f"{len(level.certificate) / 60:.0f} seconds. Network {level.network[:16] or 'unknown'}."
    ]
    if level.substitute:
        lines.append("This network dreamed nothing legible: the tiles are of the network that ships.")
    if index is not None:
        lines.append(
            f"How new: the distance of a tile to the nearest of the {index.tiles:,} different ones that the "
            "network was trained on, all blurred to 4x4 colours. Among themselves, game against game, these "
            f"are usually {index.usual:.3f} apart; {index.near:.3f} and less is a near copy."
        )
    elif why_none:
        lines.append(f"How new the tiles are is not known: {printable(why_none, CREDITS_LETTERS)}.")
    return lines


def _tile(level: Level, number: int, index: TileIndex | None, nearest: Nearest | None) -> dict[str, Any]:
    tile = facts(level, number)
    dreamed = tile.z_seed >= 0
    told: dict[str, Any] = {
        "number": number,
        "role": tile.name,
        "quality": f"{tile.quality:.0%}",
        # A z seed has 63 bits; a number of JavaScript holds 53.
        "z": f"{tile.z_seed} ({tile.z_seed:016X})" if dreamed else "none",
        "place": tile.origin if dreamed else "drawn by hand",
        "screen": tile.screen,
        "row": tile.row,
        "column": tile.column,
        "colours": [_swatch(colour) for colour in tile.colours],
        "word": "not known",
        "copy": False,
        "distance": "",
    }
    if index is None or nearest is None:
        return told
    distance, plain = float(nearest.distance[number]), bool(nearest.plain[number])
    told |= {
        "word": "plain: anybody's" if plain else index.word(distance),
        "copy": not plain and distance <= index.near,
        "distance": f"{distance:.3f}",
        "near": [_css(colour) for colour in index.blurred(int(nearest.number[number])).reshape(-1, 3)],
    }
    return told


def _swatch(colour: int) -> tuple[str, str, str]:
    """A palette index in hex digits, its colour, and the colour in which these digits can be read on it."""
    rgb = PALETTE_RGB[colour]
    return f"{colour:02X}", _css(rgb), "#000" if rgb.mean() > LIGHT else "#fff"


def _rooms(level: Level) -> list[dict[str, Any]]:
    """What is seen in each room, and the proof's way through it: a list of points for each stay, px."""
    stays: dict[int, list[list[list[int]]]] = defaultdict(list)
    for number, stay in groupby(enumerate(way(level)), key=lambda move: move[1].room):
        x, y, _, _ = level.rooms[number]
        points = [at for tick, at in stay if tick % WAY_EVERY_TICKS == 0]
        stays[number].append([[at.x_px - x * TILE, at.y_px - y * TILE] for at in points])
    found = []
    for number, (x, y, w, h) in enumerate(level.rooms):
        seen = [pointed(level, x + column, y + row) for row in range(h) for column in range(w)]
        found.append(
            {
                "x": x, "y": y, "w": w, "h": h,
                "roles": level.roles[y : y + h, x : x + w].ravel().tolist(),
                "seen": [-1 if there is None else there.number for there in seen],
                "layers": ["" if there is None else there.layer for there in seen],
                "way": [stay for stay in stays[number] if stay],
                "repairs": [(c - x, r - y) for c, r in level.repairs if x <= c < x + w and y <= r < y + h],
            }
        )  # fmt: skip
    return found


def _used(level: Level, dreams: int) -> dict[int, list[tuple[int, int]]]:
    """The cells of each dream that became tiles: row and column, by the dream's number."""
    used: dict[int, list[tuple[int, int]]] = {}
    for z_seed, screen, row, column in sorted(level.bank.provenance.tolist(), key=lambda place: place[1:]):
        if z_seed >= 0 and 0 <= screen < dreams:
            used.setdefault(screen, []).append((row, column))
    return used


def _room_pictures(level: Level) -> list[str]:
    whole = render(level)
    return [
        f'<figure><div class="room" id="room{number}" aria-label="room {number + 1}">'
        f'<img src="{_png(whole[y * TILE : (y + h) * TILE, x * TILE : (x + w) * TILE])}" '
        f'width="{w * TILE}" height="{h * TILE}" alt="room {number + 1}">'
        f'<canvas id="over{number}" width="{w * TILE}" height="{h * TILE}"></canvas></div>'
        f"<figcaption>Room {number + 1}</figcaption></figure>"
        for number, (x, y, w, h) in enumerate(level.rooms)
    ]


def _bank_picture(level: Level) -> str:
    """All tiles side by side, hidden; the page's panel enlarges them."""
    if not len(level.bank):
        return ""
    strip = to_rgb(np.concatenate(list(level.bank.pixels), axis=1))
    return f'<img id="bank" src="{_png(strip)}" alt="" hidden>'


def _dream_picture(built: Built, screen: int, tiles: int) -> str:
    words = f"dream {screen + 1}: {tiles} {'tile' if tiles == 1 else 'tiles'}"
    return (
        f'<figure><img id="dream{screen}" src="{_png(built.dreams[screen])}" width="{SCREEN_PX}" '
        f'height="{SCREEN_PX}" alt="{words}"><canvas id="cells{screen}" width="{SCREEN_PX}" '
        f'height="{SCREEN_PX}"></canvas><figcaption>{words}</figcaption></figure>'
    )


def _legend(role: Role) -> str:
    letter, tint = MARKS[role]
    return f'<span><b style="background:{_css(tint)}">{html.escape(letter)}</b>{role_words(role)}</span>'


def _css(colour: Any) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(int(channel) for channel in colour))


def _png(rgb: NDArray[np.uint8]) -> str:
    """A picture as an address that holds it whole."""
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
