"""Relations that a sheet suggests: numbered rows under one that they add up to, 其中, rows and columns of totals.

In: planned tables with types. Out: relations of the rows, and `PlannedRule`s. What the filled figures deny is not
proposed; what they do not show is, with a doubt. Never: a rule between rows of different units of measure.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.draft.plan import Doubt, PlannedRule
from consolidator.form import Relation, ValueType
from consolidator.form.wording import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.plan import PlannedColumn, PlannedRow, PlannedTable

_ZERO = Decimal(0)
_FEWEST = 2  # parts of a sum


def relate(table: PlannedTable) -> Iterator[PlannedRule]:
    """Give the rows of a table their relations, and propose its rules."""
    keyed = any(column.key for column in table.columns)
    for row in table.rows:
        if row.relation is Relation.OF_WHICH and (row.parent is None or not row.numeric or not row.summed):
            row.relation, row.doubts = Relation.NONE, [Doubt("no_part")]
    for row in table.rows:
        _children(table, row)
        if keyed:
            continue  # the tree's own rules hold in every column
        children = [child for child in table.children(row) if child.relation is Relation.ADDEND]
        if children:
            doubts = tuple(_common_doubts(children))
            yield PlannedRule("sum_of", (("sum_of", row.code),), _named(row), tuple(map(_named, children)), doubts)
        if row.relation is Relation.OF_WHICH and row.parent is not None:
            yield PlannedRule("of_which", (("of_which", row.code),), _named(row.parent), (_named(row),))
    yield from _total_rows(table, keyed=keyed)
    if keyed and not any(row.type is ValueType.TEXT for row in table.rows):
        yield from _total_columns(table)


def _named(row: PlannedRow) -> tuple[str, str]:
    return row.code, short(row.label)


def _common_doubts(rows: Sequence[PlannedRow]) -> Iterator[Doubt]:
    """What is in doubt about all of them is in doubt about their sum."""
    if any(doubt.key in {"sum_unfilled", "sum_of_rest"} for row in rows for doubt in row.doubts):
        yield Doubt("rule_unfilled")


def _children(table: PlannedTable, parent: PlannedRow) -> None:
    """The relations of the rows under a row."""
    children = [child for child in table.children(parent) if child.numeric and child.summed]
    among = [child for child in children if child.relation is Relation.OF_WHICH]
    counted = [child for child in children if child.relation is Relation.NONE and child.number.kind]
    for child in among:
        if not parent.numeric or child.unit != parent.unit:
            child.relation, child.parent = Relation.NONE, parent.parent if parent.numeric else parent
            child.doubts = [*(doubt for doubt in child.doubts if doubt.key != "after_among"), Doubt("no_part")]
    among = [child for child in among if child.relation is Relation.OF_WHICH]
    if len(among) >= _FEWEST and words.is_rest(among[-1].label):
        _add_up(table, parent, among, "sum_of_rest")
    if not parent.numeric or any(words.is_total(child.number.rest) for child in counted):
        return
    same = [child for child in counted if child.unit == parent.unit]
    if len(same) == len(counted) and len(same) >= _FEWEST:
        _add_up(table, parent, same, "sum_unfilled")


def _add_up(table: PlannedTable, parent: PlannedRow, children: Sequence[PlannedRow], doubt: str) -> None:
    """Make the rows addends of their parent, unless the figures deny it."""
    agreed = _agree(_added(table, parent), [_added(table, child) for child in children])
    if agreed is False:
        parent.doubts.append(Doubt("sum_denied", {"codes": "、".join(child.code for child in children)}))
        return
    for child in children:
        child.relation = Relation.ADDEND
    if agreed is None:
        for child in children:
            child.doubts = [each for each in child.doubts if each.key != "after_among"]
        children[0].doubts.append(Doubt(doubt))


def _added(table: PlannedTable, row: PlannedRow) -> list[Decimal | None]:
    """The row's figures, those of columns of averages left out."""
    return [figure for figure, column in zip(row.figures, table.columns, strict=False) if column.summed]


def _agree(whole: Sequence[Decimal | None], parts: Sequence[Sequence[Decimal | None]]) -> bool | None:
    """Whether the parts add up to the whole in every column; None where nothing is filled in, or only zeros."""
    told = None
    for place, total in enumerate(whole):
        figures = [part[place] for part in parts if place < len(part)]
        if total is None and not any(figures):
            continue
        if (total or _ZERO) != sum((figure or _ZERO for figure in figures), start=_ZERO):
            return False
        told = True if total else told
    return told


