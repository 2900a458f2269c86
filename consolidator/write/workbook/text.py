"""Text from townships, made safe to show: visible marks for what hides, nothing that a program would run.

Sources of the rules: OWASP "CSV Injection" (`= + - @`, tab, CR, and their full-width twins); ECMA-376 part 1
§18.4.12 for the characters XML can hold; Excel's limit of 32,767 UTF-16 units a cell.
"""

from __future__ import annotations

import re
from decimal import Decimal

CELL_LIMIT = 32_767
"""UTF-16 units that one Excel cell can hold."""

FIELD_LIMIT = 131_000
"""Characters of one CSV field: Python's reader, which others resemble, refuses a file with a field of more than 131,072."""

_MARK_ROOM = 24
"""Units kept free for the mark of a cut."""

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, but for tab and line ends
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # zero width, direction marks, odd line ends
    "\ud800-\udfff"  # lone surrogates: no encoding can write them
    "\ufff9-\ufffb\ufffe\uffff"  # interlinear marks and noncharacters
    "]"
)
_STARTS_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_CANONICAL_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII)
_EXCEL_DIGITS = 15
_EXCEL_EXPONENT = 307


def visible(text: str) -> str:
    """The text with line ends as LF and every character that hides or harms as a visible `[U+202E]`."""
    if text.isprintable():  # most are, and then there is nothing to look for
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", unified)


def for_cell(text: str) -> str:
    """`visible` text that fits into one Excel cell; a longer one is cut and ends in how much of it stands there, `…[32743/40000]`."""
    shown = visible(text)
    if shown.startswith("<r>") and shown.endswith("</r>"):
        shown += " "  # else the workbook library takes it for its own markup and writes it raw
    return shown if fits_cell(shown) else _cut(shown, beginning(shown, _MARK_ROOM))


def _cut(shown: str, kept: str) -> str:
    return f"{kept}…[{len(kept)}/{len(shown)}]"


def fits_cell(shown: str) -> bool:
    """Whether one Excel cell holds the text."""
    return len(shown) * 2 <= CELL_LIMIT or len(shown.encode("utf-16-le")) <= CELL_LIMIT * 2


def beginning(shown: str, room: int) -> str:
    """As much of a long text as a cell holds, but for `room` units."""
    return shown.encode("utf-16-le")[: (CELL_LIMIT - room) * 2].decode("utf-16-le", "ignore")


def for_csv(text: str) -> str:
    """`visible` text that no spreadsheet takes for a formula: a `'` in front where it starts like one.

    A plain number such as `-5` stays as it is; so does a text that is longer than a cell of Excel: it is whole here,
    unless it is so long that readers would refuse the file; then it is cut and says so.
    """
    shown = visible(text)
    if len(shown) > FIELD_LIMIT:
        shown = _cut(shown, shown[: FIELD_LIMIT - _MARK_ROOM])
    return f"'{shown}" if starts_like_formula(shown) and not _PLAIN_NUMBER.fullmatch(shown) else shown


def starts_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula, were it typed into a cell."""
    return bool(_STARTS_FORMULA.match(text))


def plain(number: Decimal) -> str:
    """The number in plain decimal notation, never with an exponent: `1200`, `0.05`."""
    return format(number, "f")


def fits_excel(number: Decimal) -> bool:
    """Whether a spreadsheet holds the number exactly: finite, no larger than its numbers can be, of 15 digits at most."""
    digits = number.as_tuple().digits
    return (
        number.is_finite()
        and number.adjusted() <= _EXCEL_EXPONENT
        and (len(digits) <= _EXCEL_DIGITS or len(number.normalize().as_tuple().digits) <= _EXCEL_DIGITS)
    )


def as_stored(number: Decimal) -> int | float:
    """The number as a spreadsheet stores it without loss: an int where it is whole, else the nearest float."""
    return int(number) if number == number.to_integral_value() else float(number)


def as_number(text: str) -> Decimal | None:
    """The number that `text` is to the letter (`12`, `-0.5`), or None where writing a number would change the text."""
    if not _CANONICAL_NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    return number if fits_excel(number) and text != "-0" else None
