"""Whether a form that states no period says over its columns that its figures are of a part of some year.

In: a sheet, a form. Out: the part, at its cell. Never: a column that the form itself calls so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.around.heading import texts_in
from consolidator.locate.columns.headers import header_rows
from consolidator.locate.located import StatedPeriod
from consolidator.locate.period.parts import SOME_YEAR
from consolidator.locate.words.labels import closing_remark
from consolidator.model import CellAddress, Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from consolidator.form.definition import Form
    from consolidator.model import Sheet


def part_over_columns(sheet: Sheet, form: Form) -> StatedPeriod | None:
    """A head that is a part of a year, or says one in brackets at its end (`统计数（上半年）`), and not of which year."""
    columns = [column for table in form.grids for column in table.columns]
    own = {fold(word) for column in columns for word in (*column.wordings, *column.group_words)}
    rows = {row for table in form.grids for row in header_rows(sheet, table)}
    for cell in texts_in(sheet, sorted(rows)):
        part = None if fold(cell.text) in own else _part(closing_remark(cell.text)) or _part(fold(cell.text))
        if part is not None:
            return StatedPeriod(part, CellAddress(sheet.name, cell.row, cell.column), cell.text)
    return None


def _part(text: str) -> Period | None:
    part = Period.part_in(text, SOME_YEAR.year, whole=True)
    return part if part is not None and not part.is_year else None
