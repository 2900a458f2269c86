"""Tables and panels without titles of their own that share labels (合计, 其他): each a table with a name of its own.

In: panels of one kind; planned tables. Out: the panels in groups, one for each table; tables of which no two are called
alike. Never: a table named that has no label which the others lack: nothing would tell it apart when a form is read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.draft.outline import read_rows
from consolidator.draft.plan import Doubt
from consolidator.form.texts.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.columns import Panel
    from consolidator.draft.plan import PlannedRow, PlannedTable
    from consolidator.draft.surface import Surface


def apart(surface: Surface, band: Band, panels: Sequence[Panel]) -> list[Sequence[Panel]]:
    """The panels that are one table together, or each alone where the same labels stand in several of them."""
    if len(panels) < 2:  # noqa: PLR2004 - one panel shares nothing
        return [panels]
    rows = read_rows(surface, band, panels)
    counts = [len(read_rows(surface, band, (panel,))) for panel in panels]
    kinds = [number for number, count in enumerate(counts) for _ in range(count)]
    places: dict[tuple[int, str], set[int]] = {}
    for number, row in zip(kinds, rows, strict=True):
        places.setdefault((id(row.parent), wording(row.label)), set()).add(number)
    shared = any(len(numbers) > 1 for numbers in places.values())
    return [(panel,) for panel in panels] if shared else [panels]


def name_apart(tables: Sequence[PlannedTable]) -> None:
    """Give tables of one title that share labels names of their own: their heads for labels, else their order."""
    titled: dict[str, list[PlannedTable]] = {}
    for table in tables:
        titled.setdefault(wording(table.title), []).append(table)
    for alike in titled.values():
        labels = [{wording(row.label) for row in _outermost(table)} for table in alike]
        counts = Counter(label for mine in labels for label in mine)
        if max(counts.values(), default=0) < 2 or any(all(counts[each] > 1 for each in mine) for mine in labels):  # noqa: PLR2004
            continue
        heads = [table.label_heads[0] for table in alike]
        telling = len(set(heads)) == len(heads) and not any(head in words.LABEL_HEADS for head in heads)
        for number, table in enumerate(alike, start=1):
            if telling or number > 1:
                table.title = heads[number - 1] if telling else words.numbered_title(table.title, number)
                table.doubts.append(Doubt("table_untitled"))


def _outermost(table: PlannedTable) -> list[PlannedRow]:
    return table.children(None)
