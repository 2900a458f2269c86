"""Cell styles of an .xlsx: number formats and strike-through, by style index.

In: the part `xl/styles.xml`. Out: a tuple of `Style`, one a cell format (`cellXfs`).
Source: ECMA-376 part 1, 18.8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.read.cells import formats
from consolidator.read.cells.values import PLAIN_STYLE, Style
from consolidator.read.files.markup import Attributes, Scanner, register, scan, truth
from consolidator.read.files.names import MAIN_SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.read.limits import Limits


class _Styles(Scanner):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.codes: dict[int, str] = {}
        self.struck: list[bool] = []
        self.formats: list[tuple[int, int]] = []
        self._in_fonts = self._in_font = self._in_formats = False
        starts = {
            "numFmt": self._number_format,
            "fonts": self._open_fonts,
            "font": self._open_font,
            "strike": self._strike,
            "cellXfs": self._open_formats,
            "xf": self._format,
        }
        ends = {"fonts": self._close_fonts, "font": self._close_font, "cellXfs": self._close_formats}
        register(self.starts, MAIN_SPACES, starts)
        register(self.ends, MAIN_SPACES, ends)

    def _number_format(self, attributes: Attributes) -> None:
        if not self._in_formats:
            self.codes.setdefault(index(attributes.get("numFmtId")), attributes.get("formatCode", ""))

    def _open_fonts(self, _: Attributes) -> None:
        self._in_fonts = True

    def _close_fonts(self) -> None:
        self._in_fonts = False

    def _open_font(self, _: Attributes) -> None:
        if self._in_fonts:
            self._in_font = True
            self.struck.append(False)

    def _close_font(self) -> None:
        self._in_font = False

    def _strike(self, attributes: Attributes) -> None:
        if self._in_font:
            self.struck[-1] = truth(attributes.get("val"), default=True)

    def _open_formats(self, _: Attributes) -> None:
        self._in_formats = True

    def _close_formats(self) -> None:
        self._in_formats = False

    def _format(self, attributes: Attributes) -> None:
        if self._in_formats:
            self.formats.append((index(attributes.get("numFmtId")), index(attributes.get("fontId"))))


def index(value: str | None) -> int:
    """A non-negative integer attribute; 0 where it is absent or no such number."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0  # noqa: PLR2004


def read_styles(chunks: Iterable[bytes], limits: Limits) -> tuple[Style, ...]:
    """All cell formats, in order."""
    found = _Styles(limits)
    scan(chunks, found)
    return tuple(
        style(
            found.codes.get(code) or formats.BUILT_IN.get(code, ""),
            struck=found.struck[font] if font < len(found.struck) else False,
        )
        for code, font in found.formats
    )


def style(code: str, *, struck: bool = False) -> Style:
    """The meaning of a format code and a font."""
    if not struck and code in ("", "General"):
        return PLAIN_STYLE
    return Style("" if code == "General" else code, bool(code) and formats.dated(code), struck)
