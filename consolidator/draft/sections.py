"""Section lines: rows over which the same labels come again (城镇: 低保、特困; 农村: 低保、特困).

In: the planned rows of a table. Out: the same, rows under a section line with it as their parent.
Never: a section made where a label does not come again.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.form import Relation
from consolidator.form.texts.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.plan import PlannedRow


def put_under_sections(rows: Sequence[PlannedRow]) -> None:
    """Give every row whose label comes again under the same parent the line over its block for a parent.

    Each block begins with a row of its own words, which has no figure or a number before it, and has none of its labels twice.
    """
    for row in rows:
        _stand_beside(row, rows)
    for _, brothers in groupby(rows, key=lambda row: id(row.parent)):
        family = list(brothers)
        blocks = _blocks(family)
        if len(blocks) > 1:
            for head, block in blocks:
                head.texts = ()  # its own words, where they are merged over the columns of values
                for row in block:
                    _put_under(head, row, rows)


def _stand_beside(row: PlannedRow, rows: Sequence[PlannedRow]) -> None:
    """A line under an earlier section line, over labels that stand under that one too, is the next section line."""
    first = row.parent
    if first is None or row.number.kind or first.number.kind or (row.place, row.indent) != (first.place, first.indent):
        return
    before = {wording(other.label) for other in rows if other.parent is first and other.line < row.line}
    if before.isdisjoint(wording(other.label) for other in rows if other.parent is row):
        return
    row.parent = first.parent
    for other in _all_under(row, rows):
        other.level -= 1


def _all_under(row: PlannedRow, rows: Sequence[PlannedRow]) -> Iterator[PlannedRow]:
    yield row
    for other in rows:
        if other.parent is row:
            yield from _all_under(other, rows)


def _blocks(family: Sequence[PlannedRow]) -> list[tuple[PlannedRow, Sequence[PlannedRow]]]:
    """Each section line with the rows of its block; nothing where these do not account for all that comes again.

    A block reaches to the next section line, the last one to the last label that comes again.
    """
    labels = [wording(row.label) for row in family]
    counts = Counter(labels)
    again = [counts[label] > 1 for label in labels]
    openers = [
        place for place, row in enumerate(family[:-1]) if not again[place] and again[place + 1] and _may_open(row)
    ]
    if len(openers) < 2 or any(again[: openers[0]]):  # noqa: PLR2004 - one section tells nothing apart
        return []
    end = len(family) - again[::-1].index(True)
    spans = list(pairwise([*openers, end]))
    if any(len(set(labels[first + 1 : last])) < last - first - 1 for first, last in spans):
        return []
    return [(family[first], family[first + 1 : last]) for first, last in spans]


def _may_open(row: PlannedRow) -> bool:
    """Whether a row may be over others: one without a figure, or a numbered one that is their total too (一、收入合计)."""
    return (bool(row.number.kind) or not row.filled) and not words.is_sum(row.number.rest)


def _put_under(head: PlannedRow, row: PlannedRow, rows: Sequence[PlannedRow]) -> None:
    """The row, and all that stands under it, one level deeper."""
    row.parent, row.relation = head, Relation.NONE
    row.level = head.level + 1
    for other in rows:
        if other.parent is row:
            other.level = row.level + 1
