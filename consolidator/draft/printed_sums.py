"""Sums that the numbers of the columns state on the form itself: 甲 乙 1=2+3 2 3, 4=1+2-3.

In: a planned table whose columns have the numbers printed under their heads. Out: `PlannedRule`s, and which columns they are of.
Never: a product or a quotient; a sum that the filled figures deny.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.draft.plan import Doubt, PlannedRule
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.draft.plan import PlannedColumn, PlannedTable

_FORMULA = re.compile(r"\(?(\d{1,2})\)?=([+-]?\(?\d{1,2}\)?(?:[+-]\(?\d{1,2}\)?)+)")
_NUMBER = re.compile(r"\(?(\d{1,2})\)?(?:=.*)?")
_TERM = re.compile(r"([+-]?)\(?(\d{1,2})\)?")
_ZERO = Decimal(0)
_Terms = list[tuple[str, "PlannedColumn"]]


def printed_sums(table: PlannedTable) -> Iterator[tuple[PlannedColumn, PlannedRule]]:
    """A rule for every column whose number says how it follows from others of the same unit of measure."""
    numbers = {match[1]: column for column in table.columns if (match := _NUMBER.fullmatch(fold(column.number)))}
    for column in table.columns:
        match = _FORMULA.fullmatch(fold(column.number))
        terms = _terms(match[2], numbers) if match else []
        if not terms or any(part.unit != column.unit or not part.summed for _, part in terms):
            continue
        if _is_denied(table, column, terms):
            column.doubts.append(Doubt("relation_printed", {"text": fold(column.number)}))
            continue
        formula = "".join(f" {sign} *.{part.key}" for sign, part in terms).removeprefix(" + ").strip()
        says = (("for_each", "row"), ("expression", f"*.{column.key} = {formula}"))
        words = "".join(f"{'＋' if sign == '+' else '－'}{part.label}" for sign, part in terms).removeprefix("＋")
        yield column, PlannedRule("printed", says, (column.key, column.label), ((terms[0][1].key, words),))


def _terms(text: str, numbers: Mapping[str, PlannedColumn]) -> _Terms:
    """Each column with its sign; nothing where a number is that of no column, or the first one is taken away."""
    found = [(match[1] or "+", numbers.get(match[2])) for match in _TERM.finditer(text)]
    whole = [(sign, column) for sign, column in found if column is not None]
    return whole if len(whole) == len(found) and whole[0][0] == "+" else []


def _is_denied(table: PlannedTable, column: PlannedColumn, terms: Sequence[tuple[str, PlannedColumn]]) -> bool:
    places = {id(each): place for place, each in enumerate(table.columns)}
    for row in (row for row in table.rows if row.filled):
        total = row.figures[places[id(column)]]
        parts = [(sign, row.figures[places[id(part)]] or _ZERO) for sign, part in terms]
        if total is not None and total != sum((-each if sign == "-" else each for sign, each in parts), start=_ZERO):
            return True
    return False
