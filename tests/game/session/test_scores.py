"""The ten best runs of each mode, and the file that they are kept in."""

import datetime
import json
import os
from pathlib import Path

import pytest

from game.session.daily import Today
from game.session.kept import ASIDE, MOST_BYTES
from game.session.scores import BEST, MODES, Row, Scores, scores_in
from generator.level.codes import LARGEST_STAGE
from tests.drawn.mutations import mutations


def row(score: int, initials: str = "ANN", **more: bool) -> Row:
    return Row(initials, score, 3, 9000, "C000-0074", **more)


def test_rows_stand_by_score_and_who_was_first_stays_before_an_equal() -> None:
    scores = Scores()
    for score, initials in ((300, "AAA"), (500, "BBB"), (300, "CCC"), (400, "DDD")):
        scores = scores.enter("castle", row(score, initials))
    assert [r.initials for r in scores.rows("castle")] == ["BBB", "DDD", "AAA", "CCC"]
    assert scores.rows("endless") == () and scores.initials == "DDD"
    assert scores.rank("castle", row(400)) == 3 and scores.rank("castle", row(501)) == 1


def test_there_are_ten_and_nothing_is_no_score() -> None:
    scores = Scores()
    for score in range(100, 1300, 100):
        scores = scores.enter("dream", row(score))
    assert [r.score for r in scores.rows("dream")] == list(range(1200, 200, -100))
    assert scores.rank("dream", row(300)) is None and scores.rank("dream", row(301)) == BEST
    assert scores.enter("dream", row(300)) == scores
    assert Scores().rank("castle", row(0)) is None


def test_a_run_that_goes_on_takes_the_place_of_its_own_row() -> None:
    scores = Scores().enter("castle", row(300)).enter("castle", row(200, "BBB"))
    went_on = scores.enter("castle", row(900), instead=("castle", row(300)))
    assert [r.score for r in went_on.rows("castle")] == [900, 200]
    assert scores.rank("castle", row(250), ("castle", row(300))) == 1


LONGEST = tuple(row(10**9 - number, "ZZZ", helped=True)._replace(code="C" * 52) for number in range(BEST))
TODAY = Today(datetime.date(2026, 8, 24), 4, False, 12345)
FULL = Scores(dict.fromkeys(MODES, LONGEST), ("daily", row(7)), TODAY)


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "scores.json"
    kept = scores_in(path)
    assert kept.read() is None
    kept.keep(FULL)
    kept.wait()
    assert scores_in(path).read() == FULL
    assert len(FULL.to_bytes()) < MOST_BYTES
    assert Scores.from_bytes(Scores().to_bytes()) == Scores()


TOLD = json.loads(FULL.to_bytes())


def told(**others: object) -> bytes:
    return json.dumps(TOLD | others).encode()


def with_row(at: int, value: object) -> bytes:
    changed = list(row(5))
    changed[at] = value
    return told(tables={"castle": [changed]})


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\xff", b"[]", b"3", b"null", b"{}", b"[" * 9000, b" " * (MOST_BYTES + 1),
        told(format=2), told(tables=[]), told(tables={"arcade": []}), told(tables={"castle": 5}),
        told(tables={"castle": {}, "daily": [3]}), told(tables={"castle": [list(row(5))] * (BEST + 1)}),
        with_row(0, "AN"), with_row(0, "ann"), with_row(0, "ÄNN"), with_row(0, ["A", "N", "N"]),
        with_row(0, "ANN\n"), with_row(1, -1), with_row(1, 1e9), with_row(1, True), with_row(1, 10**40),
        with_row(2, 0), with_row(2, LARGEST_STAGE + 1), with_row(3, "9"), with_row(4, "<b>"),
        with_row(4, "C" * 61), with_row(4, None), with_row(5, 1),
        told(entered=["arcade", list(row(5))]), told(entered=5), told(entered=["castle", []]),
        told(today=["2026-02-30", 1, False, 0]), told(today=["2026-02-03", 7, False, 0]),
        told(today=["2026-02-03", 1, 1, 0]), told(today=["2026-02-03"]),
    ],
)  # fmt: skip
def test_a_broken_file_is_set_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "scores.json"
    path.write_bytes(data)
    kept = scores_in(path)
    assert kept.read() is None and kept.set_aside
    assert not path.exists() and path.with_name("scores.json" + ASIDE).read_bytes() == data


def test_mutilated_files_raise_nothing(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    for data in mutations(FULL.to_bytes(), 200):
        path.write_bytes(data)
        found = scores_in(path).read()
        assert found is None or all(len(found.rows(mode)) <= BEST for mode in MODES)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_refuses_stops_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    kept = scores_in(tmp_path / "scores.json")
    kept.keep(FULL)
    kept.wait()


def test_a_folder_that_is_a_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = scores_in(tmp_path / "file" / "scores.json")
    assert kept.read() is None
    kept.keep(FULL)
    kept.wait()
