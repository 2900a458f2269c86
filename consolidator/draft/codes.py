"""Codes of rows and keys of columns: as printed where the sheet prints them, else made from the numbering.

In: planned tables. Out: the same, every row with a code of its own in the whole form, every column with a key in its table.
A code made here is its parent's with the number of the row among its siblings, or a small letter where it has no number.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from consolidator.draft.keys import key_of
from consolidator.draft.measures import is_none
from consolidator.draft.plan import Doubt
from consolidator.form import ValueType
from consolidator.form.pieces import LEVELS
from consolidator.rules import RESERVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.plan import PlannedColumn, PlannedRow, PlannedTable

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_DIGITS = re.compile(r"\d+")
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_FEW = 9


def give_codes(tables: Sequence[PlannedTable]) -> None:
    """Name every row, and every column of a table that has several."""
    taken: set[str] = set(RESERVED)
    letters = 0
    for table in tables:
        coded = [row for row in table.rows if row.type is not ValueType.HEADING or not is_none(row.printed_code)]
        if coded and all(_CODE.fullmatch(row.printed_code) or _DIGITS.fullmatch(row.printed_code) for row in coded):
            letter = _letters(letters)
            letters += 1
            for row in coded:
                _name(row, _printed(row, letter), taken)
            for number, row in enumerate((row for row in table.rows if row not in coded), start=1):
                row.printed_code = ""
                _name(row, f"{letter}_H{number}", taken)  # a heading for which the form prints a dash
        else:
            letters = _made(table, letters, taken)
        if len(table.columns) > 1 or any(len(other.columns) > 1 for other in tables):
            _give_keys(table.columns)


def _printed(row: PlannedRow, letter: str) -> str:
    """The printed code; one of digits only after a letter, because a code must not look like a number."""
    return f"{letter}{row.printed_code}" if row.printed_code[0].isdigit() else row.printed_code


def _made(table: PlannedTable, letters: int, taken: set[str]) -> int:
    for row in table.children(None):
        code = row.printed_code if _CODE.fullmatch(row.printed_code) else _letters(letters)
        _name(row, code, taken)
        letters += 1
        _below(table, row, taken)
    return letters


def _below(table: PlannedTable, parent: PlannedRow, taken: set[str]) -> None:
    children = table.children(parent)
    numbered = [row for row in children if row.number.kind]
    plain = 0
    for row in children:
        if row.number.kind:
            number = row.number.path[-1] if _ordinals(numbered) else numbered.index(row) + 1
            made = f"{parent.code}{'_' if len(numbered) > _FEW else ''}{number}"
        else:
            made = f"{parent.code}{_SMALL[plain] if plain < len(_SMALL) else f'_{plain + 1}'}"
            plain += 1
        _name(row, row.printed_code if _CODE.fullmatch(row.printed_code) else made, taken)
        _below(table, row, taken)


def _ordinals(rows: Sequence[PlannedRow]) -> bool:
    """Whether the printed numbers count the rows without a gap and without a repetition."""
    return [row.number.path[-1] for row in rows] == list(range(1, len(rows) + 1))


def _name(row: PlannedRow, code: str, taken: set[str]) -> None:
    free = code
    number = 2
    while free in taken:
        free = f"{code}_{number}"
        number += 1
    if free != code and row.printed_code:
        row.doubts.append(Doubt("code_twice", {"code": row.printed_code}))
    taken.add(free)
    row.code = free


def _letters(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_SMALL))
        name = _SMALL[rest].upper() + name
    return name


def _give_keys(columns: Sequence[PlannedColumn]) -> None:
    """A key for every column, with its groups' words before it where its own are several columns'."""
    taken: set[str] = set()
    counts = Counter(key_of(column.label) for column in columns)
    for number, column in enumerate(columns, start=1):
        known, outers = key_of(column.label), [key_of(level) for level in reversed(column.group.split(LEVELS))]
        inner = [f"{outer}_{known}" for outer in outers if outer and known]
        whole = "_".join((*reversed(outers), known)) if all(outers) and known else ""
        several = counts[known] > 1 and column.group
        named = (whole, *inner) if several else (known, *inner, whole)
        column.key = next(way for way in (*named, f"c{number}") if way and way not in taken and way not in RESERVED)
        taken.add(column.key)
