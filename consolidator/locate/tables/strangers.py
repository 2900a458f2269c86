"""What stands inside the table and is not the form's: rows with other labels, numbers on lines without words.

In: a sheet, its panels and the labels found. Out: `Stranger`s for `structure` to judge, findings on loose numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.locate.around.chapters import closing_words, known_titles
from consolidator.locate.columns.column_numbers import numbers_columns
from consolidator.locate.columns.headers import means
from consolidator.locate.rows.structure import Stranger
from consolidator.locate.tables.footing import gravity, is_figure, names_person
from consolidator.locate.words.labels import core
from consolidator.locate.words.scales import lists_units
from consolidator.model import CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.columns.search import Columns
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet

_A_GROUP = 2  # texts on a line below the last row that make it a line of the register
_REMARK = regex(r"[(\[【*※#]|(?:备?注|说明|续表|续上?表|接上页|承上页|单位|计量单位|其中)[:\d]?|第?\d+页?$|[-—/\\]+$")
"""How a text begins that is about a table and no row of it."""
_UNITS = frozenset({"单位", "计量单位", "计算单位", "数量单位"})
_COLUMN_MARKS = frozenset("甲乙丙丁戊己庚")  # printed under the header, with 1 2 3 under the columns of numbers


def _states_units(text: str) -> bool:
    """Whether a text only says what the figures of a table are counted in: `单位：件`."""
    return fold(text).strip("()").startswith(("单位:", "计量单位:"))


class Strangers:
    """Finds what is not the form's inside one table on one sheet."""

    def __init__(self, sheet: Sheet, form: Form, table: Table, columns: Columns, items: Sequence[Item]) -> None:
        self._sheet = sheet
        self._form = form
        self._table = table
        self._columns = columns
        self._items = items

    def rows(self, undecided: Collection[int]) -> Iterator[Stranger]:
        """Labels inside the table that are not the form's, with what stands beside them."""
        for panel in self._columns.panels:
            mine = panel.labels_of(self._items)
            if not mine:
                continue
            columns = {item.column for item in mine} | {panel.label}
            first = panel.header_row + 1 if panel.header_row else min(item.row for item in mine)
            last = self.last_row(panel, max(item.row for item in mine))
            known = {row for item in mine for row in (item.row, item.other_row)} | self._columns.header_rows
            begun = min(item.row for item in mine)
            for row in range(first, last + 1):
                if (row < begun or row - 1 in self._columns.header_rows) and self._numbers_columns(row, panel):
                    continue
                if row not in known and row not in undecided:
                    yield from self._stranger(row, columns, panel, inside=row < max(item.row for item in mine))

    def numbers(self, read: Collection[tuple[int, int]]) -> Iterator[Finding]:
        """Numbers among the values, or right under them, on lines without any words: they may belong to a line above or below."""
        for panel in self._columns.panels:
            rows = [item.row for item in panel.labels_of(self._items)]
            for column in panel.values.values():
                for row in range(min(rows, default=0) + 1, max(rows, default=-1) + 2):
                    cell = self._sheet.at(row, column)
                    if cell is None or cell.kind is not CellKind.NUMBER or (row, column) in read:
                        continue
                    if self._has_no_words(row, panel) or (row > max(rows) and self._is_signed(row, panel, cell)):
                        details = {"row": str(row), "found": cell.text}
                        yield Finding(
                            "S04", Severity.SOFT, "unlabelled", sheet=self._sheet.name, cells=(cell.a1,),
                            observed=cell.text, details=details,
                        )  # fmt: skip

    def _has_no_words(self, row: int, panel: Panel) -> bool:
        return not self._texts(row, panel)

    def _texts(self, row: int, panel: Panel) -> list[str]:
        """The words that stand on a line of a panel, folded."""
        cells = (self._sheet.at(row, column) for column in range(panel.left, panel.right + 1))
        return [text for cell in cells if cell is not None and cell.kind is CellKind.TEXT and (text := fold(cell.text))]

    def _is_signed(self, row: int, panel: Panel, cell: Cell) -> bool:
        """Whether all fields on a line hold their own names (`单位负责人：王一`), so that a figure beside them is none of theirs."""
        closing = closing_words(self._form)
        fields = [text.partition(":") for text in self._texts(row, panel)]
        known = all(closing.match(f"{label}:") or names_person(label) for label, _, _ in fields)
        return known and all(filled for _, _, filled in fields) and is_figure(cell)

    def texts(self, read: Collection[tuple[int, int]]) -> Iterator[Finding]:
        """Texts in the columns of a register, on lines that belong to no row of it: perhaps a second group of the one above."""
        for panel in self._columns.panels if self._table.is_record else ():
            rows = [item.row for item in panel.labels_of(self._items)]
            last = max(rows, default=0)
            for row in range(min(rows, default=1) + 1, self.last_row(panel, last) + 1):
                labels = (self._sheet.at(row, column) for column in range(panel.left, panel.bound))
                if row in self._columns.header_rows or any(cell is not None and fold(cell.text) for cell in labels):
                    continue
                spots = [(row, column) for column in panel.values.values()]
                cells = [cell for spot in spots if (cell := self._sheet.at(*spot)) is not None and fold(cell.text)]
                cells = [cell for cell in cells if (cell.row, cell.column) not in read and not is_dash(cell.text)]
                if cells and (row < last or len(cells) >= _A_GROUP) and not self._is_sign_off(cells[0].text):
                    found = "、".join(" ".join(cell.text.split()) for cell in cells)
                    yield Finding(
                        "S04", Severity.SOFT, "unlabelled_line", sheet=self._sheet.name,
                        cells=tuple(cell.a1 for cell in cells), observed=";".join(cell.text for cell in cells),
                        details={"row": str(row), "found": found},
                    )  # fmt: skip

    def last_row(self, panel: Panel, last: int) -> int:
        """The last row that still carries a unit of measure or a value right below the table."""
        while last < panel.last_row:
            following = last + 1
            cells = [self._sheet.at(following, column) for column in (panel.unit, *panel.values.values()) if column]
            filled = any(cell is not None and fold(cell.text) and not _states_units(cell.text) for cell in cells)
            if not filled or self._opens_another(following) or self.signs(following, panel):
                return last
            last = following
        return last

    def _opens_another(self, row: int) -> bool:
        """Whether a line is the title of a chapter or a table, or opens its header, which ends the table above it."""
        known = known_titles(self._form)
        heads = [word for table in self._form.grids for word in table.label_headers]
        return any(core(cell.text) in known or means(cell.text, heads) for cell in self._words(row))

    def signs(self, row: int, panel: Panel) -> bool:
        """Whether a field of the sign-off stands anywhere on a line, with its value in the next cell or its own."""
        closing = closing_words(self._form)
        cells = (self._sheet.at(row, column) for column in range(panel.left, panel.right + 1))
        return any(cell is not None and closing.match(fold(cell.text)) is not None for cell in cells)

    def _numbers_columns(self, row: int, panel: Panel) -> bool:
        """Whether a line under the header holds nothing but the numbers of the columns."""
        return numbers_columns(
            cell for cell in self._sheet.lines.get(row, ()) if panel.left <= cell.column <= panel.right
        )

    def _words(self, row: int) -> list[Cell]:
        first, last = min(p.left for p in self._columns.panels), max(p.right for p in self._columns.panels)
        cells = (self._sheet.at(row, column) for column in range(first, last + 1))
        return [cell for cell in cells if cell is not None and cell.kind is CellKind.TEXT]

    def _stranger(self, row: int, columns: set[int], panel: Panel, *, inside: bool) -> Iterator[Stranger]:
        words = [
            cell
            for column in sorted(columns)
            if (cell := self._sheet.at(row, column)) is not None and cell.kind is CellKind.TEXT and fold(cell.text)
        ]
        words = [cell for cell in words if not fold(cell.text).isdigit() and fold(cell.text) not in _COLUMN_MARKS]
        if not words or self._is_sign_off(words[-1].text) or core(words[-1].text) in known_titles(self._form):
            return
        if self.signs(row, panel) or self._names_units(row, words, panel):
            return
        unit = self._sheet.at(row, panel.unit) if panel.unit is not None else None
        values = [self._sheet.at(row, column) for column in panel.values.values()]
        value = next((cell.text for cell in values if cell is not None and fold(cell.text)), "")
        measured = unit is not None and fold(unit.text) in {fold(each.unit_of_measure) for each in self._table.rows} - {
            "",
            "-",
        }
        filled = [cell for cell in values if cell is not None and fold(cell.text) and not is_dash(cell.text)]
        grave: Severity | None = Severity.HARD
        if not inside and not measured and filled:
            grave = gravity(words[-1].text, filled, words_are_values=self._table.is_record)
        if grave is not None and (inside or value or measured):
            value = "" if is_dash(value) else value
            unfilled = inside and self._is_row(words[-1], panel)
            yield Stranger(row, words[-1].column, words[-1].text, value, measured, grave, unfilled)

    def _names_units(self, row: int, words: Sequence[Cell], panel: Panel) -> bool:
        """Whether a line says, behind a word for it, what the columns are counted in: 计量单位 | 户 | 人 | 亩."""
        values = [cell for column in panel.values.values() if (cell := self._sheet.at(row, column)) is not None]
        named = all(means(word.text, _UNITS) for word in words)
        return (
            named
            and bool(values)
            and all(lists_units(fold(cell.text).strip("()"), self._form.units) for cell in values)
        )

    def _is_row(self, word: Cell, panel: Panel) -> bool:
        """Whether a text beside no number is a row of a table of several columns: no remark, and not over its columns."""
        values = panel.values.values()
        if self._table.is_record or panel.unit is not None or len(values) <= 1 or _REMARK.match(fold(word.text)):
            return False
        area = self._sheet.area_at(word.row, word.column)
        return area is None or area.right < min(values)

    def _is_sign_off(self, text: str) -> bool:
        bare = fold(text)
        return any(bare.startswith(fold(word)) for field in self._form.sign_off for word in field.wordings)
