"""Whether a form that states no period says over its columns that its figures are of a part of some year.

In: a sheet, a form. Out: a question. Never: a column that the form itself calls so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.dating import no_year
from consolidator.locate.headers import header_rows
from consolidator.locate.heading import texts_in
from consolidator.locate.labels import closing_remark
from consolidator.model import Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from consolidator.findings import Finding
    from consolidator.form.definition import Form
    from consolidator.model import Sheet

_SOME_YEAR = 1


def part_over_columns(sheet: Sheet, form: Form) -> tuple[Finding, ...]:
    """A head that is a part of a year, or says one in brackets at its end (`统计数（上半年）`), and not of which year."""
    columns = [column for table in form.grids for column in table.columns]
    own = {fold(word) for column in columns for word in (*column.wordings, column.group)}
    rows = {row for table in form.grids for row in header_rows(sheet, table)}
    for cell in texts_in(sheet, sorted(rows)):
        if fold(cell.text) not in own and (_is_part(closing_remark(cell.text)) or _is_part(fold(cell.text))):
            return (no_year(sheet, cell),)
    return ()


def _is_part(text: str) -> bool:
    part = Period.part_in(text, _SOME_YEAR, whole=True)
    return part is not None and not part.is_year
