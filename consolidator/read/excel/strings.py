"""Texts of an .xlsx: shared and inline strings, their escapes, and strike-through of a part.

In: `xl/sharedStrings.xml`, `is` elements. Out: `Text`s. Never: phonetic guides, which are not part of the text.
Source: ECMA-376 part 1, 18.4 and 22.4.2.4 (`_x0041_` escapes).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from consolidator.read.cells.values import whole_text
from consolidator.read.files.markup import Attributes, Scanner, register, scan, truth
from consolidator.read.files.names import MAIN_SPACES
from consolidator.read.limits import LIMITS, Refused, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.read.limits import Limits

_NOT_PLAIN = re.compile(rb"[\x00-\x08\x0b-\x1f<]|]]>|\xef\xbf[\xbe\xbf]")
_ENTITY = re.compile("&([^;]*;?)")
_ENTITIES = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}
_SIMPLE = re.compile(
    rb'<t(?:/>|(?: xml:space="preserve")?>([^<]*)</t>)'
    rb'(?:<phoneticPr fontId="[0-9]+"(?: type="\w+")?(?: alignment="\w+")?/>)?</si>'
)
_START = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\?>\s*)?'
    rb'<sst((?: xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main")|'
    rb'(?: xmlns="http://purl\.oclc\.org/ooxml/spreadsheetml/main"))'
    rb'(?: count="[0-9]+")?(?: uniqueCount="[0-9]+")?((?: xmlns:\w+="[\w:./-]+")?)>'
)
_END = b"</sst>"
_MOST_KNOWN, _MOST_ROOTS = 24_000, 8
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class Text(NamedTuple):
    """A text, and whether any visible part of it is struck through, or set above or below the line."""

    text: str
    struck: bool = False
    raised: bool = False


def unescaped(text: str) -> str:
    """The text with `_x000D_` and its kin turned into the characters they stand for."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return whole_text(text)


def plain_text(content: bytes) -> Text | None:
    """The text between two tags as their parser would give it; None where that is more than a few known entities."""
    if _NOT_PLAIN.search(content):
        return None
    text = content.decode("utf-8")
    if "&" in text:
        text = _ENTITY.sub(lambda match: _ENTITIES.get(match[1], "\0"), text)
        if "\0" in text:
            return None
    return Text(unescaped(text))


class RichText:
    """Puts one text together from its runs; hand its handlers to a scanner."""

    def __init__(self, scanner: Scanner) -> None:
        """Register the handlers of a text with `scanner`."""
        self._scanner = scanner
        self._parts: list[str] = []
        self._struck = self._run_struck = self._raised = self._run_raised = False
        self._phonetic = 0
        starts = {
            "t": self._open,
            "r": self._open_run,
            "strike": self._strike,
            "vertAlign": self._align,
            "rPh": self._open_phonetic,
        }
        register(scanner.starts, MAIN_SPACES, starts)
        register(scanner.ends, MAIN_SPACES, {"t": self._close, "rPh": self._close_phonetic})

    def _open(self, _: Attributes) -> None:
        if not self._phonetic:
            self._scanner.collect()

    def _close(self) -> None:
        if self._scanner.collecting and not self._phonetic:
            part = self._scanner.collected()
            self._parts.append(part)
            self._struck = self._struck or (self._run_struck and bool(part.strip()))
            self._raised = self._raised or (self._run_raised and bool(part.strip()))

    def _open_run(self, _: Attributes) -> None:
        self._run_struck = self._run_raised = False

    def _align(self, attributes: Attributes) -> None:
        self._run_raised = attributes.get("val") in ("superscript", "subscript")

    def _strike(self, attributes: Attributes) -> None:
        self._run_struck = truth(attributes.get("val"), default=True)

    def _open_phonetic(self, _: Attributes) -> None:
        self._phonetic += 1

    def _close_phonetic(self) -> None:
        self._phonetic -= 1

    def take(self) -> Text:
        """The text so far; the next one begins."""
        text = Text(unescaped("".join(self._parts)), self._struck, self._raised)
        self._parts.clear()
        self._struck = self._run_struck = self._raised = self._run_raised = False
        return text


class _SharedStrings(Scanner):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.texts: list[Text] = []
        self._characters = 0
        self._rich = RichText(self)
        register(self.ends, MAIN_SPACES, {"si": self._finish})

    def _finish(self) -> None:
        text = self._rich.take()
        self.texts.append(text)
        self._characters += len(text.text)
        if len(self.texts) > self.limits.strings:
            raise too_large("strings", self.limits.strings)
        if self._characters > self.limits.characters:
            raise too_large("characters", self.limits.characters)


def read_strings(chunks: Iterable[bytes], limits: Limits) -> list[Text]:
    """All shared strings, in order; the counts that the part claims are not looked at."""
    found = _SharedStrings(limits)
    scan(chunks, found)
    return found.texts


def regular_strings(content: bytes, limits: Limits) -> list[Text] | None:
    """The same for a whole part, text by text from memory; None where it is built in any other way than usual.

    Cut at `<si>`, each piece is one text, parsed when it is first met.
    """
    head, *pieces = content.split(b"<si>")
    start = _START.fullmatch(head)
    end = pieces[-1].rstrip() if pieces else b""
    if start is None or not end.endswith(_END) or len(pieces) > limits.strings or len(content) > limits.characters:
        return None
    pieces[-1] = end.removesuffix(_END)
    root = b"<sst" + start[1] + start[2] + b">"
    known = _KNOWN.setdefault(root, {})
    if sum(map(len, _KNOWN.values())) > _MOST_KNOWN or len(_KNOWN) > _MOST_ROOTS:
        _KNOWN.clear()
        known = _KNOWN[root] = {}
    try:
        return [known.get(piece) or _first_met(piece, root, known) for piece in pieces]
    except (_Unusual, Refused, UnicodeDecodeError):
        return None


_KNOWN: dict[bytes, dict[bytes, Text]] = {}
"""The texts that were met, by the root element that they stood under and their XML."""


class _Unusual(Exception):  # noqa: N818 - not an error: the part is parsed as a whole
    """A piece that is not one text."""


def _first_met(piece: bytes, root: bytes, known: dict[bytes, Text]) -> Text:
    match = _SIMPLE.fullmatch(piece)
    text = plain_text(match[1] or b"") if match else None
    if text is None:
        texts = read_strings((root, b"<si>", piece, _END), LIMITS)
        if len(texts) != 1 or not piece.endswith(b"</si>"):
            raise _Unusual
        (text,) = texts
    known[piece] = text
    return text
