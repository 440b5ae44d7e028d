"""Share codes: every castle has one, one code has one castle, and what is mistyped is found."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.command_line import LARGEST_SEED
from generator.errors import GanvaniaError
from generator.layout import structure as layout
from generator.level import codes
from generator.level.codes import (
    ALPHABET,
    MODES,
    STAGES,
    UNCODED,
    CastleCode,
    CodeError,
    daily_seed,
    decode,
    encode,
)  # fmt: skip

INTEGERS = (
    st.integers(1, 5) | st.integers(1, 2**16 - 1),
    st.integers(1, 20) | st.integers(1, 2**16 - 1),
    st.integers(0, 20) | st.integers(0, 2**32 - 1),
)
SEEDS, STAMPS = st.integers(0, 2**31 - 1) | st.integers(0, 2**64 - 1), st.integers(0, 2**20 - 1)
CASTLES = st.builds(
    CastleCode, SEEDS, st.sampled_from(sorted(MODES)), *INTEGERS, st.just(0), st.just(0)
) | st.builds(CastleCode, SEEDS, st.just("dream"), *INTEGERS, STAMPS, STAMPS)
FROZEN = {
    "C000-0074": CastleCode(7),
    "DZZZ-ZZZ7": CastleCode(2**31 - 1),
    "C3NQ-K8N2H": CastleCode(123456789, stage=3),
    "C000-0050-21": CastleCode(5, art=2),
    "C000-007B-M111V": CastleCode(7, "endless", 2, 12, 20),
    "EFZZ-ZZZZ-ZZZZ-ZZYZ-ZFZZ-ZZZZ-ZFYZ-ZF29": CastleCode(
        2**64 - 1, "dream", 2**16 - 1, 2**16 - 1, 2**32 - 1
    ),
    "C000-0071-002R-SQPA-GGGG-10": CastleCode(7, "dream", stage=2, network=0xA6798, grid=1 << 16),
}
"""On paper somewhere: they must lead to these as long as castles are built as they are."""
PAST = {
    "4000-007N": (1, 7), "4000-0050-2F": (1, 5), "4000-0058-M": (1, 5),
    "6FZZ-ZZZZ-ZZZZ-ZZYZ-ZFZZ-ZZZZ-ZFYZ-ZF21": (1, 2**64 - 1),
    "8000-007Y": (2, 7), "83NQ-K8N20": (2, 123456789), "8000-0050-26": (2, 5), "8000-007B-M1116": (2, 7),
    "AFZZ-ZZZZ-ZZZZ-ZZYZ-ZFZZ-ZZZZ-ZFYZ-ZF2D": (2, 2**64 - 1), "8000-0071-002R-SQPA-GGGG-1F": (2, 7),
}  # fmt: skip
"""Codes of earlier versions; their versions and seeds."""


def bare(castle: CastleCode) -> str:
    """Its code without hyphens."""
    return encode(castle).replace("-", "")


def with_check(payload: str) -> str:
    """These symbols as nobody's `encode` wrote them, with the check that belongs to them."""
    symbols = [ALPHABET.index(symbol) for symbol in payload]
    return next(
        payload + ALPHABET[check]
        for check in range(32)
        if codes._value_at_x([*symbols, check]) == codes.CHECK
    )


def refused(text: str) -> str:
    """The one line that says what is wrong."""
    with pytest.raises(CodeError) as error:
        decode(text)
    assert isinstance(error.value, GanvaniaError)
    assert str(error.value).isprintable() and len(str(error.value)) < 200
    return str(error.value)


@pytest.mark.parametrize(("text", "castle"), FROZEN.items())
def test_codes_stay_what_they_are(text: str, castle: CastleCode) -> None:
    assert encode(castle) == text
    assert decode(text) == castle


def test_numbers_of_modes_stay_what_they_are() -> None:
    assert MODES == {"castle": 1, "endless": 2, "dream": 3}
    assert layout.STREAM_OF_MODE.items() <= MODES.items()


@pytest.mark.parametrize("mode", UNCODED)
def test_shapes_have_no_code_and_say_why(mode: str) -> None:
    with pytest.raises(ValueError, match=f"a level of mode '{mode}' has no code: its shape is not in one"):
        encode(CastleCode(7, mode))


@given(CASTLES)
def test_every_castle_comes_back(castle: CastleCode) -> None:
    assert decode(encode(castle)) == castle


