"""What indicators are called in sentences and lists: as the form prints them, each so that it cannot be another one.

In: the tables of a form. Out: names by code. Never: a code.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.form.texts.wording import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form.definition import Indicator, Row, Table


_BLANKS = "_＿﹍"


def names_of(tables: Sequence[Table], apart: Mapping[str, str]) -> Mapping[str, str]:
    """A short name for every row and every cell by code: `收到申请数`, `行政诉讼数量·被依法纠错数`, `规章／现行有效件数`."""
    names: dict[str, str] = {}
    for table in tables:
        for row in table.rows:
            above, own = apart.get(row.code, ""), short(row.label)
            names[row.code] = f"{above}·{own}" if above else own
            if row.parent in names and any(blank in row.label for blank in _BLANKS):
                names[row.code] = names[row.parent]  # a sentence to fill in, under what it is about
            for column in table.columns:
                if column.key:
                    names[f"{row.code}.{column.key}"] = f"{names[row.code]}／{short(column.label)}"
    return names


def apart(tables: Iterable[Table]) -> Mapping[str, str]:
    """By the code of each row whose short label other rows have too: the row or the table it stands under."""
    rows = [(table, row) for table in tables for row in table.rows]
    count = Counter(short(row.label) for _, row in rows)
    labels = {row.code: short(row.label) for _, row in rows}
    return {row.code: _over(table, row, labels) for table, row in rows if count[short(row.label)] > 1}


def columns_named(tables: Iterable[Table]) -> Mapping[str, str]:
    """By the code of each cell in a table of several columns: its column, with its group where the label is another one's too."""
    found: dict[str, str] = {}
    for table in tables:
        labels = Counter(column.label for column in table.columns)
        for column in table.columns if len(table.columns) > 1 else ():
            twice = column.group and labels[column.label] > 1
            name = f"{column.group}／{column.label}" if twice else column.label
            found |= {f"{row.code}.{column.key}": name for row in table.rows}
    return found


def _over(table: Table, row: Row, labels: Mapping[str, str]) -> str:
    return labels.get(row.parent) or table.title


def column_name(indicator: Indicator) -> str:
    """What a whole column of indicators like this one is called; the row's name where there is but one column."""
    return indicator.column.label if indicator.column.key else short(indicator.row.label)
