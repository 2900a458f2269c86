"""Worksheets that no program writes: absurd places, counts and numbers, endless tokens, entities, odd encodings."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from tests.hostile.archives import MIB, SHEET, inflating
from tests.read.books import HEAD, MAIN, changed, relations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
DOCTYPES = {
    "十亿笑": f'<!DOCTYPE worksheet [<!ENTITY a "哈">{LAUGHS}]>',
    "外部实体": '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "外部网址实体": '<!DOCTYPE worksheet [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]>',
    "空DOCTYPE": "<!DOCTYPE worksheet>",
}
ENCODINGS = (
    "undefined",
    "idna",
    "punycode",
    "unicode_escape",
    "utf-7",
    "cp037",
    "zlib_codec",
    "rot13",
    "no-such",
    "utf-16",
)


def rewritten(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The workbook with the text of one part changed."""
    return changed(
        content, lambda name, data: change(data.decode()).encode("utf-8", "surrogatepass") if name == part else data
    )


def in_rows(content: bytes, rows: str) -> bytes:
    """More rows below the form."""
    return rewritten(content, SHEET, lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"))


def after_rows(content: bytes, markup: str) -> bytes:
    """Markup that follows the rows."""
    return rewritten(content, SHEET, lambda text: text.replace("</sheetData>", f"</sheetData>{markup}"))


def first_value(content: bytes, cell: str) -> bytes:
    """The first number of the form replaced by a whole `c` element; `{}` stands for its address."""
    pattern = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?><v>[0-9.]+</v></c>')
    return rewritten(content, SHEET, lambda text: pattern.sub(lambda match: cell.format(match[1]), text, count=1))


def _places(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    yield "远处孤格", in_rows(content, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "read"
    yield "行号过大", in_rows(content, '<row r="99999999999"><c><v>1</v></c></row>'), "unreadable"
    yield "行号全角", in_rows(content, '<row r="２００"><c><v>1</v></c></row>'), "any"
    yield "列号过大", in_rows(content, '<row r="200"><c r="ZZZ200"><v>1</v></c></row>'), "unreadable"
    yield "行号为负", in_rows(content, '<row r="-5"><c r="A-5"><v>1</v></c></row>'), "unreadable"
    lying = "A1:XFD1048576"
    yield (
        "谎报范围大",
        rewritten(content, SHEET, lambda t: re.sub(r'<dimension ref="[^"]*"/>', f'<dimension ref="{lying}"/>', t)),
        "good",
    )
    yield (
        "谎报范围小",
        rewritten(content, SHEET, lambda t: re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>', t)),
        "good",
    )
    yield "单元格乱序", rewritten(content, SHEET, _shuffled), "good"
    yield (
        "同格两值",
        in_rows(content, '<row r="300"><c r="A300"><v>1</v></c><c r="A300"><v>2</v></c></row>'),
        "unreadable",
    )
    blank = "".join(f'<c r="{c}{{0}}" s="1"/>' for c in "ABCDEFGH")
    rows = "".join(f'<row r="{n}" s="1" customFormat="1">{blank.format(n)}</row>' for n in range(200, 40_000))
    yield "四万空白行", in_rows(content, rows), "good"


def _shuffled(text: str) -> str:
    rows = re.findall(r"<row .*?</row>", text, re.DOTALL)
    start, end = text.index(rows[0]), text.index(rows[-1]) + len(rows[-1])
    return text[:start] + "".join(reversed(rows)) + text[end:]


def _sizes(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    yield (
        "谎报字符串数",
        rewritten(content, STRINGS, lambda t: re.sub(r'ount="[0-9]+"', 'ount="2000000000"', t)),
        "good",
    )
    yield "百万空白格", inflating(content, 60 * MIB, b'<row><c s="1"/><c s="1"/><c s="1"/><c s="1"/></row>'), "any"
    yield "百万格", inflating(content, 60 * MIB, b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>"), "unreadable"
    yield "百万行元素", inflating(content, 100 * MIB, b"<row/>"), "unreadable"
    string = f"<si><t>{'长' * 32_000}</t></si>"
    yield "超长字符串", rewritten(content, STRINGS, lambda t: t.replace("</sst>", string * 700 + "</sst>")), "any"
    place = 10_000
    reference = f'<c t="s"><v>{place}</v></c>'
    many = "".join(f'<row r="{r}">{reference * 50}</row>' for r in range(200, 2200))
    filled = rewritten(content, STRINGS, lambda t: t.replace("</sst>", "<si/>" * place + string + "</sst>"))
    index = re.compile(rf"<v>{place}</v>")
    with_index = in_rows(filled, index.sub(f"<v>{_count(content) + place}</v>", many))
    yield "十万格引一长串", with_index, "any"
    merges = "".join(f'<mergeCell ref="F{n}:G{n}"/>' for n in range(1, 250_000))
    yield "二十万合并", after_rows(content, f"<mergeCells>{merges}</mergeCells>"), "unreadable"
    labels = "".join(
        f'<row r="{r}">' + '<c t="inlineStr"><is><t>其中：主动公开规范性文件数</t></is></c>' * 20 + "</row>"
        for r in range(200, 5200)
    )
    yield "十万相似标签", in_rows(content, labels), "any"
    near = "".join(
        f'<row r="{r}"><c t="inlineStr"><is><t>主动公开规范性文件{r}数</t></is></c></row>' for r in range(200, 20_200)
    )
    yield "两万近似标签", in_rows(content, near), "any"


def _crowds(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Sheets on which looking for labels, columns and blocks could take for ever."""
    label = '<c t="inlineStr"><is><t>其中：主动公开规范性文件数</t></is></c>'
    rows = "".join(f'<row r="{r}">{label * 2}{"<c><v>12</v></c>" * 4}</row>' for r in range(200, 5200))
    merges = "".join(f'<mergeCell ref="F{n}:G{n}"/>' for n in range(1, 19_000))
    yield "标签与合并", after_rows(in_rows(content, rows), f"<mergeCells>{merges}</mergeCells>"), "any"
    wide = "".join(f'<row r="{r}">{label}<c r="XFD{r}"><v>1</v></c></row>' for r in range(200, 20_000))
    yield "两万宽行", in_rows(content, wide), "any"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        form = re.findall(r"<row .*?</row>", archive.read(SHEET).decode(), re.DOTALL)
    placeless = "".join(re.sub(r' r="[A-Z]*\d+"', "", row) for row in form)
    yield "五百张表一页", in_rows(content, "<row r='100'/>" + placeless * 500), "any"


def _count(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(STRINGS).count(b"<si>")


def _markup(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    for name, declaration in DOCTYPES.items():
        for part, where in ((SHEET, "表"), (STRINGS, "字符串"), (BOOK, "工作簿")):
            yield (
                f"{name}在{where}",
                rewritten(content, part, lambda t, d=declaration: t.replace("?>", "?>" + d, 1)),
                "unreadable",
            )
    yield "深层嵌套", in_rows(content, "<a>" * 100_000 + "</a>" * 100_000), "unreadable"
    yield "超长属性", in_rows(content, f'<row r="200" x="{"a" * 4 * MIB}"/>'), "unreadable"
    attributes = " ".join(f'a{n}="1"' for n in range(100_000))
    yield "十万属性", in_rows(content, f"<row {attributes}/>"), "read"
    yield "超长标签名", in_rows(content, f"<{'a' * 4 * MIB}/>"), "unreadable"
    yield "超长注释", in_rows(content, f"<!--{'a' * 4 * MIB}-->"), "unreadable"
    yield "四兆CDATA", in_rows(content, f"<row><c t='str'><v><![CDATA[{'a' * 4 * MIB}]]></v></c></row>"), "any"
    yield "万个命名空间", in_rows(content, "".join(f'<a{n} xmlns="urn:x{n}"/>' for n in range(10_000))), "any"
    for name in ENCODINGS:
        declared = f'encoding="{name}"'
        yield f"编码{name}", rewritten(content, SHEET, lambda t, d=declared: t.replace('encoding="UTF-8"', d)), "any"
    yield (
        "utf16表",
        changed(content, lambda n, d: d.decode().replace("UTF-8", "UTF-16").encode("utf-16") if n == SHEET else d),
        "good",
    )
    yield "关系成环", changed(content, _looping), "any"


def _looping(name: str, data: bytes) -> bytes:
    if name == "xl/_rels/workbook.xml.rels":
        return relations(
            ("worksheet", "workbook.xml"), ("sharedStrings", "workbook.xml"), ("styles", "workbook.xml")
        ).encode()
    return data


def _sheets(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    def listing(names: list[str]) -> bytes:
        sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId1"/>' for n, name in enumerate(names, start=1))
        return rewritten(content, BOOK, lambda t: re.sub(r"<sheets>.*</sheets>", f"<sheets>{sheets}</sheets>", t))

    yield "同名工作表", listing(["表", "表", "表"]), "any"
    yield "三百张同一表", listing([f"表{n}" for n in range(300)]), "any"
    yield "两千张表", listing([f"表{n}" for n in range(2000)]), "unreadable"
    yield (
        "无工作表",
        changed(content, lambda n, d: f"{HEAD}<workbook xmlns='{MAIN}'/>".encode() if n == BOOK else d),
        "unreadable",
    )
    for name in ("=1+1", "../../etc/passwd", "a" * 4000, "\u202exslx.表", "[1]!'&lt;script>", "表\u200b", "&#10;", ""):
        yield f"表名{len(name)}{name[:3].strip('./&') or '空'}", listing([name]), "any"


def attacks(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """(what, file, `unreadable`, `good` where the values must be exact, `read`, or `any` where one status is due)."""
    yield from _places(content)
    yield from _sizes(content)
    yield from _crowds(content)
    yield from _markup(content)
    yield from _sheets(content)
