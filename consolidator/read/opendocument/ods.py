"""OpenDocument spreadsheets (.ods, also flat .fods), in one streaming pass over their content.

In: bytes. Out: the sheets. Never: a repeated empty row laid out, a deleted cell of the change history read.
Source: OASIS OpenDocument 1.3 part 3, 6 (text), 9 (tables), 19 (attributes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.model import Area, Visibility
from consolidator.read.cells.addresses import checked
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.files.archive import Archive, is_zip
from consolidator.read.files.markup import Attributes, Scanner, scan
from consolidator.read.limits import encrypted, too_large
from consolidator.read.opendocument.ods_cells import CALCEXT, OFFICE, TABLE, OdsCell, made
from consolidator.read.opendocument.ods_text import OdsStyles, Paragraphs

if TYPE_CHECKING:
    from consolidator.model import Sheet
    from consolidator.read.limits import Limits

_ENCRYPTION = b"encryption-data"
_FOREIGN_SHEET = "ta_extref"
_HIDDEN = ("collapse", "filter")


def read_ods(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """All sheets, in the order of the tabs."""
    scanner = _Spreadsheet(limits)
    if not is_zip(content):
        scan([content], scanner)
        return tuple(scanner.sheets)
    archive = Archive(content, limits)
    manifest = "META-INF/manifest.xml"
    if manifest in archive and _ENCRYPTION in archive.read(manifest):
        raise encrypted()
    if "styles.xml" in archive:
        scan(archive.chunks("styles.xml"), scanner)
    scan(archive.chunks("content.xml"), scanner)
    return tuple(scanner.sheets)


def times(attributes: Attributes, name: str) -> int:
    """A count attribute, 1 where it is absent or makes no sense."""
    value = attributes.get(f"{TABLE} {name}", "")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 10 else 1  # noqa: PLR2004


class _Spreadsheet(Scanner):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.sheets: list[Sheet] = []
        self._budget = Budget(limits.cells)
        self._styles = OdsStyles(self)
        self._text = Paragraphs(self, self._styles)
        self._null_date = "1899-12-30"
        self._skipping = 0
        self._begin(Grid(limits, self._budget), {})
        table = {
            "table": self._open_table,
            "table-column": self._columns,
            "table-row": self._open_row,
            "table-cell": self._open_cell,
            "covered-table-cell": self._open_cell,
            "null-date": self._epoch,
        }
        ends = {
            "table": self._close_table,
            "table-row": self._close_row,
            "table-cell": self._close_cell,
            "covered-table-cell": self._close_cell,
        }
        self.starts |= {f"{TABLE} {name}": handler for name, handler in table.items()}
        self.ends |= {f"{TABLE} {name}": handler for name, handler in ends.items()}
        for name in ("tracked-changes", "dde-links"):
            self.starts[f"{TABLE} {name}"] = self._skip
            self.ends[f"{TABLE} {name}"] = self._resume

    def _begin(self, grid: Grid, attributes: Attributes) -> None:
        self._grid = grid
        self._attributes = attributes
        self._row = self._column = self._hidden_until = 0
        self._cells: list[tuple[int, int, OdsCell]] = []
        self._comments: dict[tuple[int, int], str] = {}
        self._cell: Attributes | None = None
        self._repeated = 1

    def _skip(self, _: Attributes) -> None:
        self._skipping += 1

    def _resume(self) -> None:
        self._skipping -= 1

    def _epoch(self, attributes: Attributes) -> None:
        self._null_date = attributes.get(f"{TABLE} date-value", self._null_date)

    def _open_table(self, attributes: Attributes) -> None:
        if attributes.get(f"{TABLE} style-name") == _FOREIGN_SHEET:
            self._skipping += 1
        if not self._skipping:
            self._begin(Grid(self.limits, self._budget), attributes)

    def _close_table(self) -> None:
        if self._attributes.get(f"{TABLE} style-name") == _FOREIGN_SHEET or self._skipping:
            self._skipping -= 1
            return
        hidden = self._attributes.get(f"{TABLE} style-name", "") in self._styles.hidden_tables
        visibility = Visibility.HIDDEN if hidden else Visibility.VISIBLE
        self.sheets.append(self._grid.sheet(self._attributes.get(f"{TABLE} name", ""), visibility, self._comments))
        if len(self.sheets) > self.limits.sheets:
            raise too_large("sheets", self.limits.sheets)

    def _columns(self, attributes: Attributes) -> None:
        last = self._hidden_until + times(attributes, "number-columns-repeated")
        if attributes.get(f"{TABLE} visibility") in _HIDDEN:
            self._grid.hidden_columns.append((self._hidden_until + 1, min(last, self.limits.columns)))
        self._hidden_until = last

    def _open_row(self, attributes: Attributes) -> None:
        self._cells = []
        self._column = 0
        self._repeated = times(attributes, "number-rows-repeated")
        visibility = attributes.get(f"{TABLE} visibility")
        if visibility in _HIDDEN and not self._skipping:
            last = min(self._row + self._repeated, self.limits.rows)
            self._grid.hidden_rows.update(range(self._row + 1, last + 1))
            self._grid.filter_on = self._grid.filter_on or visibility == "filter"

    def _close_row(self) -> None:
        if self._skipping:
            return
        if self._cells:
            checked(self._row + self._repeated, 1)
        for row in range(self._row + 1, self._row + self._repeated + 1) if self._cells else ():
            for column, count, cell in self._cells:
                self._put(row, column, count, cell)
        self._row += self._repeated

    def _put(self, row: int, column: int, count: int, cell: OdsCell) -> None:
        if cell.rows > 1 or cell.columns > 1:
            self._grid.merge(Area(row, column, row + cell.rows - 1, column + cell.columns - 1))
        for place in range(column, column + count):
            checked(row, place)
            found = made(cell, (row, place), self._null_date)
            if found is not None:
                self._grid.put(found)
            if cell.comment:
                self._comments[row, place] = cell.comment

    def _open_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._text.begin()

    def _close_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        count = times(attributes, "number-columns-repeated")
        first = self._column + 1
        self._column += count
        text, struck, raised, comment = self._text.finish()
        cell = OdsCell(
            kind=attributes.get(f"{CALCEXT} value-type") or attributes.get(f"{OFFICE} value-type", ""),
            attributes=attributes,
            text=text,
            struck=struck or attributes.get(f"{TABLE} style-name", "") in self._styles.struck,
            comment=comment,
            rows=times(attributes, "number-rows-spanned"),
            columns=times(attributes, "number-columns-spanned"),
            raised=raised,
        )
        if cell.kind or cell.text or cell.comment or cell.rows > 1 or cell.columns > 1 or cell.formula:
            self._cells.append((first, count, cell))
