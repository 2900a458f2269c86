"""Which reader reads which kind of file. Each is imported when the first file of its kind comes: most counties send one.

In: bytes and their kind. Out: a `Workbook`. Never: the file's name; a kind guessed. Raises `Refused`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.model import FileFormat, Workbook
from consolidator.read.files.archive import Archive
from consolidator.read.files.sniff import FileKind, sniff
from consolidator.read.limits import Refused, damaged
from consolidator.read.markings.marks import read_marks
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from consolidator.model import Sheet
    from consolidator.read.limits import Limits

_CONTENT_TYPES = "[Content_Types].xml"
_MACROS_ALLOWED = (b"sheet.macroEnabled.main+xml", b"template.macroEnabled.main+xml")
_MOST_CELLS = 10


def read_as(kind: FileKind, content: bytes, limits: Limits) -> Workbook | None:
    """The workbook, with the marks of a blank form where it carries any; None where no reader is for this kind."""
    reader = _READERS.get(kind)
    if reader is None:
        return None
    workbook = reader(content, limits)
    marks = read_marks(kind, content, limits)
    return replace(workbook, properties=marks.properties, names=marks.names) if marks.properties else workbook


def note(code: str, **details: str) -> Finding:
    """What is worth telling of a file, and no fault."""
    return Finding(code, Severity.NOTE, outcome=Outcome.SATISFIED, details=details)


def _xlsx(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.excel.ooxml import read_ooxml

    archive = Archive(content, limits)
    findings = macros = _macros(archive)
    try:
        sheets = read_ooxml(archive)
    except Refused as refused:
        if refused.refusal.details.get("reason") != Word("damage.xml"):
            raise
        sheets = read_ooxml(Archive(content, limits, cleaned=True))
        findings = (*macros, note("B16"))
    types = _content_types(archive)
    enabled = macros or any(kind in types for kind in _MACROS_ALLOWED)
    return Workbook(FileFormat.XLSM if enabled else FileFormat.XLSX, sheets, findings=findings)


def _content_types(archive: Archive) -> bytes:
    if _CONTENT_TYPES not in archive:
        return b""
    whole = archive.small(_CONTENT_TYPES)
    return archive.read(_CONTENT_TYPES) if whole is None else whole


def _xls(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.binary.xls import is_encrypted, read_xls
    from consolidator.read.files.encryption import decrypted

    if is_encrypted(content):
        content = decrypted(content)
    sheets = read_xls(content, limits)
    return Workbook(FileFormat.XLS, sheets, findings=_agreed(content, sheets))


def _xlsb(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.binary.xlsb import read_xlsb

    archive = Archive(content, limits)
    sheets = read_xlsb(archive)
    reduced = any(cell.formula for sheet in sheets for cell in sheet.cells.values())
    findings = (
        *_agreed(content, sheets, forgiving=True),
        *_macros(archive),
        *([_reduced(FileFormat.XLSB, "formulas")] if reduced else []),
    )
    return Workbook(FileFormat.XLSB, sheets, reduced, findings)


def _ods(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.opendocument.ods import read_ods

    return Workbook(FileFormat.ODS, read_ods(content, limits))


def _spreadsheetml(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.exports.spreadsheetml import read_spreadsheetml

    return Workbook(FileFormat.SPREADSHEETML, read_spreadsheetml(content, limits))


def _html(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.exports.html_tables import read_html

    return Workbook(FileFormat.HTML, read_html(content, limits))


def _mht(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.exports.html_tables import read_mht

    return Workbook(FileFormat.HTML, read_mht(content, limits))


def _text(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.exports.delimited import read_delimited

    return Workbook(FileFormat.CSV, read_delimited(content, limits))


def _encrypted(content: bytes, limits: Limits) -> Workbook:
    from consolidator.read.files.encryption import decrypted

    inner = decrypted(content)
    kind = sniff(inner)
    workbook = read_as(kind, inner, limits) if kind is not FileKind.ENCRYPTED else None
    if workbook is None:
        raise damaged("decryption")
    return workbook


_READERS: dict[FileKind, Callable[[bytes, Limits], Workbook]] = {
    FileKind.XLSX: _xlsx,
    FileKind.XLSM: _xlsx,
    FileKind.XLS: _xls,
    FileKind.XLSB: _xlsb,
    FileKind.ODS: _ods,
    FileKind.SPREADSHEETML: _spreadsheetml,
    FileKind.HTML: _html,
    FileKind.MHT: _mht,
    FileKind.TEXT: _text,
    FileKind.ENCRYPTED: _encrypted,
}


def _macros(archive: Archive) -> tuple[Finding, ...]:
    return (note("B09"),) if any(part.endswith("vbaproject.bin") for part in archive.names) else ()


def _reduced(form: FileFormat, hidden: str) -> Finding:
    return note("B08", format=Word(f"format.{form}"), hidden=Word(f"hidden.{hidden}"))


def _agreed(content: bytes, sheets: tuple[Sheet, ...], *, forgiving: bool = False) -> tuple[Finding, ...]:
    """What a second reader has to say: a number that it reads otherwise means damage, a cell that only one sees is told.

    In .xlsb the second reader is known to leave out whole kinds of records, so what it misses there, or that it gives up, says nothing.
    """
    from consolidator.read.binary.second_reader import disagreements

    seen = disagreements(content, sheets)
    if seen is None:
        return () if forgiving else (Finding("B18", Severity.SOFT, "unconfirmed"),)
    differences = [each for each in seen if not (each.alone and forgiving)]
    if any(difference.contradiction for difference in differences):
        raise damaged("disagreement")
    findings = []
    for sheet in sheets:
        cells = tuple(difference.cell for difference in differences if difference.sheet == sheet.name)
        if cells:
            details = {"sheet": sheet.name, "cells": "、".join(cells[:_MOST_CELLS]), "count": str(len(cells))}
            few = cells[:_MOST_CELLS]
            findings.append(Finding("B18", Severity.SOFT, "cells", sheet=sheet.name, cells=few, details=details))
    return tuple(findings)
