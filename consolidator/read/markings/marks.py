"""The marks of a blank form of ours: properties of the file, and defined names for single cells.

In: bytes and their kind. Out: `Marks`, as the file claims them. Never: a name or property of anybody else's; a file refused
for marks that are broken, for they only add to what its cells say. Files without our mark cost one look at their bytes.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.model import COLUMNS, MARK, NAME_PREFIX, PROPERTY_NAMES, REVIEW, CellAddress
from consolidator.read.cells.addresses import position
from consolidator.read.files.archive import Archive, is_zip
from consolidator.read.files.decoding import decoded_page
from consolidator.read.files.sniff import FileKind
from consolidator.read.limits import Limits, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_OURS = (MARK, COLUMNS, REVIEW)
_MOST_NAMES = 20_000
_LONGEST = 300  # characters of a name or a property
_EXCEL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(\$?[A-Za-z]{1,3}\$?\d{1,7})")
_META = re.compile(r"<meta\s[^<>]{0,99}?name=\"(csl\.[a-z_]+)\"[^<>]{0,99}?content=\"([^\"<>]*)\"", re.IGNORECASE)
_HEAD = 1 << 16  # bytes of a page in which its properties stand


class Marks(Struct):
    """Properties, and names with the cells they refer to; `complete` is False where there were too many names."""

    properties: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[CellAddress, ...]] = field(default_factory=dict)
    complete: bool = True

    @property
    def ours(self) -> bool:
        """Whether the file says that it is a workbook of ours whose names matter."""
        return not self.properties.keys().isdisjoint(_OURS)

    def note(self, name: str, value: str) -> None:
        """Keep a property of ours."""
        if name in PROPERTY_NAMES and len(value) <= _LONGEST:
            self.properties.setdefault(name, value)

    def refer(self, name: str, address: CellAddress | None) -> None:
        """Keep a name of ours and one cell that it refers to, or None where it refers to no single cell."""
        if not name.startswith(NAME_PREFIX) or len(name) > _LONGEST:
            return
        if len(self.names) >= _MOST_NAMES:
            self.complete = False
            return
        known = self.names.get(name, ())
        self.names[name] = known if address is None or len(known) > 1 else (*known, address)


def excel_address(reference: str) -> CellAddress | None:
    """The one cell that `填报表!$C$7` names; None for an area, another workbook, `#REF!` and anything else."""
    match = _EXCEL.fullmatch(reference.removeprefix("="))
    if match is None:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    try:
        return CellAddress(sheet, *position(match[3]))
    except Refused:
        return None


def read_marks(kind: FileKind, content: bytes, limits: Limits) -> Marks:
    """The marks that a file claims; none where it is no workbook of ours that has any, or too broken to tell."""
    reader = _READERS.get(kind)
    if reader is None:
        return Marks()
    try:
        marks = reader(content, limits)
    except Refused:
        return Marks()
    return marks if marks.ours and marks.complete else Marks()


def _marked(content: bytes) -> bool:
    """Whether bytes that are not packed hold the name of a property that says so."""
    return any(mark.encode(code) in content for mark in _OURS for code in ("utf-8", "utf-16-le"))


def _package(content: bytes, limits: Limits, *, binary: bool = False) -> Marks:
    if b"custom.xml" not in content:
        return Marks()
    from consolidator.read.markings.marks_binary import xlsb_names  # noqa: PLC0415 - rarely needed
    from consolidator.read.markings.marks_xml import package_names, package_properties  # noqa: PLC0415

    archive, marks = Archive(content, limits), Marks()
    package_properties(archive, marks)
    if marks.ours:
        (xlsb_names if binary else package_names)(archive, marks)
    return marks


def _xls(content: bytes, _limits: Limits) -> Marks:
    if not _marked(content):
        return Marks()
    from consolidator.read.markings.marks_binary import compound_properties, xls_names  # noqa: PLC0415 - rarely needed

    marks = Marks()
    compound_properties(content, marks)
    if marks.ours:
        xls_names(content, marks)
    return marks


def _ods(content: bytes, limits: Limits) -> Marks:
    from consolidator.read.markings.marks_xml import OdsMarks, scan_for  # noqa: PLC0415 - rarely needed

    marks = Marks()
    if not is_zip(content):
        if _marked(content):
            scan_for(OdsMarks(limits, marks), [content])
        return marks
    archive = Archive(content, limits)
    if "meta.xml" in archive:
        scan_for(OdsMarks(limits, marks), archive.chunks("meta.xml"))
    if marks.ours:
        scan_for(OdsMarks(limits, marks), archive.chunks("content.xml"))
    return marks


def _spreadsheetml(content: bytes, limits: Limits) -> Marks:
    from consolidator.read.markings.marks_xml import Xml2003Marks, scan_for  # noqa: PLC0415 - rarely needed

    marks = Marks()
    if _marked(content):
        scan_for(Xml2003Marks(limits, marks), [content])
    return marks


def _html(content: bytes, _limits: Limits) -> Marks:
    """A page keeps the properties, but no names."""
    marks = Marks()
    if MARK.encode() in content[:_HEAD]:
        for name, value in _META.findall(decoded_page(content[:_HEAD])):
            marks.note(name, unescape(value))
    return marks


_READERS: dict[FileKind, Callable[[bytes, Limits], Marks]] = {
    FileKind.XLSX: _package,
    FileKind.XLSM: _package,
    FileKind.XLSB: partial(_package, binary=True),
    FileKind.XLS: _xls,
    FileKind.ODS: _ods,
    FileKind.SPREADSHEETML: _spreadsheetml,
    FileKind.HTML: _html,
}
