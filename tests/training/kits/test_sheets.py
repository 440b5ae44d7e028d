"""Kits out of a stranger's tile sets: how sheets are cut, what their cells are good for, what is left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generator.nes.cells import colour_counts, cut
from generator.nes.roles import Role
from generator.rng import mix
from tests.drawn.pictures import console_picture
from training.__main__ import main
from training.collect import Mix, collect
from training.errors import TrainingError
from training.kits.kits import kit_game
from training.kits.motifs import masonry_of, sheet_kits, things_of
from training.kits.shades import lightness_of, ranked
from training.kits.sheets import Cutting, Sheet, cutting_of, read_sheets, read_tsx
from training.painter import materials, paint_game

pytestmark = pytest.mark.slow

GREYS = np.array((0, 90, 160, 240), np.uint8)
"""Lightness that shades are drawn in: different, and in their order."""


def drawn(shades: NDArray[np.uint8], times: int = 1) -> NDArray[np.uint8]:
    """Shades as opaque RGBA, each pixel so many times as large."""
    grey = np.kron(GREYS[shades], np.ones((times, times), np.uint8))
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


def brick(seed: int) -> NDArray[np.uint8]:
    """Masonry of one cell, uint8[16, 16], none of it transparent."""
    return np.maximum(materials.hewn(np.random.default_rng(seed)), 1)


def sheet_of(
    cells: list[list[NDArray[np.uint8] | None]], side: int, spacing: int, margin: int
) -> Image.Image:
    """Cells laid out with lines between them; None is transparent."""
    rows, columns = len(cells), len(cells[0])
    shape = [2 * margin + count * (side + spacing) - spacing for count in (rows, columns)]
    picture = np.zeros((*shape, 4), np.uint8)
    for row, column in np.ndindex(rows, columns):
        cell = cells[row][column]
        if cell is not None:
            y, x = (margin + at * (side + spacing) for at in (row, column))
            picture[y : y + side, x : x + side] = cell
    return Image.fromarray(picture)


@pytest.mark.parametrize(("side", "times"), [(16, 1), (32, 2)])
@pytest.mark.parametrize(("spacing", "margin"), [(0, 0), (1, 0), (1, 1), (2, 2)])
def test_cells_come_out_whatever_a_sheet_s_lines(
    side: int, times: int, spacing: int, margin: int, tmp_path: Path
) -> None:
    walls = [brick(seed) for seed in range(12)]  # eight are different
    cells: list[list[NDArray[np.uint8] | None]] = [
        [drawn(walls[4 * row + column], times) for column in range(4)] for row in range(3)
    ]
    picture = sheet_of(cells, side, spacing, margin)
    assert cutting_of(lightness_of(np.asarray(picture))) == Cutting(side, spacing, margin)
    picture.save(tmp_path / "walls.png")
    (sheet,), left_out = read_sheets([str(tmp_path)])
    assert sheet.cells.shape == (3, 4, 16, 16) and not left_out
    assert np.allclose(sheet.cells[2, 3], GREYS[walls[11]])
    patterns = {ranked(each.fill).tobytes() for each in masonry_of(sheet)}
    assert patterns == {ranked(GREYS[wall].astype(np.float32)).tobytes() for wall in walls}


def test_cells_of_8_px_are_used_together_and_one_by_one(tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    small = [drawn(dice.integers(0, 4, (8, 8)).astype(np.uint8)) for _ in range(8)]
    sheet_of([list(small[:4]), list(small[4:])], 8, 1, 0).save(tmp_path / "a.png")
    together, one_by_one = read_sheets([str(tmp_path / "a.png")])[0]
    assert together.cells.shape == (1, 2, 16, 16) and one_by_one.cells.shape == (8, 1, 16, 16)
    assert np.allclose(one_by_one.cells[0, 0], np.tile(small[0][..., 0], (2, 2)))


def test_pictures_of_one_cell_in_a_folder_are_one_sheet(tmp_path: Path) -> None:
    for seed in range(5):
        Image.fromarray(drawn(brick(seed), 2)).save(tmp_path / f"{seed}.png")
    (sheet,), _ = read_sheets([str(tmp_path)])
    assert sheet.alone and sheet.cells.shape == (5, 1, 16, 16)


def test_a_loud_colour_in_all_corners_is_transparent(tmp_path: Path) -> None:
    picture = np.full((48, 48, 3), (255, 0, 255), np.uint8)
    picture[16:32, 16:32] = drawn(brick(1))[..., :3]
    Image.fromarray(picture).save(tmp_path / "a.png")
    ((sheet,), _) = read_sheets([str(tmp_path)])
    assert np.isfinite(sheet.cells).all((2, 3)).sum() == 1


def test_the_ground_s_edge_lies_above_what_it_is_the_edge_of() -> None:
    wall, other = brick(1), brick(2)
    grass = np.where(np.arange(16)[:, None] < 4, np.nan, GREYS[wall].astype(np.float32))
    cells = np.full((4, 2, 16, 16), np.nan, np.float32)
    cells[1, 0], cells[2, 0], cells[3, 1] = grass, GREYS[wall], GREYS[other]
    found = {ranked(each.fill).tobytes(): each.top for each in masonry_of(Sheet("", "", cells))}
    top = found[ranked(GREYS[wall].astype(np.float32)).tobytes()]
    assert top is not None and np.array_equal(top, grass, equal_nan=True)
    assert found[ranked(GREYS[other].astype(np.float32)).tobytes()] is None


def test_a_block_of_four_cells_that_belong_together_is_one_pattern() -> None:
    block = GREYS[materials.rubble(np.random.default_rng(3), 32, 3)].astype(np.float32)
    cells = block.reshape(2, 16, 2, 16).swapaxes(1, 2)
    (found,) = masonry_of(Sheet("", "", cells))
    assert np.array_equal(found.fill, block)


def test_what_cannot_stand_beside_itself_is_no_masonry() -> None:
    y, x = np.mgrid[0:16, 0:16]
    corner = np.where(x * x + y * y < 140, 240, 0).astype(np.float32)
    assert not masonry_of(Sheet("", "", corner[None, None]))
    plain = np.full((1, 1, 16, 16), 120, np.float32)
    assert not masonry_of(Sheet("", "", plain))


def test_things_become_what_the_role_network_takes_them_for() -> None:
    statue = paint_game(11).motifs["statue"]
    cells = np.full((6, 6, 16, 16), np.nan, np.float32)
    whole = cells.swapaxes(1, 2).reshape(96, 96)
    height, width = statue.shape
    whole[16 : 16 + height, 16 : 16 + width] = np.where(statue > 0, GREYS[statue % 4], np.nan)
    sheet = Sheet("", "", whole.reshape(6, 16, 6, 16).swapaxes(1, 2))
    found = things_of(sheet)
    assert found.keys() == {"statue"}
    assert found["statue"][0].shape == (height, width)


def test_a_tile_set_of_tiled_says_how_it_is_cut(tmp_path: Path) -> None:
    cells: list[list[NDArray[np.uint8] | None]] = [[drawn(brick(row), 2)] * 2 for row in range(2)]
    (tmp_path / "pictures").mkdir()
    sheet_of(cells, 32, 0, 0).save(tmp_path / "pictures" / "a.png")
    said = (
        '<tileset tilewidth="{}" tileheight="{}" spacing="0"><properties><property name="mine"/></properties>'
    )
    image = '<image source="{}"/></tileset>'
    tsx = tmp_path / "a.tsx"
    tsx.write_text(said.format(16, 16) + image.format("pictures/a.png"))
    assert read_tsx(tsx, tmp_path) == {tmp_path / "pictures" / "a.png": Cutting(16)}
    for given in (tmp_path, tsx):
        (sheet,), left_out = read_sheets([str(given)])
        assert sheet.cells.shape == (4, 4, 16, 16) and not left_out, "16, though it looks like 32"
    for text, wrong in (
        (said.format(24, 24) + image.format("pictures/a.png"), "has tiles of 24x24 px"),
        (said.format(16, 16) + image.format("../secret.png"), "which lies outside"),
        (said.format(16, 16) + image.format("a" * 9000 + ".png"), "which leads nowhere"),
        (
            said.format(16, 16).replace('spacing="0"', 'margin="99"') + image.format("pictures/a.png"),
            "no whole cell",
        ),
        ("<map/>", "instead of a tileset"),
        ("nothing", "no XML"),
    ):
        tsx.write_text(text)
        ((left,),) = (read_sheets([str(tsx)])[1],)
        assert wrong in left.reason and Path(left.name).stem == "a"


def test_a_corpus_of_ones_own_tiles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiles = tmp_path / "tiles"
    tiles.mkdir()
    walls: list[list[NDArray[np.uint8] | None]] = [
        [
            drawn(np.maximum(materials.solid(np.random.default_rng(8 * row + n))[:16, :16], 1))
            for n in range(8)
        ]
        for row in range(9)
    ]
    sheet_of(walls, 16, 0, 0).save(tiles / "walls.png")
    (tiles / "notes.txt").write_text("mine")
    out = tmp_path / "c"
    assert main(["corpus", "--tiles", str(tiles), "--kits", "12", "--out", str(out), "--processes", "1"]) == 0
    assert "12 screens of" in capsys.readouterr().out
    assert "notes.txt\tnot a picture's name" in (out / "tiles-left-out.tsv").read_text()
    corpus = collect(out, Mix(tiles=(str(tiles),), kits=12), processes=1)
    assert {(source.kind, source.licence) for source in corpus.sources} == {("kit", "unknown")}
    assert [source.held_out for source in corpus.sources].index(True) == 7 and len(corpus.sources) < 16
    assert corpus.roles.max() <= max(Role)
    cells = np.concatenate([cut(screen).reshape(-1, 16, 16) for screen in corpus.screens])
    assert colour_counts(cells).max() <= 4
    kit = sheet_kits([str(tiles)], tmp_path / "list.tsv")[0]
    game = kit_game(kit, mix(1, 0))
    assert any(np.array_equal(game.motifs["fill"], option) for option in kit.motifs["fill"])


def test_what_is_no_tile_set_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TrainingError, match="nowhere: no such folder"):
        read_sheets(["nowhere"])
    (tmp_path / "a.png").write_bytes(b"no picture")
    Image.new("RGBA", (3, 1)).save(tmp_path / "b.png")
    command = ["corpus", "--tiles", str(tmp_path), "--out", str(tmp_path / "c"), "--processes", "1"]
    assert main(command) == 2
    error = capsys.readouterr().err
    assert "no usable tile set" in error and error.count("\n") == 1
    listed = (tmp_path / "c" / "tiles-left-out.tsv").read_text()
    assert "a.png\tno picture" in listed and "b.png\ttoo small: 3x1 px" in listed


def test_small_screenshots_are_told_where_tile_sets_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(console_picture(1)[:64, :64]).save(tmp_path / "a.png")
    given = str(tmp_path / "a.png")
    assert main(["corpus", "--screens", given, "--out", str(tmp_path / "c"), "--processes", "1"]) == 2
    assert "--tiles" in capsys.readouterr().err
