"""One workbook from bytes: kind by content, the reader for that kind, and what is worth noting about the file.

In: bytes and the file's name. Out: a `Workbook` or a `Refusal`. Never: an exception for a bad file.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.model import FileFormat, Refusal, Sheet, Status, Workbook
from consolidator.read.files.archive import Archive
from consolidator.read.files.sniff import FileKind, sniff
from consolidator.read.limits import LIMITS, Limits, Refused, damaged, not_a_form, too_large
from consolidator.read.readers import note, read_as
from consolidator.terms import Word

if TYPE_CHECKING:
    from consolidator.findings import Finding


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
    workbook = read_as(kind, content, limits)
    if workbook is None:
        raise _strange(kind, content, limits)
    if not workbook.sheets:
        raise Refused(Refusal(Status.UNREADABLE, "B01", "no_sheets"))
    sheets, renamed = _distinct(_titled(workbook, name))
    findings = (*workbook.findings, *renamed, *_notes(workbook, name))
    return replace(workbook, sheets=sheets, findings=findings)


def _strange(kind: FileKind, content: bytes, limits: Limits) -> Refused:
    if kind is FileKind.ZIP:
        Archive(content, limits)  # a broken archive is damaged before it is no workbook
    if not content[:_SECTOR].strip(b"\0"):
        return damaged("zeros")
    return not_a_form(kind)


_EXTENSIONS = {
    FileFormat.XLSX: (".xlsx", ".xltx"),
    FileFormat.XLSM: (".xlsm", ".xltm"),
    FileFormat.XLSB: (".xlsb",),
    FileFormat.XLS: (".xls", ".et", ".xlt", ".ett"),
    FileFormat.ODS: (".ods", ".ots", ".fods"),
    FileFormat.HTML: (".htm", ".html", ".mht", ".mhtml"),
    FileFormat.SPREADSHEETML: (".xml",),
    FileFormat.CSV: (".csv", ".tsv", ".txt"),
}
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
            findings.append(note("B17", sheet=sheet.name, number=str(number), renamed=name))
        found.append(sheet if name == sheet.name else replace(sheet, name=name))
    return tuple(found), tuple(findings)


def _notes(workbook: Workbook, name: str) -> list[Finding]:
    extension = PurePosixPath(name).suffix.lower()
    actual = Word(f"format.{workbook.format}")
    findings = []
    if extension not in _EXTENSIONS[workbook.format]:
        code = "B11" if workbook.format in _EXPORTS else "B10"
        findings.append(note(code, extension=extension, actual=actual))
    return findings
