"""Words that a form has both over a column and before a row (合计): which of them stand as heads on a sheet.

In: a sheet, a form, the labels found there. Out: the labels without those that are heads.
Never: a word beside figures, or among the labels, taken for a head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.choices import Arrangement
from consolidator.locate.cells.numerals import is_bare
from consolidator.locate.columns.headers import header_rows, means
from consolidator.locate.columns.heads import span_of
from consolidator.locate.words.labels import core
from consolidator.locate.words.naming import named_column
from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet


def without_heads(sheet: Sheet, form: Form, items: Sequence[Item]) -> list[Item]:
    """The labels but for those that stand over columns: on a line of heads, or apart from all labels and figures."""
    heads: set[Item] = set()
    for table in form.grids if form.keyed else ():
        codes = {row.code for row in table.rows}
        mine = [item for item in items if codes.intersection(item.codes)]
        if table.arrangement is Arrangement.DOWN and mine:
            heads.update(_heads_among(sheet, table, mine))
    return [item for item in items if item not in heads]


def _heads_among(sheet: Sheet, table: Table, items: Sequence[Item]) -> Iterator[Item]:
    """Those of a table's labels that are its heads where they stand."""
    shared = _shared(table)
    doubtful = [item for item in items if core(item.text) in shared and named_column(item.text, table.columns)]
    if not doubtful:
        return
    headed = dict(_label_heads(sheet, table))
    own = {item.column for item in items if item not in doubtful} | set(_spans(sheet, table))
    own = own or {min(item.column for item in items)}
    for item in doubtful:
        on_line = item.column > headed.get(item.row, item.column) or _is_beside_heads(sheet, table, item)
        if on_line or (item.column not in own and not _has_figures(sheet, item.row)):
            yield item


def _is_beside_heads(sheet: Sheet, table: Table, item: Item) -> bool:
    """Whether another head of the table stands on the line, whatever figures another table has there."""
    others = (cell for cell in sheet.lines.get(item.row, ()) if cell.column != item.column)
    return any(cell.kind is CellKind.TEXT and named_column(cell.text, table.columns) is not None for cell in others)


def _shared(table: Table) -> set[str]:
    """The words, bare of numbers and remarks, by which both a row and a column of a table go."""
    rows = {core(word) for row in table.rows for word in row.wordings}
    return rows & {core(word) for column in table.columns for word in column.wordings}


def _label_heads(sheet: Sheet, table: Table) -> Iterator[tuple[int, int]]:
    """The lines of heads of a table, each with the column in which the words for the labels stand."""
    for row, cells in header_rows(sheet, table).items():
        yield row, min(cell.column for cell in cells if means(cell.text, table.label_headers))


def _spans(sheet: Sheet, table: Table) -> Iterator[int]:
    """Every column that words for the labels are merged over."""
    for cell in sheet.texts:
        if means(cell.text, table.label_headers):
            area = span_of(sheet, cell)
            yield from range(area.left, area.right + 1)


def _has_figures(sheet: Sheet, row: int) -> bool:
    """Whether figures stand on a line, be they typed as texts."""
    cells = (cell for cell in sheet.lines.get(row, ()) if cell.kind is not CellKind.BLANK)
    return any(cell.kind is CellKind.NUMBER or (bool(fold(cell.text)) and is_bare(cell.text)) for cell in cells)
