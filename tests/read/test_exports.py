"""What other systems export under an Excel name: XML of 2003, web pages, delimited text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.model import Area, CellKind, FileFormat, Visibility
from tests.read.books import codes, only, opened, refused

STYLES = (
    '<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="i"><NumberFormat ss:Format="0"/></Style></Styles>'
)


def spreadsheetml(rows: str, options: str = "", prefix: str = "") -> bytes:
    text = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
        f'xmlns:html="http://www.w3.org/TR/REC-html40">{STYLES}<Worksheet ss:Name="表"><Table>{rows}</Table>{options}'
        "</Worksheet></Workbook>"
    )
    return text.encode()


@pytest.mark.parametrize(
    ("markup", "kind", "text", "number"),
    [
        ('<Cell><Data ss:Type="Number">12</Data></Cell>', CellKind.NUMBER, "12", "12"),
        ('<Cell ss:StyleID="d"><Data ss:Type="Number">12</Data></Cell>', CellKind.DATE, "1900-01-12", "12"),
        (
            '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell>',
            CellKind.DATE,
            "2024-03-05",
            "45356",
        ),
        (
            '<Cell ss:StyleID="d"><Data ss:Type="DateTime">1900-01-12T00:00:00.000</Data></Cell>',
            CellKind.DATE,
            "1900-01-12",
            "12",
        ),
        ('<Cell><Data ss:Type="String">文&#10;字</Data></Cell>', CellKind.TEXT, "文\n字", None),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell>', CellKind.BOOLEAN, "TRUE", None),
        ('<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>', CellKind.ERROR, "#DIV/0!", None),
        ('<Cell ss:Formula="=SUM(R[1]C)"/>', CellKind.UNCALCULATED, "=SUM(R[1]C)", None),
        ('<Cell><Data ss:Type="Number">NaN</Data></Cell>', CellKind.TEXT, "NaN", None),
    ],
)
def test_xml_of_2003_tells_each_kind_of_cell(markup: str, kind: CellKind, text: str, number: str | None) -> None:
    found = only(spreadsheetml(f"<Row>{markup}</Row>"), "甲.xml").cells[1, 1]

    assert (found.kind, found.text) == (kind, text)
    assert found.number == (None if number is None else Decimal(number))


def test_xml_of_2003_tells_places_merges_hidden_parts_and_comments() -> None:
    number = '<Data ss:Type="Number">{}</Data>'
    rows = (
        '<Column/><Column ss:Hidden="1" ss:Span="1"/>'
        f'<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="1">{number.format(1)}</Cell><Cell>{number.format(2)}</Cell></Row>'
        f'<Row><Cell ss:StyleID="s">{number.format(3)}<Comment><ss:Data>含<html:S>去年</html:S></ss:Data></Comment></Cell><Cell ss:Index="9" ss:StyleID="i">{number.format(1.5)}</Cell></Row>'
    )
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    sheet = only(spreadsheetml(rows, options), "甲.xml")

    assert {place: each.text for place, each in sheet.cells.items()} == {
        (3, 2): "1",
        (3, 4): "2",
        (4, 1): "3",
        (4, 9): "1.5",
    }
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ((Area(3, 2, 4, 3),), {3}, {2, 3})
    assert (sheet.cells[4, 1].struck, sheet.cells[4, 1].comment, sheet.cells[4, 9].shown) == (True, "含去年", "2")
    assert (sheet.cells[4, 9].struck, sheet.visibility) == (False, Visibility.HIDDEN)


def test_exports_under_an_excel_name_are_read_with_a_note() -> None:
    table = "<html><table><tr><td>甲</td><td>2</td></tr></table></html>".encode()
    text = "指标\t数\n主动公开\t5\n".encode("gb18030")

    for content, form in (
        (spreadsheetml('<Row><Cell><Data ss:Type="String">甲</Data></Cell></Row>'), FileFormat.SPREADSHEETML),
        (table, FileFormat.HTML),
        (text, FileFormat.CSV),
    ):
        book = opened(content, "平罗/甲镇.xls")
        assert (book.format, codes(book)) == (form, ["B11"])


def page(body: str) -> bytes:
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><title>表</title></head><body>{body}</body></html>'.encode()


@pytest.mark.parametrize(
    ("markup", "struck", "raised"),
    [
        ("12<sup>1</sup>", False, True),
        ("12<span>3<sub>4</sub></span>", False, True),
        ("12<span style='vertical-align:super'>1</span>", False, True),
        ("1<span style='display: none'>2</span>3", False, True),
        ("<span style='text-decoration:line-through'>12</span>13", True, False),
        ("<b><s>12</b></s>13", True, False),
        ("<span style='mso-hide:all'> </span>12<sup></sup>", False, False),
        ("<font><span>12</span></font><sup>1", False, True),
        ("<img><br><b>12</b>", False, False),
    ],
)
def test_a_page_tells_which_parts_of_a_text_may_not_belong_to_it(markup: str, struck: bool, raised: bool) -> None:
    sheet = opened(f"<table><tr><td>{markup}</td><td>5</td></tr></table>".encode(), "甲.xls").sheets[0]

    assert [(cell.struck, cell.raised) for cell in sheet.cells.values()] == [(struck, raised), (False, False)]


def test_cells_of_a_page_lie_where_spans_put_them() -> None:
    body = (
        "<table><tr><td colspan=2>标题</td><th rowspan='2'>右</th></tr><tr><td>一<br>二<td>3"
        "<tr style='display:none'><td><s>4</s><td>5</td><td>&nbsp;6 </td></tr></table><p>之间</p>"
        "<table><tr><td><table><tr><td>内</td></tr></table></td></tr></table>"
    )
    sheet = only(page(body), "甲镇.xls")

    assert {each.a1: each.text for each in sheet.cells.values()} == {
        "A1": "标题", "C1": "右", "A2": "一\n二", "B2": "3", "A3": "4", "B3": "5", "C3": "\xa06", "A4": "内",
    }  # fmt: skip
    assert (sheet.merges, sheet.hidden_rows) == ((Area(1, 1, 1, 2), Area(1, 3, 2, 3)), {3})
    assert [each.struck for each in (sheet.cells[3, 1], sheet.cells[3, 2])] == [True, False]
    assert sheet.name == "甲镇"


@pytest.mark.parametrize(
    ("text", "words"), [("3万条", "3万条"), ("3", ""), ("3.00", ""), ("1,234", ""), ("约3", "约3")]
)
def test_a_number_that_a_page_shows_with_words_keeps_them(text: str, words: str) -> None:
    found = only(page(f'<table><tr><td x:num="3">{text}</td></tr></table>'), "甲.htm").cells[1, 1]

    assert (found.number, found.words) == (Decimal(3), words)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("12<br>13", "12\n13"),
        ("12<br/>13", "12\n13"),
        ("<p>12</p><p>13</p>", "12\n13"),
        ("<p>12</p>13", "12\n13"),
        ("12<p>13", "12\n13"),
        ("<div>12</div>\n<div>13</div>", "12\n13"),
        ("<div><div>12</div></div>13", "12\n13"),
        ("<ul><li>12<li>13</ul>", "12\n13"),
        ("12<hr>13", "12\n13"),
        ("12<br><br>13", "12\n\n13"),
        ("<table><tr><td>12</td><td>13</td></tr></table>", "12\n13"),
        ("<table><tr><td>12</table>13", "12\n13"),
        ("<b>1</b><span>2</span>", "12"),
        ("<p>12</p>", "12"),
        ("<div>\n<p> 12 </p>\n</div>", "12"),
    ],
)
def test_what_a_page_shows_on_two_lines_is_never_joined(inside: str, text: str) -> None:
    assert only(page(f"<table><tr><td>{inside}</td></tr></table>"), "甲.htm").cells[1, 1].text == text


@pytest.mark.parametrize(
    ("attributes", "text", "kind", "number", "shown"),
    [
        ('x:num="12.4"', "12", CellKind.NUMBER, "12.4", "12"),
        ("x:num", "12", CellKind.NUMBER, "12", ""),
        ('sdval="43.788"', "43.79", CellKind.NUMBER, "43.788", "43.79"),
        ('data-t="n" data-v="12.4"', "12", CellKind.NUMBER, "12.4", "12"),
        ('data-t="s" data-v="12.4"', "12", CellKind.TEXT, None, ""),
        ('x:err="#REF!"', "#REF!", CellKind.ERROR, None, ""),
        ("", "#REF!", CellKind.ERROR, None, ""),
        ("", "12", CellKind.TEXT, None, ""),
        ("x:num", "约12", CellKind.TEXT, None, ""),
    ],
)
def test_a_page_of_a_spreadsheet_program_keeps_its_numbers(
    attributes: str, text: str, kind: CellKind, number: str | None, shown: str
) -> None:
    found = only(page(f"<table><tr><td {attributes}>{text}</td></tr></table>"), "甲.htm").cells[1, 1]

    assert (found.kind, found.shown) == (kind, shown)
    assert found.number == (None if number is None else Decimal(number))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_says_its_encoding(encoding: str) -> None:
    declared = {"utf-8": "utf-8", "gb18030": "gb2312", "utf-16": "utf-16"}[encoding]
    text = f'<html><meta http-equiv=Content-Type content="text/html; charset={declared}"><table><tr><td>平罗县</td></tr></table></html>'

    assert only(text.encode(encoding), "甲.xls").cells[1, 1].text == "平罗县"


def test_a_single_file_page_is_read_sheet_by_sheet() -> None:
    message = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="X"\r\n\r\n'
        '--X\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<frameset></frameset>\r\n'
        '--X\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        "<table><tr><td>=BC=D7</td></tr></table>\r\n--X--\r\n"
    )
    book = opened(message.encode(), "甲.mht")

    assert (book.format, [[each.text for each in sheet.cells.values()] for sheet in book.sheets]) == ("html", [["甲"]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimited_text_is_read_as_it_stands(encoding: str, delimiter: str) -> None:
    rows = [
        ["政府信息公开情况统计表"],
        ["指标名称", "单位", "统计数"],
        ["主动公开", "条", " 1，234 "],
        [],
        ["", "", "#REF!"],
    ]
    text = "\r\n".join(delimiter.join(f'"{field}"' for field in fields) for fields in rows)
    cells = only(text.encode(encoding), "甲.csv").cells

    assert [(each.a1, each.text) for each in cells.values()] == [
        ("A1", "政府信息公开情况统计表"), ("A2", "指标名称"), ("B2", "单位"), ("C2", "统计数"),
        ("A3", "主动公开"), ("B3", "条"), ("C3", " 1，234 "), ("C5", "#REF!"),
    ]  # fmt: skip
    assert [cells[place].kind for place in ((3, 3), (5, 3))] == [CellKind.TEXT, CellKind.ERROR]


@pytest.mark.parametrize("line", ["sep=,\n", "SEP=,\r\n", "\ufeffsep=,\n"])
def test_a_line_that_names_the_delimiter_is_no_row(line: str) -> None:
    sheet = only(f"{line}指标,数\n主动公开,12\n".encode(), "甲.csv")

    assert {each.a1: each.text for each in sheet.cells.values()} == {
        "A1": "指标",
        "B1": "数",
        "A2": "主动公开",
        "B2": "12",
    }


def test_an_encoding_that_cannot_be_told_is_refused() -> None:
    assert refused("联通,1\n移动,2\n".encode("gbk") + b"\xff\xff,3", "甲.csv") == (
        "unreadable",
        "B01",
        "damage.encoding",
    )
    assert refused("é,1\nü,2\n".encode(), "甲.csv") == ("unreadable", "B01", "damage.ambiguous_encoding")


@pytest.mark.parametrize("text", ["请各乡镇于月底前报送。", "你好，\n附件是报表，请查收。\n", "a,b"])
def test_a_letter_is_no_table(text: str) -> None:
    assert refused(text.encode("utf-8-sig"), "说明.txt") == ("not_a_form", "B03", "file_kind.text")


def test_a_page_without_a_table_is_no_spreadsheet() -> None:
    assert refused(page("<p>会话已过期，请重新登录</p>"), "甲.xls") == ("not_a_form", "B03", "file_kind.html")
