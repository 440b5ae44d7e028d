"""Share codes: the integers that decide a castle as a few symbols to say aloud; and the castle of a day.

encode(CastleCode(7))      # "C000-0074"
decode("8ooo 0o7y").seed   # 7

The symbols are Crockford's base 32: digits, and letters without I, L, O and U. They are read in any case, I
and L as 1, O as 0; hyphens and white space do not count. In order, high bits first:

    7 symbols   3 bits of version, a 0, 31 bits of seed
    or 14       3 bits of version, a 1, 66 bits of seed, where 31 do not hold it
    0 or more   stage, art, difficulty, mode, each less its least value, and network and grid of
                dream rooms, as one symbol or more of 4 bits, low bits first, with 16 added where another
                follows; zeros at the end are left out
    1 symbol    check

Crockford's own check symbol, the value mod 37, is * ~ $ = or U five times in 37: these are awkward to say
aloud, and shells act on the first four. So the check here is one of the 32 symbols: a code is a polynomial
over GF(32) that has the value CHECK at a primitive element. The symbol n before the last counts as often as
that element's nth power, never 0, so one wrong symbol changes the value. Neighbours count differently, so
exchanging two that differ changes it too. Other mistakes, say a symbol too many or two wrong ones, are found
in about 31 cases of 32.

Dream rooms are a function of the network as well, and of the machine's floats. So their codes say which
network dreamed them and what came of it, 20 bits of each (see `stamps`), or 0.

A code holds a castle's integers. Which castle they lead to is decided by `layout`. Where a new LEVEL_VERSION
makes other castles, codes get a new version, and older ones are refused with the reason.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Iterable
from typing import NamedTuple

from .. import shapes
from ..errors import GanvaniaError
from ..rng import mix

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = 3
"""Version of codes, 1 to 7. Codes of every version begin with its number and end with the check. The castles
of version 1 were strips of one room, and those of version 2 began now and then inside a wall; their codes had
the same form."""
MODES = {"castle": 1, "endless": 2, "dream": 3}
"""Each mode's number in codes. It never changes: codes are kept on paper."""
UNCODED = ("strip", "room", "custom")
"""Modes of levels that have no code: their width, theme and constraints are not in one. Their bytes are what
is passed on. "custom" is a castle's stage under constraints."""
STAGES = shapes.STAGES
SHORT_SEED_BITS = 31
"""Bits of the seeds of the game's own castles."""
GROUP = 4
"""Symbols between hyphens."""
CHECK = 1
"""Value of a code's polynomial. It is not 0, or a 0 too many at a code's end would never be found."""

LARGEST_STAGE = LARGEST_DIFFICULTY = shapes.LARGEST_NUMBER
"""Largest numbers that a code can say. Castles end with stage STAGES."""
STAMP_BITS = 20
"""Bits that a code has for a network, and for what it dreamed; see `stamps`."""

_RANGES = (
    range(1 << 64), range(1, LARGEST_DIFFICULTY + 1), range(1, LARGEST_STAGE + 1), range(1 << 32),
    range(1 << STAMP_BITS), range(1 << STAMP_BITS),
)  # fmt: skip
"""What the integers of a `CastleCode` may be, in its order."""
_HEAD_BITS = 4
"""Bits of the version, and of whether the seed is long."""
_SHORT, _LONG = 7, 14
"""Symbols of version and seed."""
_FIELDS = 6
"""Numbers after the seed."""
_PRIMITIVE = 0b100101
"""x^5 + x^2 + 1: the element x generates all of GF(32) but 0."""
_MODE_OF = {number: mode for mode, number in MODES.items()}
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_VALUE |= {symbol.lower(): value for symbol, value in _VALUE.items()}
_SHOWN = 48
"""Characters of what was typed that an error repeats."""
_DAILY = 0xDA117
"""What sets the seeds of days apart from others."""


class CodeError(GanvaniaError):
    """A share code that leads to no castle, in one line."""


class CastleCode(NamedTuple):
    """A castle, the stage that is played in it and the art that it wears."""

    seed: int
    """0 <= seed < 2^64."""
    mode: str = "castle"
    """One of MODES."""
    difficulty: int = 1
    """1 is normal; below 2^16."""
    stage: int = 1
    """1, 2, ... below 2^16."""
    art: int = 0
    """How often it was dreamed anew; below 2^32."""
    network: int = 0
    """20 bits of the network that dreamed the rooms, or 0."""
    grid: int = 0
    """20 bits of the check sum of what is solid in dream rooms, or 0."""


def encode(castle: CastleCode) -> str:
    """The code of a castle, in groups: 8 symbols for stage 1 of a seed of 31 bits, 42 at most.

    Raises ValueError for integers that are out of range and for a mode that does not exist; TypeError for
    anything but integers.
    """
    symbols = _pack(castle)
    symbols.append(_times_x(_value_at_x(symbols)) ^ CHECK)
    text = "".join(ALPHABET[symbol] for symbol in symbols)
    groups = [text[at : at + GROUP] for at in range(0, len(text), GROUP)]
    if len(groups[-1]) == 1:  # a hyphen before a single symbol is easily lost
        groups[-2:] = [groups[-2] + groups[-1]]
    return "-".join(groups)


