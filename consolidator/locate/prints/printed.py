"""What is printed on a sheet: everything but the values, the heading and the sign-off (the template that a unit fills in).

In: a sheet that was located in full, and how. Out: a `Printed`, by which the next sheet with the same print is read, or
None. Never: a print kept where what a unit fills in could have a part in how labels, columns or rows are recognised.

A `Printed` is made only where all of this holds, so that on every sheet with the same print the full way would come to
the same rows and columns: nothing else in the workbook has cells; the labels decide alone which form it is; no other
form comes near; each table has a `TablePlan`; merges, half labels and numbers beside labels leave no doubt.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.choices import Arrangement
from consolidator.form.definition import ValueType
from consolidator.locate.cells import numerals
from consolidator.locate.columns.search import find_columns
from consolidator.locate.layout.allotting import allotted, under_one_another
from consolidator.locate.layout.blocks import part
from consolidator.locate.layout.recognise import ROWS, neighbours
from consolidator.locate.prints.wordings import LabelArea, Wordings, may_number
from consolidator.locate.rows.match import BETWEEN, SHARE, LabelIndex, find_items
from consolidator.locate.sheets.sheet import heading_period, heading_rows
from consolidator.locate.tables.plan import TablePlan, plan_table
from consolidator.locate.tables.table import TableReader
from consolidator.model import CellKind, Sheet, Workbook
from consolidator.model.observed import Layout
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.located import Located
    from consolidator.locate.rows.match import Item
    from consolidator.model import Area, Cell, Period

Place = tuple[int, int]

_OTHERS_LABELS = 4  # of another form that are asked for: fewer can never make it that form
_PROBES = 4  # fixed cells that are compared first


class Printed(Struct, frozen=True, dict=True):
    """The print of a sheet; `fixed` cells and `merges` must be the same on a sheet that is read by it.

    The tables cover the rows from `first` to `last`, the header begins at `top`, the indicators at `start`. `sentences`
    are labels with blanks to fill in, `units` words for units of measure. `guarded` are slots beside which stands what could be taken for
    part of a label, each with its row's places; `labels` are the labels on those rows.
    """

    form: Form
    sheet: str
    period: Period | None
    fixed: Mapping[Place, Cell]
    merges: tuple[Area, ...]
    plans: tuple[TablePlan, ...]
    tables: frozenset[str]
    sentences: Mapping[Place, Cell]
    guarded: Mapping[Place, tuple[Place, ...]]
    labels: Mapping[int, tuple[tuple[object, ...], ...]]
    top: int
    start: int
    first: int
    last: int
    furthest: int
    areas: tuple[LabelArea, ...]
    open_columns: frozenset[int]
    wordings: Wordings
    units: frozenset[str]
    unit_lines: Mapping[Place, str]

    @cached_property
    def layout(self) -> Layout:
        """The places of all tables' slots."""
        slots = [slot for plan in self.plans for slot in plan.slots]
        return Layout(tuple(slot.indicator.code for slot in slots), tuple(slot.place for slot in slots))

    @cached_property
    def value_columns(self) -> frozenset[int]:
        """The columns in which numbers are filled in."""
        return frozenset(slot.place[1] for plan in self.plans for slot in plan.slots if slot.indicator.numeric)

    @cached_property
    def probes(self) -> tuple[tuple[Place, Cell], ...]:
        """A few of the fixed cells from all over the sheet."""
        return (*self.fixed.items(),)[:: max(1, len(self.fixed) // _PROBES)]

    @property
    def settled(self) -> bool:
        """Whether anything is said of the tables in any case; such findings name the sheet."""
        return any(plan.settled for plan in self.plans) or len(self.tables) < len(self.form.tables)


def filled_sheet(workbook: Workbook, beside: Sequence[Sheet] = ()) -> Sheet | None:
    """The only sheet with cells but for those `beside` it, if it is visible as a whole and the workbook says no more.

    Whatever further facts a workbook or sheet may come to hold, this looks at none of them: they must be absent.
    """
    filled = [sheet for sheet in workbook.sheets if sheet.cells]
    if len(filled) != 1 + len(beside):
        return None
    if workbook != Workbook(workbook.format, workbook.sheets, workbook.reduced, workbook.findings):
        return None
    own = [sheet for sheet in filled if sheet not in beside] if beside else filled
    return own[0] if len(own) == 1 and _is_plain(own[0]) else None


def sheets_beside(workbook: Workbook, located: Located, forms: Sequence[Form]) -> tuple[Sheet, ...] | None:
    """The other sheets with cells, which say nothing to any of the `forms` (notes on filling in, say); None if one does."""
    beside = tuple(sheet for sheet in workbook.sheets if sheet.cells and sheet.name != located.sheet)
    if beside and located.form.loose:
        return None
    mute = (_is_plain(sheet) and not any(find_items(sheet, LabelIndex.of(form)) for form in forms) for sheet in beside)
    return beside if all(mute) else None


def _is_plain(sheet: Sheet) -> bool:
    """Whether a sheet is visible as a whole and holds nothing but cells."""
    return sheet == Sheet(sheet.name, sheet.cells, sheet.merges, filtered=sheet.filtered)


def printed_on(
    sheet: Sheet, form: Form, forms: Sequence[Form], others: Sequence[Form], policy: BlankPolicy | None
) -> Printed | None:
    """The print of a sheet (`filled_sheet`) on which `form` alone was recognised of `forms`."""
    if form.keyed or any(table.is_record or table.arrangement is not Arrangement.DOWN for table in form.tables):
        return None
    wordings = Wordings.of(forms, others)
    items = {each.id: find_items(sheet, LabelIndex.of(each)) for each in forms}
    mine = items[form.id]
    if not _alone(sheet, form, forms, items):
        return None
    stated = heading_period(sheet, form, mine)
    period = stated.period if stated else None
    tables: dict[str, TablePlan] = {}
    for table, own_part, own in under_one_another(sheet, form, allotted(sheet, form, mine)):
        columns = find_columns(own_part, own, table, period)
        plan = plan_table(TableReader(own_part, form, table, own, policy, columns, period=period))
        if plan is None:
            return None
        tables[table.id] = plan
    found = _assembled(sheet, form, period, tables, items, wordings)
    return found if _beyond_doubt(found, sheet, others) else None


def _alone(sheet: Sheet, form: Form, forms: Sequence[Form], items: Mapping[str, Sequence[Item]]) -> bool:
    """Whether the labels alone make it this form and no other, once."""
    for each in forms:
        found = {code for item in items[each.id] for code in item.codes[:1]}
        rows = len(each.rows)
        if each is form:
            enough = len(found) / rows >= SHARE and len(found) >= min(ROWS, rows)
        else:
            enough = len(found) < min(_OTHERS_LABELS, -(-rows // 2))
        if not enough or len(list(part(sheet, each, items[each.id]))) > 1:
            return False
    return True


def _assembled(
    sheet: Sheet,
    form: Form,
    period: Period | None,
    tables: Mapping[str, TablePlan],
    items: Mapping[str, Sequence[Item]],
    wordings: Wordings,
) -> Printed:
    mine, plans = items[form.id], tuple(tables.values())
    first, last = min(plan.first_row for plan in plans), max(plan.last_row for plan in plans)
    slots = {slot.place for plan in plans for slot in plan.slots}
    sentences = {(item.row, item.column): sheet.cells[item.row, item.column] for item in _sentences(form, mine)}
    inner = {place: cell for place, cell in sheet.cells.items() if first <= place[0] <= last}
    fixed = {place: cell for place, cell in inner.items() if place not in slots and place not in sentences}
    top, start = heading_rows(sheet, form, mine)
    guarded = {place: _row(place[0], inner, slots) for place in slots if _guarded(place, {**fixed, **sentences})}
    return Printed(
        form=form,
        sheet=sheet.name,
        period=period,
        fixed=fixed,
        merges=sheet.merges,
        plans=plans,
        tables=frozenset(tables),
        sentences=sentences,
        guarded=guarded,
        labels={row: wordings.labels_on(sheet.lines[row]) for row in {place[0] for place in guarded}},
        top=top,
        start=start,
        first=first,
        last=last,
        furthest=max((column for _, column in fixed), default=0),
        areas=tuple(_areas(wordings, items)),
        open_columns=frozenset().union(*(plan.open_columns for plan in plans)),
        wordings=wordings,
        units=numerals.COUNTERS.union(fold(row.unit_of_measure) for row in form.rows.values()),
        unit_lines=wordings.unit_lines(sheet.cells, first),
    )


def _sentences(form: Form, items: Sequence[Item]) -> Iterator[Item]:
    """The labels that are sentences with blanks to fill in."""
    for item in items:
        rows = [form.rows[code] for code in item.codes]
        if any(row.type is ValueType.TEXT and "_" in fold(row.label) for row in rows):
            yield item


def _areas(wordings: Wordings, items: Mapping[str, Sequence[Item]]) -> Iterator[LabelArea]:
    """Where the labels of each form stand, those of its form and the few of others."""
    for index, found in zip(wordings.indexes, items.values(), strict=True):
        if found:
            rows = [item.row for item in found]
            columns = frozenset(item.column for item in found)
            yield LabelArea(index, columns, range(min(rows) - BETWEEN, max(rows) + BETWEEN + 1))


def _row(row: int, inner: Mapping[Place, Cell], slots: set[Place]) -> tuple[Place, ...]:
    return tuple(sorted(place for place in {*inner, *slots} if place[0] == row))


def _guarded(slot: Place, cells: Mapping[Place, Cell]) -> bool:
    """Whether a text in the slot, or none, could change what its neighbours are taken for together."""
    row = sorted((place[1], cell) for place, cell in cells.items() if place[0] == slot[0])
    left = [cell for column, cell in row if column < slot[1]][-2:]
    right = [cell for column, cell in row if column > slot[1]]
    return any(cell.kind is CellKind.TEXT for cell in right) or any(may_number(cell.text) for cell in left)


def _beyond_doubt(found: Printed, sheet: Sheet, others: Sequence[Form]) -> bool:
    """Whether nothing that a unit fills in can change which cell is what."""
    slots = set(found.layout.places)
    crossing = any(
        area.top < found.first <= area.bottom or area.top <= found.last < area.bottom for area in sheet.merges
    )
    return (
        not crossing
        and len(slots) == len(found.layout.places)
        and not slots & set(found.sentences)
        and not any(column in area.columns for _, column in slots for area in found.areas)
        and max(column for _, column in sheet.cells) == found.furthest
        and not any(cell.comment for cell in sheet.cells.values())
        and not (found.sentences and found.settled)
        and found.wordings.safe
        and not _half_labels(found)
        and not any(found.wordings.numbered(rest) for rest in _beside(found))
        and not any(_may_beat(found, other) for other in others)
        and not neighbours(sheet.cells.values(), (found.form,), others)
    )


def _half_labels(found: Printed) -> bool:
    """Whether a text in a column of labels could be half of one, so that what is filled in near by could be the rest."""
    texts = ((place, cell.text) for place, cell in found.fixed.items() if cell.kind is CellKind.TEXT)
    return any(area.half(*place, text) for place, text in texts for area in found.areas)


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
