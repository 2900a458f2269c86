"""What is printed on a sheet: everything but the values, the heading, prose and the sign-off (the template that a unit fills in).

In: a sheet that was located in full. Out: a `Printed`, by which the next sheet with the same print is read (`refill`).
Never: a print kept where what a unit fills in could have a part in how labels, columns or rows are recognised (`imprint`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.locate.around.prose import NO_PROSE, read_prose
from consolidator.locate.rows.match import LabelIndex, find_items
from consolidator.model import Sheet, Workbook
from consolidator.model.observed import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.around.overtitles import Titles
    from consolidator.locate.located import Located
    from consolidator.locate.prints.wordings import LabelArea, Wordings
    from consolidator.locate.rows.match import Item
    from consolidator.locate.tables.plan import TablePlan
    from consolidator.model import Area, Cell, Period

Place = tuple[int, int]

_PROBES = 4  # fixed cells that are compared first


class Printed(Struct, frozen=True, dict=True):
    """The print of a sheet; `fixed` cells and `merges` must be the same on a sheet that is read by it.

    The tables cover the rows from `first` to `last`, the header begins at `top`, the indicators at `start`. `sentences`
    are labels with blanks to fill in, `units` words for units of measure. `guarded` are slots beside which stands what could be taken for
    part of a label, each with its row's places; `labels` are the labels on those rows.

    `over` is what stands right over the heads of values, where a word is one more head; `fixed` or not, it is the same.

    `strict` ones hold only for sheets in which every slot holds a number, for what is blank has a part in where columns
    are. Texts on the rows of `prose` are filled in; `titles` are what may say a period over the row of a table's first label.

    `labelled` are the labels of each form that is asked for where they are looked for anew on every sheet, since texts
    could be halves of some; then `named` words around the tables may be those of a form. `items` are those of this one.
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
    over: Mapping[Place, Cell | None]
    strict: bool
    items: tuple[Item, ...]
    labelled: tuple[Sequence[Item], ...]
    named: Mapping[Place, Cell]
    prose: frozenset[int]
    titles: tuple[tuple[int, Titles], ...]

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

    def around(self, sheet: Sheet) -> dict[Place, Cell]:
        """The cells above, below and between the tables, but for those that are printed."""
        return {
            place: cell
            for place, cell in sheet.cells.items()
            if place[0] in self.prose or not self.first <= place[0] <= self.last
        }

    @property
    def settled(self) -> bool:
        """Whether anything is said of the tables in any case; such findings name the sheet."""
        return any(plan.settled for plan in self.plans) or len(self.tables) < len(self.form.grids)


def filled_sheet(workbook: Workbook, beside: Sequence[Sheet] = ()) -> Sheet | None:
    """The only sheet with cells but for those `beside` it, if it is visible as a whole and the workbook says no more but its marks.

    Whatever further facts a workbook or sheet may come to hold, this looks at none of them: they must be absent.
    """
    filled = [sheet for sheet in workbook.sheets if sheet.cells]
    if len(filled) != 1 + len(beside):
        return None
    known = workbook.reduced, workbook.findings, workbook.properties, workbook.names
    if workbook != Workbook(workbook.format, workbook.sheets, *known):
        return None
    own = [sheet for sheet in filled if sheet not in beside] if beside else filled
    return own[0] if len(own) == 1 and _is_plain(own[0]) else None


def sheets_beside(workbook: Workbook, located: Located, forms: Sequence[Form]) -> tuple[Sheet, ...] | None:
    """The other sheets with cells, which say nothing to any of the `forms` (notes on filling in, say); None if one does."""
    beside = tuple(sheet for sheet in workbook.sheets if sheet.cells and sheet.name != located.sheet)
    return beside if all(is_mute(sheet, located.form, forms) for sheet in beside) else None


def is_mute(sheet: Sheet, own: Form, forms: Sequence[Form]) -> bool:
    """Whether a sheet holds neither labels of any form nor chapters of its `own`."""
    if not _is_plain(sheet) or (own.loose and read_prose(sheet, own, ()) != NO_PROSE):
        return False
    return not any(find_items(sheet, LabelIndex.of(form)) for form in forms)


def _is_plain(sheet: Sheet) -> bool:
    """Whether a sheet is visible as a whole and holds nothing but cells."""
    return sheet == Sheet(sheet.name, sheet.cells, sheet.merges, filtered=sheet.filtered)
