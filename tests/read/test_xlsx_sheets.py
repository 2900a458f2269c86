"""What lies over the cells of an .xlsx: merges, hidden parts, filters, comments, several sheets, whole-file notes."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from consolidator.model import Area, CellKind, Visibility
from tests.read.books import HEAD, MAIN, changed, codes, only, opened, refused, relations, xlsx

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
FOUR = '<row r="4"><c r="F4"><v>1</v></c></row>'


def test_values_under_a_merge_are_kept() -> None:
    rows = '<row r="7"><c r="D7"><v>1</v></c><c r="E7"><v>2</v></c></row><row r="8"><c r="D8"><v>3</v></c></row>'
    sheet = only(xlsx(rows, after='<mergeCells count="1"><mergeCell ref="D7:E8"/></mergeCells>'))

    assert sheet.merges == (Area(7, 4, 8, 5),)
    assert [(cell.a1, cell.text) for cell in sheet.cells.values()] == [("D7", "1"), ("E7", "2"), ("D8", "3")]


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ('<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>', {2}),
        ('<row r="2" hidden="true"/><row r="3"><c r="A3"><v>1</v></c></row>', {2}),
        ('<row r="2" ht="0" customHeight="1"><c r="A2"><v>1</v></c></row>', {2}),
        ('<row r="2" hidden="0"><c r="A2"><v>1</v></c></row><row r="3" hidden="1"/>', set()),
    ],
)
def test_hidden_rows_are_told_down_to_the_last_cell(rows: str, hidden: set[int]) -> None:
    assert only(xlsx(rows)).hidden_rows == hidden


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        ('<col min="2" max="3" hidden="1"/>', {2, 3}),
        ('<col min="5" max="16384" hidden="1"/>', {5, 6}),
        ('<col min="2" max="2" width="0" customWidth="1"/>', {2}),
        ('<col min="2" max="2" width="9"/>', set()),
    ],
)
def test_hidden_columns_are_told_up_to_the_last_cell(columns: str, hidden: set[int]) -> None:
    assert only(xlsx(FOUR, before=f"<cols>{columns}</cols>")).hidden_columns == hidden


@pytest.mark.parametrize(
    ("before", "row", "after", "filtered"),
    [
        ('<sheetPr filterMode="1"/>', "", "", True),
        (
            "",
            ' hidden="1"',
            '<autoFilter ref="A1:B9"><filterColumn colId="0"><filters/></filterColumn></autoFilter>',
            True,
        ),
        ("", "", '<autoFilter ref="A1:B9"><filterColumn colId="0"><filters/></filterColumn></autoFilter>', False),
        ("", ' hidden="1"', '<autoFilter ref="A1:B9"/>', False),
    ],
)
def test_a_filter_is_told_where_it_hides_rows(before: str, row: str, after: str, filtered: bool) -> None:
    rows = f'<row r="1"{row}><c r="A1"><v>1</v></c></row>'

    assert only(xlsx(rows, before=before, after=after)).filtered is filtered


@pytest.mark.parametrize(
    ("state", "visibility"), [("hidden", Visibility.HIDDEN), ("veryHidden", Visibility.VERY_HIDDEN)]
)
def test_hidden_sheets_are_read_and_told(state: str, visibility: Visibility) -> None:
    content = changed(
        xlsx(ONE), lambda _, data: data.replace(b'<sheet name="', f'<sheet state="{state}" name="'.encode())
    )

    assert only(content).visibility is visibility


COMMENTED = {
    "xl/worksheets/_rels/sheet1.xml.rels": relations(
        ("comments", "../comments1.xml"), ("threadedComment", "../threadedComments/threadedComment1.xml")
    ),
    "xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList>'
    '<comment ref="A1" authorId="0"><text><r><t>张三:\n</t></r><r><t>含去年</t></r></text></comment>'
    '<comment ref="C9" authorId="0"><text><t>[Threaded comment] Your version of Excel …</t></text></comment>'
    "</commentList></comments>",
}
THREADS = {
    "xl/threadedComments/threadedComment1.xml": f"{HEAD}<ThreadedComments "
    'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="C9" id="{1}"><text>这是多少？</text></threadedComment>'
    '<threadedComment ref="C9" id="{2}" parentId="{1}"><text>是 5</text></threadedComment></ThreadedComments>',
}


def test_comments_stand_at_their_cells_also_where_nothing_else_does() -> None:
    sheet = only(xlsx(ONE, extra=COMMENTED))

    assert (sheet.cells[1, 1].text, sheet.cells[1, 1].comment) == ("1", "张三:\n含去年")
    assert sheet.cells[9, 3].kind is CellKind.BLANK


def test_threaded_comments_replace_the_note_that_stands_in_for_them() -> None:
    sheet = only(xlsx(ONE, extra=COMMENTED | THREADS))

    assert sheet.cells[9, 3].comment == "这是多少？\n是 5"


def test_a_comment_written_by_a_library_is_read() -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = 5
    book.active["B2"].comment = openpyxl.comments.Comment("请核对", "李四")
    buffer = io.BytesIO()
    book.save(buffer)

    assert only(buffer.getvalue()).cells[2, 2].comment == "请核对"


def test_charts_on_sheets_of_their_own_are_no_worksheets() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("一").write(0, 0, 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=一!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("二").write(0, 0, 2)

    assert [(sheet.name, sheet.cells[1, 1].text) for sheet in opened(buffer.getvalue()).sheets] == [
        ("一", "1"),
        ("二", "2"),
    ]


def two_sheets(first: str, second: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("aa").write(0, 0, 1)
        book.add_worksheet("bb").write(0, 0, 2)
    names = {b'"aa"': f'"{first}"'.encode(), b'"bb"': f'"{second}"'.encode()}

    def renamed(name: str, data: bytes) -> bytes:
        for old, new in names.items() if name == "xl/workbook.xml" else ():
            data = data.replace(old, new)
        return data

    return changed(buffer.getvalue(), renamed)


@pytest.mark.parametrize(("first", "second"), [("统计表", "统计表"), ("Sheet", "SHEET")])
def test_two_sheets_of_one_name_are_told_apart(first: str, second: str) -> None:
    book = opened(two_sheets(first, second))

    assert [sheet.cells[1, 1].text for sheet in book.sheets] == ["1", "2"]
    assert len({sheet.name.lower() for sheet in book.sheets}) == 2
    assert codes(book) == ["B17"]


def test_a_workbook_that_may_hold_macros_but_has_none_is_not_accused() -> None:
    allowed = {"[Content_Types].xml": '<Types ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'}
    book = opened(xlsx(ONE, extra=allowed), "甲镇.xlsm")

    assert (book.format, codes(book)) == ("xlsm", [])
    assert codes(opened(xlsx(ONE), "甲镇.xlsm")) == ["B10"]


def test_macros_are_noted_and_never_run() -> None:
    content = xlsx(ONE, extra={"xl/vbaProject.bin": b"\xd0\xcf"})
    book = opened(content, "甲镇.xlsm")

    assert (book.format, codes(book)) == ("xlsm", ["B09"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甲镇.xlsx", []),
        ("甲镇.XLSX", []),
        ("甲镇.xls", ["B10"]),
        ("甲镇.et", ["B10"]),
        ("甲镇", ["B10"]),
        ("子/甲.镇", ["B10"]),
    ],
)
def test_an_extension_that_misleads_is_noted(name: str, expected: list[str]) -> None:
    assert codes(opened(xlsx(ONE), name)) == expected


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/../worksheets/sheet1.xml", "worksheets\\sheet1.xml"]
)
def test_parts_are_found_however_they_are_pointed_at(target: str) -> None:
    extra = {"xl/_rels/workbook.xml.rels": relations(("worksheet", target))}

    assert only(xlsx(ONE, extra=extra)).cells[1, 1].text == "1"


def test_a_book_without_relations_styles_or_strings_is_read() -> None:
    keep = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
    content = changed(xlsx(ONE), lambda name, data: data if name in keep else None)

    assert only(content).cells[1, 1].text == "1"


def test_a_sheet_whose_part_is_missing_is_damage_not_an_empty_sheet() -> None:
    content = changed(xlsx(ONE), lambda name, data: None if "sheet1" in name else data)

    assert refused(content) == ("unreadable", "B01", "damage.sheet_missing")


def placeholders(value: int, *, other: int = 0, load: bool = True) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("表")
        sheet.write_column(0, 0, [value, value])
        sheet.write_formula(2, 0, "=SUM(A1:A2)")
        sheet.write_formula(3, 0, "=A1+A2", None, other)
    content = buffer.getvalue()
    return content if load else changed(content, lambda _, data: data.replace(b' fullCalcOnLoad="1"', b""))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (placeholders(3), CellKind.UNCALCULATED),
        (placeholders(0), CellKind.NUMBER),
        (placeholders(3, other=6), CellKind.NUMBER),
        (placeholders(3, load=False), CellKind.NUMBER),
    ],
)
def test_zeros_that_a_library_stored_for_sums_are_no_results(content: bytes, kind: CellKind) -> None:
    assert only(content).cells[3, 1].kind is kind
