"""Whether the figures of a filled sheet bear out a relation, and what a relation calls its rows.

In: planned rows with their figures. Out: an answer, or none where nothing is filled in. Never: a relation proposed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.form.texts.wording import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.plan import PlannedRow, PlannedTable

_ZERO = Decimal(0)


def named(row: PlannedRow) -> tuple[str, str]:
    """The row's code and short label."""
    return row.code, short(row.label)


def added(table: PlannedTable, row: PlannedRow) -> list[Decimal | None]:
    """The row's figures, those of columns of averages left out."""
    return [figure for figure, column in zip(row.figures, table.columns, strict=False) if column.summed]


def agree(whole: Sequence[Decimal | None], parts: Sequence[Sequence[Decimal | None]]) -> bool | None:
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


def exceeds(part: Sequence[Decimal | None], whole: Sequence[Decimal | None]) -> bool:
    """Whether a part is anywhere more than the whole."""
    return any(more is not None and less is not None and more > less for more, less in zip(part, whole, strict=False))
