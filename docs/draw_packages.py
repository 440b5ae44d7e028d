"""Draws the packages and who imports whom, from the imports themselves: docs/pictures/packages.png.

    python docs/draw_packages.py [--out docs/pictures/packages.svg]

An arrow goes from a package to one that it imports; one that follows from two others is left out. Needs grimp
(the extra `test`) and Graphviz's `dot`.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

import grimp

TOPS = {"game": "#e7eef7", "training": "#eef5e4", "generator": "#f8efe0"}
"""The folders of the checkout, and the colour that each is drawn on."""
HERE = Path(__file__).resolve().parent

Arrows = dict[str, set[str]]
"""By the package that imports: those that it imports."""


def arrows_of(graph: grimp.ImportGraph, top: str) -> Arrows:
    """The imports between the packages of one folder; files at its root count as packages."""
    units = sorted(graph.find_children(top))
    return {
        unit: {
            other
            for other in units
            if other != unit and graph.direct_import_exists(importer=unit, imported=other, as_packages=True)
        }
        for unit in units
    }


def reduced(arrows: Arrows) -> Arrows:
    """The same without arrows that two others lead along."""

    def reached(unit: str) -> set[str]:
        return arrows[unit].union(*(reached(other) for other in arrows[unit]))

    return {
        unit: {other for other in others if not any(other in reached(third) for third in others)}
        for unit, others in arrows.items()
    }


def as_dot(graph: grimp.ImportGraph) -> str:
    """The picture in Graphviz's language."""
    lines = [
        "digraph {",
        "compound=true; rankdir=TB; nodesep=0.25; ranksep=0.45; newrank=true; fontname=Helvetica; dpi=110;",
        'node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica];',
        "node [fontsize=11, height=0.3];",
        'edge [color="#555555", arrowsize=0.6];',
    ]
    for top, colour in TOPS.items():
        lines.append(
            f'subgraph "cluster_{top}" {{ label="{top}/"; style=filled; color="{colour}"; fontsize=16;'
        )
        arrows = reduced(arrows_of(graph, top))
        for unit, others in arrows.items():
            is_file = not graph.find_children(unit)
            lines.append(f'"{unit}" [label="{unit.split(".")[1]}"{", color=gray" if is_file else ""}];')
            lines += [f'"{unit}" -> "{other}";' for other in sorted(others)]
        lines.append("}")
    # One arrow stands for all between two folders.
    for top in ("game", "training"):
        lines.append(
            f'"{top}.__main__" -> "generator.__main__" [ltail="cluster_{top}", lhead="cluster_generator",'
            " style=bold, minlen=8];"
        )
    return "\n".join([*lines, "}"])


def main() -> int:
    """Draws; the ending of --out says as what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE / "pictures" / "packages.png", metavar="FILE")
    out: Path = parser.parse_args().out
    graph = grimp.build_graph(*TOPS, exclude_type_checking_imports=True, cache_dir=None)
    command = ["dot", f"-T{out.suffix[1:]}", "-o", str(out)]
    subprocess.run(command, input=as_dot(graph), text=True, check=True)
    print(out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
