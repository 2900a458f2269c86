"""Which rows and columns of a table are filled in with words rather than figures.

In: a planned table, one of its rows or columns. Out: whether it holds words, as far as the sheet shows. Never: a type given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import measures, words

if TYPE_CHECKING:
    from consolidator.draft.plan import PlannedColumn, PlannedRow, PlannedTable


def is_wordy(table: PlannedTable, column: PlannedColumn) -> bool:
    """Whether words stand under a head, or will."""
    place = table.columns.index(column)
    rows = [row for row in table.rows if row.own_line]
    if any(row.figures[place] is not None for row in rows if place < len(row.figures)):
        return False
    if words.is_any_answer(column.label) and rows_print_units(table):
        return False
    return words.is_text_head(column.label) and not words.is_of_another_kind(column.label)


def holds_figures(table: PlannedTable) -> bool:
    """Whether the rows of a table of words and figures hold figures: units of measure are printed for them, or one is a total."""
    return rows_print_units(table) or any(words.is_sum(row.number.rest) for row in table.rows)


def rows_print_units(table: PlannedTable) -> bool:
    """Whether units of measure stand beside the rows or in their labels."""
    return any(
        not measures.is_none(row.printed_unit or "") or measures.in_brackets(row.label)
        for row in table.rows
        if row.own_line
    )


def asks_words(row: PlannedRow) -> bool:
    """Whether a row is filled in with words."""
    if words.is_kind_of_answer(row.printed_unit or ""):
        return True
    if row.filled or not row.own_line or (row.printed_unit and measures.is_unit(row.printed_unit)):
        return False
    if words.is_field_label(row.label):
        return True
    return words.is_text_label(row.label) or (bool(row.texts) and not row.printed_unit)


def may_be_text(table: PlannedTable, row: PlannedRow) -> bool:
    """Whether nothing says what a row is filled in with: no unit of measure, no rows under it, unlike all its neighbours."""
    if row.filled or not row.own_line or row.printed_unit != "" or asks_words(row) or table.children(row):
        return False
    siblings = [other for other in table.children(row.parent) if other is not row]
    return bool(siblings) and all(measures.is_unit(other.printed_unit or "") for other in siblings)
