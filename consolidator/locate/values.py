"""One cell to one value: exactly, or not at all, with what is to be said about it.

In: a cell (or none) and the indicator it belongs to. Out: a `Reading`.
Never: a magnitude guessed, a blank taken for zero unless the form or the campaign says so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import BlankPolicy, Indicator, ValueType
from consolidator.form.figures import chinese_numeral
from consolidator.form.wording import short
from consolidator.locate import numerals
from consolidator.model import Cell, CellKind
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_DIGITS = 15  # a double holds 15 decimal digits exactly
EARLY_SERIAL = 2200  # dates before about 1906 are numbers in a cell styled as a date
_MOST_DECIMALS = 6  # 金额 at most six decimals kept
_ERRORS = {
    "#REF!": "ref",
    "#DIV/0!": "div0",
    "#N/A": "na",
    "#VALUE!": "value",
    "#NAME?": "name",
    "#NUM!": "num",
}


class Reading(Struct, frozen=True):
    """What one cell gives: the value (None where unusable) and the findings, without sheet, cell or owner.

    `blank` tells that nothing was filled in (empty, a dash, 无), so that the caller can say so once for many cells.
    """

    value: Decimal | str | None = None
    findings: tuple[Finding, ...] = ()
    blank: bool = False


def read_value(cell: Cell | None, indicator: Indicator, policy: BlankPolicy) -> Reading:
    """The number of `indicator` in `cell` under the blank `policy`."""
    if cell is None or cell.kind is CellKind.BLANK or (cell.kind is CellKind.TEXT and not fold(cell.text)):
        return _blank(policy, indicator, cell)
    if cell.struck:
        return unusable("V27", Severity.SOFT, cell, indicator, "struck")
    if cell.raised:
        return unusable("V27", Severity.SOFT, cell, indicator, "raised")
    if cell.source:
        return unusable("V23", Severity.SOFT, cell, indicator, source=cell.source)
    reader = _READERS[cell.kind]
    return reader(cell, indicator, policy)


def _read_boolean(cell: Cell, indicator: Indicator, _policy: BlankPolicy) -> Reading:
    return unusable("V20", Severity.HARD, cell, indicator)


def read_error(cell: Cell, indicator: Indicator, _policy: BlankPolicy = BlankPolicy.MISSING) -> Reading:
    """An error value such as #REF!, whose cause only the township can mend."""
    return unusable("V21", Severity.HARD, cell, indicator, _ERRORS.get(cell.text, "other"))


def read_uncalculated(cell: Cell, indicator: Indicator, _policy: BlankPolicy = BlankPolicy.MISSING) -> Reading:
    """A formula whose result was never stored."""
    return unusable("V22", Severity.HARD, cell, indicator)


