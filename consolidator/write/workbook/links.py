"""Links that open a township's file at a cell, or another sheet of the same workbook.

A target is a URI reference (ECMA-376 part 2 §9.3): `/` between folders, and only those characters percent-coded that a
URI or Excel would take for something else (`#`, `%`, space …); Chinese stays readable.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from msgspec import Struct, field
from xlsxwriter.url import Url, UrlTypes

from consolidator.write.workbook.text import visible

if TYPE_CHECKING:
    from pathlib import Path, PurePath

_TARGET_LIMIT = 2_000  # Excel: 2,079 characters
_CODES = {ord(char): f"%{ord(char):02X}" for char in '%#? "<>[]^`{|}\\\t\n'}


class Linker(Struct, frozen=True, dict=True):
    """Makes links from a workbook in `out` to files in `inbox`; both absolute.

    Targets are relative, so that the two folders may be moved or shared together; on different drives absolute.
    """

    inbox: Path
    out: Path
    _reached: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def to_file(self, file: str, sheet: str = "", cell: str = "") -> FileLink | None:
        """A link to a file of the inbox (its path there, with `/`), at a cell where one is named.

        None where Excel could not hold the link: no file, a path too long, a name that no URI can spell. A file inside
        an archive cannot be opened by a link; the archive can.
        """
        target, whole = self._reached.get(file) or self._reached.setdefault(file, self._reach(file))
        place = location(sheet, cell) if whole and sheet and cell and visible(sheet) == sheet else ""
        return FileLink(target, place) if target and len(place) <= _TARGET_LIMIT else None

    def _reach(self, file: str) -> tuple[str, bool]:
        """What opens a file, or an empty text, and whether it is the file itself and not the archive it lies in."""
        if not file or visible(file) != file:
            return "", False
        opened = _openable(str(self.inbox), file)
        target = f"{self._way}/{_coded(opened)}"
        sound = visible(target) == target and len(target) <= _TARGET_LIMIT
        return target if sound else "", opened == file

    @cached_property
    def _way(self) -> str:
        """From the folder of the workbook to the inbox, as the beginning of a target."""
        try:
            relative = os.path.relpath(self.inbox, self.out)
        except ValueError:  # another drive
            return absolute_target(self.inbox).rstrip("/")
        slashed = relative.replace(os.sep, "/")
        near = slashed in {".", ".."} or slashed.startswith("../")
        return _coded(slashed if near else f"./{slashed}")


def _openable(inbox: str, file: str) -> str:
    """The file of the inbox that a click can open: an archive in place of what lies in it."""
    at = file.find("/")
    while at > 0:
        if os.path.isfile(f"{inbox}/{file[:at]}"):  # noqa: PTH113 - a name too long for the disk is no error here
            return file[:at]
        at = file.find("/", at + 1)
    return file


def absolute_target(path: PurePath) -> str:
    """The whole path as a `file:` URI; a share as `file://server/…`."""
    if isinstance(path, PureWindowsPath):
        slashed = path.as_posix()
        return _coded(f"file:{slashed}" if slashed.startswith("//") else f"file:///{slashed}")
    return _coded(f"file://{PurePosixPath(path)}")


def location(sheet: str, cell: str) -> str:
    """A place inside a workbook, such as `'统计表'!D12`; a quote in the sheet's name is doubled."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _coded(target: str) -> str:
    return target.translate(_CODES)


class FileLink(Struct, frozen=True):
    """A link to a file: its URI reference, and the place inside it or an empty text."""

    uri: str
    place: str

    def url(self, shown: str) -> Url:
        """The link as the workbook library wants it, for a cell that shows this text."""
        link = _Target(self)
        link.text = shown
        return link


class _Target(Url):  # type: ignore[misc]
    """A link whose target is already a URI; the library's own reading of paths would spoil `/`, `%` and `#`."""

    def __init__(self, link: FileLink) -> None:
        self._file_link = link
        super().__init__(link.uri)

    def _parse_url(self) -> None:
        self._link_type = UrlTypes.EXTERNAL
        self._link = self._relationship_link = self._file_link.uri
        self._anchor = self._file_link.place

    def _escape_strings(self) -> None:
        """Nothing to do: the target is coded already."""
