"""Workbooks part by part, for what no library writes: raw XML in, bytes of a file out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from consolidator.model import Cell, Refusal, Sheet, Workbook
from consolidator.read import open_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Parts as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same archive with its parts changed; None takes a part away."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped({name: data for name, data in parts.items() if data is not None})


def relations(*targets: tuple[str, str], office: str = OFFICE, external: bool = False) -> str:
    """A relations part, the ids being rId1, rId2 …"""
    mode = ' TargetMode="External"' if external else ""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def xlsx(
    rows: str = "",
    *,
    strings: str = "",
    styles: str = "",
    before: str = "",
    after: str = "",
    book: str = "",
    main: str = MAIN,
    office: str = OFFICE,
    extra: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """An .xlsx with one sheet `表`: `rows` stand inside sheetData, `before` and `after` around it."""
    sheet = f'{HEAD}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return zipped(
        {
            "[Content_Types].xml": f"{HEAD}<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"), office=office),
            "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{office}">{book}'
            '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
                office=office,
            ),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{main}">{strings}</sst>',
            "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{main}">{styles}</styleSheet>',
            **(extra or {}),
        }
    )


def opened(content: bytes, name: str = "甲镇.xlsx") -> Workbook:
    """The workbook, which must be one."""
    book = open_workbook(content, name)
    assert isinstance(book, Workbook), book
    return book


def refused(content: bytes, name: str = "甲镇.xlsx") -> tuple[str, str, str]:
    """Status, code and case (or, where that is told in words, the reason) of a refusal."""
    answer = open_workbook(content, name)
    assert isinstance(answer, Refusal), answer
    told = answer.details.get("reason") or answer.details.get("what") or answer.case
    return str(answer.status), answer.code, str(told)


def only(content: bytes, name: str = "甲镇.xlsx") -> Sheet:
    """The only sheet of a workbook."""
    (sheet,) = opened(content, name).sheets
    return sheet


def cell(rows: str, address: tuple[int, int] = (1, 1), **parts: str) -> Cell:
    """One cell of a raw .xlsx."""
    found = only(xlsx(rows, **parts)).at(*address)
    assert found is not None
    return found


def codes(book: Workbook) -> list[str]:
    """The codes of what was noted."""
    return [finding.code for finding in book.findings]
