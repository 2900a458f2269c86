"""Read a sheet by its print: the values from their cells, heading and sign-off as on any sheet.

In: a sheet, a `Printed`. Out: the same `Located` to the last finding that the full way gives, or None where the sheet
has another print, or anything is filled in that could have a part in how the full way recognises rows and columns.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.form.definition import ValueType
from consolidator.locate.around.complete import lacking, signed
from consolidator.locate.causes import gather
from consolidator.locate.cells.readings import placed
from consolidator.locate.cells.texts import filled_in, read_cell
from consolidator.locate.located import Located
from consolidator.locate.prints.wordings import is_digits, may_number
from consolidator.locate.sheets.sheet import period_above, read_around
from consolidator.model import CellAddress, CellKind, Sheet
from consolidator.model.observed import Observed, spelled, spelled_raw
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.findings import Finding
    from consolidator.locate.prints.printed import Place, Printed
    from consolidator.locate.tables.plan import Slot
    from consolidator.model import Cell
    from consolidator.model.observed import Spelled

_MOST_DIGITS = 15
_USUAL = frozenset({"", "General", "0", "#,##0", "@"})  # formats that show a whole number as it is


def refill(printed: Printed, sheet: Sheet) -> Located | None:
    """The form on a sheet, the only one with cells (`filled_sheet`), if its print is this one."""
    if any(sheet.cells.get(place) != cell for place, cell in printed.probes) or sheet.merges != printed.merges:
        return None
    if printed.settled and sheet.name != printed.sheet:
        return None
    around = {place: cell for place, cell in sheet.cells.items() if not printed.first <= place[0] <= printed.last}
    if not _same_print(printed, sheet, len(around)) or not _harmless(printed, around):
        return None
    if printed.wordings.unit_lines(around, printed.first) != printed.unit_lines or not _sentences_alike(printed, sheet):
        return None
    outside = Sheet(sheet.name, around)
    stated = period_above(outside, printed.form, printed.top, printed.start)
    if (stated.period if stated else None) != printed.period:
        return None
    values = _Values(printed, sheet)
    if not values.read():
        return None
    said = read_around(outside, printed.form, printed.first, printed.last, stated)
    return Located(
        form=printed.form,
        sheet=sheet.name,
        filer=said.filer,
        period=said.period,
        observations=values.observed(),
        findings=(
            *values.findings,
            *said.told,
            *lacking(sheet.name, printed.form, set(printed.tables)),
            *signed(sheet.name, printed.form, said.signed),
        ),
        blank=False,
        alone=True,
        titled=said.titled,
        part=said.part,
        named=said.named,
    )


def _same_print(printed: Printed, sheet: Sheet, around: int) -> bool:
    """Whether the fixed cells are the same, and nothing stands anywhere but in slots and sentences."""
    cells, fixed = sheet.cells, printed.fixed
    found = list(map(cells.get, fixed))
    if not all(map(is_, found, fixed.values())) and found != list(fixed.values()):
        return False
    filled = sum(place in cells for place in printed.layout.places)
    return len(cells) == around + len(fixed) + filled + len(printed.sentences)


def _harmless(printed: Printed, around: Mapping[Place, Cell]) -> bool:
    """Whether the cells of heading and sign-off can only be that."""
    for (row, column), cell in around.items():
        if cell.comment or cell.kind is CellKind.BLANK or column > printed.furthest:
            return False
        if row == printed.last + 1 and column in printed.open_columns and fold(cell.text):
            return False
        if may_number(cell.text) and not (is_digits(cell.text) and _last_text(around, row, column)):
            return False
        if cell.kind is CellKind.TEXT:
            for area in printed.areas:
                if column in area.columns and area.half(row, column, cell.text):
                    return False
            if not printed.wordings.names_nothing(cell.text):
                return False
    return True


def _last_text(around: Mapping[Place, Cell], row: int, column: int) -> bool:
    """Whether no text follows on the row, so that a number is the number of no label."""
    return not any(
        cell.kind is CellKind.TEXT for place, cell in around.items() if place[0] == row and place[1] > column
    )


def _sentences_alike(printed: Printed, sheet: Sheet) -> bool:
    """Whether the sentences with blanks are still those sentences, to every form."""
    for place, before in printed.sentences.items():
        cell = sheet.cells.get(place)
        if cell is None or cell.kind is not CellKind.TEXT or cell.comment or before.kind is not CellKind.TEXT:
            return False
        if not printed.wordings.alike(before.text, cell.text):
            return False
    return True


class _Values:
    """What is filled in, slot by slot."""

    def __init__(self, printed: Printed, sheet: Sheet) -> None:
        self.findings: tuple[Finding, ...] = ()
        self._printed = printed
        self._sheet = sheet
        self._spelled: list[Spelled] = []
        self._raws: dict[int, str] = {}
        self._hows: dict[int, str] = {}
        self._places: dict[int, Place] = {}
        self._some = False

    def read(self) -> bool:
        """Read all; False where the full way must judge: nothing but zeros, an empty column, an unclear text."""
        told: list[Finding] = []
        columns: set[int] = set()
        cells, spelled_out = self._sheet.cells, self._spelled
        for plan in self._printed.plans:
            findings: list[Finding] = []
            for slot in plan.slots:
                cell = cells.get(slot.place)
                if cell is not None and slot.numeric and _plain_number(cell):
                    columns.add(slot.place[1])
                    self._some = self._some or cell.text != "0"
                    spelled_out.append(cell.text)
                    if slot.how != "label":
                        self._hows[len(spelled_out) - 1] = slot.how
                elif self._clear(slot, cell):
                    findings += self._odd(slot, cell)
                else:
                    return False
            settled = plan.settled
            told += gather((*settled, *findings)) if findings or settled else ()
        self.findings = tuple(told)
        return self._some and columns == self._printed.value_columns

    def _clear(self, slot: Slot, cell: Cell | None) -> bool:
        """Whether what stands in a slot, if anything, is nothing but its value."""
        if cell is None:
            return self._labels_alike(slot.place)
        if cell.comment or cell.kind is CellKind.BLANK:
            return False
        if cell.kind is not CellKind.TEXT:
            return True
        looks_like_unit = is_dash(cell.text) or fold(cell.text) in self._printed.units
        return (
            (slot.unit or not looks_like_unit)
            and (is_digits(cell.text) or not may_number(cell.text))
            and self._printed.wordings.names_nothing(cell.text)
            and self._labels_alike(slot.place)
        )

    def _labels_alike(self, slot: Place) -> bool:
        """Whether the row of a slot has the same labels to every form, whatever stands in the slot."""
        places = self._printed.guarded.get(slot, ())
        cells = [cell for place in places if (cell := self._sheet.cells.get(place)) is not None]
        return not places or self._printed.labels[slot[0]] == self._printed.wordings.labels_on(cells)

    def _odd(self, slot: Slot, cell: Cell | None) -> Iterable[Finding]:
        """The value of a slot that holds anything but a plain number, and what is to be said about it."""
        number = len(self._spelled)
        indicator, raw = slot.indicator, cell.text if cell is not None else ""
        if slot.how != "label":
            self._hows[number] = slot.how
        label = self._sheet.cells.get(slot.label)
        if indicator.row.type is ValueType.TEXT and not raw and label and filled_in(label.text, indicator.row):
            self._spelled.append((label.text.strip(),))
            self._raws[number] = label.text
            self._places[number] = slot.label
            return ()
        reading = read_cell(cell, indicator, self._printed.form, slot.policy)
        self._spelled.append(spelled(reading.value))
        if raw != spelled_raw(self._spelled[number]):
            self._raws[number] = raw
        return placed(reading, CellAddress(self._sheet.name, *slot.place))

    def observed(self) -> Observed:
        """The observations of all slots."""
        layout = self._printed.layout
        if self._places:
            places = tuple(self._places.get(number, place) for number, place in enumerate(layout.places))
            layout = replace(layout, places=places)
        return Observed(layout, self._sheet.name, tuple(self._spelled), self._raws, self._hows)


def _plain_number(cell: Cell) -> bool:
    """Whether a cell holds a whole number and nothing that anything could be said about."""
    return (
        cell.kind is CellKind.NUMBER
        and cell.text.isdigit()
        and len(cell.text) <= _MOST_DIGITS
        and not (cell.words or cell.struck or cell.source or cell.comment or cell.shown)
        and (cell.number_format in _USUAL or not ("%" in cell.number_format or cell.unseen))
    )
