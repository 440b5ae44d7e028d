"""The corpus on disk: a round trip, and a clear word about everything amiss."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.files import WriteError
from generator.nes.roles import FOLD, Role
from tests.drawn.tiny_corpus import tiny_corpus
from training.collect import Mix, collect, complaints
from training.corpus import FORMAT, UNKNOWN_ROLE, CorpusError, CorpusWriter, Source, open_corpus

PICTURE = Source("screenshot", "a.png", "unknown", "", False)


def test_what_is_written_is_read_memory_mapped(tmp_path: Path) -> None:
    written = tiny_corpus(tmp_path / "c")
    corpus = open_corpus(tmp_path / "c")
    assert isinstance(corpus.screens, np.memmap)
    assert len(corpus) == 36
    assert corpus.sha256 == written.sha256
    assert len(corpus.sha256) == 64
    assert len(corpus.sources) == 18
    assert corpus.summary() == "36 screens of 18 imaginary games"
    assert (corpus.licence, corpus.credits) == ("MIT", "painted by a test")
    assert not list((tmp_path / "c").glob(".*"))


def test_the_hash_is_of_the_contents(tmp_path: Path) -> None:
    assert tiny_corpus(tmp_path / "a").sha256 == tiny_corpus(tmp_path / "b").sha256
    assert tiny_corpus(tmp_path / "a").sha256 != tiny_corpus(tmp_path / "c", seed=4).sha256


def test_a_held_out_game_is_never_trained_on(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path / "c")
    trained, held = corpus.training_rows(), corpus.held_out_rows()
    assert sorted([*trained, *held]) == list(range(len(corpus)))
    assert set(corpus.source[held]) == {15}
    assert not set(corpus.source[held]) & set(corpus.source[trained])
    assert np.array_equal(corpus.held_out_rows("painter"), held)
    assert not len(corpus.held_out_rows("kit"))


def test_a_colour_that_the_nes_has_not(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path)
    screens = np.load(tmp_path / "screens.npy")
    screens[3, 0, 0] = 64
    np.save(tmp_path / "screens.npy", screens)
    with pytest.raises(CorpusError, match=r"screens\.npy: holds a colour above 63"):
        open_corpus(tmp_path).read(corpus.training_rows())


def test_a_folder_without_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"corpus\.json: no such file; make"):
        open_corpus(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"format": 1}',
        '{"format": [3]}',
        '{"format": 3}',
        '{"format": 3, "sources": [{"kind": 3}]}',
    ],
)
def test_a_description_that_is_none(tmp_path: Path, text: str) -> None:
    tiny_corpus(tmp_path)
    (tmp_path / "corpus.json").write_text(text)
    with pytest.raises(CorpusError, match=r"corpus\.json: .*make the corpus again"):
        open_corpus(tmp_path)


@pytest.mark.parametrize("name", ["screens", "roles", "source"])
def test_an_array_that_is_cut_off_missing_or_of_another_shape(tmp_path: Path, name: str) -> None:
    tiny_corpus(tmp_path)
    file = tmp_path / f"{name}.npy"
    whole = file.read_bytes()
    for broken in (b"", whole[:40], whole[:-1], b"no array at all" * 9):
        file.write_bytes(broken)
        with pytest.raises(CorpusError, match=rf"{name}\.npy: .*make the corpus again"):
            open_corpus(tmp_path)
    np.save(file, np.zeros((36, 2), np.float32))
    with pytest.raises(CorpusError, match=rf"{name}\.npy: holds float32"):
        open_corpus(tmp_path)
    file.unlink()
    with pytest.raises(CorpusError, match=rf"{name}\.npy: missing"):
        open_corpus(tmp_path)


def test_an_array_of_pickled_objects_is_not_loaded(tmp_path: Path) -> None:
    tiny_corpus(tmp_path)
    np.save(tmp_path / "source.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(CorpusError, match=r"source\.npy"):
        open_corpus(tmp_path)


def test_another_format_is_named(tmp_path: Path) -> None:
    tiny_corpus(tmp_path)
    (tmp_path / "corpus.json").write_text('{"format": 1}')
    with pytest.raises(CorpusError, match="a corpus of format 1, not 2 or 3; make the corpus again"):
        open_corpus(tmp_path)


def test_the_former_format_is_read_and_holds_the_former_roles(tmp_path: Path) -> None:
    written = tiny_corpus(tmp_path)
    described = tmp_path / "corpus.json"
    assert json.loads(described.read_text())["format"] == FORMAT == 3
    described.write_text(described.read_text().replace('"format": 3', '"format": 2'))
    former = FOLD[np.asarray(written.roles)]
    np.save(tmp_path / "roles.npy", former)
    assert np.array_equal(open_corpus(tmp_path).roles, former)
    former[0, 0, 0] = Role.ARCH
    np.save(tmp_path / "roles.npy", former)
    with pytest.raises(CorpusError, match=r"roles\.npy: holds a role above 16"):
        open_corpus(tmp_path)


def test_a_source_that_is_not_listed(tmp_path: Path) -> None:
    tiny_corpus(tmp_path)
    np.save(tmp_path / "source.npy", np.full(36, 18, np.uint32))
    with pytest.raises(CorpusError, match=r"source\.npy: names a source that is not listed"):
        open_corpus(tmp_path)


def test_arrays_that_do_not_belong_together_are_not_written(tmp_path: Path) -> None:
    screens = np.zeros((2, 224, 224), np.uint8)
    for roles, complaint in (
        (np.zeros((3, 14, 14), np.uint8), r"roles\.npy: holds uint8\[3, 14, 14\]"),
        (np.full((2, 14, 14), len(Role), np.uint8), "a role above"),
    ):
        with pytest.raises(CorpusError, match=complaint), CorpusWriter(tmp_path) as writer:
            writer.add(PICTURE, screens, roles)
    with pytest.raises(CorpusError, match="no screens"), CorpusWriter(tmp_path) as writer:
        writer.add(PICTURE, screens[:0])
    with pytest.raises(CorpusError, match="no screen came in"), CorpusWriter(tmp_path):
        pass
    assert not tmp_path.exists(), "what was made for a corpus goes with it"


def test_a_corpus_that_was_not_finished_leaves_the_former_one(tmp_path: Path) -> None:
    before = tiny_corpus(tmp_path)
    with pytest.raises(KeyboardInterrupt), CorpusWriter(tmp_path) as writer:
        writer.add(PICTURE, np.zeros((2, 224, 224), np.uint8))
        raise KeyboardInterrupt
    assert open_corpus(tmp_path).sha256 == before.sha256
    assert not list(tmp_path.glob(".*"))


def test_roles_that_nobody_knows(tmp_path: Path) -> None:
    with CorpusWriter(tmp_path) as writer:
        writer.add(PICTURE, np.zeros((2, 224, 224), np.uint8))
    corpus = open_corpus(tmp_path)
    assert (corpus.roles == UNKNOWN_ROLE).all()
    assert "only 2 screens to train on" in complaints(corpus)[0]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteError, match=r"file: cannot be written .*; choose another --out"):
        tiny_corpus(tmp_path / "file")


def test_the_painter_fills_a_corpus(tmp_path: Path) -> None:
    corpus = collect(tmp_path / "c", Mix(painter=4, games=2), processes=1)
    assert len(corpus) == 4
    assert "seed 1" in corpus.sources[0].name
    assert Image.open(tmp_path / "c" / "sheet.png").size == (4 * 224, 224)
    with pytest.raises(CorpusError, match="games <= screens"):
        collect(tmp_path / "d", Mix(painter=2, games=3), processes=1)
    with pytest.raises(CorpusError, match="kits need --art DIR"):
        collect(tmp_path / "d", Mix(kits=3), processes=1)
