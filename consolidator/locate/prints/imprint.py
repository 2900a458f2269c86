"""Take the print of a sheet that was located in full, if what a unit fills in can have no part in how it was read.

In: a sheet (`filled_sheet`), the form that alone was recognised on it, the forms that are known. Out: a `Printed`, or None.

A `Printed` is made only where all of this holds, so that on every sheet with the same print the full way would come to
the same rows and columns: nothing else in the workbook has cells; the labels decide alone which form it is; no other
form comes near; each table has a `TablePlan`; merges, half labels and numbers beside labels leave no doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.choices import Arrangement
from consolidator.form.definition import ValueType
from consolidator.locate.around.overtitles import titles_of_table
from consolidator.locate.around.prose import read_prose
from consolidator.locate.cells import numerals
from consolidator.locate.layout.blocks import part
from consolidator.locate.layout.recognise import ROWS, labels_on
from consolidator.locate.period.months_in_heads import part_in_heads
from consolidator.locate.prints.doubt import beyond_doubt, half_labels
from consolidator.locate.prints.printed import Place, Printed
from consolidator.locate.prints.wordings import LabelArea, Wordings, may_number
from consolidator.locate.rows.match import BETWEEN, SHARE, find_items
from consolidator.locate.sheets.sheet import heading_period, heading_rows, table_readers
from consolidator.locate.tables.plan import TablePlan, plan_table
from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.around.overtitles import Titles
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Period, Sheet

_OTHERS_LABELS = 4  # of another form that are asked for: fewer can never make it that form


def printed_on(
    sheet: Sheet, form: Form, forms: Sequence[Form], others: Sequence[Form], policy: BlankPolicy | None
) -> Printed | None:
    """The print of a sheet (`filled_sheet`) on which `form` alone was recognised of `forms`."""
    if any(table.is_record for table in form.grids):
        return None
    items = {each.id: labels_on(sheet, each) for each in forms}
    if not _alone(sheet, form, forms, items):
        return None
    mine = items[form.id]
    prose = read_prose(sheet, form, mine)
    stated = heading_period(sheet, form, mine, prose)
    if form.keyed and (stated is None or part_in_heads(sheet, form, mine, stated) is not None):
        return None
    period = stated.period if stated else None
    plans: dict[str, TablePlan] = {}
    for reader in table_readers(sheet, form, mine, policy, period):
        plan = plan_table(reader)
        if plan is None or any(reader.groups.asked(reader.columns.panels)):
            return None
        plans[reader.table.id] = plan
    if _is_strict(form) and not _is_plainly_filled(sheet, plans.values()):
        return None
    found = _assembled(sheet, form, period, plans, items, (Wordings.of(forms, others), prose.rows))
    return found if beyond_doubt(found, sheet, others) else None


def _is_strict(form: Form) -> bool:
    """Whether what is filled in has a part in how a form's columns are found, or stands between its tables."""
    return form.keyed or any(table.arrangement is not Arrangement.DOWN for table in form.tables)


def _is_plainly_filled(sheet: Sheet, plans: Collection[TablePlan]) -> bool:
    """Whether every slot of every table holds a number, and no other number stands among them or right of them."""
    slots = {slot.place: slot for plan in plans for slot in plan.slots}
    numbers = {place for place, cell in sheet.cells.items() if cell.kind is CellKind.NUMBER}
    return (
        all(slot.numeric for slot in slots.values())
        and numbers.issuperset(slots)
        and not any(_is_among(place, plan) for place in numbers.difference(slots) for plan in plans)
    )


def _is_among(place: Place, plan: TablePlan) -> bool:
    first = min((column for _, column in (slot.place for slot in plan.slots)), default=1)
    return plan.first_row <= place[0] <= plan.last_row and place[1] >= first


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
    known: tuple[Wordings, frozenset[int]],
) -> Printed:
    """The print; `known` are the wordings of all forms, and the rows of prose."""
    (wordings, prose), mine, plans = known, items[form.id], tuple(tables.values())
    first, last = min(plan.first_row for plan in plans), max(plan.last_row for plan in plans)
    slots = {slot.place for plan in plans for slot in plan.slots}
    sentences = {(item.row, item.column): sheet.cells[item.row, item.column] for item in _sentences(form, mine)}
    inner = {place: cell for place, cell in sheet.cells.items() if first <= place[0] <= last}
    free = {*slots, *sentences, *(place for place in inner if place[0] in prose)}
    fixed = {place: cell for place, cell in inner.items() if place not in free}
    around = {place: cell for place, cell in sheet.cells.items() if place not in inner or place[0] in prose}
    areas = tuple(_areas(wordings, items))
    guarded = {place: _row(place[0], inner, slots) for place in slots if _guarded(place, {**fixed, **sentences})}
    top, start = heading_rows(sheet, form, mine)
    strict = _is_strict(form)
    anew = strict or half_labels(fixed, areas)
    return Printed(
        form, sheet.name, period, fixed, sheet.merges, plans, frozenset(tables), sentences, guarded,
        labels={row: wordings.labels_on(sheet.lines[row]) for row in {place[0] for place in guarded}},
        top=top, start=start, first=first, last=last,
        furthest=max((column for _, column in fixed), default=0),
        areas=areas,
        open_columns=frozenset().union(*(plan.open_columns for plan in plans)),
        wordings=wordings,
        units=numerals.COUNTERS.union(fold(row.unit_of_measure) for row in form.rows.values()),
        unit_lines=wordings.unit_lines(sheet.cells, first),
        over={place: sheet.cells.get(place) for plan in plans for place in plan.over - slots},
        strict=strict, items=tuple(mine), prose=prose, titles=tuple(_titles(form, tables)) if strict else (),
        labelled=tuple(find_items(sheet, index) for index in wordings.indexes) if anew else (),
        named={place: cell for place, cell in around.items() if anew and not wordings.names_nothing(cell.text)},
    )  # fmt: skip


def _titles(form: Form, plans: Mapping[str, TablePlan]) -> Iterator[tuple[int, Titles]]:
    """What may say a period over each table, with the row of its first label."""
    for table in form.grids:
        if table.id in plans:
            yield plans[table.id].first_label, titles_of_table(form, table)


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
