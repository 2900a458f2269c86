"""The units' numbers of one form as digits, worked out once for every sheet that shows them or adds them up.

In: a `CountyTable`. Out: a line of digits a unit, a sum a column. Never: a number that a spreadsheet would change; those
are kept apart, and whoever shows them takes the slow way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.definition import ValueType
from consolidator.model import Status
from consolidator.model.observed import spelled_numbers
from consolidator.write.workbook.shapes import digits
from consolidator.write.workbook.text import fits_excel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Indicator
    from consolidator.model import CountyTable, UnitRow

_WHOLE = re.compile(r"-?[1-9]\d*", re.ASCII)
_AMOUNT = re.compile(r"(?:-(?=.*[1-9]))?\d+(?:\.\d+)?", re.ASCII)
_DIGITS = 15
"""What a spreadsheet keeps of a number, whatever the number is."""

Digits = list[str | None]
"""One unit's numbers in the order of the indicators; None where there is none, or none that can be shown as it is."""


class Sum(Struct, frozen=True):
    """What the included units come to: their sum, how many have a number, whether a spreadsheet holds all of them."""

    value: Decimal
    count: int
    exact: bool


class Figures:
    """The numbers of one table; `indicators` are the columns in the order of the sheets."""

    def __init__(self, table: CountyTable, indicators: Sequence[Indicator]) -> None:
        self._indicators = indicators
        self._codes = tuple(indicator.code for indicator in indicators)
        self._included: list[Digits] = []
        self._apart: defaultdict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
        self._kept: dict[str | None, str] = {}
        self.lines: dict[str, Digits] = {}
        """Every unit's line by its code or name, of the units whose numbers are shown."""
        for row in table.rows:
            if is_shown(row):
                line = self.lines[row.unit.key] = self._line(row)
                if row.included:
                    self._included.append(line)
        self._kept.clear()

    def _line(self, row: UnitRow) -> Digits:
        texts = spelled_numbers(row.values, self._codes)
        line: Digits = list(map(self._kept.get, texts))
        for at, (shown, text) in enumerate(zip(line, texts, strict=True)):
            if shown is None and text is not None:
                if text.isdigit() and len(text) <= _DIGITS:
                    line[at] = self._kept[text] = text
                elif _is_plain(text, self._indicators[at]):
                    line[at] = text
                else:
                    self._apart[self._codes[at]].append((Decimal(text), row.included))
        return line

    def sum(self, indicator: str) -> Sum:
        """What the included units come to."""
        return self._sums[indicator]

    def longest(self, indicator: Indicator) -> str:
        """The longest number of a column, as it is shown; empty where there is none."""
        at = self._places[indicator.code]
        texts: set[str] = {text for line in self.lines.values() if (text := line[at]) is not None}
        if indicator.row.type is ValueType.MONEY or indicator.row.decimals:
            texts = {digits(indicator.row, Decimal(text)) for text in texts}
        texts.update(digits(indicator.row, number) for number, _ in self._apart[indicator.code])
        return max(texts, key=len, default="")

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {indicator.code: at for at, indicator in enumerate(self._indicators)}

    @cached_property
    def _sums(self) -> Mapping[str, Sum]:
        return {code: self._sum(code, at) for code, at in self._places.items()}

    def _sum(self, code: str, at: int) -> Sum:
        texts = [text for line in self._included if (text := line[at]) is not None]
        apart = [number for number, included in self._apart[code] if included]
        fractions = self._indicators[at].row.type is ValueType.MONEY
        added = sum(map(Decimal, texts), Decimal(0)) if fractions else Decimal(sum(map(int, texts)))
        return Sum(sum(apart, added), len(texts) + len(apart), all(map(fits_excel, apart)))


def is_shown(row: UnitRow) -> bool:
    """Whether a unit's numbers are shown: to show one of several versions would be to choose it."""
    return bool(row.file) and row.status is not Status.CONFLICT


def _is_plain(text: str, indicator: Indicator) -> bool:
    """Whether a number that is more than a few digits is shown as it stands: with a sign, an amount with decimals."""
    pattern = _AMOUNT if indicator.row.type is ValueType.MONEY else _WHOLE
    return pattern.fullmatch(text) is not None and len(text) - text.count("-") - text.count(".") <= _DIGITS
