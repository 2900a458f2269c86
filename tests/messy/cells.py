"""Cells that no form should have, in every format that can hold them: the oddities of the catalogue as files.

In: a `Book` whose cells may be `Odd`. Out: the bytes of an .xlsx, .xls, .ods or .xlsb.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import xlwt
from msgspec import Struct
from msgspec.structs import replace

from tests import formats, xlsb_writer
from tests.filings import Book, Formula, letters
from tests.read.books import changed, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = ("xlsx", "xls", "ods", "xlsb")


class Odd(Struct, frozen=True):
    """A cell as a file may store it. `value` is a text, a number (also as its exact text in `digits`) or a truth value.

    `fault` makes the value an error; `runs` are the parts of a rich text, each plain (False), struck (True) or "raised";
    `formula` has no `=`; without `stored` it has no result.
    """

    value: Any = None
    number_format: str = "General"
    struck: bool = False
    fault: bool = False
    runs: tuple[tuple[str, bool | str], ...] = ()
    formula: str = ""
    stored: bool = True
    digits: str = ""


def save(book: Book, kind: str) -> bytes:
    """The book as a file; plain cells as `tests/formats.py` writes them."""
    return {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "xlsb": _xlsb}[kind](book)


def _odds(book: Book) -> dict[tuple[str, tuple[int, int]], Odd]:
    return {
        (page.name, place): value
        for page in book.pages
        for place, (value, _) in page.cells.items()
        if isinstance(value, Odd)
    }


def _with_zeros(book: Book) -> Book:
    pages = [
        replace(p, cells={at: (0 if isinstance(v, Odd) else v, s) for at, (v, s) in p.cells.items()})
        for p in book.pages
    ]
    return replace(book, pages=pages)


# ── xlsx: the cell's own element, and a style appended for it ────────────────


def _xlsx(book: Book) -> bytes:
    odds = list(_odds(book).items())
    order = {page.name: number for number, page in enumerate(book.pages, start=1)}

    def change(name: str, data: bytes) -> bytes:
        text = data.decode() if name.endswith(".xml") else ""
        if name == "xl/styles.xml":
            return _styled(text, [odd for _, odd in odds]).encode()
        for number, ((page, (row, column)), odd) in enumerate(odds):
            if name == f"xl/worksheets/sheet{order[page]}.xml":
                at = f"{letters(column)}{row}"
                style = _FIRST_STYLE + number
                made = _xlsx_cell(at, odd, style)
                text, count = re.subn(rf'<c r="{at}"[^>]*>.*?</c>', lambda _, made=made: made, text, count=1)
                assert count == 1
        return text.encode() if name.startswith("xl/worksheets/sheet") else data

    return changed(formats.to_xlsx(_with_zeros(book)), change)


_FIRST_STYLE = 1 + len(formats.STYLES)


def _styled(styles: str, odds: Sequence[Odd]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(odd.number_format)}/>' for n, odd in enumerate(odds)
    )
    fonts = int(re.search(r'<fonts count="(\d+)"', styles)[1])  # type: ignore[index]
    formatted = int(re.search(r'<cellXfs count="(\d+)"', styles)[1])  # type: ignore[index]
    xfs = "".join(
        f'<xf numFmtId="{0 if odd.number_format == "General" else 200 + n}" fontId="{fonts if odd.struck else 0}" '
        'fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
        for n, odd in enumerate(odds)
    )
    missing = _FIRST_STYLE - formatted  # styles that the writer left out because nothing uses them
    xfs = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * missing + xfs
    styles = re.sub(r"(<styleSheet[^>]*>)", rf'\1<numFmts count="{len(odds)}">{codes}</numFmts>', styles, count=1)
    struck = '<font><strike/><sz val="11"/><name val="宋体"/></font></fonts>'
    styles = styles.replace("</fonts>", struck).replace(f'<fonts count="{fonts}"', f'<fonts count="{fonts + 1}"')
    return styles.replace("</cellXfs>", f"{xfs}</cellXfs>").replace(f'<cellXfs count="{formatted}"', "<cellXfs")


_RUNS: Mapping[bool | str, str] = {False: "", True: "<strike/>", "raised": '<vertAlign val="superscript"/>'}


def _xlsx_cell(at: str, odd: Odd, style: int) -> str:
    formula = f"<f>{escape(odd.formula)}</f>" if odd.formula else ""
    if odd.runs:
        runs = "".join(
            f"<r><rPr>{_RUNS[mark]}</rPr><t xml:space='preserve'>{escape(text)}</t></r>" for text, mark in odd.runs
        )
        return f'<c r="{at}" s="{style}" t="inlineStr"><is>{runs}</is></c>'
    if not odd.stored:
        return f'<c r="{at}" s="{style}">{formula}</c>'
    if odd.fault or isinstance(odd.value, bool):
        kind, value = ("e", odd.value) if odd.fault else ("b", int(odd.value))
        return f'<c r="{at}" s="{style}" t="{kind}">{formula}<v>{value}</v></c>'
    if isinstance(odd.value, str):
        if formula:
            return f'<c r="{at}" s="{style}" t="str">{formula}<v>{escape(odd.value)}</v></c>'
        text = f"<is><t xml:space='preserve'>{escape(odd.value)}</t></is>"
        return f'<c r="{at}" s="{style}" t="inlineStr">{text}</c>'
    return f'<c r="{at}" s="{style}">{formula}<v>{odd.digits or odd.value}</v></c>'


# ── xls: what xlwt can write ─────────────────────────────────────────────────


def _xls(book: Book) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    for page in book.pages:
        sheet = workbook.add_sheet(page.name, cell_overwrite_ok=True)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        merged = {(top, left): (bottom, right) for top, left, bottom, right in page.merges}
        for (row, column), (value, _) in page.cells.items():
            if (row, column) in merged:
                bottom, right = merged[row, column]
                sheet.merge(row - 1, bottom - 1, column - 1, right - 1)
            _write_xls(sheet, row - 1, column - 1, value)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook.save(buffer)
    return buffer.getvalue()


def _write_xls(sheet: Any, row: int, column: int, value: Any) -> None:
    if not isinstance(value, Odd):
        sheet.write(row, column, value.value if isinstance(value, Formula) else value)
        return
    style = xlwt.XFStyle()
    style.num_format_str = value.number_format
    style.font.struck_out = value.struck
    if value.runs:
        fonts = {True: xlwt.Font(), "raised": xlwt.Font()}
        fonts[True].struck_out = True
        fonts["raised"].escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
        runs = [(text, fonts[mark]) if mark else text for text, mark in value.runs]
        sheet.write_rich_text(row, column, runs, style)
    elif not value.stored:
        sheet.write(row, column, xlwt.Formula(value.formula), style)
    elif value.fault:
        sheet.row(row).set_cell_error(column, xlsb_writer.FAULTS[value.value], style)
    else:
        sheet.write(row, column, value.value, style)


# ── ods: raw content ─────────────────────────────────────────────────────────

_NS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_NS}:office:1.0" xmlns:table="{_NS}:table:1.0" xmlns:text="{_NS}:text:1.0" '
    f'xmlns:style="{_NS}:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_STRUCK = '<style:text-properties style:text-line-through-style="solid"/></style:style>'
_STYLES = (
    f'<style:style style:name="struck" style:family="table-cell">{_STRUCK}'
    f'<style:style style:name="gone" style:family="text">{_STRUCK}'
    '<style:style style:name="raised" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods_paragraphs(text: str) -> str:
    """A text as paragraphs; spaces that XML would swallow are written as elements."""
    parts = (re.sub(" {2,}|^ +| +$", lambda m: f'<text:s text:c="{len(m[0])}"/>', escape(p)) for p in text.split("\n"))
    return "".join(f"<text:p>{part}</text:p>" for part in parts)


def _ods(book: Book) -> bytes:
    tables = "".join(ods_table(page) for page in book.pages)
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def ods_table(page: Any, *, style: str = "", columns: str = "") -> str:
    """One sheet; `columns` are its column elements."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merges}
    last = max(row for row, _ in page.cells)
    rows = []
    for row in range(1, last + 1):
        hidden = ' table:visibility="collapse"' if row in page.hidden_rows else ""
        across = max((column for at, column in page.cells if at == row), default=0)
        cells = "".join(
            _ods_cell(page.cells.get((row, column), (None, ""))[0], spans.get((row, column)))
            for column in range(1, across + 1)
        )
        rows.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(page.name)}{style}>{columns}{''.join(rows)}</table:table>"


