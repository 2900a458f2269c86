"""What is to be said of the heads over columns of values (L04).

In: a sheet's name, the form's word for a column, head cells. Out: findings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from consolidator.findings import Finding, Outcome, Severity
from consolidator.locate.columns.headers import head_named
from consolidator.model import column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from consolidator.form.definition import Table
    from consolidator.model import Cell


def called(table: Table) -> dict[str, str]:
    """What sentences call the columns: by their words, with the group over those that are not theirs alone."""
    words = Counter(fold(column.label) for column in table.columns)
    shared = {column.key for column in table.columns if column.group and words[fold(column.label)] > 1}
    return {each.key: f"{each.group}／{each.label}" if each.key in shared else each.label for each in table.columns}


def not_one(sheet: str, label: str, candidates: Sequence[int]) -> Finding:
    """Several columns may hold the values, or none does."""
    columns = "、".join(column_letters(number) for number in candidates)
    case = "several" if candidates else "none"
    details = {"header": label, "columns": columns, "count": str(len(candidates))}
    return Finding("L04", Severity.HARD, case, sheet=sheet, details=details)


def renamed(sheet: str, label: str, head: Cell) -> Finding:
    """A column is headed in other words than the form's, and read."""
    return Finding(
        "L04", Severity.NOTE, "alias", Outcome.SATISFIED, (), sheet, (head.a1,), head.text, label,
        details=_details(label, head),
    )  # fmt: skip


def otherwise(sheet: str, label: str, head: Cell) -> Finding:
    """A column that could be it says of its figures that they are another period's, or none of what there was."""
    return Finding(
        "L04", Severity.HARD, "other_head", sheet=sheet, cells=(head.a1,), observed=head.text, expected=label,
        details=_details(label, head),
    )  # fmt: skip


def shared(spots: Mapping[str, int]) -> dict[int, list[str]]:
    """The sheet columns that stand for several columns of a table, with their keys."""
    keys: dict[int, list[str]] = {}
    for key, spot in spots.items():
        keys.setdefault(spot, []).append(key)
    return {spot: each for spot, each in keys.items() if len(each) > 1}


def under_one_another(sheet: str, heads: Sequence[Cell]) -> Finding:
    """The heads of several columns stand over one column, whose figures may be any one's."""
    return Finding(
        "L04", Severity.HARD, "under_one_another", sheet=sheet, cells=tuple(head.a1 for head in heads),
        observed=";".join(head.text for head in heads),
        details={"found": "”、“".join(head.text.strip() for head in heads), "columns": column_letters(heads[0].column)},
    )  # fmt: skip


class NoGroup(NamedTuple):
    """What is said of columns with the same words in several groups, and their keys; nothing where the groups are clear."""

    told: tuple[Finding, ...] = ()
    keys: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def of_no_group(sheet: str, table: Table, rivals: Mapping[str, Sequence[int]], lacking: Collection[str]) -> NoGroup:
    """That the heads over groups of columns do not say which of the columns with the same words is whose."""
    words = {column.key: fold(column.label) for column in table.columns if column.group}
    twins = {key for key in rivals if words.get(key) in {words[each] for each in lacking if each in words}}
    if not twins:
        return NoGroup()
    keys = twins.union(key for key in lacking if key in words and words[key] in {words[twin] for twin in twins})
    mine = [column for column in table.columns if column.key in keys]
    details = {
        "table": table.title,
        "header": "”“".join(dict.fromkeys(column.label for column in mine)),
        "groups": "、".join(dict.fromkeys(column.group for column in mine)),
        "columns": "、".join(column_letters(spot) for spot in sorted({spot for key in twins for spot in rivals[key]})),
    }
    told = Finding("L04", Severity.HARD, "groups", sheet=sheet, details=details)
    return NoGroup((told,), frozenset(keys), frozenset(fold(word) for column in mine for word in column.group_words))


def one_too_many(sheet: str, column: int, at: str, observed: str, text: str, *, inside: bool) -> Finding:
    """A column that the form does not have, under the head `text` or none, `inside` the table or right of it; `at` is its cell."""
    severity, outcome = (Severity.HARD, Outcome.VIOLATED) if inside else (Severity.NOTE, Outcome.SATISFIED)
    return Finding(
        "L05", severity, "inside" if inside else "right", outcome, sheet=sheet, cells=(at,), observed=observed,
        details={"found": text, "name": head_named(text), "columns": column_letters(column)},
    )  # fmt: skip


def _details(label: str, head: Cell) -> dict[str, str]:
    return {"header": label, "found": head.text.strip(), "columns": column_letters(head.column)}
