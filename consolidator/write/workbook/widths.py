"""How much room text takes: columns fitted to Chinese, rows as high as their wrapped text.

Widths are in Excel's column unit (one digit of the default font, 宋体 11: 8 pixels at 96 dpi), heights in points.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache

PIXELS_A_UNIT = 8
CELL_PIXELS = 5
"""What Excel adds to a column on top of its units."""

_MARGIN_PIXELS = 8
_INDENT_PIXELS = 9
MAX_HEIGHT = 409.0
"""The highest row Excel allows."""

_WIDE = frozenset("WFA")  # ambiguous characters such as — … “ are full-width in Chinese fonts
_LINE_FACTOR = 1.45  # of the font size; Chinese fonts need 1.2 (宋体) to 1.45 (Noto)
_PIECE = re.compile(r"[!-~]+ ?|[^!-~ ]+|.", re.DOTALL)  # Latin words with their space; runs of other characters
_COMMON = re.compile(r"[ -~\u3000-\u303e\u4e00-\u9fff\uff01-\uff60\u2014\u2018\u2019\u201c\u201d\u2026]*")
"""ASCII, and what Chinese text consists of otherwise, all of it full-width."""
_LEAST_LINE = 1.6
"""Of the font size: what even one line gets."""


class _HalfWidths(dict[str, int]):
    """How wide each character is, worked out once."""

    def __missing__(self, char: str) -> int:
        width = 0 if char == "\n" else 2 if unicodedata.east_asian_width(char) in _WIDE else 1
        self[char] = width
        return width


_OF = _HalfWidths()


def half_widths(text: str) -> int:
    """Length of the text in half-width characters: `甲镇A` gives 5. Line ends count nothing."""
    if text.isascii():
        return len(text) - text.count("\n")
    if _COMMON.fullmatch(text):
        return 2 * len(text) - len(text.encode("ascii", "ignore"))
    return sum(map(_OF.__getitem__, text))


def column_units(text: str, size: float, *, bold: bool = False) -> float:
    """Column width in which the longest line of the text fits on one line at the font size in points."""
    longest = max(map(half_widths, text.split("\n")), default=0)
    pixels = longest * _half_pixels(size, bold=bold) + _MARGIN_PIXELS - CELL_PIXELS
    return round(pixels / PIXELS_A_UNIT, 2)


def half_widths_in(units: float, size: float, *, bold: bool = False, indent: int = 0) -> int:
    """How many half-width characters one line of a column `units` wide holds."""
    pixels = units * PIXELS_A_UNIT + CELL_PIXELS - _MARGIN_PIXELS - indent * _INDENT_PIXELS
    return max(2, math.floor(pixels / _half_pixels(size, bold=bold)))


def line_count(text: str, units: float, size: float, *, bold: bool = False, indent: int = 0) -> int:
    """How many lines the text takes when wrapped in a column `units` wide; Latin words stay whole where they can."""
    room = half_widths_in(units, size, bold=bold, indent=indent)
    return sum(_wrapped(line, room) for line in text.split("\n"))


@cache
def row_height(lines: int, size: float, padding: float = 2) -> float:
    """Height of a row that shows so many lines at the font size; never more than Excel allows."""
    return min(MAX_HEIGHT, math.ceil(lines * size * _LINE_FACTOR + padding))


@cache
def line_height(lines: int, size: float) -> float:
    """Height of a row that shows so many lines, never cramped."""
    return max(size * _LEAST_LINE, row_height(lines, size))


def _half_pixels(size: float, *, bold: bool) -> float:
    return size * 96 / 72 / 2 * (1.04 if bold else 1.0)


def _wrapped(line: str, room: int) -> int:
    if half_widths(line) <= room:
        return 1
    lines, used = 1, 0
    for piece in _PIECE.findall(line):
        width = half_widths(piece)
        if width == 2 * len(piece):  # a run of full-width characters breaks anywhere
            fitting = max(0, room - used) // 2  # spaces may hang over the edge
            if width <= 2 * fitting:
                used += width
                continue
            left = len(piece) - fitting
            full = -(-left // (room // 2))
            lines, used = lines + full, 2 * (left - (full - 1) * (room // 2))
            continue
        for part in (piece,) if "!" <= piece[0] <= "~" else piece:
            lines, used = _placed(part, half_widths(part), lines, used, room)
    return lines


def _placed(piece: str, width: int, lines: int, used: int, room: int) -> tuple[int, int]:
    """The lines and the room used in the last one, once a piece that stays whole where it can has been placed."""
    if used and used + half_widths(piece.rstrip(" ")) > room:
        lines, used = lines + 1, 0
    if width > room:
        lines += math.ceil(width / room) - 1
        width = width % room or room
    return lines, used + width