def _ods_cell(value: Any, span: tuple[int, int] | None) -> str:
    head = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    odd = value if isinstance(value, Odd) else Odd(value.value if isinstance(value, Formula) else value)
    if odd.struck:
        head += ' table:style-name="struck"'
    if odd.formula:
        head += f" table:formula={quoteattr('of:=' + _ods_formula(odd.formula))}"
    if odd.runs:
        runs = "".join(
            f'<text:span text:style-name="{"raised" if mark == "raised" else "gone"}">{text}</text:span>'
            if mark
            else text
            for text, mark in odd.runs
        )
        return _ods_element(head + ' office:value-type="string"', f"<text:p>{runs}</text:p>")
    if not odd.stored or odd.value is None:
        return _ods_element(head, "")
    return _ods_element(head + _ods_type(odd), ods_paragraphs(_ods_shown(odd)))


def _ods_element(head: str, body: str) -> str:
    return f"<table:table-cell{head}>{body}</table:table-cell>"


def _ods_formula(formula: str) -> str:
    linked = re.sub(r"'?\[([^\]]+)\]([^'!]+)'?!(\w+)", r"['file:///D:/\1'#$\2.\3]", formula)
    return linked if "file:" in linked else re.sub(r"\b([A-Z]{1,2}\d+)\b", r"[.\1]", formula)


