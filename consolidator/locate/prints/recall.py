"""The prints that were met before: the next sheet with one of them need not be searched again.

In: what was located in full, the next workbook. Out: its `Located`, as the full way would give it, or None.
Bounded: the prints met least recently are forgotten. Each process has its own.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from consolidator.locate.prints.printed import Printed, filled_sheet, printed_on, sheets_beside
from consolidator.locate.prints.refill import refill
from consolidator.locate.sheets.tabs import on_its_tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.located import Located
    from consolidator.model import Sheet, Workbook

_MOST_PRINTS = 32
_MOST_QUESTIONS = 8


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

    def answers(self, forms: Sequence[Form], others: Sequence[Form], policy: BlankPolicy | None) -> bool:
        """Whether this is the question."""
        return policy == self._policy and _same(self._forms, forms) and _same(self._others, others)

    def seen(self, workbook: Workbook) -> Located | None:
        """The form in a workbook whose print was met before; the last ones are tried first."""
        sheets: dict[int, Sheet | None] = {}
        for number in reversed(self._prints):
            met = self._prints[number]
            key = len(met.beside) and id(met.beside)
            if key not in sheets:
                sheets[key] = filled_sheet(workbook, met.beside)
            sheet = sheets[key]
            located = refill(met.printed, sheet) if sheet is not None else None
            if located is not None:
                self._prints.move_to_end(number)
                return on_its_tab(located, workbook)
        return None

    def remember(self, workbook: Workbook, located: Sequence[Located]) -> None:
        """Keep the print of a workbook that was located in full, if by it the same comes out."""
        if len(located) != 1 or not located[0].alone or located[0].part is not None:
            return
        beside = sheets_beside(workbook, located[0], (*self._forms, *self._others))
        sheet = filled_sheet(workbook, beside) if beside is not None else None
        if beside is None or sheet is None:
            return
        printed = printed_on(sheet, located[0].form, self._forms, self._others, self._policy)
        again = refill(printed, sheet) if printed is not None else None
        if printed is not None and again is not None and on_its_tab(again, workbook) == located[0]:
            self._prints[id(printed)] = _Met(printed, beside)
            if len(self._prints) > _MOST_PRINTS:
                self._prints.popitem(last=False)


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
