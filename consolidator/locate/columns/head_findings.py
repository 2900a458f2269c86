"""What is to be said of the heads over columns of values (L04).

In: a sheet's name, the form's word for a column, head cells. Out: findings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.model import column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def _details(label: str, head: Cell) -> dict[str, str]:
    return {"header": label, "found": head.text.strip(), "columns": column_letters(head.column)}
