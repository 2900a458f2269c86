"""Rows and columns of totals (合计, 小计), and columns that begin with 其中: the rules that they suggest.

In: planned tables with types and codes. Out: `PlannedRule`s. A sum of columns stays within the head that the total stands
under. What the filled figures deny is not proposed; what they do not show is hard only where the words leave no choice.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from consolidator.draft import words
from consolidator.draft.agreement import added, agree, exceeds, named
from consolidator.draft.parts_of_totals import is_plain, parts_of_row
from consolidator.draft.plan import Doubt, PlannedRule
from consolidator.draft.printed_sums import printed_sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from consolidator.draft.plan import PlannedColumn, PlannedRow, PlannedTable

_FEWEST = 2  # parts of a sum
_Part = TypeVar("_Part")


def total_rows(table: PlannedTable, *, keyed: bool) -> Iterator[PlannedRule]:
    """合计 or 总计 among its neighbours: their sum, each heading standing for the rows under it."""
    if not any(column.summed for column in table.columns):
        return
    for row in table.rows:
        if not row.numeric or not words.is_sum(row.number.rest):
            continue
        every = parts_of_row(table, row)
        if len(every) < _FEWEST:
            continue
        pair = _pair(every, [part.number.rest for part in every])
        parts, agreed = pair or every, None
        for way in filter(None, (pair, every)):
            agreed = agree(added(table, row), [added(table, part) for part in way])
            parts = way
            if agreed is not False:
                break
        if agreed is False:
            row.doubts.append(Doubt("sum_denied", {"codes": "、".join(part.code for part in every)}))
            continue
        sure = parts is pair or (all(part.parent is row.parent for part in parts) and is_plain(table, row))
        weight, doubts = _weight(agreed, sure=sure)
        yield _of_rows(table, row, parts, keyed=keyed, severity=weight, doubts=doubts)


def _weight(agreed: bool | None, *, sure: bool) -> tuple[str, tuple[Doubt, ...]]:
    """How much a sum weighs, and what is in doubt about it."""
    if agreed:
        return "hard", ()
    return ("hard", (Doubt("total_unfilled"),)) if sure else ("soft", (Doubt("total_asked"),))


def _of_rows(
    table: PlannedTable,
    whole: PlannedRow,
    parts: Sequence[PlannedRow],
    *,
    keyed: bool,
    severity: str,
    doubts: tuple[Doubt, ...],
) -> PlannedRule:
    """A sum of rows; where columns have keys it holds in every one that can be added up."""
    told = tuple(map(named, parts))
    if not keyed:
        says = (("expression", f"{whole.code} = {' + '.join(part.code for part in parts)}"),)
        return PlannedRule("sum_of", says, named(whole), told, doubts, severity)
    summed = [column.key for column in table.columns if column.summed]
    where = (("for_columns", f"[{', '.join(summed)}]"),) if len(summed) < len(table.columns) else ()
    formula = f"{whole.code}.* = {' + '.join(f'{part.code}.*' for part in parts)}"
    return PlannedRule(
        "rows", (("for_each", "column"), *where, ("expression", formula)), named(whole), told, doubts, severity
    )


def total_columns(table: PlannedTable) -> Iterator[PlannedRule]:
    """Columns of totals, and columns that begin with 其中."""
    stated = dict(printed_sums(table))
    yield from stated.values()
    for column in table.columns:
        if column in stated:
            continue
        if any(map(words.is_among, column.path)):
            yield from _part(table, column)
        elif words.is_sum(column.label):
            yield from _sums(table, column)


def _part(table: PlannedTable, column: PlannedColumn) -> Iterator[PlannedRule]:
    """其中 is at most the column it is of."""
    whole = _whole_of(table, column)
    if whole is None:
        return
    if exceeds(_below(table, column), _below(table, whole)):
        column.doubts.append(Doubt("part_denied", {"code": whole.key}))
        return
    says = (("for_each", "row"), ("expression", f"*.{column.key} <= *.{whole.key}"))
    yield PlannedRule("part_column", says, (whole.key, whole.label), ((column.key, column.label),))


def _whole_of(table: PlannedTable, part: PlannedColumn) -> PlannedColumn | None:
    """The column that a 其中 is of: the total before it under the same head, else the last one that is no part of others.

    The word may stand over the part itself or over all parts.
    """
    over = part.path[: next(place for place, head in enumerate(part.path) if words.is_among(head))]
    before = [
        other
        for other in table.columns[: table.columns.index(part)]
        if _upper(other) == over and not words.is_among(other.label)
    ]
    totals = [other for other in before if words.is_sum(other.label)]
    last = (totals or _without_pair(before))[-1:]
    return last[0] if last and last[0].unit == part.unit else None


def _without_pair(columns: Sequence[PlannedColumn]) -> list[PlannedColumn]:
    """Columns without those of 男 and 女 at their end."""
    pair = _pair(columns[-_FEWEST:], [column.label for column in columns[-_FEWEST:]])
    return list(columns[:-_FEWEST] if pair else columns)


def _sums(table: PlannedTable, total: PlannedColumn) -> Iterator[PlannedRule]:
    """The sums that a column of totals stands for: one, or one for each way in which its figures are told apart."""
    denied: list[str] = []
    proposed = False
    for parts, sure in _ways(table, total):
        if len(parts) < _FEWEST:
            continue
        agreed = agree(_below(table, total), [_below(table, part) for part in parts])
        if agreed is False:
            denied.append("、".join(part.key for part in parts))
            continue
        severity, doubts = _weight(agreed, sure=sure)
        formula = f"*.{total.key} = {' + '.join(f'*.{part.key}' for part in parts)}"
        told = tuple((part.key, part.label) for part in parts)
        says = (("for_each", "row"), ("expression", formula))
        yield PlannedRule("columns", says, (total.key, total.label), told, doubts, severity)
        proposed = True
    if denied and not proposed:
        total.doubts.append(Doubt("sum_denied", {"codes": denied[0]}))


def _below(table: PlannedTable, column: PlannedColumn) -> list[Decimal | None]:
    """The figures under a column."""
    place = table.columns.index(column)
    return [row.figures[place] for row in table.rows if row.figures]


def _ways(table: PlannedTable, total: PlannedColumn) -> Iterator[tuple[list[PlannedColumn], bool]]:
    """Columns that may add up to a total, all under the same head, and whether words leave no doubt of it.

    A head under it that says by what its columns are told apart (按性别分) is a way of its own; else each stands for its
    own total where it has one.
    """
    depth = len(_upper(total))
    inner = [
        column for column in table.columns if _may_be_added(column, total) and _upper(column)[:depth] == _upper(total)
    ]
    parts: list[PlannedColumn] = []
    whole = True  # whether each head under the total's has a total of its own
    for _, found in groupby(inner, key=lambda column: column.path[: depth + 1]):
        each = list(found)
        if len(_upper(each[0])) > depth and words.is_by(each[0].path[depth]):
            yield each, bool(_pair(each, [column.label for column in each]))
            continue
        sums = [column for column in each if words.is_sum(column.label)]
        nested = len(_upper(each[0])) > depth
        parts += sums[:1] if nested and sums else each
        whole = whole and (not nested or bool(sums))
    parts = [column for column in parts if len(_upper(column)) > depth or not words.is_sum(column.label)]
    pair = _pair(parts, [column.label for column in parts])
    if pair and agree(_below(table, total), [_below(table, part) for part in pair]) is not False:
        yield pair, True
        return
    if whole:
        told = any(words.is_rest(part.label) for part in parts) or any(words.is_sum(part.label) for part in parts)
        yield parts, told or words.is_subtotal(total.label)
    else:
        yield parts, False


def _may_be_added(column: PlannedColumn, total: PlannedColumn) -> bool:
    """Whether figures under a column could be part of a total."""
    strange = any(map(words.is_of_another_kind, column.path[len(_upper(total)) :]))
    return (
        column is not total
        and column.unit == total.unit
        and column.summed
        and not (any(map(words.is_among, column.path)) or strange)
    )


def _upper(column: PlannedColumn) -> tuple[str, ...]:
    """The heads over a column's own."""
    return column.path[:-1]


def _pair(parts: Sequence[_Part], labels: Sequence[str]) -> list[_Part] | None:
    """The two that leave nothing over (男 and 女, 城市 and 农村), if both are there once."""
    kinds = [words.half_of(label) for label in labels]
    for both in words.HALVES:
        found = [part for part, kind in zip(parts, kinds, strict=True) if kind in both]
        if len(found) == len(both) == len({kind for kind in kinds if kind in both}):
            return found
    return None
