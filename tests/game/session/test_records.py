"""What castles have taken at best, and the file that it is kept in."""

import json
from pathlib import Path

import pytest

from game.session.journey import Record
from game.session.kept import ASIDE
from game.session.records import MOST_BYTES, MOST_CASTLES, Best, Records, castle_of, records_in
from generator.level.codes import STAGES, CastleCode, encode
from tests.drawn.mutations import mutations

CODE = encode(CastleCode(9))


def whole(ticks: int, deaths: int, hits: int, helped: bool = False) -> Record:
    return Record(ticks, deaths, hits, helped, set(range(1, STAGES + 1)))


def test_the_least_of_each_is_the_record_and_what_is_new_is_told() -> None:
    records, better = Records().after(CODE, whole(9000, 2, 13))
    assert better == ("ticks", "deaths", "hits")
    records, better = records.after(CODE, whole(9600, 2, 12))
    assert better == ("hits",) and records.castles == {CODE: Best(9000, 2, 12)}
    again, better = records.after(CODE, whole(9000, 2, 12))
    assert not better and again is records, "as good is no record"
    assert records.of(CODE) == "BEST 02:30  DEATHS 02  HITS 12"


def test_only_a_whole_castle_has_a_record() -> None:
    half = Record(10, cleared={3, 4, 5, 6})
    assert Records().after(CODE, half) == (Records(), ())
    for code in (encode(CastleCode(9, "endless")), "", "C000-0075"):
        assert Records().after(code, whole(10, 0, 0)) == (Records(), ())


def test_a_castle_is_the_same_in_every_stage_and_art_and_another_when_harder() -> None:
    records, _ = Records().after(CODE, whole(9000, 0, 3))
    assert records.of(encode(CastleCode(9, stage=4, art=2))) == records.of(CODE) != ""
    assert records.of(encode(CastleCode(9, difficulty=2))) == ""
    assert castle_of("no code") == ""


def test_records_with_helps_stand_beside_the_others() -> None:
    records, _ = Records().after(CODE, whole(600, 0, 0, helped=True))
    assert records.of(CODE) == "BEST 00:10  DEATHS 00  HITS 00*"
    records, better = records.after(CODE, whole(6000, 0, 0))
    assert len(better) == 3 and records.of(CODE) == "BEST 01:40  DEATHS 00  HITS 00"


def test_the_castle_whose_record_is_oldest_is_forgotten() -> None:
    records = Records()
    for seed in range(MOST_CASTLES):
        records, _ = records.after(encode(CastleCode(seed)), whole(100, 1, 1))
    records, _ = records.after(encode(CastleCode(0)), whole(90, 1, 1))
    records, _ = records.after(encode(CastleCode(9999)), whole(100, 1, 1))
    assert len(records.castles) == MOST_CASTLES
    assert records.of(encode(CastleCode(0))) and not records.of(encode(CastleCode(1)))


def test_as_many_as_there_may_be_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    longest = encode(CastleCode(2**64 - 1, difficulty=2**16 - 1))
    full = Records({f"{number:03}{longest}*": Best(10**9, 10**9, 10**9) for number in range(MOST_CASTLES)})
    kept = records_in(path)
    kept.keep(full)
    kept.wait()
    assert path.stat().st_size < MOST_BYTES and records_in(path).read() == full


def told(castles: object, number: int = 1) -> bytes:
    return json.dumps({"format": number, "castles": castles}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"{" * 9000, b" " * (MOST_BYTES + 1), told({}, 2), told([]), told(None),
        told({CODE: 5}), told({CODE: [1, 2]}), told({CODE: [1, 2, -3]}), told({CODE: [1, 2, "3"]}),
        told({CODE: [1, 2, 3.0]}), told({"<b>": [1, 2, 3]}), told({"": [1, 2, 3]}),
        told({f"C{number}": [1, 2, 3] for number in range(MOST_CASTLES + 1)}),
    ],
)  # fmt: skip
def test_a_broken_file_is_set_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "records.json"
    path.write_bytes(data)
    assert records_in(path).read() is None
    assert path.with_name("records.json" + ASIDE).read_bytes() == data


def test_mutilated_files_raise_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    for data in mutations(told({CODE: [1, 2, 3], CODE + "*": [4, 5, 6]}), 200):
        path.write_bytes(data)
        found = records_in(path).read()
        assert found is None or found.of(CODE) is not None
