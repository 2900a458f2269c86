"""The codes that a form prints beside its labels: whether each stands beside its own.

In: the items read for a table's rows. Out: one question about the lines whose code is another row's.
Never: a serial number taken for a code, the label overruled by it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.texts.wording import short
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from consolidator.form.definition import Form, Row
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet

_LISTED = 6


def codes_at_odds(
    sheet: Sheet, form: Form, rows: Mapping[str, Row], chosen: Mapping[str, Item], panel_of: Callable[[Item], Panel]
) -> tuple[Finding, ...]:
    """A question about the lines of a table on which the code of another of its rows is printed."""
    wrong = dict(_wrong(sheet, rows, chosen, panel_of)) if form.codes_printed else {}
    if not wrong:
        return ()
    codes = {fold(code): code for code in rows}
    named = [f"“{short(rows[code].label)}”（{code}）≠ {cell.text.strip()}" for code, cell in wrong.items()]
    details = {"lines": "、".join(named[:_LISTED]) + ("…" if len(named) > _LISTED else ""), "count": str(len(wrong))}
    named_rows = dict.fromkeys(code for own, cell in wrong.items() for code in (own, codes[fold(cell.text)]))
    told = tuple(
        indicator.code
        for indicator in form.indicators.values()
        if indicator.row.code in named_rows and indicator.numeric
    )
    cells = tuple(cell.a1 for cell in wrong.values())
    return (Finding("S04", Severity.SOFT, "code", indicators=told, sheet=sheet.name, cells=cells, details=details),)


def _wrong(
    sheet: Sheet, rows: Mapping[str, Row], chosen: Mapping[str, Item], panel_of: Callable[[Item], Panel]
) -> Iterator[tuple[str, Cell]]:
    """The rows beside whose labels another one's code stands, in a column that holds most of the codes."""
    codes = {fold(code) for code in rows}
    columns: dict[int, dict[str, Cell]] = defaultdict(dict)
    for code, item in chosen.items():
        panel = panel_of(item)
        values = set(panel.values.values())
        for cell in sheet.lines.get(item.row, ()):
            beside = panel.left <= cell.column <= panel.right and cell.column not in values
            if beside and cell.column != item.column and fold(cell.text) in codes:
                columns[cell.column][code] = cell
    for cells in columns.values():
        right = sum(fold(cell.text) == fold(code) for code, cell in cells.items())
        if right * 2 > len(cells) and right > 1:
            yield from ((code, cell) for code, cell in cells.items() if fold(cell.text) != fold(code))
