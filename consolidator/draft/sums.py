"""Relations that a sheet suggests: numbered rows under one that they add up to, 其中; with those of totals all of them.

In: planned tables with types. Out: relations of the rows, and `PlannedRule`s. What the filled figures deny is not
proposed; what they do not show is, with a doubt. Never: a rule between rows of different units of measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.draft.agreement import added, agree, named
from consolidator.draft.plan import Doubt, PlannedRule
from consolidator.draft.totals import total_columns, total_rows
from consolidator.form import Relation, ValueType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.plan import PlannedRow, PlannedTable

_FEWEST = 2  # parts of a sum


def relate(table: PlannedTable) -> Iterator[PlannedRule]:
    """Give the rows of a table their relations, and propose its rules."""
    keyed = any(column.key for column in table.columns)
    for row in table.rows:
        if row.relation is Relation.OF_WHICH and (row.parent is None or not row.numeric or not row.summed):
            row.relation, row.doubts = Relation.NONE, [Doubt("no_part")]
    for row in table.rows:
        _children(table, row)
        asked = any(doubt.key == "after_among" for doubt in row.doubts)
        asked = asked and row.parent is not None and row.indent <= row.parent.indent
        if keyed:
            if asked and row.relation is Relation.OF_WHICH:
                yield _asked_in_every_column(row)
            continue  # the tree's own rules hold in every column
        children = [child for child in table.children(row) if child.relation is Relation.ADDEND]
        if children:
            doubts = tuple(_common_doubts(children))
            yield PlannedRule("sum_of", (("sum_of", row.code),), named(row), tuple(map(named, children)), doubts)
        if row.relation is Relation.OF_WHICH and row.parent is not None:
            weight = "soft" if asked else "hard"
            yield PlannedRule("of_which", (("of_which", row.code),), named(row.parent), (named(row),), severity=weight)
    yield from total_rows(table, keyed=keyed)
    if keyed and not any(row.type is ValueType.TEXT for row in table.rows):
        yield from total_columns(table)


def _asked_in_every_column(row: PlannedRow) -> PlannedRule:
    """That a row which may be a part of its parent is none in the tree, whose rules refuse a form, but asked about."""
    assert row.parent is not None  # noqa: S101 - as every part's
    row.relation = Relation.NONE
    row.doubts = [Doubt("part_asked") if doubt.key == "after_among" else doubt for doubt in row.doubts]
    says = (("for_each", "column"), ("expression", f"{row.code}.* <= {row.parent.code}.*"))
    return PlannedRule("part_row", says, named(row.parent), (named(row),), severity="soft")


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
    if (
        len(same) == len(counted)
        and len(same) >= _FEWEST
        and not words.is_one_half([child.number.rest for child in same])
    ):
        _add_up(table, parent, same, "sum_unfilled")


def _add_up(table: PlannedTable, parent: PlannedRow, children: Sequence[PlannedRow], doubt: str) -> None:
    """Make the rows addends of their parent, unless the figures deny it."""
    agreed = agree(added(table, parent), [added(table, child) for child in children])
    if agreed is False:
        parent.doubts.append(Doubt("sum_denied", {"codes": "、".join(child.code for child in children)}))
        return
    for child in children:
        child.relation = Relation.ADDEND
    if agreed is None:
        for child in children:
            child.doubts = [each for each in child.doubts if each.key != "after_among"]
        children[0].doubts.append(Doubt(doubt))
