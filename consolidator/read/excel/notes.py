"""Comments of an .xlsx: classic notes and threaded ones (批注).

In: `xl/comments*.xml`, `xl/threadedComments/*.xml`. Out: texts by (row, column).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.read.cells.addresses import position
from consolidator.read.excel.strings import RichText, unescaped
from consolidator.read.files.markup import Attributes, Scanner, register, scan
from consolidator.read.files.names import MAIN_SPACES, THREADED_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.read.limits import Limits

Comments = dict[tuple[int, int], str]


class _Notes(Scanner):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: Comments = {}
        self._at = ""
        self._rich = RichText(self)
        register(self.starts, MAIN_SPACES, {"comment": self._open})
        register(self.ends, MAIN_SPACES, {"comment": self._close})

    def _open(self, attributes: Attributes) -> None:
        self._at = attributes.get("ref", "")

    def _close(self) -> None:
        text = self._rich.take().text.strip()
        if self._at and text:
            self.found[position(self._at)] = text


class _Threads(Scanner):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: Comments = {}
        self._at = ""
        register(self.starts, THREADED_COMMENTS, {"threadedComment": self._open, "text": self.collect})
        register(self.ends, THREADED_COMMENTS, {"text": self._close})

    def _open(self, attributes: Attributes) -> None:
        self._at = attributes.get("ref", "")

    def _close(self) -> None:
        text = unescaped(self.collected()).strip()
        if self._at and text:
            place = position(self._at)
            self.found[place] = f"{self.found[place]}\n{text}" if place in self.found else text


def read_notes(chunks: Iterable[bytes], limits: Limits) -> Comments:
    """Classic notes by cell."""
    notes = _Notes(limits)
    scan(chunks, notes)
    return notes.found


def read_threads(chunks: Iterable[bytes], limits: Limits) -> Comments:
    """Threaded comments by cell, the replies below the question. They replace the note that stands in for them."""
    threads = _Threads(limits)
    scan(chunks, threads)
    return threads.found
