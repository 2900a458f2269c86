"""MESSY C17–C24, C27: what a file stores in a number cell beside plain numbers and texts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
import xlwt

from tests.builders import Formula
from tests.messy.cells import Odd, save
from tests.messy.county import FIGURES, SIGNED, book_of, judge, line_of, put
from tests.messy.rows import Case, Row, asked, kept, refused
from tests.read.books import OFFICE, PACKAGE, changed
from tests.xlsb_writer import Styled, XlsbSheet, xlsb_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.filings import Book

    NewFolder = Callable[[], Path]

DAY, MONTH_DAY, TIME = "yyyy-mm-dd", 'm"月"d"日"', "yyyy/m/d h:mm"


EVERY = ("xlsx", "xls", "ods", "xlsb")


def quote(text: str, **others: str) -> dict[str, str]:
    """The text that is quoted in every format, but for the others."""
    return dict.fromkeys(EVERY, text) | others


def serial(number: int, day: str, libre_office: str | None = None, code: str = DAY) -> Case:
    """A small number in a cell styled as a date; LibreOffice counts its days from another one up to 60."""
    return kept(Odd(number, code), number, "V17 serial", quoted=quote(day, ods=libre_office or day))


def date(number: int, day: str, code: str = DAY) -> Case:
    return refused(Odd(number, code), "V17 typed_date", quoted=quote(day))


C17 = Row(
    (
        serial(12, "1900-01-12", "1900-01-11"),
        serial(1, "1900-01-01", "1899-12-31"),
        serial(59, "1900-02-28", "1900-02-27"),
        serial(60, "1900-02-29", "1900-02-28"),
        serial(61, "1900-03-01"),
        serial(365, "1900-12-30", code=MONTH_DAY),
        serial(2190, "1905-12-29"),
        date(45356, "2024-03-05", MONTH_DAY),
        date(42737, "2017-01-02", 'd"/"m" "yy'),
        date(43831, "2020-01-01", "mmm-yy"),
    )
)
C18 = Row((date(42740, "2017-01-05"), date(20240, "1955-05-31"), date(2958465, "9999-12-31")))
C20 = Row(
    (
        refused(Odd(value=True), "V20", quoted=quote("TRUE")),
        refused(Odd(value=False), "V20", quoted=quote("FALSE")),
    )
)
FAULTS = {
    "#REF!": ("ref", "已被删除"),
    "#DIV/0!": ("div0", "除以了零"),
    "#N/A": ("na", "查不到数据"),
    "#VALUE!": ("value", "混有文字"),
    "#NAME?": ("name", "名称写错"),
    "#NUM!": ("num", "超出范围"),
    "#NULL!": ("other", "错误值"),
}
C21 = Row(
    (
        *(refused(Odd(name, fault=True), f"V21 {case}") for name, (case, _) in FAULTS.items()),
        *(
            refused(Odd(name, fault=True, formula="C9/C10"), f"V21 {case}", kinds=("xlsx", "ods"))
            for name, (case, _) in FAULTS.items()
        ),
    )
)
UNCALCULATED = ("SUM(C9:C11)", "C9+C10", "ROUND(C9*2,0)")
C22 = Row(
    tuple(
        refused(
            Odd(formula=formula, stored=False), "V22", kinds=("xlsx", "xls", "ods"),
            quoted=quote(f"={formula}"),
        )
        for formula in UNCALCULATED
    )
)  # fmt: skip
C23 = Row(
    tuple(
        asked(Odd(value, formula=formula), "V23", kinds=("xlsx", "ods"), quoted=quote(str(value)))
        for value, formula in (
            (35, "'[汇总.xlsx]Sheet1'!A1"),
            (7, "[2015年报表.xls]Sheet1!C54"),
            (0, "'[各股室 台账.xlsx]一月'!B2"),
        )
    )
)
RICH = ("xlsx", "xls", "ods")
C27 = Row(
    (
        asked(Odd(35, struck=True), "V27 struck"),
        asked(Odd(0, struck=True), "V27 struck"),
        asked(Odd("35", struck=True), "V27 struck"),
        asked(Odd(runs=(("35", True), (" 36", False))), "V27 struck", kinds=RICH, quoted=quote("35 36")),
        asked(Odd(runs=(("3", False), ("5", True))), "V27 struck", kinds=RICH, quoted=quote("35")),
        kept(Odd(runs=(("3", False), ("5", False))), 35, kinds=RICH, quoted=quote("35")),
        asked(Odd(runs=(("12", False), ("1", "raised"))), "V27 raised", kinds=RICH, quoted=quote("121")),
    )
)


@C17.each
def test_c17_a_number_shown_as_a_date_is_told_from_a_date_made_of_a_number(
    number: int, kind: str, new_folder: NewFolder
) -> None:
    C17.holds(number, kind, new_folder)


@C18.each
def test_c18_a_date_is_no_number(number: int, kind: str, new_folder: NewFolder) -> None:
    C18.holds(number, kind, new_folder)


@C20.each
def test_c20_truth_values_are_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C20.holds(number, kind, new_folder)


@C21.each
def test_c21_error_values_are_seen_in_every_format(number: int, kind: str, new_folder: NewFolder) -> None:
    C21.holds(number, kind, new_folder)


@C22.each
def test_c22_a_formula_never_calculated_is_no_blank(number: int, kind: str, new_folder: NewFolder) -> None:
    C22.holds(number, kind, new_folder)


@C23.each
def test_c23_figures_from_other_workbooks_are_asked_about(number: int, kind: str, new_folder: NewFolder) -> None:
    C23.holds(number, kind, new_folder)


@C27.each
def test_c27_figures_with_parts_struck_or_raised_are_asked_about(number: int, kind: str, new_folder: NewFolder) -> None:
    C27.holds(number, kind, new_folder)


ROWS = {name: row for name, row in globals().items() if isinstance(row, Row)}


@pytest.mark.parametrize("name", ROWS)
def test_the_total_holds_the_accepted_values_and_nothing_else(name: str, new_folder: NewFolder) -> None:
    ROWS[name].adds_up(new_folder)


@pytest.mark.parametrize("name", FAULTS)
def test_c21_the_error_is_named_in_words(name: str, new_folder: NewFolder) -> None:
    number = list(FAULTS).index(name)
    sentence = C21.outcome(new_folder).sentence(f"xlsx{number:02}号镇.xlsx", "V21")

    assert name in sentence
    assert FAULTS[name][1] in sentence


def test_c23_the_source_is_named(new_folder: NewFolder) -> None:
    for number, name in enumerate(("汇总.xlsx", "2015年报表.xls", "各股室 台账.xlsx")):
        for kind in ("xlsx", "ods"):
            assert f"“{name}”" in C23.outcome(new_folder).sentence(f"{kind}{number:02}号镇.{kind}", "V23")


def test_c23_the_source_is_named_where_excel_wrote_only_its_number(new_folder: NewFolder) -> None:
    link = f'<externalLink xmlns="x" xmlns:r="{OFFICE}"><externalBook r:id="rId1"/></externalLink>'
    content = save(put(book_of("甲镇"), "F", Odd(35, formula="[1]Sheet1!A1")), "xlsx")

    def change(name: str, data: bytes) -> bytes:
        text = data.decode() if name.startswith("xl/") else ""
        if name == "xl/workbook.xml":
            return text.replace(
                "</sheets>", '</sheets><externalReferences><externalReference r:id="rId77"/></externalReferences>'
            ).encode()
        if name == "xl/_rels/workbook.xml.rels":
            more = f'<Relationship Id="rId77" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
            return text.replace("</Relationships>", f"{more}</Relationships>").encode()
        return data

    content = with_parts(
        changed(content, change),
        {
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/externalLinkPath" Target="file:///D:/%E5%8F%B0%E8%B4%A6.xlsx" TargetMode="External"/></Relationships>',
        },
    )
    outcome = judge(new_folder(), {"甲.xlsx": content})

    assert outcome.told("甲.xlsx") == ["soft V23"]
    assert "“台账.xlsx”" in outcome.sentence("甲.xlsx", "V23")


def with_parts(content: bytes, parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_c22_c23_a_format_that_hides_formulas_says_so(new_folder: NewFolder) -> None:
    files = {
        "甲.xlsb": save(put(book_of("甲镇"), "F", Odd(35, formula="[1]Sheet1!A1")), "xlsb"),
        "乙.xlsb": save(put(book_of("乙镇"), "F", Odd(formula="SUM(C9:C11)", stored=False)), "xlsb"),
    }
    outcome = judge(new_folder(), files)

    assert outcome.told("甲.xlsb") == ["note B08"]
    assert outcome.values("甲.xlsb")["F"] == 35
    assert outcome.told("乙.xlsb") == ["note B08", "soft N01 blank"]
    assert outcome.values("乙.xlsb")["F"] is None
    assert "公式" in outcome.sentence("甲.xlsb", "B08")


def test_c22_a_workbook_whose_library_stored_nought_for_every_formula(new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    book = put(book, "C1", Formula(f"SUM({book.address(line_of('C11'))}:{book.address(line_of('C14'))})", 0))
    outcome = judge(new_folder(), {"甲.xlsx": save(book, "xlsx")})

    assert outcome.finding("甲.xlsx", "V22").cells == (book.address(line_of("C1")),)
    assert outcome.values("甲.xlsx")["C1"] is None
    assert outcome.status("甲.xlsx") == "rejected"


def test_c17_days_counted_from_1904_are_taken_back_too(new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    place = book.places[line_of("F")]
    outcome = judge(
        new_folder(),
        {
            "甲.xlsx": from_1904(book, place),
            "乙.xls": old_from_1904(book_of("乙镇"), place),
            "丙.xlsb": binary_from_1904(book_of("丙镇"), place),
        },
    )

    for file in ("甲.xlsx", "乙.xls", "丙.xlsb"):
        assert outcome.told(file) == ["note V17 serial"]
        assert outcome.values(file)["F"] == 12
        assert outcome.finding(file, "V17", "serial").observed == "1904-01-13"


def from_1904(book: Book, place: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        day = workbook.add_format({"num_format": DAY})
        for (row, column), (value, _) in book.pages[0].cells.items():
            sheet.write(row - 1, column - 1, value)
        sheet.write_number(place[0] - 1, place[1] - 1, 12, day)
    return buffer.getvalue()


def old_from_1904(book: Book, place: tuple[int, int]) -> bytes:
    workbook = xlwt.Workbook()
    workbook.dates_1904 = True
    sheet = workbook.add_sheet("Sheet1", cell_overwrite_ok=True)
    for (row, column), (value, _) in book.pages[0].cells.items():
        sheet.write(row - 1, column - 1, value)
    style = xlwt.XFStyle()
    style.num_format_str = DAY
    sheet.write(place[0] - 1, place[1] - 1, 12, style)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def binary_from_1904(book: Book, place: tuple[int, int]) -> bytes:
    cells = {at: value for at, (value, _) in book.pages[0].cells.items() if value is not None}
    return xlsb_bytes([XlsbSheet("Sheet1", {**cells, place: Styled(12, DAY)})], date1904=True)


PERIODS = (
    "（2016年度）",
    "2016年",
    "二〇一六年度",
    "（２０１６年）",
    "报告期：2016年",
    "2016 年度",
    "统计年度：2016",
    "二○一六年",
)


@pytest.mark.parametrize("period", PERIODS)
def test_c19_a_year_is_understood_however_it_is_written(period: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲.xlsx": save(book_of("甲镇", period=period), "xlsx")})

    assert outcome.told("甲.xlsx") == []


DATES = ("2017.1.5", "2017年1月5日", "20170105", "二〇一七年一月五日", "2017-01-05", "2017/1/5", "1月5日")


@pytest.mark.parametrize("date", DATES)
def test_c19_a_date_of_filing_counts_as_filled_in_and_never_as_the_period(date: str, new_folder: NewFolder) -> None:
    book = book_of("甲镇", sign_off={**SIGNED, "填报日期": date})
    outcome = judge(new_folder(), {"甲.xlsx": save(book, "xlsx")})

    assert outcome.told("甲.xlsx") == []


C19 = Row(tuple(refused(typed, "F01 remark") for typed in ("2024.1.1", "2024年1月1日", "2016年度")))


@C19.each
def test_c19_a_date_typed_as_text_is_no_count(number: int, kind: str, new_folder: NewFolder) -> None:
    C19.holds(number, kind, new_folder)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
def test_c24_a_total_that_is_not_the_sum_is_refused_and_both_are_shown(kind: str, new_folder: NewFolder) -> None:
    book = put(book_of("甲镇"), "C11", 4)
    file = f"甲.{kind}"
    outcome = judge(new_folder(), {file: save(book, kind)})
    finding = outcome.finding(file, "R08")

    assert (finding.severity.value, finding.observed, finding.expected, finding.difference) == ("hard", "3", "7", "-4")
    assert book.address(line_of("C1")) in finding.cells
    assert outcome.status(file) == "rejected"
    assert outcome.values(file)["C1"] == 3
    assert outcome.total("C1") == FIGURES["C1"]
