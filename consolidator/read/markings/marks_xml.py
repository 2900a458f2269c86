"""Properties and defined names in formats made of XML.

In: parts of a file. Out: `Marks` filled. Source: ECMA-376 part 1, 18.2.5 (defined names) and 22.3 (custom properties);
OpenDocument 1.3 part 3, 9.4.10 (named ranges) and 4.3.3 (user-defined metadata); Microsoft, XML Spreadsheet Reference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.model import PROPERTY_NAMES, CellAddress
from consolidator.read.cells.addresses import position
from consolidator.read.files.markup import Attributes, Scanner, register, scan
from consolidator.read.files.names import MAIN_SPACES
from consolidator.read.files.package import part_of_kind, relations, workbook_part
from consolidator.read.limits import Refused
from consolidator.read.markings.marks import excel_address
from consolidator.read.opendocument.ods_cells import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.read.files.archive import Archive
    from consolidator.read.limits import Limits
    from consolidator.read.markings.marks import Marks

_CUSTOM = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
)
_VARIANT = (
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_ODS = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.$:]+))\.(\$?[A-Za-z]{1,3}\$?\d{1,7})")
_R1C1 = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!R(\d{1,7})C(\d{1,5})")
_LONGEST = 1000  # characters of a text that is kept while it is read


def scan_for(scanner: Scanner, chunks: Iterable[bytes]) -> None:
    """Run a part through a scanner that fills its marks."""
    scan(chunks, scanner)


def package_properties(archive: Archive, marks: Marks) -> None:
    """The custom properties of an Office package."""
    part = part_of_kind(archive, relations(archive, ""), "custom-properties")
    if part is not None:
        scan(archive.chunks(part), _CustomProperties(archive.limits, marks))


def package_names(archive: Archive, marks: Marks) -> None:
    """The defined names of an .xlsx, those of single sheets included."""
    scan(archive.chunks(workbook_part(archive)), _DefinedNames(archive.limits, marks))


class _Texts(Scanner):
    """Collects the text of one element; one that is too long is no mark of ours."""

    def __init__(self, limits: Limits, marks: Marks) -> None:
        super().__init__(limits)
        self._marks = marks
        self._name = ""

    def text(self, text: str) -> None:
        if self.collecting and sum(map(len, self.pieces)) < _LONGEST:
            self.pieces.append(text)


class _CustomProperties(_Texts):
    def __init__(self, limits: Limits, marks: Marks) -> None:
        super().__init__(limits, marks)
        register(self.starts, _CUSTOM, {"property": self._open})
        register(self.starts, _VARIANT, {"lpwstr": self.collect, "lpstr": self.collect})
        register(self.ends, _VARIANT, {"lpwstr": self._close, "lpstr": self._close})

    def _open(self, attributes: Attributes) -> None:
        self._name = attributes.get("name", "")

    def _close(self) -> None:
        self._marks.note(self._name, self.collected())


class _DefinedNames(_Texts):
    def __init__(self, limits: Limits, marks: Marks) -> None:
        super().__init__(limits, marks)
        register(self.starts, MAIN_SPACES, {"definedName": self._open})
        register(self.ends, MAIN_SPACES, {"definedName": self._close})

    def _open(self, attributes: Attributes) -> None:
        self._name = attributes.get("name", "")
        self.collecting = True

    def _close(self) -> None:
        self._marks.refer(self._name, excel_address(self.collected().strip()))


class OdsMarks(_Texts):
    """User-defined metadata and named ranges, in one document or in two parts."""

    def __init__(self, limits: Limits, marks: Marks) -> None:
        """Fill `marks`."""
        super().__init__(limits, marks)
        self.starts[f"{_META} user-defined"] = self._open
        self.ends[f"{_META} user-defined"] = self._close
        self.starts[f"{TABLE} named-range"] = self._range
        self.starts[f"{TABLE} named-expression"] = self._expression

    def _open(self, attributes: Attributes) -> None:
        self._name = attributes.get(f"{_META} name", "")
        self.collecting = True

    def _close(self) -> None:
        self._marks.note(self._name, self.collected())

    def _range(self, attributes: Attributes) -> None:
        match = _ODS.fullmatch(attributes.get(f"{TABLE} cell-range-address", ""))
        address = _at(match[1] or match[2], *_place(match[3])) if match else None
        self._marks.refer(attributes.get(f"{TABLE} name", ""), address)

    def _expression(self, attributes: Attributes) -> None:
        self._marks.refer(attributes.get(f"{TABLE} name", ""), None)


class Xml2003Marks(_Texts):
    """Custom document properties, whose elements bear their names, and named ranges."""

    def __init__(self, limits: Limits, marks: Marks) -> None:
        """Fill `marks`."""
        super().__init__(limits, marks)
        for name in PROPERTY_NAMES:
            self.starts[f"{_OFFICE} {name}"] = self.collect
            self.ends[f"{_OFFICE} {name}"] = lambda name=name: marks.note(name, self.collected())  # type: ignore[misc]
        self.starts[f"{_SS} NamedRange"] = self._range

    def _range(self, attributes: Attributes) -> None:
        match = _R1C1.fullmatch(attributes.get(f"{_SS} RefersTo", ""))
        address = _at(match[1] or match[2], int(match[3]), int(match[4])) if match else None
        self._marks.refer(attributes.get(f"{_SS} Name", ""), address)


def _place(cell: str) -> tuple[int, int]:
    try:
        return position(cell)
    except Refused:
        return 0, 0


def _at(sheet: str, row: int, column: int) -> CellAddress | None:
    return CellAddress(sheet.replace("''", "'"), row, column) if row and column else None
