"""How new a tile is: copies are near, noise is far, the shortcut finds what a full search finds, and an index
that is missing, damaged or another network's is told in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from generator.dream.loading import asset, load_generator
from generator.dream.onnx_guard import metadata
from generator.inspect.index_file import SUFFIX, NoveltyError, index_of, index_path, load_index, to_arrays
from generator.inspect.novelty import BLOCK, PARTS, STEPS, TileIndex, describe, is_plain, search
from generator.nes.palette import BLACK, CANONICAL, PALETTE_RGB
from tests.drawn import onnx_files
from tests.drawn.tiny_corpus import tiny_corpus
from training.__main__ import main
from training.collect import Mix, collect
from training.judging.originality import patterned_tiles
from training.judging.tile_index import make_index, write_index
from training.painter import paint_game, paint_screen

LARGEST_SHIPPED_BYTES = 6 << 20


def painted(*games: int) -> NDArray[np.uint8]:
    """The patterned tiles of two screens of each of these games."""
    screens = [paint_screen(paint_game(game), number)[0] for game in games for number in range(2)]
    return patterned_tiles(np.stack(screens))


def index_of_tiles(tiles: NDArray[np.uint8], corpus: str = "0" * 64) -> TileIndex:
    codes = np.rint(describe(tiles)).astype(np.int8)
    return TileIndex(codes, corpus, len(tiles), usual=0.03, near=0.003)


def test_a_copy_is_near_and_noise_is_far() -> None:
    tiles = painted(1, 2)
    index = index_of_tiles(tiles)
    found = index.nearest(tiles[::5])
    # Half a step of each of three coordinates, at most.
    assert found.distance.max() <= np.sqrt(3) / 2 / STEPS
    assert {index.word(float(d)) for d in found.distance if d <= index.near} == {"a near copy"}
    noise = CANONICAL[np.random.default_rng(0).integers(0, len(CANONICAL), (9, 16, 16))].astype(np.uint8)
    assert index.nearest(noise).distance.min() > index.usual
    assert index.word(float(index.nearest(noise).distance[0])) == "as new as any"


def test_the_shortcut_finds_what_a_full_search_finds() -> None:
    codes = np.rint(describe(painted(*range(20, 30)))).astype(np.int8)
    queries = describe(painted(50, 51)[::7])
    distance, place = search(codes, queries)
    for found, at, query in zip(distance, place, queries, strict=True):
        parts = np.sqrt(((codes - query).reshape(-1, PARTS, 3) ** 2).sum(2)).mean(1) / STEPS
        assert found == pytest.approx(parts[at], abs=1e-5)
        assert found <= 1.1 * parts.min() + 1e-5


def test_a_source_can_be_barred() -> None:
    codes = np.rint(describe(painted(1, 2))).astype(np.int8)
    source = np.arange(len(codes)) % 2
    some = np.arange(0, len(codes), 11)
    _, place = search(codes, codes[some].astype(np.float32), barred=(source, source[some]))
    assert (source[place] != source[some]).all()
    alone, _ = search(codes[:3], codes[:1].astype(np.float32), barred=(np.zeros(3, int), np.zeros(1, int)))
    assert np.isinf(alone).all(), "nothing is left to be near to"


def test_an_index_may_be_smaller_than_a_block() -> None:
    tiles = painted(1)[: BLOCK // 2]
    assert index_of_tiles(tiles).nearest(tiles[3:4]).distance[0] < 1 / STEPS


def test_plain_tiles_are_known_as_such() -> None:
    tiles = np.concatenate([np.full((1, 16, 16), BLACK, np.uint8), painted(3)[:20]])
    assert is_plain(tiles)[0] and not is_plain(tiles)[1:].any()


def test_only_blurred_colours_can_be_shown() -> None:
    index = index_of_tiles(painted(4))
    assert index.codes.shape[1] == 4 * 4 * 3
    picture = index.blurred(7)
    assert picture.shape == (4, 4, 3)
    assert {tuple(c) for c in picture.reshape(-1, 3).tolist()} <= {tuple(c) for c in PALETTE_RGB.tolist()}


# Files.


def network(folder: Path, corpus: str = "0" * 64) -> Path:
    said = onnx_files.GENERATOR_METADATA | {"corpus_sha256": corpus}
    return onnx_files.write(onnx_files.generator_model(said), folder / "my.onnx")


def test_an_index_beside_its_network_is_found(tmp_path: Path) -> None:
    path = network(tmp_path)
    index = index_of_tiles(painted(1))
    write_index(index_path(path), index)
    assert index_path(path).name == f"my{SUFFIX}"
    read = index_of(path, load_generator(path).sha256)
    assert np.array_equal(read.codes, index.codes)
    assert (read.corpus_sha256, read.tiles, read.usual, read.near) == (
        index.corpus_sha256, index.tiles, index.usual, index.near,
    )  # fmt: skip


@pytest.mark.parametrize("damage", ["cut off", "text", "empty", "codes", "folder"])
def test_a_damaged_index_is_told(damage: str, tmp_path: Path) -> None:
    place = tmp_path / "my.tiles.npz"
    arrays: dict[str, Any] = to_arrays(index_of_tiles(painted(1)))
    if damage == "codes":
        arrays["codes"] = arrays["codes"][:, :5]
    if damage == "folder":
        place.mkdir()
    else:
        np.savez_compressed(place, **arrays)
    if damage == "cut off":
        place.write_bytes(place.read_bytes()[:-400])
    elif damage in ("text", "empty"):
        place.write_bytes(b"no zip" if damage == "text" else b"")
    with pytest.raises(NoveltyError) as error:
        load_index(place)
    assert str(place) in str(error.value) and "\n" not in str(error.value)
    assert error.value.brief == "INDEX DAMAGED"


def test_an_index_that_unpickles_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "my.tiles.npz"
    arrays: dict[str, Any] = to_arrays(index_of_tiles(painted(1))) | {"codes": np.array([{}], object)}
    np.savez(place, **arrays)
    with pytest.raises(NoveltyError, match="cannot be used"):
        load_index(place)


def test_every_reason_for_having_none_is_told(tmp_path: Path) -> None:
    path = network(tmp_path)
    for written, brief in ((False, "NO INDEX"), (True, "OTHER CORPUS")):
        if written:
            write_index(index_path(path), index_of_tiles(painted(1), "1" * 64))
        with pytest.raises(NoveltyError) as error:
            index_of(path, "")
        assert error.value.brief == brief and "\n" not in str(error.value)
    with pytest.raises(NoveltyError) as error:
        index_of(path, "f" * 64)
    assert error.value.brief == "OTHER NETWORK"
    for bad in (tmp_path / "none.onnx", tmp_path):
        with pytest.raises(NoveltyError) as error:
            index_of(bad, "")
        assert error.value.brief == "NO NETWORK"
    path.write_bytes(b"no network at all")
    with pytest.raises(NoveltyError, match="export the network again"):
        index_of(path, "")


def test_the_shipped_index_is_the_shipped_network_s() -> None:
    place = index_path(asset("dream.onnx"))
    assert place.stat().st_size <= LARGEST_SHIPPED_BYTES
    index = index_of(None, load_generator().sha256)
    assert index.tiles >= 100_000 and len(index.codes) <= index.tiles
    assert 0 < index.near < index.usual


def test_metadata_is_what_the_file_says() -> None:
    made = onnx_files.generator_model()
    said = {
        entry.key: entry.value
        for entry in onnx.ModelProto.FromString(made.SerializeToString()).metadata_props
    }
    assert metadata(made.SerializeToString()) == said


# The command.


def test_the_command_makes_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = collect(tmp_path / "c", Mix(painter=32, games=16), processes=1)
    out = tmp_path / "new" / "my.tiles.npz"
    assert main(["index", "--corpus", str(corpus.path), "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    index = load_index(out)
    assert index.corpus_sha256 == corpus.sha256
    trained_on = patterned_tiles(corpus.read(corpus.training_rows()))
    assert index.tiles == len({tile.tobytes() for tile in trained_on})
    assert index.nearest(trained_on[::50]).distance.max() <= np.sqrt(3) / 2 / STEPS


def test_the_same_corpus_gives_the_same_index(tmp_path: Path) -> None:
    corpus = collect(tmp_path / "c", Mix(painter=16, games=8), processes=1)
    for name in ("one", "two"):
        write_index(tmp_path / name, make_index(corpus))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_corpus_without_patterns_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tiny_corpus(tmp_path / "c")
    assert main(["index", "--corpus", str(corpus.path), "--out", str(tmp_path / "x.npz")]) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("error: ") and "no patterned tiles" in error and "\n" not in error