@given(st.integers(0, LARGEST_SEED))
def test_usual_seeds_are_eight_symbols(seed: int) -> None:
    text = encode(CastleCode(seed))
    assert len(text) == 9 and text[4] == "-"
    assert len(bare(CastleCode(seed, stage=16))) == 9


def test_usual_seeds_are_those_of_the_command_line() -> None:
    assert LARGEST_SEED.bit_length() == codes.SHORT_SEED_BITS


@given(CASTLES)
def test_groups_are_of_two_to_five_symbols(castle: CastleCode) -> None:
    *first, last = encode(castle).split("-")
    assert first and all(len(group) == 4 for group in first) and 2 <= len(last) <= 5


def assert_slips_are_found(text: str) -> None:
    """Any other symbol anywhere, and any two different neighbours exchanged."""
    for at, symbol in enumerate(text):
        for other in ALPHABET.replace(symbol, ""):
            with pytest.raises(CodeError):
                decode(text[:at] + other + text[at + 1 :])
        swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        if swapped != text:
            with pytest.raises(CodeError):
                decode(swapped)


@pytest.mark.parametrize("castle", FROZEN.values())
def test_every_slip_in_these_codes_is_found(castle: CastleCode) -> None:
    assert_slips_are_found(bare(castle))


@given(CASTLES, st.data())
def test_a_slip_in_any_code_is_found(castle: CastleCode, data: st.DataObject) -> None:
    text = bare(castle)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET.replace(text[at], "")))
    assert "mistyped" in refused(text[:at] + other + text[at + 1 :])
    at = data.draw(st.integers(0, len(text) - 2))
    if text[at] != text[at + 1]:
        assert "mistyped" in refused(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def test_no_code_of_any_length_lets_a_slip_through() -> None:
    """The proof: the check is linear, so a slip goes unseen only if what it adds has the value 0."""
    for after in range(40):
        zeros = [0] * after
        for wrong in range(1, 32):
            assert codes._value_at_x([wrong, *zeros]), "one symbol, by `wrong` another"
            assert codes._value_at_x([wrong, wrong, *zeros]), "neighbours that differ by `wrong`, exchanged"
    for a in range(32):
        for b in range(32):
            sums = codes._value_at_x([a, 3]) ^ codes._value_at_x([b, 5])
            assert sums == codes._value_at_x([a ^ b, 3 ^ 5]), "linear"


@given(CASTLES)
def test_a_zero_more_at_the_end_or_the_beginning_is_found(castle: CastleCode) -> None:
    for text in (bare(castle) + "0", "0" + bare(castle)):
        assert "mistyped" in refused(text)


@given(CASTLES, st.data())
def test_codes_are_read_however_they_are_written(castle: CastleCode, data: st.DataObject) -> None:
    readings = {symbol: [symbol, symbol.lower()] for symbol in ALPHABET}
    readings["0"] += "Oo"
    readings["1"] += "IiLl"
    noise = st.sampled_from(["", "", "-", " ", "--", "\t", "\n", "\u00a0"])
    written = data.draw(noise) + "".join(
        data.draw(st.sampled_from(readings[symbol])) + data.draw(noise) for symbol in bare(castle)
    )
    assert decode(written) == castle


@given(st.text(ALPHABET, min_size=7, max_size=34) | st.integers(4, 7).map(lambda n: f"{n}000007Z00"))
def test_no_castle_has_two_codes(payload: str) -> None:
    text = with_check(payload)
    try:
        castle = decode(text)
    except CodeError:
        return
    assert bare(castle) == text


@pytest.mark.parametrize("empty", ["", "  ", "-", " - \n"])
def test_nothing_is_no_code(empty: str) -> None:
    assert "empty" in refused(empty) and "C000-0074" in refused(empty)


@pytest.mark.parametrize(
    ("text", "symbol", "place"),
    [
        ("8000-0U7Y", "'U'", 7),
        ("8000_007Y", "'_'", 5),
        ("*", "'*'", 1),
        ("8000-007ı", "'ı'", 9),
        ("8٣", "'٣'", 2),
    ],
)
def test_a_foreign_symbol_is_named_with_its_place(text: str, symbol: str, place: int) -> None:
    line = refused(text)
    assert symbol in line and f"place {place} " in line


def test_a_beginning_is_cut_off() -> None:
    for count in range(1, 8):
        line = refused("8000007Y"[:count])
        assert "cut off" in line and f"{count} of 8" in line


def test_what_is_left_of_a_longer_code_is_nearly_always_found() -> None:
    texts = [bare(CastleCode(seed, stage=3)) for seed in range(2048)]
    missed = 0
    for text in texts:
        try:
            decode(text[:-1])
        except CodeError as error:
            assert "cut off" in str(error)
        else:
            missed += 1
    assert missed <= len(texts) // 32


def test_what_is_mistyped_should_be_compared() -> None:
    line = refused("8000-008Y")
    assert "mistyped" in line and "8000-008Y" in line and "compare it with the original" in line
    assert "the check symbol does not fit" in line
    assert "..." in refused("4" * 5000)


@pytest.mark.parametrize("version", range(codes.VERSION + 1, 8))
def test_a_version_from_the_future_asks_for_an_update(version: int) -> None:
    line = refused(with_check(ALPHABET[version << 2] + "00000700"))
    assert "newer" in line and str(version) in line and "update" in line


@pytest.mark.parametrize(("text", "of"), PAST.items())
def test_a_castle_of_the_past_is_answered_with_a_code_of_now(text: str, of: tuple[int, int]) -> None:
    line, (version, seed) = refused(text), of
    assert "no longer built" in line and f"version {version}" in line
    advised = next(word for word in line.split()[2:] if word.startswith(("C", "E")))
    castle = decode(advised)
    assert castle.seed == seed, "also where the seed is too long for --seed"
    assert castle.stage <= STAGES or castle.mode != "castle"
    assert "mistyped" in refused(text[:-1] + ALPHABET[ALPHABET.index(text[-1]) ^ 1])


def test_a_mode_from_the_future_asks_for_an_update() -> None:
    assert "mode" in refused(with_check("8000007" + "0003"))


@pytest.mark.parametrize(
    "payload",
    [
        "0000007",  # there was no version 0
        "A0000000000007",  # a long form where the short one does
        "AZZZZZZZZZZZZZ",  # 66 bits of seed
        "A000007",  # half a long form
        "80000070",  # a zero that should have been left out
        "8000007G0",  # the same, longer
        "8000007G",  # something should follow
        "8000007ZZZZZ1",  # a stage beyond the last one
        "800000700001",  # a castle of a network
        "8000007000200",  # a dream whose network is said to be none
        "8000007000200001",  # seven fields
    ],
)
def test_a_check_that_fits_is_not_enough(payload: str) -> None:
    assert "mistyped" in refused(with_check(payload))


@pytest.mark.parametrize(
    "castle",
    [
        CastleCode(-1), CastleCode(2**64), CastleCode(7, "garden"), CastleCode(7, difficulty=0),
        CastleCode(7, difficulty=2**16), CastleCode(7, stage=0), CastleCode(7, stage=2**16),
        CastleCode(7, art=-1), CastleCode(7, art=2**32),
        CastleCode(7, network=1), CastleCode(7, "endless", grid=1), CastleCode(7, "dream", network=2**20),
    ],
)  # fmt: skip
def test_what_no_code_can_say_is_refused(castle: CastleCode) -> None:
    with pytest.raises(ValueError, match="no code can say"):
        encode(castle)


def test_integers_of_numpy_are_as_good() -> None:
    castle = CastleCode(2**31 - 1, difficulty=2, stage=3, art=4)
    numbers = castle._asdict() | {"seed": np.int64(2**31 - 1), "stage": np.uint8(3), "art": np.uint32(4)}
    assert encode(CastleCode(**numbers)) == encode(castle)
    largest = CastleCode(np.uint64(2**64 - 1))  # type: ignore[arg-type]  # as good as an integer
    assert encode(largest) == encode(CastleCode(2**64 - 1))
    with pytest.raises(TypeError):
        encode(CastleCode(7.0))  # type: ignore[arg-type]  # on purpose


def test_a_day_has_its_castle() -> None:
    assert daily_seed(datetime.date(2026, 1, 1)) == 4070580
    assert daily_seed(datetime.datetime(2026, 1, 1, 23, 59)) == 4070580, "whatever the hour"
    start = datetime.date(2026, 1, 1)
    seeds = [daily_seed(start + datetime.timedelta(days)) for days in range(3653)]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed <= LARGEST_SEED for seed in seeds)
    assert 0.45 < sum(seed > LARGEST_SEED // 2 for seed in seeds) / len(seeds) < 0.55
