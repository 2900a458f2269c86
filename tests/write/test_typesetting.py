"""Rows set in bulk are the rows that the workbook library writes cell by cell; what neither can hold is refused."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.form.definition import Column, Indicator, Row, ValueType
from consolidator.model import CellAddress, CountyTable, Coverage, Observation, ReportingUnit, Status, UnitRow
from consolidator.write.csv_files import _line
from consolidator.write.plans.figures import Figures
from consolidator.write.sheets.listing import Looks
from consolidator.write.workbook import limits, styles
from consolidator.write.workbook.binding import Body, Sheet, bind
from consolidator.write.workbook.book import Book, Properties
from consolidator.write.workbook.hyperlinks import Hyperlinks
from consolidator.write.workbook.links import FileLink
from consolidator.write.workbook.text import for_csv
from consolidator.write.workbook.typesetting import Typesetter, WriteRefusedError, variants
from consolidator.write.workbook.widths import half_widths
from tests.write.fabricate import PERIOD, small_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.typesetting import Canvas

LOOKS = Looks.of(styles.BODY)
WIDTHS = (6.0, 14.0, 9.5, 12.0, 30.0)
TEXTS = [
    "城关镇",
    "",
    " 前后有空格 ",
    "=1+1",
    "-5",
    "@SUM(A1)",
    '<b>&amp;"引号"</b>',
    "<r>x</r>",
    "_x0041_ _x000d_",
    "两行\n文字",
    "\u202e反\x07向",
    "很长的一句话，" * 30,
    "甲" * 40_000,
    "a\ttab",
]
NUMBERS = ["0", "-0", "623", "-3", "0.07", "1E+3", "1E-7", "999999999999999", "1234567890123456", "0.1234567890123456"]


def lines(canvas: Canvas) -> Iterator[int]:
    """One line for each text and number, with a link; every kind of cell there is."""
    for row, text in enumerate(TEXTS, start=2):
        canvas.count(row, 0, row, LOOKS.middle)
        canvas.text(row, 1, text, LOOKS.body)
        canvas.number(row, 2, Decimal(NUMBERS[row % len(NUMBERS)]), LOOKS.number)
        canvas.blank(row, 3, 3, LOOKS.small)
        target: FileLink | str | None = (FileLink("../收件/a&b.xlsx", "'it''s'!D12"), "'表'!A1", None)[row % 3]
        canvas.link(row, 4, text, LOOKS.body, target)
        yield row


def cell_by_cell(page: Page) -> None:
    for _ in lines(page):
        pass


def in_bulk(page: Page) -> None:
    page.body(2, len(TEXTS), lambda setter: (setter.take(row) for row in lines(setter)), LOOKS.all, [LOOKS.body])


def book(fill: Callable[[Page], None]) -> bytes:
    target = io.BytesIO()
    made = Book(target, Properties("题", "县", datetime(2017, 1, 20, tzinfo=UTC)), "第 &P 页")
    page = made.page("清单")
    page.columns(WIDTHS)
    page.span(0, 0, 4, "标题", styles.SECTION)
    page.text(1, 0, "序号", styles.HEADER)
    fill(page)
    page.link(len(TEXTS) + 2, 1, "去首页", styles.BODY, "'清单'!A1")
    page.sheet.autofilter(1, 0, len(TEXTS) + 1, 4)
    made.close()
    return target.getvalue()


def everything(content: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            link = (cell.hyperlink.target, cell.hyperlink.location) if cell.hyperlink else None
            look = (cell.number_format, cell.font, cell.fill, cell.border, cell.alignment, cell.quotePrefix)
            value = (
                cell.value.replace("x005F_", "") if isinstance(cell.value, str) else cell.value
            )  # as for shared ones
            cells.append((cell.coordinate, value, cell.data_type, link, *map(repr, look)))
    heights = [(row, dimension.height) for row, dimension in sorted(sheet.row_dimensions.items())]
    return [*cells, (sheet.dimensions, sheet.auto_filter.ref, heights)]


def test_rows_in_bulk_are_those_of_the_library_cell_by_cell() -> None:
    plain, bulk = everything(book(cell_by_cell)), everything(book(in_bulk))

    assert len(plain) > len(TEXTS) * 5
    assert bulk == plain


def test_the_sheet_says_how_far_it_reaches() -> None:
    with zipfile.ZipFile(io.BytesIO(book(in_bulk))) as archive:
        markup = archive.read("xl/worksheets/sheet1.xml").decode()

    assert f'<dimension ref="A1:E{len(TEXTS) + 3}"/>' in markup
    assert len(re.findall("<hyperlinks>", markup)) == 1
    assert markup.index("</hyperlinks>") < markup.index("<printOptions")


def test_every_part_is_as_old_as_any_other() -> None:
    with zipfile.ZipFile(io.BytesIO(book(in_bulk))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def setter(ids: dict[Any, str] | None = None) -> Typesetter:
    known = {style: str(number) for number, style in enumerate(variants(LOOKS.all))} if ids is None else ids
    return Typesetter(known, WIDTHS, Hyperlinks(0))


def test_cells_come_from_left_to_right() -> None:
    canvas = setter()
    canvas.text(0, 1, "乙", LOOKS.body)

    with pytest.raises(WriteRefusedError):
        canvas.text(0, 1, "又", LOOKS.body)


def test_a_style_that_was_not_announced_is_a_bug() -> None:
    with pytest.raises(KeyError):
        setter({}).text(0, 0, "甲", LOOKS.body)


@pytest.mark.parametrize("count", [1, 3])
def test_a_body_has_as_many_rows_as_it_said(count: int) -> None:
    def rows(canvas: Typesetter) -> Iterator[str]:
        for row in (0, 1):
            canvas.text(row, 0, "甲", LOOKS.body)
            yield canvas.take(row)

    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<sheetData><row r="1"><c r="A1" s="3"/></row></sheetData>')
    body = Body(0, count, (LOOKS.body,), rows)

    with pytest.raises((WriteRefusedError, KeyError)):
        bind(package, [Sheet(1, (body,), WIDTHS, 0, (0, 0))], io.BytesIO())


def test_links_beyond_what_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EXCEL_LINKS_A_SHEET", 3)
    links = Hyperlinks(1)

    assert [links.add(f"A{row}", "'表'!A1", "x") for row in range(4)] == [True, True, False, False]


@settings(max_examples=300)
@given(st.lists(st.text(st.characters(exclude_categories=[])), min_size=2, max_size=4))
def test_csv_lines_are_those_of_the_csv_module(fields: Sequence[str]) -> None:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow([for_csv(field) for field in fields])

    assert _line(fields) == target.getvalue()


@settings(max_examples=300)
@given(st.text())
def test_widths_are_those_of_the_characters(text: str) -> None:
    wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in text if char != "\n")

    assert half_widths(text) == len(text) - text.count("\n") + wide


NUMERIC = (
    st.decimals(-(10**17), 10**17, places=3) | st.integers(-(10**17), 10**17).map(Decimal) | st.just(Decimal("-0"))
)


@given(st.lists(NUMERIC | st.none(), min_size=1, max_size=6), st.sampled_from([ValueType.COUNT, ValueType.MONEY]))
def test_figures_lose_no_digit_and_no_number(values: list[Decimal | None], kind: ValueType) -> None:
    indicator = Indicator("X", Row("X", "数", kind, 1), Column("", "数"))
    rows = tuple(
        UnitRow(
            ReportingUnit(str(at), f"{at}镇"),
            Status.ACCEPTED,
            included=True,
            file=f"{at}.xlsx",
            values={"X": Observation("X", value, str(value), CellAddress("s", 1, 1))},
        )
        for at, value in enumerate(values)
    )
    figures = Figures(CountyTable(small_form(), PERIOD, "", rows, {}, Coverage(None, 1, 1)), [indicator])
    present = [value for value in values if value is not None]
    shown = [figures.lines[str(at)][0] for at in range(len(values))]

    assert all(text is None or Decimal(text) == value for text, value in zip(shown, values, strict=True))
    assert all(len(re.sub(r"\D", "", text)) <= 15 and "E" not in text for text in shown if text is not None)
    assert figures.sum("X").value == sum(present, Decimal(0))
    assert figures.sum("X").count == len(present)
