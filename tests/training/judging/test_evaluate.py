"""`evaluate`: judges runs and files, and says it in a table, JSON and a page that needs nothing else."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.dream.loading import asset
from generator.files import WriteError
from generator.nes.palette import BLACK, PALETTE_RGB
from training.__main__ import main
from training.corpus import Corpus, CorpusWriter, open_corpus
from training.judging import metrics
from training.judging.evaluate import TITLES, Judged, evaluate, evaluation_report
from training.judging.metrics import Judge
from training.judging.report import Section, as_text, figure, page
from training.painter import paint_games
from training.pictures import side_by_side

pytestmark = pytest.mark.slow

FEW = 8
"""Screens to judge by: the metrics' own number takes minutes."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    with CorpusWriter(tmp_path_factory.mktemp("evaluate") / "c") as writer:
        for number, (source, *painted) in enumerate(paint_games(48, 16, 1, processes=1)):
            writer.add(replace(source, held_out=number % 2 == 1), *painted)
    return open_corpus(writer.folder)


def few_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "SCREENS", FEW)
    monkeypatch.setattr(metrics, "FEATURE_CELLS", 256)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    few_screens(monkeypatch)


def test_the_command_judges_networks_side_by_side(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network, out = str(asset("dream.onnx")), tmp_path / "judged"
    assert main(["evaluate", network, "--corpus", str(corpus.path), "--out", str(out)]) == 0
    head, distance, excess, *rest = capsys.readouterr().out.splitlines()
    assert "held-out games" in head
    found = json.loads((out / "metrics.json").read_text("utf-8"))
    dream, games = found[network], found["held-out games"]
    assert f"{dream['cell_distance']:.4f}" in distance
    assert f"{dream['cell_distance'] - games['cell_distance']:+.4f}" in excess
    assert len(rest) == len(TITLES)
    page = (out / "metrics.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 3
    assert "http" not in re.sub(r'data:image/png;base64,[^"]*', "", page)  # those letters mean nothing
    assert f"{dream['tiles']:,}" in page


@pytest.fixture(scope="module")
def twice(corpus: Corpus) -> tuple[Judge, list[Judged]]:
    """The shipped network, judged twice in a row."""
    with pytest.MonkeyPatch.context() as patched:
        few_screens(patched)
        return evaluate(corpus, [asset("dream.onnx")] * 2)


def test_what_is_judged_does_not_depend_on_its_neighbours(
    corpus: Corpus, twice: tuple[Judge, list[Judged]]
) -> None:
    _, (alone,) = evaluate(corpus, [asset("dream.onnx")])
    assert [each.metrics for each in twice[1]] == [alone.metrics] * 2


def test_a_run_without_a_network_and_a_file_that_is_none_are_a_line(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "no.onnx").write_bytes(b"nonsense")
    for source, said in (("run", "has exported no network yet"), ("no.onnx", "no.onnx"), ("none", "none")):
        assert main(["evaluate", str(tmp_path / source), "--corpus", str(corpus.path)]) == 2
        error = capsys.readouterr().err
        assert error.startswith("error: ") and error.count("\n") == 1
        assert said in error
    assert main(["evaluate", str(tmp_path / "run")]) == 2
    assert "give --corpus DIR" in capsys.readouterr().err


def test_results_where_nothing_can_be_written_are_a_line(
    twice: tuple[Judge, list[Judged]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteError, match="cannot be written"):
        evaluation_report(*twice).write(tmp_path / "file" / "folder")


def test_a_table_is_as_wide_as_its_widest_cells() -> None:
    assert as_text((("", "a run"), ("diversity", "1"))) == "           a run\ndiversity      1"


def test_a_page_escapes_its_text() -> None:
    html = page("<title>", (Section("<b>", ("a & b",), (("<th>",), ("<td>",))),))
    for text in ("&lt;title&gt;", "&lt;b&gt;", "a &amp; b", "&lt;th&gt;", "&lt;td&gt;"):
        assert text in html


def test_a_figure_is_its_picture_exactly() -> None:
    indices = np.random.default_rng(1).integers(0, 64, (7, 9), np.uint8)
    shown = figure(indices, "a caption", 3)
    data = base64.b64decode(shown.source.removeprefix("data:image/png;base64,"))
    with Image.open(io.BytesIO(data)) as picture:
        assert np.array_equal(np.asarray(picture.convert("RGB")), PALETTE_RGB[indices])
    assert shown.width == 27


def test_a_sheet_holds_every_picture_in_its_place() -> None:
    pictures = np.arange(5 * 6, dtype=np.uint8).reshape(5, 2, 3)
    whole = side_by_side(pictures, 3, BLACK)
    assert whole.shape == (4, 9)
    assert np.array_equal(whole[2:4, 3:6], pictures[4])
    assert (whole[2:, 6:] == BLACK).all()
