"""One cell of an OpenDocument spreadsheet: from its attributes and text to a `Cell`.

In: value attributes, the text as displayed. Out: a `Cell`, or None for an empty one.
Source: OpenDocument 1.3 part 3, 19.385 (office:value-type), part 4 (formulas).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import Cell, CellKind
from consolidator.read.cells import formats, formulas, values

if TYPE_CHECKING:
    from consolidator.read.files.markup import Attributes

_NS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"{_NS}:office:1.0"
TABLE = f"{_NS}:table:1.0"
TEXT = f"{_NS}:text:1.0"
STYLE = f"{_NS}:style:1.0"
DRAW = f"{_NS}:drawing:1.0"
CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

_ERROR = re.compile(r"Err:\d{3}")
_NUMBERS = ("float", "currency", "percentage")
_SHOWN_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_COARSE = 9  # significant digits from which on a shorter display is only the width of the column
_DURATION = re.compile(r"(-)?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_PREFIX = re.compile(r"^(?:of|oooc|msoxl|ooow):")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_LOCAL = re.compile(r"(^|:)\.")
_SHEET = re.compile(r"^\$?('(?:[^']|'')*'|[^.'#:]+)\.")
_FOREIGN = re.compile(r"^'([^']+)'#\$?(.*)$")


class OdsCell(Struct, frozen=True):
    """What the elements of one cell said."""

    kind: str
    attributes: Attributes
    text: str
    struck: bool
    comment: str
    rows: int
    columns: int
    raised: bool = False

    @property
    def formula(self) -> str:
        """The formula in the notation of Excel, with `=`."""
        return plain_formula(self.attributes.get(f"{TABLE} formula", ""))

    def value(self, name: str) -> str:
        """An attribute such as `office:value`."""
        return self.attributes.get(f"{OFFICE} {name}", "")


def plain_formula(text: str) -> str:
    """`of:=SUM([.D5:.D8])` as `=SUM(D5:D8)`."""
    text = _PREFIX.sub("", text)
    return _REFERENCE.sub(lambda match: _plain_reference(match[1]), text) if text.startswith("=") else text


def _plain_reference(reference: str) -> str:
    foreign = _FOREIGN.match(reference)
    if foreign:
        return f"[{formulas.base_name(foreign[1])}]{_plain_reference(foreign[2])}"
    return _SHEET.sub(r"\1!", _LOCAL.sub(r"\1", reference))


def made(cell: OdsCell, place: tuple[int, int], null_date: str) -> Cell | None:
    """The cell at a place; None where nothing stands."""
    formula = cell.formula
    source = formulas.source(formula) if formula else ""
    if cell.kind == "error" or (formula and (cell.text in values.ERRORS or _ERROR.fullmatch(cell.text))):
        return Cell(*place, CellKind.ERROR, cell.text, formula=formula, struck=cell.struck, source=source)
    if not cell.kind and not cell.text and formulas.gives_a_number(formula):
        return Cell(*place, CellKind.UNCALCULATED, formula, formula=formula, struck=cell.struck, source=source)
    number = _number(cell, null_date)
    if number is not None:
        return _number_cell(cell, place, number, formula, source)
    if cell.kind == "boolean":
        text = "TRUE" if cell.value("boolean-value") == "true" else "FALSE"
        return Cell(*place, CellKind.BOOLEAN, text, formula=formula, struck=cell.struck, source=source)
    text = cell.text or cell.value("string-value")
    if not text and not formula:
        return None
    return Cell(*place, CellKind.TEXT, text, formula=formula, struck=cell.struck, source=source, raised=cell.raised)


def _number(cell: OdsCell, null_date: str) -> Decimal | None:
    if cell.kind in _NUMBERS:
        return values.number(cell.value("value"))
    try:
        if cell.kind == "date":
            moment = datetime.fromisoformat(cell.value("date-value").removesuffix("Z"))
            return values.serial(moment, epoch=date.fromisoformat(null_date))
        if cell.kind == "time":
            return _fraction_of_day(cell.value("time-value"))
    except ValueError:
        return None
    return None


def _fraction_of_day(duration: str) -> Decimal | None:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    days, hours, minutes, seconds = (Decimal(part or 0) for part in match.groups()[1:])
    total = (((days * 24) + hours) * 60 + minutes) * 60 + seconds
    number = values.number(str(total / 86_400))
    return None if number is None else -number if match[1] else number


def _number_cell(cell: OdsCell, place: tuple[int, int], number: Decimal, formula: str, source: str) -> Cell:
    if cell.kind in _NUMBERS:
        form = "0%" if cell.kind == "percentage" else ""
        text, seen, kind = values.plain(number), _shown(cell.text, number), CellKind.NUMBER
        words = cell.text.strip() if formats.tells(cell.text) else ""
    else:
        form, seen, words, kind = "", "", "", CellKind.DATE
        spelled = cell.value("date-value").removesuffix("Z").replace("T", " ").removesuffix(" 00:00:00")
        text = spelled.partition(".")[0] if cell.kind == "date" else values.iso(number)
    return Cell(*place, kind, text, number, form, seen, formula, cell.struck, "", source, words)


def _shown(text: str, number: Decimal) -> str:
    """The displayed text where it says another number than the stored one."""
    text = text.strip()
    match = _SHOWN_NUMBER.search(text)
    if match is None:
        return text  # a word, or nothing
    if "E" in text.upper():
        return ""
    if "%" in text:
        return text
    digits = match[0].replace(",", "")
    coarse = len(digits.replace(".", "").lstrip("0")) >= _COARSE
    return "" if coarse or Decimal(digits) == abs(number) else text
