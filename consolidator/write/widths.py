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
_PIECE = re.compile(r"[!-~]+ ?|.", re.DOTALL)


def half_widths(text: str) -> int:
    """Length of the text in half-width characters: `甲镇A` gives 5. Line ends count nothing."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text if char != "\n")


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


def _half_pixels(size: float, *, bold: bool) -> float:
    return size * 96 / 72 / 2 * (1.04 if bold else 1.0)


def _wrapped(line: str, room: int) -> int:
    lines, used = 1, 0
    for piece in _PIECE.findall(line):
        width = half_widths(piece)
        if used and used + half_widths(piece.rstrip(" ")) > room:
            lines, used = lines + 1, 0
        if width > room:
            lines += math.ceil(width / room) - 1
            width = width % room or room
        used += width
    return lines
