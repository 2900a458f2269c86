"""One cell to one value; a text as typed, a month in its ISO spelling, with what is to be said about it.

In: a cell (or none) and a text indicator. Out: a `Reading`. A blank is no finding: whether a text is due is a rule's
business. Never: a month chosen where the cell could mean two; a text that a program error put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Severity
from consolidator.form.choices import ValueType
from consolidator.form.texts.dates import year_month, year_month_of
from consolidator.form.texts.facets import is_nothing, is_readable
from consolidator.locate.cells.readings import Reading, finding_on, plain, unusable
from consolidator.locate.cells.values import EARLY_SERIAL, read_error, read_uncalculated, read_value
from consolidator.model import CellKind
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from consolidator.form.definition import BlankPolicy, Form, Indicator, Row
    from consolidator.model import Cell


def read_cell(cell: Cell | None, indicator: Indicator, form: Form, policy: BlankPolicy) -> Reading:
    """What stands in the cell of an indicator: a number under the blank `policy`, or a text."""
    if indicator.row.type.is_text:
        return read_text(cell, indicator, judged=indicator.code in form.left_to_rules.get("readable", ()))
    return read_value(cell, indicator, policy)


def read_text(cell: Cell | None, indicator: Indicator, *, judged: bool = False) -> Reading:
    """The text of `indicator` in `cell`. `judged` tells that a rule of the form says what cannot be read."""
    text = cell.text.strip() if cell is not None and cell.kind is not CellKind.BLANK else ""
    if cell is None or not text or is_dash(text):
        return Reading()
    if cell.kind is CellKind.ERROR:
        return read_error(cell, indicator)
    if cell.kind is CellKind.UNCALCULATED:
        return read_uncalculated(cell, indicator)
    if cell.struck:
        return unusable("V27", Severity.SOFT, cell, indicator, "struck")
    kind = indicator.row.type
    if kind is ValueType.YEAR_MONTH:
        return _read_month(cell, indicator, judged=judged)
    if kind is ValueType.QUANTITY and cell.kind is CellKind.DATE:
        return _read_dated(cell, indicator)
    if kind is ValueType.PHONE and not judged and not is_nothing(text) and not is_readable(kind, text):
        return Reading(text, (finding_on("V28", Severity.SOFT, cell, indicator),))
    return Reading(text)


def _read_dated(cell: Cell, indicator: Indicator) -> Reading:
    """A quantity that stands in a cell with a date's format: a number, or `5-10` that became a day of May."""
    if cell.number is None or not 0 <= cell.number < EARLY_SERIAL:
        return unusable("V17", Severity.HARD, cell, indicator, "typed_date")
    number = plain(cell.number)
    return Reading(
        number, (finding_on("V17", Severity.NOTE, cell, indicator, "serial", value=number, shown=cell.text),)
    )


def _read_month(cell: Cell, indicator: Indicator, *, judged: bool) -> Reading:
    if is_nothing(cell.text):
        return Reading(cell.text.strip())
    early = cell.kind is CellKind.DATE and cell.number is not None and cell.number < EARLY_SERIAL
    if early and cell.number is not None:
        return unusable("V19", Severity.SOFT, cell, indicator, "serial", value=plain(cell.number))
    if cell.kind is CellKind.NUMBER and cell.number is not None:
        found = year_month_of(cell.number, cell.number_format)
    else:
        single = year_month(cell.text[: len("2015-12-01")] if cell.kind is CellKind.DATE else cell.text)
        found = (single,) if single is not None else ()
    if len(found) > 1:
        return unusable("V19", Severity.SOFT, cell, indicator, "ambiguous", proposal="、".join(map(str, found)))
    if not found:
        told_by_rule = judged and not is_readable(ValueType.YEAR_MONTH, cell.text)
        return Reading() if told_by_rule else unusable("V19", Severity.SOFT, cell, indicator, "unreadable")
    month = str(found[0])
    if month == cell.text.strip():
        return Reading(month)
    return Reading(month, (finding_on("V19", Severity.NOTE, cell, indicator, "normalised", value=month),))


def filled_in(label: str, row: Row) -> bool:
    """Whether the blanks of a printed sentence are filled in."""
    return fold(label) != fold(row.label) and "_" in fold(row.label)
