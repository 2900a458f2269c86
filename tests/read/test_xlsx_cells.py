"""Cells of an .xlsx, exactly as stored."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.model import CellKind
from tests.read.books import STRICT, STRICT_OFFICE, cell, changed, only, opened, refused, relations, xlsx

DATE_STYLE = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'


def code_style(code: str) -> str:
    return (
        f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs>'
    )


@pytest.mark.parametrize(
    ("stored", "number", "text"),
    [
        ("12", "12", "12"),
        ("0012", "12", "12"),
        (" 12\n", "12", "12"),
        ("-7", "-7", "-7"),
        ("0.05", "0.05", "0.05"),
        ("1.50", "1.5", "1.5"),
        ("43.787999999999997", "43.788", "43.788"),
        ("30.000000000000004", "30", "30"),
        ("0.30000000000000004", "0.3", "0.3"),
        ("1E3", "1000", "1000"),
        ("1.2345E-5", "0.000012345", "0.000012345"),
        ("-0", "0", "0"),
        ("-0.0", "0", "0"),
        ("123456789012345", "123456789012345", "123456789012345"),
        ("1234567890123456", "1234567890123456", "1234567890123456"),
        ("1.2345678901234568E+17", "123456789012345680", "123456789012345680"),
    ],
)
def test_a_number_is_what_was_typed(stored: str, number: str, text: str) -> None:
    found = cell(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>')

    assert (found.kind, found.number, found.text) == (CellKind.NUMBER, Decimal(number), text)


@pytest.mark.parametrize("stored", ["NaN", "INF", "-INF", "1_000", "１２", "1e999999999", "0x10", "12a", "1,234", "."])
def test_what_is_no_number_never_becomes_one(stored: str) -> None:
    found = cell(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>')

    assert (found.kind, found.number, found.text) == (CellKind.TEXT, None, stored)


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        ("0", "1900-01-00"),
        ("12", "1900-01-12"),
        ("59", "1900-02-28"),
        ("60", "1900-02-29"),
        ("61", "1900-03-01"),
        ("45356", "2024-03-05"),
        ("45356.75", "2024-03-05 18:00:00"),
        ("0.5", "12:00:00"),
        ("-3", "-3"),
        ("2958466", "2958466"),
        ("44561.999999999", "2022-01-01"),
    ],
)
def test_a_number_shown_as_a_date_keeps_its_serial(serial: str, text: str) -> None:
    found = cell(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', styles=DATE_STYLE)

    assert (found.kind, found.number, found.text) == (CellKind.DATE, Decimal(serial), text)


def test_dates_may_count_from_1904() -> None:
    found = cell('<row r="1"><c r="A1" s="1"><v>12</v></c></row>', styles=DATE_STYLE, book='<workbookPr date1904="1"/>')

    assert (found.number, found.text) == (Decimal(12), "1904-01-13")


@pytest.mark.parametrize(
    ("stored", "number", "text"),
    [("2024-03-05", "45356", "2024-03-05"), ("2024-03-05T18:00:00Z", "45356.75", "2024-03-05 18:00:00")],
)
def test_a_date_spelled_out_has_its_serial(stored: str, number: str, text: str) -> None:
    found = cell(f'<row r="1"><c r="A1" t="d"><v>{stored}</v></c></row>')

    assert (found.kind, found.number, found.text) == (CellKind.DATE, Decimal(number), text)


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0", "12.4", "12"),
        ("0", "12.5", "13"),
        ("0", "12", ""),
        ("0.00", "12", ""),
        ("0.00", "43.788", "43.79"),
        ("#,##0", "1234.6", "1235"),
        ("#,##0,", "12000", "12"),
        ("0!.0,", "43000", "4.3"),
        ("0!.00", "1234", "12.34"),
        ("000!-0000", "1234567", ""),
        ("0.00,", "83265.24", "83.27"),
        ("#,##0.0,,", "83265240", "83.3"),
        ("0.00,", "0", ""),
        ("0%", "0.05", "5%"),
        ("0.0%", "-0.055", "-5.5%"),
        ("0&quot;条&quot;", "12", ""),
        ("0&quot;条&quot;", "12.4", "12"),
        ("&quot;12&quot;", "5", "12"),
        ("0;(0)", "-12.4", "-12"),
        ("0;-0;;@", "0", ""),
        ("General", "12.4", ""),
        ("0.00E+00", "12.345", "1.23E+01"),
        ("0.00E+00", "120000", ""),
        ("0.00E+00", "12345", "1.23E+04"),
        ("0.0E+0", "99999", "1.0E+05"),
        ("##0.0E+0", "12345", "12.3E+03"),
        ("&quot;无&quot;", "35", "无"),
        ("[=0]&quot;无&quot;;0", "0", "无"),
        ("[=0]&quot;无&quot;;0", "35", ""),
        (";;;", "35", ""),
        ("# ?/?", "0.5", ""),
        ("[&gt;100]0;0.0", "12.44", "12.4"),
        ("[&gt;100]0;0.0", "12.4", ""),
        ("@", "12.4", ""),
    ],
)
def test_what_a_format_hides_is_told(code: str, stored: str, shown: str) -> None:
    found = cell(f'<row r="1"><c r="A1" s="1"><v>{stored}</v></c></row>', styles=code_style(code))

    assert (found.kind, found.shown) == (CellKind.NUMBER, shown)


@pytest.mark.parametrize("code", ["0.00", "0.00&quot;万条&quot;", "0%"])
def test_a_number_of_very_many_digits_is_a_number_under_any_format(code: str) -> None:
    found = cell('<row r="1"><c r="A1" s="1"><v>1E+200</v></c></row>', styles=code_style(code))

    assert found.number == Decimal("1E+200")


@pytest.mark.parametrize(
    ("code", "stored", "words"),
    [
        ("0&quot;万条&quot;", "3", "3万条"),
        ("0.0&quot;万条&quot;", "3.456", "3.5万条"),
        ("#,##0&quot;元&quot;", "1234", "1234元"),
        ("#,##0万", "5", "5万"),
        ("0\\万", "5", "5万"),
        ("0!万", "5", "5万"),
        ("General&quot;件&quot;", "5.25", "5.25件"),
        ("G/通用格式&quot;件&quot;", "5", "5件"),
        ("&quot;约&quot;0", "5", "约5"),
        ("0_ &quot;件&quot;_);(0&quot;件&quot;)", "-5", "(5件)"),
        ("0&quot;件&quot;", "-5", "-5件"),
        ("0;0;&quot;无&quot;", "0", ""),
        ("0;0;0&quot;万&quot;", "0", "0万"),
        ("0!.0,&quot;万&quot;", "123456", "12.3万"),
        ("0!.0000&quot;万&quot;", "12345", "1.2345万"),
        ("0&quot;.&quot;00,,&quot;亿&quot;", "123456789", "1.23亿"),
        ("[&gt;=10000]0!.0,&quot;万&quot;;0", "12345", "1.2万"),
        ("[&gt;=10000]0!.0,&quot;万&quot;;0", "9999", ""),
        ("0;[&lt;0]0&quot;万&quot;", "5", ""),
        ("[$元-804]0", "5", "元5"),
        ("[$¥-804]#,##0.00", "5", "¥5.00"),
        (
            "_ &quot;¥&quot;* #,##0.00_ ;_ &quot;¥&quot;* \\-#,##0.00_ ;_ &quot;¥&quot;* &quot;-&quot;??_ ;_ @_ ",
            "5",
            "¥5.00",
        ),
        ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-5", ""),
        ("[红色]0", "5", ""),
        ("[DBNum1]0", "5", ""),
        ("0_);(0)", "-5", ""),
        ("0&quot; &quot;", "5", ""),
        ("+0;-0;0", "5", ""),
        ("000-0000", "1234567", ""),
        ("0&quot;-&quot;00", "123", ""),
        ("0&quot;万&quot;0000", "12345", "1万2345"),
        ("0.00E+00", "12", ""),
        ("0%", "0.05", ""),
        ("0.0%&quot;率&quot;", "0.05", ""),
        ("&quot;已报&quot;", "5", ""),
        ("General", "5", ""),
        ("@", "5", ""),
    ],
)
def test_a_number_that_is_shown_with_words_keeps_them(code: str, stored: str, words: str) -> None:
    found = cell(f'<row r="1"><c r="A1" s="1"><v>{stored}</v></c></row>', styles=code_style(code))

    assert (found.kind, found.words, found.number) == (CellKind.NUMBER, words, Decimal(stored))


@pytest.mark.parametrize(
    "code",
    ["yyyy/m/d", "yyyy&quot;年&quot;m&quot;月&quot;", "[h]:mm", "h:mm AM/PM", "aaaa", "[$-804]yyyy-mm-dd;@", "mmm-yy"],
)
def test_formats_of_dates_are_known(code: str) -> None:
    assert cell('<row r="1"><c r="A1" s="1"><v>12</v></c></row>', styles=code_style(code)).kind is CellKind.DATE


@pytest.mark.parametrize(
    "code",
    [
        "[Red]0",
        "0&quot;days&quot;",
        "0_d",
        "\\d0",
        "G/通用格式",
        "General&quot;月&quot;",
        "#,##0.00_);[Red](#,##0)",
        "0E+00",
    ],
)
def test_formats_of_numbers_are_no_dates(code: str) -> None:
    assert cell('<row r="1"><c r="A1" s="1"><v>12</v></c></row>', styles=code_style(code)).kind is CellKind.NUMBER


@pytest.mark.parametrize("number", [27, 31, 50, 57, 58, 14, 22, 45])
def test_built_in_formats_of_dates_are_known_by_their_number(number: int) -> None:
    styles = f'<cellXfs><xf numFmtId="{number}"/></cellXfs>'

    assert cell('<row r="1"><c r="A1" s="0"><v>12</v></c></row>', styles=styles).kind is CellKind.DATE


@pytest.mark.parametrize(
    ("markup", "kind", "text"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', CellKind.BOOLEAN, "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', CellKind.BOOLEAN, "FALSE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', CellKind.ERROR, "#REF!"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellKind.ERROR, "#DIV/0!"),
        ('<c r="A1"><f>SUM(B1:B3)</f></c>', CellKind.UNCALCULATED, "=SUM(B1:B3)"),
        ('<c r="A1"><f>SUM(B1:B3)</f><v/></c>', CellKind.UNCALCULATED, "=SUM(B1:B3)"),
        ('<c r="A1" t="str"><f>IF(1,"","x")</f><v></v></c>', CellKind.TEXT, ""),
        ('<c r="A1" t="str"><f>B1</f><v> 文 字 </v></c>', CellKind.TEXT, " 文 字 "),
        ('<c r="A1" t="s"><v>1</v></c>', CellKind.TEXT, "二\n行"),
        ('<c r="A1" t="inlineStr"><is><t>_x0041_文&#10;字</t></is></c>', CellKind.TEXT, "A文\n字"),
        ('<c r="A1" t="inlineStr"><is><r><t>十</t></r><r><t> 二</t></r></is></c>', CellKind.TEXT, "十 二"),
        ('<c r="A1" t="inlineStr"><is><t>汉</t><rPh sb="0" eb="1"><t>hàn</t></rPh></is></c>', CellKind.TEXT, "汉"),
        ('<c r="A1" t="str"><v>_x005F_x0041_</v></c>', CellKind.TEXT, "_x0041_"),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', CellKind.TEXT, "😀"),
        ('<c r="A1" t="str"><v>a_xD83D_b</v></c>', CellKind.TEXT, "a\ufffdb"),
        ('<c r="A1" t="str"><v>12</v></c>', CellKind.TEXT, "12"),
    ],
)
def test_each_kind_of_cell_is_told(markup: str, kind: CellKind, text: str) -> None:
    found = cell(f'<row r="1">{markup}</row>', strings="<si><t>一</t></si><si><t>二\n行</t></si>")

    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize(
    "markup",
    [
        '<c r="A1"/>',
        '<c r="A1" s="3"></c>',
        '<c r="A1"><v/></c>',
        '<c r="A1" t="s"><v/></c>',
        '<c r="A1" t="inlineStr"><is><t/></is></c>',
        '<c r="A1" t="str"><v></v></c>',
    ],
)
def test_an_empty_cell_is_none(markup: str) -> None:
    assert not only(xlsx(f'<row r="1">{markup}</row>')).cells


def test_phonetic_guides_are_no_part_of_a_shared_text() -> None:
    strings = "<si><r><t>平</t></r><r><t>罗</t></r><rPh sb='0' eb='1'><t>ping</t></rPh><phoneticPr/></si>"

    assert cell('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings).text == "平罗"


def test_cells_and_rows_without_addresses_follow_their_neighbours() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c/><c><v>5</v></c></row>'

    assert {cell.a1: cell.text for cell in only(xlsx(rows)).cells.values()} == {
        "A1": "1", "B1": "2", "C5": "3", "D5": "4", "B6": "5",
    }  # fmt: skip


def test_rows_and_cells_out_of_order_find_their_places() -> None:
    rows = '<row r="9"><c r="B9"><v>2</v></c><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>'

    assert [(cell.a1, cell.text) for cell in only(xlsx(rows)).cells.values()] == [("A2", "3"), ("A9", "1"), ("B9", "2")]


def test_a_dimension_that_lies_changes_nothing() -> None:
    rows = '<row r="70"><c r="D70"><v>1</v></c></row>'

    assert set(only(xlsx(rows, before='<dimension ref="A1"/>')).cells) == {(70, 4)}


def test_long_runs_of_empty_formatted_cells_change_no_address() -> None:
    empty = "".join(f'<c r="{column}1" s="1"/>' for column in "ABCDEF")
    rows = f'<row r="1">{empty}<c><v>7</v></c></row><row r="2">{empty.replace("1", "2", 1)}<c r="H2"><v>8</v></c></row>'
    many = "".join(f'<row r="{row}">{empty.replace(chr(49), str(row))}</row>' for row in range(3, 3000))

    assert {cell.a1: cell.text for cell in only(xlsx(rows + many)).cells.values()} == {"G1": "7", "H2": "8"}


def test_text_that_looks_like_an_empty_cell_is_kept() -> None:
    text = '<![CDATA[<c r="A1"/><c r="B1"/>]]>'

    assert cell(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>').text == '<c r="A1"/><c r="B1"/>'


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("strict", [False, True])
def test_dialects_and_prefixes_are_read_alike(prefix: str, strict: bool) -> None:
    content = xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>', strings="<si><t>甲</t></si>")
    if strict:
        content = xlsx(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>',
            strings="<si><t>甲</t></si>", main=STRICT, office=STRICT_OFFICE,
        )  # fmt: skip
    if prefix:

        def prefixed(name: str, data: bytes) -> bytes:
            if not name.endswith(("sheet1.xml", "sharedStrings.xml")):
                return data
            text = data.decode().replace("</", "\0").replace("<?", "\1").replace("<", f"<{prefix}")
            return text.replace("\0", f"</{prefix}").replace("\1", "<?").replace("xmlns=", "xmlns:x=").encode()

        content = changed(content, prefixed)

    assert [cell.text for cell in only(content).cells.values()] == ["甲", "2"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "gb18030"])
def test_parts_in_other_encodings_are_read(encoding: str) -> None:
    def encoded(name: str, data: bytes) -> bytes:
        if not name.endswith(("sheet1.xml", "sharedStrings.xml")):
            return data
        declared = {"utf-16": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GBK"}[encoding]
        text = data.decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
        return (b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding)

    content = changed(
        xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>', strings="<si><t>甲</t></si>"),
        encoded,
    )

    assert [cell.text for cell in only(content).cells.values()] == ["甲", "2"]


STRUCK_FONTS = (
    "<fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
    '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
)


@pytest.mark.parametrize(("style", "struck"), [(0, False), (1, True), (2, False)])
def test_a_struck_out_style_is_told(style: int, struck: bool) -> None:
    found = cell(f'<row r="1"><c r="A1" s="{style}"><v>5</v></c></row>', styles=STRUCK_FONTS)

    assert found.struck is struck


@pytest.mark.parametrize(
    ("runs", "struck"),
    [
        ("<r><rPr><strike/></rPr><t>5</t></r><r><t>6</t></r>", True),
        ("<r><rPr><strike/></rPr><t> </t></r><r><t>6</t></r>", False),
        ("<r><rPr><strike val='false'/></rPr><t>5</t></r>", False),
        ("<r><t>5</t></r>", False),
    ],
)
def test_a_struck_out_part_is_told(runs: str, struck: bool) -> None:
    shared = cell('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=f"<si>{runs}</si>")
    inline = cell(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')

    assert shared.struck is inline.struck is struck


def test_shared_formulas_read_as_each_cell_has_them() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f t="shared" ref="C1:D2" si="0">A1*$B$1+SUM(A$1:A1)&amp;"A1"</f><v>1</v></c>'
        '<c r="D1"><f t="shared" si="0"/></c></row><row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    cells = only(xlsx(rows)).cells

    assert cells[1, 4].text == cells[1, 4].formula == '=B1*$B$1+SUM(B$1:B1)&"A1"'
    assert cells[2, 3].formula == '=A2*$B$1+SUM(A$1:A2)&"A1"'


EXTERNAL = {
    "xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "worksheets/sheet1.xml"), ("externalLink", "externalLinks/externalLink1.xml")
    ),
    "xl/externalLinks/externalLink1.xml": "<externalLink/>",
    "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
        ("externalLinkPath", "file:///D:/%E6%8A%A5%E8%A1%A8/%E6%B1%87%E6%80%BB.xlsx"), external=True
    ),
}


@pytest.mark.parametrize(
    ("formula", "source"),
    [
        ("[1]Sheet1!A1", "汇总.xlsx"),
        ("SUM('[1]一 表'!A1:A9)", "汇总.xlsx"),
        ("[7]Sheet1!A1", "[7]"),
        ("SUM(Table1[数量])", ""),
        ("Table1[1]", ""),
        ('"[1]Sheet1!A1"', ""),
        ("A1+1", ""),
    ],
)
def test_a_formula_that_looks_elsewhere_names_the_file(formula: str, source: str) -> None:
    content = xlsx(
        f'<row r="1"><c r="A1"><f>{formula}</f><v>3</v></c></row>',
        book='<externalReferences><externalReference r:id="rId2"/></externalReferences>',
        extra=EXTERNAL,
    )
    found = only(content).cells[1, 1]

    assert (found.source, found.number) == (source, Decimal(3))


def test_one_address_with_two_contents_is_refused() -> None:
    twice = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>{}</v></c></row>'

    assert refused(xlsx(twice.format(2))) == ("unreadable", "B01", "unsafe.duplicate_cell")
    assert only(xlsx(twice.format(1))).cells[1, 1].text == "1"


def test_control_characters_of_careless_exporters_never_join_digits() -> None:
    book = opened(
        xlsx('<row r="1"><c r="A1"><v>1\x0b2</v></c><c r="B1" t="inlineStr"><is><t>甲\x01镇</t></is></c></row>')
    )

    assert [cell.text for cell in book.sheets[0].cells.values()] == ["1 2", "甲 镇"]
    assert book.sheets[0].cells[1, 1].number is None
    assert [finding.code for finding in book.findings] == ["B16"]
