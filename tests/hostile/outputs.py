"""What an output workbook really holds, part by part."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

BOOKS = ("汇总审核表.xlsx", "上报汇总表.xlsx")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parts(book: Path) -> dict[str, bytes]:
    """Every part of a workbook by name."""
    with zipfile.ZipFile(book) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> Element:
    """A part as a tree."""
    found: Element = fromstring(data)
    return found


def form_sheet(out: Path) -> str:
    """The sheet 汇总表 of the office's workbook as it stands in the file.

    Texts and styles, which the file keeps once for all sheets, stand in the place of their numbers.
    """
    found = parts(out / BOOKS[0])
    targets = {each.get("Id"): each.get("Target", "") for each in tree(found["xl/_rels/workbook.xml.rels"])}
    sheet = next(each for each in tree(found["xl/workbook.xml"]).iter(f"{MAIN}sheet") if each.get("name") == "汇总表")
    data = found[posixpath.join("xl", targets[sheet.get(f"{OFFICE}id")])].decode()
    texts = re.findall(r"<si>(.*?)</si>", found["xl/sharedStrings.xml"].decode(), re.DOTALL)
    looks = _looks(found["xl/styles.xml"].decode())
    data = re.sub(r'( t="s"><v>)(\d+)(</v>)', lambda match: match[1] + texts[int(match[2])] + match[3], data)
    return re.sub(r' s="(\d+)"', lambda match: f" s=[{looks[int(match[1])]}]", data)


def _looks(styles: str) -> list[str]:
    """Each cell format with its font, fill, border and number format in the place of their numbers."""

    def entries(name: str, element: str) -> list[str]:
        block = re.search(rf"<{name}[ >].*?</{name}>", styles, re.DOTALL)
        return (
            re.findall(rf"<{element}(?:\s[^>]*)?/>|<{element}[ >].*?</{element}>", block[0], re.DOTALL) if block else []
        )

    shared = {key: entries(f"{key}s", key) for key in ("font", "fill", "border")}
    codes = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    found = []
    for form in entries("cellXfs", "xf"):
        look = re.sub(r'numFmtId="(\d+)"', lambda match: codes.get(match[1], match[1]), form)
        for key, known in shared.items():
            look = re.sub(rf'{key}Id="(\d+)"', lambda match, known=known: known[int(match[1])], look)
        found.append(look)
    return found
