"""One workbook from bytes: kind by content, the reader for that kind, and what is worth noting about the file.

In: bytes and the file's name. Out: a `Workbook` or a `Refusal`. Never: an exception for a bad file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.model import FileFormat, Refusal, Sheet, Status, Workbook
from consolidator.read.archive import Archive
from consolidator.read.delimited import read_delimited
from consolidator.read.encryption import decrypted
from consolidator.read.html_tables import read_html, read_mht
from consolidator.read.limits import LIMITS, Limits, Refused, damaged, not_a_form, too_large
from consolidator.read.marks import read_marks
from consolidator.read.ods import read_ods
from consolidator.read.ooxml import read_ooxml
from consolidator.read.second_reader import disagreements
from consolidator.read.sniff import FileKind, sniff
from consolidator.read.spreadsheetml import read_spreadsheetml
from consolidator.read.xls import is_encrypted, read_xls
from consolidator.read.xlsb import read_xlsb
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Callable


def open_workbook(content: bytes, name: str, *, limits: Limits = LIMITS) -> Workbook | Refusal:
    """Read a workbook, whatever its format. `name` (a path with `/`) only serves to note a misleading extension.

    No file raises: one that cannot be read exactly is a `Refusal`. Memory and time are bounded by `limits` only as far
    as they can be counted; `read_all` adds the bounds of a process.
    """
    try:
        if len(content) > limits.file:
            raise too_large("file", limits.file)
        return _opened(content, name, limits)
    except Refused as refused:
        return refused.refusal


def _opened(content: bytes, name: str, limits: Limits) -> Workbook:
    kind = sniff(content)
    if kind is FileKind.EMPTY:
        raise Refused(Refusal(Status.IGNORED, "B05", "empty"))
    reader = _READERS.get(kind)
    if reader is None:
        raise _strange(kind, content, limits)
    workbook = _marked(kind, reader(content, limits), content, limits)
    if not workbook.sheets:
        raise Refused(Refusal(Status.UNREADABLE, "B01", "no_sheets"))
    sheets, renamed = _distinct(_titled(workbook, name))
    findings = (*workbook.findings, *renamed, *_notes(workbook, name))
    return replace(workbook, sheets=sheets, findings=findings)


def _marked(kind: FileKind, workbook: Workbook, content: bytes, limits: Limits) -> Workbook:
    """The workbook with the marks of a blank form, where it carries any."""
    marks = read_marks(kind, content, limits)
    return replace(workbook, properties=marks.properties, names=marks.names) if marks.properties else workbook


def _strange(kind: FileKind, content: bytes, limits: Limits) -> Refused:
    if kind is FileKind.ZIP:
        Archive(content, limits)  # a broken archive is damaged before it is no workbook
    if not content[:_SECTOR].strip(b"\0"):
        return damaged("zeros")
    return not_a_form(kind)


def _xlsx(content: bytes, limits: Limits) -> Workbook:
    archive = Archive(content, limits)
    findings = macros = _macros(archive)
    try:
        sheets = read_ooxml(archive)
    except Refused as refused:
        if refused.refusal.details.get("reason") != Word("damage.xml"):
            raise
        sheets = read_ooxml(Archive(content, limits, cleaned=True))
        findings = (*macros, _note("B16"))
    enabled = macros or any(kind in _content_types(archive) for kind in _MACROS_ALLOWED)
    return Workbook(FileFormat.XLSM if enabled else FileFormat.XLSX, sheets, findings=findings)


def _content_types(archive: Archive) -> bytes:
    return archive.read(_CONTENT_TYPES) if _CONTENT_TYPES in archive else b""


def _xls(content: bytes, limits: Limits) -> Workbook:
    if is_encrypted(content):
        content = decrypted(content)
    sheets = read_xls(content, limits)
    return Workbook(FileFormat.XLS, sheets, findings=_agreed(content, sheets))


def _xlsb(content: bytes, limits: Limits) -> Workbook:
    archive = Archive(content, limits)
    sheets = read_xlsb(archive)
    reduced = any(cell.formula for sheet in sheets for cell in sheet.cells.values())
    findings = (
        *_agreed(content, sheets, forgiving=True),
        *_macros(archive),
        *([_reduced(FileFormat.XLSB, "formulas")] if reduced else []),
    )
    return Workbook(FileFormat.XLSB, sheets, reduced, findings)


def _plain(form: FileFormat, read: Callable[[bytes, Limits], tuple[Sheet, ...]]) -> Callable[[bytes, Limits], Workbook]:
    return lambda content, limits: Workbook(form, read(content, limits))


def _macros(archive: Archive) -> tuple[Finding, ...]:
    return (_note("B09"),) if any(part.endswith("vbaproject.bin") for part in archive.names) else ()


def _reduced(form: FileFormat, hidden: str) -> Finding:
    return _note("B08", format=Word(f"format.{form}"), hidden=Word(f"hidden.{hidden}"))


def _agreed(content: bytes, sheets: tuple[Sheet, ...], *, forgiving: bool = False) -> tuple[Finding, ...]:
    """What a second reader has to say: a number that it reads otherwise means damage, a cell that only one sees is told.

    In .xlsb the second reader is known to leave out whole kinds of records, so what it misses there, or that it gives up, says nothing.
    """
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
            details = {"sheet": sheet.name, "cells": ";".join(cells[:_MOST_CELLS]), "count": str(len(cells))}
            few = cells[:_MOST_CELLS]
            findings.append(Finding("B18", Severity.SOFT, "cells", sheet=sheet.name, cells=few, details=details))
    return tuple(findings)


def _encrypted(content: bytes, limits: Limits) -> Workbook:
    inner = decrypted(content)
    reader = _READERS.get(sniff(inner))
    if reader is None or reader is _encrypted:
        raise damaged("decryption")
    return _marked(sniff(inner), reader(inner, limits), inner, limits)


_READERS: dict[FileKind, Callable[[bytes, Limits], Workbook]] = {
    FileKind.XLSX: _xlsx,
    FileKind.XLSM: _xlsx,
    FileKind.XLS: _xls,
    FileKind.XLSB: _xlsb,
    FileKind.ODS: _plain(FileFormat.ODS, read_ods),
    FileKind.SPREADSHEETML: _plain(FileFormat.SPREADSHEETML, read_spreadsheetml),
    FileKind.HTML: _plain(FileFormat.HTML, read_html),
    FileKind.MHT: _plain(FileFormat.HTML, read_mht),
    FileKind.TEXT: _plain(FileFormat.CSV, read_delimited),
    FileKind.ENCRYPTED: _encrypted,
}

_EXTENSIONS = {
    FileFormat.XLSX: (".xlsx", ".xltx"),
    FileFormat.XLSM: (".xlsm", ".xltm"),
    FileFormat.XLSB: (".xlsb",),
    FileFormat.XLS: (".xls", ".et", ".xlt", ".ett"),
    FileFormat.ODS: (".ods", ".ots"),
    FileFormat.HTML: (".htm", ".html", ".mht", ".mhtml"),
    FileFormat.SPREADSHEETML: (".xml",),
    FileFormat.CSV: (".csv", ".tsv", ".txt"),
}
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS_ALLOWED = (b"sheet.macroEnabled.main+xml", b"template.macroEnabled.main+xml")
_MOST_CELLS = 10
_SECTOR = 512
_LONGEST_NAME = 31
_EXPORTS = (FileFormat.HTML, FileFormat.SPREADSHEETML, FileFormat.CSV)


def _titled(workbook: Workbook, name: str) -> tuple[Sheet, ...]:
    """The sheets; the only sheet of a page or text is called after the file, as Excel does."""
    title = PurePosixPath(name).stem[:_LONGEST_NAME]
    if workbook.format not in (FileFormat.HTML, FileFormat.CSV) or len(workbook.sheets) > 1 or not title:
        return workbook.sheets
    return (replace(workbook.sheets[0], name=title),)


def _distinct(sheets: tuple[Sheet, ...]) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Sheets under names of their own: the second of a name that occurs twice is told apart by its number."""
    seen: set[str] = set()
    found: list[Sheet] = []
    findings = []
    for number, sheet in enumerate(sheets, start=1):
        name = sheet.name
        while name.lower() in seen:
            name = f"{name}（{number}）"
        seen.add(name.lower())
        if name != sheet.name:
            findings.append(_note("B17", sheet=sheet.name, number=str(number), renamed=name))
        found.append(sheet if name == sheet.name else replace(sheet, name=name))
    return tuple(found), tuple(findings)


def _notes(workbook: Workbook, name: str) -> list[Finding]:
    extension = PurePosixPath(name).suffix.lower()
    actual = Word(f"format.{workbook.format}")
    findings = []
    if extension not in _EXTENSIONS[workbook.format]:
        code = "B11" if workbook.format in _EXPORTS else "B10"
        findings.append(_note(code, extension=extension, actual=actual))
    return findings


def _note(code: str, **details: str) -> Finding:
    return Finding(code, Severity.NOTE, outcome=Outcome.SATISFIED, details=details)
