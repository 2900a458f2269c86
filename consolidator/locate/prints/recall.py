"""The prints that were met before: the next sheet with one of them need not be searched again.

In: what was located in full, the next workbook. Out: its `Located`, as the full way would give it, or None.
Bounded: the prints met least recently are forgotten. Each process has its own.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from consolidator.locate.prints.identity import identified
from consolidator.locate.prints.imprint import printed_on
from consolidator.locate.prints.printed import Printed, filled_sheet, is_mute, sheets_beside
from consolidator.locate.prints.refill import refill
from consolidator.locate.sheets.tabs import on_its_tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.located import Located
    from consolidator.model import Sheet, Workbook

_MOST_PRINTS = 32
_MOST_QUESTIONS = 8
_MOST_IN_VAIN, _SELDOM = 64, 8  # workbooks since a print was last met again, from which on only some are tried


class _Met(NamedTuple):
    """A print, and the sheets that stood beside the one that carries it."""

    printed: Printed
    beside: tuple[Sheet, ...]


class Recall:
    """The prints met under one question: which forms are asked for, which others are known, what a blank means."""

    def __init__(self, forms: Sequence[Form], others: Sequence[Form], policy: BlankPolicy | None) -> None:
        """Begin without any."""
        self._forms = tuple(forms)
        self._others = tuple(others)
        self._policy = policy
        self._prints: OrderedDict[int, _Met] = OrderedDict()
        self._in_vain = 0

    def answers(self, forms: Sequence[Form], others: Sequence[Form], policy: BlankPolicy | None) -> bool:
        """Whether this is the question."""
        return policy == self._policy and _same(self._forms, forms) and _same(self._others, others)

    def seen(self, workbook: Workbook) -> Located | None:
        """The form in a workbook whose print was met before; the last ones are tried first."""
        sheets: dict[tuple[str, ...], Sheet | None] = {}
        for number in reversed(self._prints):
            met = self._prints[number]
            key = (met.printed.form.id, met.printed.sheet, *(sheet.name for sheet in met.beside)) if met.beside else ()
            if key not in sheets:
                sheets[key] = self._sheet(workbook, met)
            sheet = sheets[key]
            located = self._read(workbook, met.printed, sheet) if sheet is not None else None
            if located is not None:
                self._prints.move_to_end(number)
                self._in_vain = 0
                return located
        return None

    def remember(self, workbook: Workbook, located: Sequence[Located]) -> None:
        """Keep the print of a workbook that was located in full, if by it the same comes out."""
        self._in_vain += 1
        tired = self._in_vain > _MOST_IN_VAIN and self._in_vain % _SELDOM
        if tired or len(located) != 1 or not located[0].alone or located[0].part is not None:
            return
        beside = sheets_beside(workbook, located[0], (*self._forms, *self._others))
        sheet = filled_sheet(workbook, beside) if beside is not None else None
        if beside is None or sheet is None:
            return
        printed = printed_on(sheet, located[0].form, self._forms, self._others, self._policy)
        if printed is not None and self._read(workbook, printed, sheet) == located[0]:
            self._prints[id(printed)] = _Met(printed, beside)
            if len(self._prints) > _MOST_PRINTS:
                self._prints.popitem(last=False)

    def _sheet(self, workbook: Workbook, met: _Met) -> Sheet | None:
        """The sheet that may carry a print; those beside it are the same, or say nothing to any form either."""
        sheet = filled_sheet(workbook, met.beside)
        if sheet is not None or not met.beside:
            return sheet
        beside = tuple(sheet for sheet in workbook.sheets if sheet.cells and sheet.name != met.printed.sheet)
        alike = [sheet.name for sheet in beside] == [sheet.name for sheet in met.beside]
        mute = alike and all(is_mute(sheet, met.printed.form, (*self._forms, *self._others)) for sheet in beside)
        return filled_sheet(workbook, beside) if mute else None

    def _read(self, workbook: Workbook, printed: Printed, sheet: Sheet) -> Located | None:
        """The form on a sheet with a print, compared with the marks of its workbook where it has any."""
        located = refill(printed, sheet)
        if located is None:
            return None
        (marked,) = identified(workbook, (located,), self._policy)
        return on_its_tab(marked, workbook)


def _same(before: Sequence[Form], now: Sequence[Form]) -> bool:
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


_RECALLS: list[Recall] = []


def recall(forms: Sequence[Form], others: Sequence[Form], policy: BlankPolicy | None) -> Recall:
    """The prints met under a question."""
    for each in _RECALLS:
        if each.answers(forms, others, policy):
            return each
    if len(_RECALLS) >= _MOST_QUESTIONS:
        _RECALLS.clear()
    fresh = Recall(forms, others, policy)
    _RECALLS.append(fresh)
    return fresh
