"""Which rows a row of totals may add up, by their order and by the numbers before their labels.

In: a planned table, one of its rows that says 合计 or 小计. Out: the rows that are its parts, and whether their order leaves no doubt.
Never: rows that a subtotal among them already holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.form import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.plan import PlannedRow, PlannedTable


def parts_of_row(table: PlannedTable, row: PlannedRow) -> list[PlannedRow]:
    """The rows that it may add up: those after it where it is the first of its family, else all, or those up to it."""
    family = table.children(row.parent)
    beside = [part for other in _beside(family, row) for part in _counted(table, other) if part.unit == row.unit]
    totals = [part for part in beside if part.parent is row.parent and words.is_total(part.number.rest)]
    parts = [part for part in beside if part.summed and part not in totals]
    return _chapters(parts) if _is_mixed(parts) else parts


def is_plain(table: PlannedTable, row: PlannedRow) -> bool:
    """Whether nothing in the order of the rows leaves a doubt which of them are added up."""
    family = table.children(row.parent)
    subtotals = [other for other in family if words.is_subtotal(other.number.rest)]
    parts = [other for other in family if other is not row and other.numeric]
    return not _is_mixed(parts) and (not subtotals or (subtotals == [row] and row in (family[0], family[-1])))


def _beside(family: Sequence[PlannedRow], row: PlannedRow) -> Sequence[PlannedRow]:
    """The rows of a family that a total, or a subtotal of a part of them, stands for."""
    at = family.index(row)
    marks = [place for place, other in enumerate(family) if words.is_sum(other.number.rest)]
    ahead = bool(marks) and (marks[0] == 0 or (marks[:2] == [0, 1]))  # sums stand before what they add up
    after = next((place for place in marks if place > at), len(family))
    before = max((place + 1 for place in marks if place < at), default=0)
    if words.is_subtotal(row.number.rest) and len(marks) > 1:
        return family[at + 1 : after] if ahead else family[before:at]
    rest = family[at + 1 :] if at == 0 else [other for other in family if other is not row]
    held = [other for each in rest if words.is_subtotal(each.number.rest) for other in _beside(family, each)]
    return [other for other in rest if not any(other is each for each in held)]


def _counted(table: PlannedTable, row: PlannedRow) -> list[PlannedRow]:
    """The row itself, or, for a heading, the figures under it: their own total where they have one."""
    if row.numeric:
        return [row] if row.relation is not Relation.OF_WHICH else []
    children = table.children(row)
    sums = [child for child in children if child.numeric and words.is_sum(child.number.rest)]
    return sums[:1] or [part for child in children for part in _counted(table, child)]


def _is_mixed(parts: Sequence[PlannedRow]) -> bool:
    """Whether numbered chapters have rows without numbers between them, which may be their own parts."""
    kinds = [part.number.kind for part in parts if not words.is_rest(part.number.rest)]
    return len(kinds) > 2 and bool(kinds[0]) and "" in kinds and kinds.count(kinds[0]) > 1  # noqa: PLR2004 - two chapters and a row


def _chapters(parts: Sequence[PlannedRow]) -> list[PlannedRow]:
    return [part for part in parts if part.number.kind == parts[0].number.kind]
