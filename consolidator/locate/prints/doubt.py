"""Whether nothing that a unit fills in on a print can change which cell is what.

In: a `Printed`, the sheet that it was made of, the other forms that are known. Out: whether sheets may be read by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.layout.recognise import neighbours
from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.prints.printed import Place, Printed
    from consolidator.locate.prints.wordings import LabelArea
    from consolidator.model import Cell, Sheet


def beyond_doubt(found: Printed, sheet: Sheet, others: Sequence[Form]) -> bool:
    """Whether nothing that a unit fills in can change which cell is what."""
    slots = set(found.layout.places)
    crossing = any(
        area.top < found.first <= area.bottom or area.top <= found.last < area.bottom for area in sheet.merges
    )
    return (
        not crossing
        and len(slots) == len(found.layout.places)
        and not slots & set(found.sentences)
        and (found.strict or not any(column in area.columns for _, column in slots for area in found.areas))
        and max(column for _, column in sheet.cells) == found.furthest
        and not any(cell.comment for cell in sheet.cells.values())
        and not (found.sentences and found.settled)
        and found.wordings.safe
        and not any(found.wordings.numbered(rest) for rest in _beside(found))
        and not any(_may_beat(found, other) for other in others)
        and not neighbours(sheet.cells.values(), (found.form,), others)
    )


def half_labels(fixed: Mapping[Place, Cell], areas: Iterable[LabelArea]) -> bool:
    """Whether a text in a column of labels could be half of one, so that what is filled in near by could be the rest."""
    texts = [(place, cell.text) for place, cell in fixed.items() if cell.kind is CellKind.TEXT]
    return any(area.half(*place, text) for area in areas for place, text in texts)


def _beside(found: Printed) -> Iterator[str]:
    """What stands right of the values, cell by cell and two cells together: a number before it must not make a label."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in {**found.fixed, **found.sentences}.items():
        rows.setdefault(row, []).append((column, cell.text))
    for row, column in found.layout.places:
        texts = [text for place, text in sorted(rows.get(row, ())) if place > column]
        yield from texts
        yield from (one + other for one in texts for other in texts)


def _may_beat(found: Printed, other: Form) -> bool:
    """Whether the sheet might have more wordings of another form, whatever stands in the sentences to fill in."""
    theirs, own = other.wordings - found.form.wordings, found.form.wordings - other.wordings
    texts = [fold(cell.text) for cell in found.fixed.values() if cell.text]
    return sum(text in theirs for text in texts) + len(found.sentences) > sum(text in own for text in texts)
