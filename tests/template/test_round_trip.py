"""Blank form, filled in, worked on and saved by an office program in every format that it has: read exactly, or refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from consolidator.form import available
from consolidator.form.printing.sums import plain_sums
from consolidator.locate import Located, observe
from consolidator.model import Period, Refusal, ReportingUnit, Workbook
from consolidator.read import open_workbook
from tests.template import office
from tests.template.clerk import own_values
from tests.template.sheets import blank, form, opened, places, saved

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(office.PROGRAM is None, reason="no LibreOffice here"),
]

OWN = "gov-info-disclosure-2014"
READ = ("xlsx", "xlsm", "xls", "ods", "fods", "html", "csv")
NAMED = ("xlsx", "xlsm", "xls", "ods", "fods")
REFUSED = ("dif", "slk")
UNIT = ReportingUnit("640221101", "甲镇")


def filled(form_id: str) -> tuple[bytes, dict[str, Decimal], dict[str, tuple[int, int]]]:
    """A form with the inputs typed, what should be read from it, and its cells from 0."""
    book = opened(blank(form_id, Period(2016), UNIT))
    sheet = book.worksheets[0]
    sums = plain_sums(form(form_id))
    typed = {code: Decimal(value) for code, value in own_values(form(form_id)).items() if code not in sums}
    cells = {code: sheet[cell] for code, (_, cell) in places(book).items()}
    for code, value in typed.items():
        cells[code].value = int(value)

    def value_of(code: str) -> Decimal:
        return typed[code] if code in typed else sum(map(value_of, sums[code]), Decimal(0))

    expected = {code: value_of(code) for code in form(form_id).numeric}
    return saved(book), expected, {code: (cell.row - 1, cell.column - 1) for code, cell in cells.items()}


def steps(cells: dict[str, tuple[int, int]]) -> list[str]:
    """Rows inserted above and in the middle, the last rows moved down, a column inserted, the sheet renamed."""
    rows = sorted({row for row, _ in cells.values()})
    right = max(column for _, column in cells.values()) + 1
    last = rows[-1]
    first = max(row for row in rows if row < last - 2) + 1 if last - rows[-2] > 2 else rows[-2]
    middle = next(row for row in rows if row > last // 2)
    moved = office.Rows(first, last)
    return [
        office.insert_rows(last + 1, 6),
        office.move(moved, right, first + 3),
        office.insert_rows(middle, 1),
        office.insert_rows(0, 2),
        office.insert_column(0),
        office.rename("甲镇报表"),
    ]


def located(content: bytes, ending: str, form_id: str) -> Located:
    workbook = open_workbook(content, f"甲镇.{ending}")
    assert isinstance(workbook, Workbook), workbook
    seen = observe(workbook, (form(form_id),))
    assert isinstance(seen, tuple), seen
    assert len(seen) == 1
    return seen[0]


def values(entry: Located) -> dict[str, object]:
    return {code: entry.observations[code].value for code in entry.form.numeric}


@pytest.mark.parametrize("form_id", available())
def test_a_form_comes_back_exactly_in_every_format(tmp_path: Path, form_id: str) -> None:
    content, expected, cells = filled(form_id)
    source = tmp_path / "filled.xlsx"
    source.write_bytes(content)
    files = office.work(source, steps(cells), tmp_path / "work")

    assert set(files) >= {*READ, *REFUSED}
    for ending in (each for each in files if each not in REFUSED):
        entry = located(files[ending], ending, form_id)
        assert values(entry) == expected, ending
        assert entry.filer is not None
        assert (entry.filer.text, entry.period.period if entry.period else None) == ("甲镇", Period(2016)), ending
        hard = {(f.code, f.case) for f in entry.findings if f.severity.value == "hard"}
        assert not hard, ending
        assert not [f for f in entry.findings if f.code == "L12"], ending
    for ending in NAMED:
        workbook = open_workbook(files[ending], f"甲镇.{ending}")
        assert isinstance(workbook, Workbook)
        assert len(workbook.names) == len(set(form(form_id).indicators) - form(form_id).loose), ending
        spots = {code: workbook.names[f"csl_{code}"][0] for code in cells}
        assert {spots[code].column - column - 1 for code, (_, column) in cells.items()} == {1}, ending
        assert {spots[code].row - row - 1 for code, (row, _) in cells.items()} == {2, 3, 6}, ending
        assert workbook.properties["csl.unit_name"] == "甲镇", ending
    for ending in REFUSED:
        assert isinstance(open_workbook(files[ending], f"甲镇.{ending}"), Refusal), ending


def test_sorted_rows_are_read_by_their_labels_and_told(tmp_path: Path) -> None:
    content, expected, cells = filled(OWN)
    source = tmp_path / "filled.xlsx"
    source.write_bytes(content)
    rows = office.Rows(cells["A21"][0], cells["A25"][0])
    files = office.work(source, [office.sort(rows, 2, 2)], tmp_path / "work")

    for ending in READ:
        entry = located(files[ending], ending, OWN)
        assert values(entry) == expected, ending
        told = [f.case for f in entry.findings if f.code == "L12"]
        assert told == (["contradicts"] if ending in NAMED else []), ending


def test_sums_and_warnings_are_reckoned_as_here(tmp_path: Path) -> None:
    content, _, cells = filled(OWN)
    book = opened(content)
    sheet = book.worksheets[0]
    row, column = cells["A1a"]
    sheet.cell(row + 1, column + 1).value = 5000  # more than A1
    source = tmp_path / "filled.xlsx"
    source.write_bytes(saved(book))
    files = office.work(source, [], tmp_path / "work")
    workbook = open_workbook(files["xlsx"], "甲镇.xlsx")

    assert isinstance(workbook, Workbook)
    form_sheet, guide = workbook.sheets
    said = form_sheet.at(row + 1, column + 2)
    assert said is not None
    assert "【R01】" in said.text
    notice = form_sheet.at(3, 1)
    assert notice is not None
    assert notice.text.startswith("审核提示：有 ")
    states = {cell.text: guide.at(cell.row, 5) for cell in guide.cells.values() if cell.column == 1}
    assert states["R01"].text == "不符"  # type: ignore[union-attr]
    assert states["R08"].text == "相符"  # type: ignore[union-attr]
    assert not [cell for page in workbook.sheets for cell in page.cells.values() if cell.text.startswith("#")]