def _read_date(cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    if cell.number is None or not 0 <= cell.number < EARLY_SERIAL:
        return unusable("V17", Severity.HARD, cell, indicator, "typed_date")
    reading = _judge_number(cell.number, cell, indicator, policy)
    if reading.value is None:
        return reading
    note = finding_on("V17", Severity.NOTE, cell, indicator, "serial", value=plain(cell.number), shown=cell.text)
    return Reading(reading.value, (note, *reading.findings))


def _read_number(cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    if "%" in cell.number_format:
        return unusable("V14", Severity.HARD, cell, indicator)
    if cell.number is None:
        return unusable("F01", Severity.HARD, cell, indicator, "text")
    return _judge_number(cell.number, cell, indicator, policy)


def _judge_number(number: Decimal, cell: Cell, indicator: Indicator, _policy: BlankPolicy) -> Reading:
    """Whether a number is one that the indicator may have."""
    whole = number == number.to_integral_value()
    digits = len(plain(abs(number)).replace(".", "").lstrip("0"))
    if digits > _MOST_DIGITS:
        return unusable("V26", Severity.HARD, cell, indicator)
    if number < 0 and not indicator.row.signed:
        return unusable("F01", Severity.HARD, cell, indicator, "negative")
    if indicator.row.type is ValueType.COUNT and not whole:
        if cell.shown and cell.shown != cell.text:
            return unusable("F01", Severity.HARD, cell, indicator, "hidden_decimal", shown=cell.shown)
        return unusable("F01", Severity.HARD, cell, indicator, "decimal")
    value = number.to_integral_value() if whole else number
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _MOST_DECIMALS:
        return Reading(value, (finding_on("F06", Severity.SOFT, cell, indicator),))
    return Reading(value)


def _read_typed(cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    """A number cell that holds text: the many ways in which people type numbers."""
    text = numerals.half_width(cell.text)
    if indicator.row.signed and text.startswith("+"):
        text = text[1:].strip()
    if numerals.PLAIN.fullmatch(text):
        return _from_text(text, cell, indicator, policy)
    if numerals.GROUPED.fullmatch(text):
        return _from_text(text.replace(",", "").replace(" ", ""), cell, indicator, policy, "thousands")
    if is_dash(text):
        return _blank(policy, indicator, cell, "dash")
    if numerals.is_none_word(text):
        return _blank(policy, indicator, cell, "none_word")
    return _read_suffixed(text, cell, indicator, policy) or _refuse_words(text, cell, indicator)


def _from_text(text: str, cell: Cell, indicator: Indicator, policy: BlankPolicy, case: str = "") -> Reading:
    number = Decimal(text)
    reading = _judge_number(number, cell, indicator, policy)
    if reading.value is None:
        return reading
    case = case or _representation(text, cell.text)
    if not case:
        return reading
    note = finding_on("F07", Severity.NOTE, cell, indicator, case, value=plain(number))
    return Reading(reading.value, (note, *reading.findings))


def _representation(text: str, typed: str) -> str:
    """How the typed text differs from plain digits; empty where only outer spaces do."""
    bare = fold(typed)
    if any("\uff01" <= char <= "\uff5e" or char == "。" for char in typed):
        return "full_width"
    return "" if bare == text and str(plain(Decimal(text))) == text else "text_number"


def _read_suffixed(text: str, cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading | None:
    """Numbers with a unit of measure or a magnitude after them."""
    unit = fold(indicator.row.unit_of_measure)
    for number, word in filter(None, (numerals.measured(text), numerals.money_suffix(text))):
        digits = number.replace(",", "")
        sound = numerals.PLAIN.fullmatch(number) or numerals.GROUPED.fullmatch(number)
        if word == unit and sound:
            reading = _judge_number(Decimal(digits), cell, indicator, policy)
            note = finding_on("U01", Severity.NOTE, cell, indicator, "same_in_cell", value=digits)
            return reading if reading.value is None else Reading(reading.value, (note, *reading.findings))
        if sound and not numerals.is_money_unit(word):
            return unusable("U01", Severity.SOFT, cell, indicator, "other_in_cell")
    meant = numerals.magnitude(text)
    if meant:
        amount, kind = meant
        proposal = numerals.in_units(amount, unit) if kind else amount
        shown = plain(proposal) if proposal is not None else plain(amount)
        return unusable("F03", Severity.HARD, cell, indicator, proposal=shown)
    return None


def _refuse_words(text: str, cell: Cell, indicator: Indicator) -> Reading:
    """The reason why a text is no number."""
    if numerals.is_zero_like(text):
        return unusable("V12", Severity.SOFT, cell, indicator)
    if numerals.is_elsewhere(text):
        return unusable("N01", Severity.HARD, cell, indicator, "elsewhere")
    numeral = chinese_numeral(text)
    if numeral is not None:
        return unusable("F04", Severity.HARD, cell, indicator, proposal=str(numeral))
    if text.endswith(("%", "‰")):
        return unusable("V14", Severity.HARD, cell, indicator)
    if numerals.is_scientific(text):
        return unusable("V26", Severity.HARD, cell, indicator)
    inner = numerals.parenthesised(text)
    if inner is not None:
        return unusable("F01", Severity.HARD, cell, indicator, "negative")
    if numerals.badly_grouped(text):
        return unusable("F01", Severity.HARD, cell, indicator, "grouping")
    if numerals.is_approximate(text):
        return unusable("F02", Severity.HARD, cell, indicator)
    if numerals.is_lookalike(text):
        return unusable("F01", Severity.HARD, cell, indicator, "letter")
    return unusable("F01", Severity.HARD, cell, indicator, "remark" if numerals.has_remark(text) else "text")


def _blank(policy: BlankPolicy, indicator: Indicator, cell: Cell | None = None, written: str = "") -> Reading:
    """A cell with nothing in it, or with a dash or a word for nothing."""
    found = cell.text if cell is not None else ""
    notes: tuple[Finding, ...] = ()
    if policy is BlankPolicy.ZERO:
        case = f"{written}_zero" if written else "zero"
        note = _note("N01", case, indicator, found)
        return Reading(Decimal(0), (note,))
    if written:
        notes = (_note("N01", written, indicator, found),)
    required = policy is BlankPolicy.REQUIRED
    finding = Finding(
        code="N01",
        case="required" if required else "blank",
        severity=Severity.HARD if required else Severity.SOFT,
        indicators=(indicator.code,),
        observed=found,
        details={"label": short(indicator.label), "indicator": indicator.code, "found": found},
    )
    return Reading(None, (*notes, finding), blank=True)


def _note(code: str, case: str, indicator: Indicator, found: str) -> Finding:
    return Finding(
        code=code,
        case=case,
        severity=Severity.NOTE,
        outcome=Outcome.SATISFIED,
        indicators=(indicator.code,),
        observed=found,
        expected="0" if case.endswith("zero") else "",
        details={"label": short(indicator.label), "indicator": indicator.code, "found": found},
    )


def unusable(code: str, severity: Severity, cell: Cell, indicator: Indicator, case: str = "", **more: str) -> Reading:
    """No value, and why."""
    return Reading(None, (finding_on(code, severity, cell, indicator, case, **more),))


def finding_on(code: str, severity: Severity, cell: Cell, indicator: Indicator, case: str = "", **more: str) -> Finding:
    """A finding on what stands in a cell."""
    details: Mapping[str, str] = {
        "label": short(indicator.label),
        "indicator": indicator.code,
        "unit": indicator.row.unit_of_measure,
        "found": cell.text.strip(),
        **more,
    }
    return Finding(
        code=code,
        case=case,
        severity=severity,
        outcome=Outcome.SATISFIED if severity is Severity.NOTE else Outcome.VIOLATED,
        indicators=(indicator.code,),
        observed=cell.text,
        expected=more.get("value", more.get("proposal", "")),
        details=details,
    )


def plain(number: Decimal) -> str:
    """A number in plain notation without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_READERS = {
    CellKind.TEXT: _read_typed,
    CellKind.NUMBER: _read_number,
    CellKind.DATE: _read_date,
    CellKind.BOOLEAN: _read_boolean,
    CellKind.ERROR: read_error,
    CellKind.UNCALCULATED: read_uncalculated,
}