def decode(text: str) -> CastleCode:
    """The castle of a code in any spelling; `encode` gives the code as it should be spelt.

    Raises CodeError, one line, for no code, foreign symbols, and a code that is cut off, mistyped, or newer
    than this version of the game.
    """
    symbols = _read(text)
    code = "code " + repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")
    if not symbols:
        raise CodeError(f"the code is empty; type one such as {encode(CastleCode(7))}")
    if len(symbols) <= _SHORT:
        few = f"{len(symbols)} of {_SHORT + 1} symbols or more"
        raise CodeError(f"{code} is cut off: {few}; copy all of it")
    wrong, compare = f"{code} is mistyped or cut off", "compare it with the original"
    if _value_at_x(symbols) != CHECK:
        raise CodeError(f"{wrong} (the check symbol does not fit); {compare}")
    mistyped = CodeError(f"{wrong}; {compare}")
    version = symbols[0] >> 2
    if version > VERSION:
        raise CodeError(f"{code} is from a newer Ganvania (codes of version {version}); update this one")
    # The check fits. So what is wrong from here on was made up, or mistyped by more than one symbol.
    payload = symbols[:-1]
    seed, fields = _unpack(payload)
    if version < 1 or len(fields) > _FIELDS:
        raise mistyped
    stage, art, difficulty, mode, network, grid = fields + [0] * (_FIELDS - len(fields))
    if mode + 1 not in _MODE_OF:
        raise CodeError(f"{code} is of a mode that this Ganvania does not know; update it")
    castle = CastleCode(seed, _MODE_OF[mode + 1], difficulty + 1, stage + 1, art, network, grid)
    try:
        written = _pack(castle, version)
    except ValueError:
        raise mistyped from None
    if written != payload:  # a second way to write a castle, which would be a second code of it
        raise mistyped
    if version < VERSION:
        known = castle if castle.mode != "castle" else castle._replace(stage=min(castle.stage, STAGES))
        why = f"is of a castle that is no longer built (codes of version {version})"
        raise CodeError(f"{code} {why}; its seed leads to {encode(known)} now")
    return castle


def daily_seed(date: datetime.date) -> int:
    """The seed of a day's castle, 31 bits: a function of the date alone, the same for everybody."""
    return mix(_DAILY, date.toordinal()) >> (64 - SHORT_SEED_BITS)


def _pack(castle: CastleCode, version: int = VERSION) -> list[int]:
    """The symbols of a code without its check. Raises ValueError, and TypeError for anything but integers."""
    mode = castle.mode
    if mode in UNCODED:
        raise ValueError(f"a level of mode {mode!r} has no code: its shape is not in one; pass its bytes on")
    # numpy's integers become Python's own: a range counts all through itself to find any other.
    integers = tuple(map(operator.index, (castle.seed, *castle[2:])))
    seed, difficulty, stage, art, network, grid = integers
    fits = all(integer in allowed for integer, allowed in zip(integers, _RANGES, strict=True))
    if not fits or mode not in MODES or ((network or grid) and mode != "dream"):
        raise ValueError(f"no code can say {castle}")
    long = seed >> SHORT_SEED_BITS != 0
    count = _LONG if long else _SHORT
    head = (version << 1 | long) << (5 * count - _HEAD_BITS) | seed
    symbols = [head >> 5 * power & 31 for power in reversed(range(count))]
    fields = [stage - 1, art, difficulty - 1, MODES[mode] - 1, network, grid]
    while fields and not fields[-1]:
        fields.pop()
    for field in fields:
        rest = field
        while rest > 15:
            symbols.append(16 | rest & 15)
            rest >>= 4
        symbols.append(rest)
    return symbols


def _unpack(symbols: list[int]) -> tuple[int, list[int]]:
    """Seed and fields of some symbols; `_pack` tells whether a code would have been written so."""
    count = _LONG if symbols[0] >> 1 & 1 else _SHORT
    seed = 0
    for symbol in symbols[:count]:
        seed = seed << 5 | symbol
    fields, field, bits = [], 0, 0
    for symbol in symbols[count:]:
        field |= (symbol & 15) << bits
        bits += 4
        if symbol < 16:
            fields.append(field)
            field = bits = 0
    return seed & (1 << (5 * count - _HEAD_BITS)) - 1, fields


def _read(text: str) -> list[int]:
    """What was typed, as numbers below 32. Raises CodeError for a character that is no symbol."""
    symbols = []
    for position, character in enumerate(text, 1):
        if character == "-" or character.isspace():
            continue
        if character not in _VALUE:
            raise CodeError(
                f"{character!r} at place {position} is no symbol of a code, which has digits "
                "and letters but U; compare it with the original"
            )
        symbols.append(_VALUE[character])
    return symbols


def _value_at_x(symbols: Iterable[int]) -> int:
    """The polynomial with these coefficients in GF(32), highest power first, at the element x."""
    value = 0
    for symbol in symbols:
        value = _times_x(value) ^ symbol
    return value


def _times_x(element: int) -> int:
    """An element of GF(32), times x."""
    return element << 1 ^ (_PRIMITIVE if element & 16 else 0)
