"""Cell addresses and areas as files spell them: `D12`, `$D$12`, `D7:E8`."""

from __future__ import annotations

import re
from functools import cache

from consolidator.model import Area
from consolidator.read.limits import LIMITS, damaged, unsafe

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,12})")


@cache
def column_number(letters: str) -> int:
    """The column that letters name, from 1: `AB` gives 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def position(address: str) -> tuple[int, int]:
    """Row and column of a cell's address; beyond the last row or column of any spreadsheet, the file is refused."""
    match = _CELL.fullmatch(address)
    if match is None:
        raise damaged("address")
    return checked(int(match[2]), column_number(match[1]))


def checked(row: int, column: int) -> tuple[int, int]:
    """The same position, if a spreadsheet has it."""
    if not (1 <= row <= LIMITS.rows and 1 <= column <= LIMITS.columns):
        raise unsafe("position")
    return row, column


def area(reference: str) -> Area:
    """The rectangle that `D7:E8` or `D7` names."""
    first, _, last = reference.partition(":")
    top, left = position(first)
    bottom, right = position(last) if last else (top, left)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
