"""Values as a file spells them, turned into cells without losing a digit.

In: the text of a `<v>` element or a double from a binary format. Out: `Decimal`, plain text, ISO dates, `Cell`s.

Spreadsheet programs calculate with doubles and show at most 15 significant digits, but store 17: what a person typed as
43.788 stands in the file as 43.787999999999997. So a number with a fraction is taken at 15 significant digits, which
gives back what was typed. A number of 16 digits or more before the point keeps every digit of the file, so that its
excess of digits can be seen (ECMA-376 does not bound them; Excel's specification does: 15 digits).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from msgspec import Struct

from consolidator.model import Cell, CellKind
from consolidator.read.cells import formats

ERRORS = frozenset({
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
})  # fmt: skip
"""Error values; where a format knows only text, a cell that says exactly this is an error."""

PRECISION = 15
_SMALLEST_EXPONENT, _LARGEST_EXPONENT = -324, 308  # of a double; beyond them no spreadsheet program holds a number
_LONGEST = 400
_SPACE = " \t\r\n"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_ROUNDING = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)
_LAST_DAY = 2_958_465  # 9999-12-31
_LEAP_DAY = 60  # 1900-02-29, which never was: Excel keeps a mistake of Lotus 1-2-3
_SECONDS = 86_400
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Style(Struct, frozen=True):
    """What a cell's style means: its number format, and whether the whole text is struck through."""

    number_format: str = ""
    dated: bool = False
    struck: bool = False


PLAIN_STYLE = Style()


def number(text: str) -> Decimal | None:
    """The number that a file spells, at the precision of the module's docstring; None where it spells none."""
    text = text.strip(_SPACE)
    if text.isascii() and text.isdigit() and len(text) <= PRECISION:
        return Decimal(text.lstrip("0") or "0")
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    if not value:
        return Decimal(0)
    if not _SMALLEST_EXPONENT <= value.adjusted() <= _LARGEST_EXPONENT:
        return None
    return Decimal(plain(_typed(value)))


def _typed(value: Decimal) -> Decimal:
    if value.adjusted() >= PRECISION or len(value.as_tuple().digits) <= PRECISION:
        return value
    return _ROUNDING.plus(value)


def from_double(value: float) -> Decimal | None:
    """The same for a double of a binary format; None for a NaN or an infinity."""
    return number(repr(value)) if value - value == 0 else None


def plain(value: Decimal) -> str:
    """Plain decimal notation: no exponent, no zeros at the end of a fraction."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def iso(serial: Decimal, *, date1904: bool = False) -> str:
    """The date that a serial number shows as: `1900-01-12` for 12, `1900-02-29` for 60 as Excel has it.

    A time is added where there is one; a time without a day stands alone; what no program shows as a date (negative,
    beyond the year 9999) stays a number.
    """
    if serial < 0 or serial >= _LAST_DAY + 1:
        return plain(serial)
    days = int(serial)
    seconds = int((serial - days) * _SECONDS + Decimal("0.5"))
    days, seconds = (days + 1, 0) if seconds == _SECONDS else (days, seconds)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" if seconds else ""
    if days == 0 and clock and not date1904:
        return clock
    return f"{_day(days, date1904=date1904)} {clock}".rstrip()


def _day(days: int, *, date1904: bool) -> str:
    if date1904:
        return (_EPOCH_1904 + timedelta(days=days)).isoformat()
    if days == 0:
        return "1900-01-00"
    if days == _LEAP_DAY:
        return "1900-02-29"
    return (_EPOCH + timedelta(days=days if days > _LEAP_DAY else days + 1)).isoformat()


def serial(moment: datetime, *, date1904: bool = False, epoch: date | None = None) -> Decimal:
    """The serial number of a date that a file spells out, counted as `iso` reads it or from a given `epoch`."""
    start = epoch or (_EPOCH_1904 if date1904 else _EPOCH)
    days = (moment.date() - start).days
    if epoch is None and not date1904 and days <= _LEAP_DAY:
        days -= 1
    elapsed = moment.hour * 3600 + moment.minute * 60 + moment.second
    return Decimal(days) if not elapsed else _ROUNDING.plus(days + Decimal(elapsed) / _SECONDS)


def whole_text(text: str) -> str:
    """The text with halves of surrogate pairs joined; a half alone, which no output could hold, becomes U+FFFD."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number_cell(
    place: tuple[int, int],
    value: Decimal,
    style: Style,
    *,
    formula: str = "",
    source: str = "",
    date1904: bool = False,
) -> Cell:
    """A cell that holds a number, or a date where its style says so."""
    if style.dated:
        kind, text, seen, words = CellKind.DATE, iso(value, date1904=date1904), "", ""
    else:
        kind, text = CellKind.NUMBER, plain(value)
        code = style.number_format
        seen, words = (formats.shown(value, code), formats.worded(value, code)) if code else ("", "")
    return Cell(*place, kind, text, value, style.number_format, seen, formula, style.struck, "", source, words)