def _ods_type(odd: Odd) -> str:
    value = odd.value
    if odd.fault:
        return ' office:value-type="string" calcext:value-type="error"'
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if isinstance(value, str):
        return ' office:value-type="string"'
    if _dated(odd):
        return f' office:value-type="date" office:date-value="{_date_of(odd)}"'
    kind = "percentage" if "%" in odd.number_format else "float"
    return f' office:value-type="{kind}" office:value="{odd.digits or value}"'


def _dated(odd: Odd) -> bool:
    return any(mark in odd.number_format for mark in ("yy", "m/d", "月"))


def _date_of(odd: Odd) -> str:
    """LibreOffice counts from 1899-12-30, so that the same serial is a day earlier than in Excel up to 59."""
    import datetime as dt

    return (dt.date(1899, 12, 30) + dt.timedelta(days=int(odd.value))).isoformat()


def _ods_shown(odd: Odd) -> str:
    if isinstance(odd.value, bool):
        return str(odd.value).upper()
    if isinstance(odd.value, str) or odd.fault:
        return str(odd.value)
    if "%" in odd.number_format:
        return f"{odd.value * 100:g}%"
    if odd.number_format.endswith('"'):
        return re.sub("^(0|General)", str(odd.value), odd.number_format.replace('"', ""))
    if odd.number_format == "0":
        return f"{odd.value:.0f}"
    return _date_of(odd) if _dated(odd) else str(odd.digits or odd.value)


# ── xlsb ─────────────────────────────────────────────────────────────────────


def _xlsb(book: Book) -> bytes:
    pages = [
        replace(page, cells={at: (_binary(value), style) for at, (value, style) in page.cells.items()})
        for page in book.pages
    ]
    return xlsb_writer.to_xlsb(replace(book, pages=pages))


def _binary(value: Any) -> Any:
    if not isinstance(value, Odd):
        return value
    stored: Any = xlsb_writer.Fault(value.value) if value.fault else value.value if value.stored else ""
    if value.formula:
        return xlsb_writer.Result(float(stored) if isinstance(stored, int) else stored)
    return xlsb_writer.Styled(stored, value.number_format, value.struck)