def _by_column(
    table: PlannedTable, whole: PlannedRow, parts: Sequence[PlannedRow], doubts: tuple[Doubt, ...]
) -> PlannedRule:
    """A sum of rows that holds in every column that can be added up."""
    summed = [column.key for column in table.columns if column.summed]
    where = (("for_columns", f"[{', '.join(summed)}]"),) if len(summed) < len(table.columns) else ()
    formula = f"{whole.code}.* = {' + '.join(f'{part.code}.*' for part in parts)}"
    says = (("for_each", "column"), *where, ("expression", formula))
    return PlannedRule("rows", says, _named(whole), tuple(map(_named, parts)), doubts)


def _total_rows(table: PlannedTable, *, keyed: bool) -> Iterator[PlannedRule]:
    """合计 or 总计 among its neighbours: their sum, each heading standing for the rows under it."""
    for row in table.rows:
        if not row.numeric or not (words.is_total(row.number.rest) or words.is_subtotal(row.number.rest)):
            continue
        family = [other for other in table.children(row.parent) if other is not row]
        later = [other for other in family if other.line > row.line] if family and family[0].line > row.line else family
        parts = [part for other in later for part in _counted(table, other) if part.unit == row.unit]
        parts = [part for part in parts if part.summed and not words.is_total(part.number.rest)]
        if len(parts) < _FEWEST:
            continue
        if not any(column.summed for column in table.columns):
            continue
        agreed = _agree(_added(table, row), [_added(table, part) for part in parts])
        if agreed is False:
            row.doubts.append(Doubt("sum_denied", {"codes": "、".join(part.code for part in parts)}))
            continue
        doubts = () if agreed else (Doubt("total_unfilled"),)
        if keyed:
            yield _by_column(table, row, parts, doubts)
        else:
            says = f"{row.code} = {' + '.join(part.code for part in parts)}"
            yield PlannedRule("sum_of", (("expression", says),), _named(row), tuple(map(_named, parts)), doubts)


def _counted(table: PlannedTable, row: PlannedRow) -> list[PlannedRow]:
    """The row itself, or, for a heading, the figures under it."""
    if row.numeric:
        return [row] if row.relation is not Relation.OF_WHICH else []
    return [part for child in table.children(row) for part in _counted(table, child)]


def _total_columns(table: PlannedTable) -> Iterator[PlannedRule]:
    """Columns of totals, and columns that begin with 其中."""
    for place, column in enumerate(table.columns):
        whole = (column.key, column.label)
        if words.is_among(column.label):
            before = [other for other in table.columns[:place] if not words.is_among(other.label)]
            if before and before[-1].unit == column.unit:
                says = (("for_each", "row"), ("expression", f"*.{column.key} <= *.{before[-1].key}"))
                yield PlannedRule("part_column", says, (before[-1].key, before[-1].label), (whole,))
            continue
        parts = _addends(table, column)
        if len(parts) < _FEWEST:
            continue
        places = [table.columns.index(part) for part in parts]
        agreed = _agree(
            [row.figures[place] for row in table.rows if row.figures],
            [[row.figures[part] for row in table.rows if row.figures] for part in places],
        )
        if agreed is False:
            column.doubts.append(Doubt("sum_denied", {"codes": "、".join(part.key for part in parts)}))
            continue
        says = (
            ("for_each", "row"),
            ("expression", f"*.{column.key} = {' + '.join(f'*.{part.key}' for part in parts)}"),
        )
        named = tuple((part.key, part.label) for part in parts)
        yield PlannedRule("columns", says, whole, named, () if agreed else (Doubt("total_unfilled"),))


def _addends(table: PlannedTable, total: PlannedColumn) -> list[PlannedColumn]:
    """The columns that a column of totals adds up: those of its group for 小计, else all that are not totals of others."""
    if not (words.is_total(total.label) or words.is_subtotal(total.label)):
        return []
    like = [
        column
        for column in table.columns
        if column is not total
        and column.unit == total.unit
        and column.summed
        and not words.is_among(column.label)
        and not words.is_of_another_kind(column.label)
        and not words.is_total(column.label)
    ]
    grouped = words.is_subtotal(total.label) or (total.group and any(column.group == total.group for column in like))
    if grouped:
        return [column for column in like if column.group == total.group and not words.is_subtotal(column.label)]
    summed = {column.group for column in like if words.is_subtotal(column.label)}
    return [column for column in like if words.is_subtotal(column.label) or column.group not in summed]
