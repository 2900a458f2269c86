"""Forms as grids of cells, without any file between: what the reader would hand to `locate`."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from msgspec.structs import replace

from consolidator.form import Form, load_by_id
from consolidator.locate import Located, observe
from consolidator.model import Area, Cell, CellKind, FileFormat, Sheet, Workbook
from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import Book, Filing, Layout, Line, Page, lay_out
from tests.filings import SIGN_OFF, Formula, Value

FORM_ID = "gov-info-disclosure-2014"
SIGNED = dict(zip(SIGN_OFF, ("王一", "李二", "赵三", "0000-0000000", "2017年1月5日"), strict=True))


@cache
def form() -> Form:
    return load_by_id(FORM_ID)


def numbered() -> dict[str, int]:
    """Every numeric row has a value of its own, so that a number read from the wrong row shows."""
    return {code: 1000 + 7 * place for place, code in enumerate(NUMBERS)}


def filing(values: dict[str, Value] | None = None, **changes: object) -> Filing:
    given = numbered() if values is None else values
    lines = tuple(Line(label, unit, given.get(code), level=level) for code, level, label, unit in PRINTED)
    return replace(Filing(lines, filer="平罗县甲镇", sign_off=SIGNED), **changes)


def line_of(code: str) -> int:
    return CODES.index(code)


def cell_of(row: int, column: int, value: Value) -> Cell | None:
    if isinstance(value, Formula):
        value = value.value
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Cell(row, column, CellKind.TEXT, value)
    number = Decimal(str(value))
    return Cell(row, column, CellKind.NUMBER, f"{number:f}", number)


def sheet_of(page: Page) -> Sheet:
    cells = {place: cell for place, (value, _) in page.cells.items() if (cell := cell_of(*place, value)) is not None}
    return Sheet(
        page.name, cells, tuple(Area(*merge) for merge in page.merges), hidden_rows=frozenset(page.hidden_rows)
    )


def workbook_of(book: Book) -> Workbook:
    return Workbook(FileFormat.XLSX, tuple(sheet_of(page) for page in book.pages))


def locate(book: Book) -> Located:
    seen = observe(workbook_of(book), (form(),))
    assert isinstance(seen, tuple)
    assert len(seen) == 1
    return seen[0]


def located(layout: Layout | None = None, **changes: object) -> tuple[Book, Located]:
    book = lay_out(filing(**changes), layout or Layout())
    return book, locate(book)


def put(book: Book, row: int, column: int, cell: Cell | None) -> Workbook:
    """The book as a workbook with one cell of its form sheet replaced (or emptied)."""
    workbook = workbook_of(book)
    sheets = []
    for sheet in workbook.sheets:
        cells = dict(sheet.cells)
        if sheet.name == book.sheet:
            cells.pop((row, column), None)
            if cell is not None:
                cells[row, column] = cell
        sheets.append(replace(sheet, cells=cells))
    return replace(workbook, sheets=tuple(sheets))


def grave(result: Located) -> list[tuple[str, str, str]]:
    """Findings that accuse: hard and soft ones."""
    return [(f.severity.value, f.code, f.case) for f in result.findings if f.severity.value in ("hard", "soft")]
