"""OpenDocument spreadsheets, from raw content as LibreOffice, WPS and libraries write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.model import Area, CellKind, Refusal, Visibility
from consolidator.read import open_workbook
from consolidator.read.limits import Limits
from tests.read.books import codes, only, opened, refused, zipped

NS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    f'xmlns:office="{NS}:office:1.0" xmlns:table="{NS}:table:1.0" xmlns:text="{NS}:text:1.0" '
    f'xmlns:style="{NS}:style:1.0" xmlns:draw="{NS}:drawing:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    '<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:family="table-cell" style:parent-style-name="struck"/>'
    '<style:style style:name="clear" style:family="table-cell" style:parent-style-name="struck"><style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="run" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def content(rows: str, *, table: str = 'table:name="表"', before: str = "", around: str = "{}") -> str:
    tables = around.format(f"<table:table {table}>{rows}</table:table>")
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def ods(rows: str, **parts: str) -> bytes:
    return zipped({"mimetype": KIND, "content.xml": content(rows, **parts), "META-INF/manifest.xml": "<manifest/>"})


def row(*cells: str, **attributes: str) -> str:
    given = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{given}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", kind: str = "", value: str = "", **attributes: str) -> str:
    names = {"float": "value", "percentage": "value", "currency": "value", "date": "date-value", "time": "time-value"}
    given = f' office:value-type="{kind}"' if kind else ""
    if value:
        given += f' office:{names.get(kind, kind + "-value")}="{value}"'
    given += "".join(f' table:{name.replace("_", "-")}="{each}"' for name, each in attributes.items())
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell{given}>{paragraphs}</table:table-cell>"


@pytest.mark.parametrize(
    ("markup", "kind", "text", "number", "shown"),
    [
        (cell("12", "float", "12"), CellKind.NUMBER, "12", "12", ""),
        (cell("12", "float", "12.4"), CellKind.NUMBER, "12.4", "12.4", "12"),
        (cell("1,234", "float", "1234"), CellKind.NUMBER, "1234", "1234", ""),
        (cell("-5", "float", "-5"), CellKind.NUMBER, "-5", "-5", ""),
        (cell("43.788", "float", "43.787999999999997"), CellKind.NUMBER, "43.788", "43.788", ""),
        (cell("0.3333333333", "float", "0.333333333333333"), CellKind.NUMBER, "0.333333333333333", "0.333333333333333", ""),
        (cell("5%", "percentage", "0.05"), CellKind.NUMBER, "0.05", "0.05", "5%"),
        (cell("无", "float", "35"), CellKind.NUMBER, "35", "35", "无"),
        (cell("-", "float", "0"), CellKind.NUMBER, "0", "0", "-"),
        (cell("￥12.00", "currency", "12"), CellKind.NUMBER, "12", "12", ""),
        (cell("1900-01-11", "date", "1900-01-11"), CellKind.DATE, "1900-01-11", "12", ""),
        (cell("24/3/5", "date", "2024-03-05T18:00:00"), CellKind.DATE, "2024-03-05 18:00:00", "45356.75", ""),
        (cell("12:00", "time", "PT12H00M00S"), CellKind.DATE, "12:00:00", "0.5", ""),
        (cell("TRUE", "boolean", "true"), CellKind.BOOLEAN, "TRUE", None, ""),
        (cell("一\n二", "string"), CellKind.TEXT, "一\n二", None, ""),
        (cell("12", "string"), CellKind.TEXT, "12", None, ""),
        (cell("十 <text:s text:c='2'/>二<text:tab/>三<text:line-break/>四", "string"), CellKind.TEXT, "十   二\t三\n四", None, ""),
        (cell("一 二  三 ", "string"), CellKind.TEXT, "一 二 三 ", None, ""),
        (cell("X", "string").replace("X", "\n  一\n  二\n "), CellKind.TEXT, "一 二", None, ""),
        (cell(" <text:span> 一</text:span>", "string"), CellKind.TEXT, " 一", None, ""),
        (cell("abc", "float", "NaN"), CellKind.TEXT, "abc", None, ""),
    ],
)  # fmt: skip
def test_each_kind_of_cell_is_told(markup: str, kind: CellKind, text: str, number: str | None, shown: str) -> None:
    found = only(ods(row(markup)), "甲.ods").cells[1, 1]

    assert (found.kind, found.text, found.shown) == (kind, text, shown)
    assert found.number == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("markup", "kind", "text", "formula"),
    [
        (cell("3", "float", "3", formula="of:=SUM([.A2:.A3])"), CellKind.NUMBER, "3", "=SUM(A2:A3)"),
        (cell(formula="of:=SUM([.A2:.A3])"), CellKind.UNCALCULATED, "=SUM(A2:A3)", "=SUM(A2:A3)"),
        (cell(formula="of:=[$说明.B7]*2"), CellKind.UNCALCULATED, "=说明!B7*2", "=说明!B7*2"),
        (cell(formula='of:=IF([.A1]=1;"";1)'.replace('"', "&quot;")), CellKind.TEXT, "", '=IF(A1=1;"";1)'),
        (cell("#DIV/0!", "string", formula="of:=1/0"), CellKind.ERROR, "#DIV/0!", "=1/0"),
        (cell("Err:502", "string", formula="of:=X(1)"), CellKind.ERROR, "Err:502", "=X(1)"),
        (cell("#DIV/0!", "string"), CellKind.TEXT, "#DIV/0!", ""),
        (
            cell("#N/A", "string").replace("office:value-type", 'calcext:value-type="error" office:value-type'),
            CellKind.ERROR, "#N/A", "",
        ),
    ],
)  # fmt: skip
def test_formulas_tell_their_results_errors_and_lack_of_one(
    markup: str, kind: CellKind, text: str, formula: str
) -> None:
    found = only(ods(row(markup)), "甲.ods").cells[1, 1]

    assert (found.kind, found.text, found.formula) == (kind, text, formula)


def test_a_formula_that_looks_elsewhere_names_the_file() -> None:
    link = "of:=['file:///D:/%E6%B1%87%E6%80%BB.xlsx'#$Sheet1.A1]"

    assert only(ods(row(cell("3", "float", "3", formula=link))), "甲.ods").cells[1, 1].source == "汇总.xlsx"


def test_repeats_are_laid_out_and_endless_blanks_are_not() -> None:
    rows = (
        row(
            cell("1", "float", "1", number_columns_repeated="2"),
            cell(number_columns_repeated="1000"),
            number_rows_repeated="2",
        )
        + row(cell(), number_rows_repeated="1048000")
        + row(cell("尾", "string"))
    )

    assert [each.a1 for each in only(ods(rows), "甲.ods").cells.values()] == ["A1", "B1", "A2", "B2", "A1048003"]


def test_merges_keep_what_lies_under_them() -> None:
    rows = row(
        cell("1", "float", "1", number_columns_spanned="2", number_rows_spanned="2"),
        cell("2", "float", "2").replace("table-cell", "covered-table-cell"),
    )
    sheet = only(ods(rows), "甲.ods")

    assert sheet.merges == (Area(1, 1, 2, 2),)
    assert [each.text for each in sheet.cells.values()] == ["1", "2"]


def test_hidden_and_filtered_rows_hidden_columns_and_sheets_are_told() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = (
        columns
        + row(cell("1", "float", "1"), visibility="collapse")
        + row(cell("2", "float", "2"), visibility="filter")
    )
    rows += row(*[cell("3", "float", "3")] * 4)
    sheet = only(ods(rows, table='table:name="表" table:style-name="hidden"'), "甲.ods")

    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.filtered) == ({1, 2}, {2, 3}, True)
    assert sheet.visibility is Visibility.HIDDEN


@pytest.mark.parametrize(
    ("markup", "struck"),
    [
        (cell("5", "float", "5", style_name="struck"), True),
        (cell("5", "float", "5", style_name="child"), True),
        (cell("5", "float", "5", style_name="clear"), False),
        (cell('5<text:span text:style-name="run">6</text:span>', "string"), True),
        (cell("5<text:span>6</text:span>", "string"), False),
    ],
)
def test_strikes_are_told(markup: str, struck: bool) -> None:
    assert only(ods(row(markup)), "甲.ods").cells[1, 1].struck is struck


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("3万条", "3", "3万条"),
        (" 1,234 元", "1234", "1,234 元"),
        ("￥12.00", "12", "￥12.00"),
        ("约5", "5", "约5"),
        ("12", "12", ""),
        ("1,234", "1234", ""),
        ("(5)", "-5", ""),
        ("1.2E+05", "123456", ""),
        ("无", "0", ""),
        ("###", "5", ""),
    ],
)
def test_a_number_that_is_shown_with_words_keeps_them(text: str, value: str, words: str) -> None:
    assert only(ods(row(cell(text, "float", value))), "甲.ods").cells[1, 1].words == words


@pytest.mark.parametrize("markup", ["12</text:p><text:p>13", "12<text:line-break/>13", "12<text:tab/>13", "12 \n 13"])
def test_what_stands_apart_in_a_cell_is_never_joined(markup: str) -> None:
    text = only(ods(row(cell(markup, "string"))), "甲.ods").cells[1, 1].text

    assert text.split() == ["12", "13"]


def test_notes_and_shapes_are_no_part_of_the_text() -> None:
    note = "<office:annotation><text:p>含去年</text:p><text:p>3 件</text:p></office:annotation>"
    shape = "<draw:frame><draw:text-box><text:p>印章</text:p></draw:text-box></draw:frame>"
    markup = cell("5", "float", "5").replace("<text:p>", note + shape + "<text:p>")
    cells = only(ods(row(markup, cell("").replace("></", f">{note}</", 1))), "甲.ods").cells

    assert (cells[1, 1].text, cells[1, 1].comment) == ("5", "含去年\n3 件")
    assert (cells[1, 2].kind, cells[1, 2].comment) == (CellKind.BLANK, "含去年\n3 件")


def test_change_history_and_cached_foreign_sheets_are_not_sheets() -> None:
    old = f"<table:tracked-changes><table:deletion>{cell('9', 'float', '9')}</table:deletion></table:tracked-changes>"
    foreign = f'<table:table table:name="\'file:///a.ods\'#Sheet1" table:style-name="ta_extref">{row(cell("8", "float", "8"))}</table:table>'
    book = opened(ods(row(cell("1", "float", "1")), before=old, around="{}" + foreign), "甲.ods")

    assert [[each.text for each in sheet.cells.values()] for sheet in book.sheets] == [["1"]]


def test_a_flat_document_is_read_too() -> None:
    flat = (
        content(row(cell("1", "float", "1")))
        .replace("document-content", "document")
        .replace(SPACES, f'{SPACES} office:mimetype="{KIND}"')
    )
    book = opened(('<?xml version="1.0" encoding="UTF-8"?>' + flat).encode(), "甲.fods")

    assert (book.format, book.sheets[0].cells[1, 1].text, codes(book)) == ("ods", "1", [])


def test_too_many_repeated_values_are_too_large() -> None:
    rows = row(cell("1", "float", "1", number_columns_repeated="1000"), number_rows_repeated="1048576")
    answer = open_workbook(ods(rows), "甲.ods", limits=Limits(cells=5000))

    assert isinstance(answer, Refusal)
    assert (answer.case, answer.details["what"]) == ("too_large", "amount.cells")


def test_an_encrypted_document_is_called_so() -> None:
    parts = {"mimetype": KIND, "content.xml": b"\x93\x12", "META-INF/manifest.xml": "<manifest:encryption-data/>"}

    assert refused(zipped(parts), "甲.ods")[:2] == ("encrypted", "B02")
