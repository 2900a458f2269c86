"""Texts of an OpenDocument cell: paragraphs with their white space, notes apart, and what styles strike out or hide.

In: elements of the `text`, `office` and `style` namespaces. Out: text, struck, comment.
Source: OpenDocument 1.3 part 3, 6.1.2 (white space), 19.856 (line-through), 14.1 (annotations).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.read.cells.values import whole_text
from consolidator.read.opendocument.ods_cells import DRAW, OFFICE, STYLE, TABLE, TEXT

if TYPE_CHECKING:
    from consolidator.read.files.markup import Attributes, Scanner

_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"  # XML cannot hold these, so they can stand for the elements
_WHITE = " \t\r\n"
_RUN = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 32_767
_SHAPES = ("frame", "custom-shape", "rect", "ellipse", "line", "g", "caption", "control", "polygon", "connector")


class OdsStyles:
    """Which styles strike text through, which set it above or below the line or do not show it, and which hide a sheet."""

    def __init__(self, scanner: Scanner) -> None:
        """Register with `scanner`."""
        self.struck: set[str] = set()
        self.raised: set[str] = set()
        self.hidden_tables: set[str] = set()
        self._name = ""
        scanner.starts[f"{STYLE} style"] = self._open
        scanner.starts[f"{STYLE} text-properties"] = self._text
        scanner.starts[f"{STYLE} table-properties"] = self._table

    def _open(self, attributes: Attributes) -> None:
        self._name = attributes.get(f"{STYLE} name", "")
        if attributes.get(f"{STYLE} parent-style-name", "") in self.struck:
            self.struck.add(self._name)

    def _text(self, attributes: Attributes) -> None:
        lines = [attributes.get(f"{STYLE} text-line-through-{what}") for what in ("style", "type")]
        if any(line not in (None, "none") for line in lines):
            self.struck.add(self._name)
        elif "none" in lines:
            self.struck.discard(self._name)
        position = attributes.get(f"{STYLE} text-position", "").split()
        if attributes.get(f"{TEXT} display") == "none" or (position and position[0] not in ("0%", "0")):
            self.raised.add(self._name)

    def _table(self, attributes: Attributes) -> None:
        if attributes.get(f"{TABLE} display") == "false":
            self.hidden_tables.add(self._name)


class Paragraphs:
    """Collects the text of one cell, and that of the note on it."""

    def __init__(self, scanner: Scanner, styles: OdsStyles) -> None:
        """Register with `scanner`."""
        self._scanner = scanner
        self._styles = styles
        starts = {
            "p": self._open_paragraph,
            "h": self._open_paragraph,
            "s": self._spaces,
            "tab": lambda _: scanner.pieces.append(_TAB),
            "line-break": lambda _: scanner.pieces.append(_BREAK),
            "span": self._open_span,
            "ruby-text": self._open_aside,
        }
        ends = {
            "p": self._close_paragraph,
            "h": self._close_paragraph,
            "span": self._close_span,
            "ruby-text": self._close_aside,
        }
        scanner.starts |= {f"{TEXT} {name}": handler for name, handler in starts.items()}
        scanner.ends |= {f"{TEXT} {name}": handler for name, handler in ends.items()}
        scanner.starts[f"{OFFICE} annotation"] = self._open_note
        scanner.ends[f"{OFFICE} annotation"] = self._close_note
        for name in _SHAPES:
            scanner.starts[f"{DRAW} {name}"] = self._open_shape
            scanner.ends[f"{DRAW} {name}"] = self._close_shape
        self.begin()

    def begin(self) -> None:
        """A cell begins."""
        self._lines: list[str] = []
        self._notes: list[str] = []
        self._spans: list[tuple[int, bool, bool]] = []
        self._struck = self._raised = False
        self._in_note = False
        self._shapes = 0

    def finish(self) -> tuple[str, bool, bool, str]:
        """The cell's text, whether part of it is struck through, or set above or below the line, and the note."""
        text, note = whole_text("\n".join(self._lines)), whole_text("\n".join(self._notes)).strip()
        return text, self._struck, self._raised, note

    def _open_paragraph(self, _: Attributes) -> None:
        self._scanner.pieces.clear()
        self._scanner.collecting = True

    def _close_paragraph(self) -> None:
        text = _RUN.sub(" ", _without_layout(self._scanner.collected()))
        text = text.replace(_SPACE, " ").replace(_TAB, "\t").replace(_BREAK, "\n")
        if self._in_note:
            self._notes.append(text)
        elif not self._shapes:
            self._lines.append(text)

    def _spaces(self, attributes: Attributes) -> None:
        count = attributes.get(f"{TEXT} c", "1")
        number = int(count) if count.isascii() and count.isdigit() and len(count) < 6 else 1  # noqa: PLR2004
        self._scanner.pieces.append(_SPACE * min(number, _MOST_SPACES))

    def _open_span(self, attributes: Attributes) -> None:
        name = attributes.get(f"{TEXT} style-name", "")
        self._spans.append((len(self._scanner.pieces), name in self._styles.struck, name in self._styles.raised))

    def _close_span(self) -> None:
        start, struck, raised = self._spans.pop() if self._spans else (0, False, False)
        if (struck or raised) and not self._in_note and "".join(self._scanner.pieces[start:]).strip():
            self._struck, self._raised = self._struck or struck, self._raised or raised

    def _open_aside(self, _: Attributes) -> None:
        self._scanner.collecting = False

    def _close_aside(self) -> None:
        self._scanner.collecting = True

    def _open_note(self, _: Attributes) -> None:
        self._in_note = True

    def _close_note(self) -> None:
        self._in_note = False

    def _open_shape(self, _: Attributes) -> None:
        self._shapes += 1

    def _close_shape(self) -> None:
        self._shapes -= 1


def _without_layout(text: str) -> str:
    """The text without the line ends and indents at its edges, which belong to the XML; plain spaces stay."""
    head = text[: len(text) - len(text.lstrip(_WHITE))]
    text = text[len(head) :] if "\n" in head else text
    tail = text[len(text.rstrip(_WHITE)) :]
    return text[: len(text) - len(tail)] if "\n" in tail else text
