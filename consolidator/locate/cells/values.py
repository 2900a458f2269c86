"""One cell to one value: exactly, or not at all, with what is to be said about it.

In: a cell (or none) and the indicator it belongs to. Out: a `Reading`.
Never: a magnitude guessed, a blank taken for zero unless the form or the campaign says so.
"""

from __future__ import annotations

from decimal import Decimal

from consolidator.findings import Finding, Severity
from consolidator.form.definition import BlankPolicy, Indicator, ValueType
from consolidator.form.texts.figures import chinese_numeral
from consolidator.form.texts.wording import short
from consolidator.locate.cells import displays, numerals
from consolidator.locate.cells.readings import Reading, finding_on, note, plain, unusable
from consolidator.locate.cells.sizes import same_size, same_unit
from consolidator.model import Cell, CellKind
from consolidator.spelling import fold, is_dash

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
    told = finding_on("V17", Severity.NOTE, cell, indicator, "serial", value=plain(cell.number), shown=cell.text)
    return Reading(reading.value, (told, *reading.findings))


def _read_number(cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    if "%" in cell.number_format and fold(indicator.row.unit_of_measure) != numerals.PERCENT:
        return unusable("V14", Severity.HARD, cell, indicator)
    if cell.number is None:
        return unusable("F01", Severity.HARD, cell, indicator, "text")
    if cell.percentage and not cell.words:
        return _read_percentage(Decimal(plain(cell.number * 100)), cell, indicator, policy)
    if cell.words:
        return _read_worded(cell.number, cell, indicator, policy)
    refused = displays.disguised(cell, indicator)
    if refused is not None:
        return refused
    reading = _judge_number(cell.number, cell, indicator, policy)
    told = displays.hidden_zero(cell, indicator)
    return Reading(reading.value, (*told, *reading.findings)) if told else reading


def _read_percentage(number: Decimal, cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    """A rate as Excel keeps what is typed as `41.67%`: 0.4167, shown as 41.67%, which is the number of the form's own unit."""
    reading = _judge_number(number, cell, indicator, policy)
    if reading.value is None:
        return reading
    shown = cell.shown or f"{plain(number)}%"
    told = finding_on("U01", Severity.NOTE, cell, indicator, "same_in_cell", value=plain(number), found=shown)
    return Reading(reading.value, (told, *reading.findings))


def _read_worded(number: Decimal, cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    """A number that its format shows with words, as `3万条` for 3: as if that were typed."""
    text = numerals.typed(cell.words)
    bare = numerals.without_currency(text)
    if not numerals.is_bare(bare) and numerals.parenthesised(bare) is None:
        return _read_shown(bare, number, cell, indicator, policy)
    reading = _judge_number(number, cell, indicator, policy)
    yuan = numerals.in_units(Decimal(1), fold(indicator.row.unit_of_measure)) == 1
    if bare == text or yuan or not number or reading.value is None:
        return reading
    told = finding_on("U01", Severity.SOFT, cell, indicator, "currency", found=cell.words, value=plain(number))
    return Reading(reading.value, (told, *reading.findings))


def _read_shown(text: str, number: Decimal, cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    """A number shown with a unit or a magnitude. It stands where it is what they say, as 12345 shown as `1.2万`."""
    unit, parts = fold(indicator.row.unit_of_measure), numerals.suffixed(text)
    digits, word = parts or ("0", "")
    word = numerals.unbracketed(word)
    if numerals.is_counter(word) and word != unit:
        return unusable("U01", Severity.SOFT, cell, indicator, "other_in_cell", found=cell.words)
    scale = (Decimal(1), "") if word == unit else numerals.magnitude("1", word)
    if parts is None or scale is None:
        return _refuse_words(text, cell, indicator, found=cell.words)
    size, kind = scale
    times = numerals.in_units(size, unit) if kind else size
    as_it_is = numerals.rounds_to(number, digits, Decimal(1))
    if times is not None and numerals.rounds_to(number, digits, times) and (times == 1 or not as_it_is or not number):
        return _judge_number(number, cell, indicator, policy)
    meant = (number if as_it_is else Decimal(digits)) * (size if times is None else times)
    return unusable("F03", Severity.HARD, cell, indicator, found=cell.words, proposal=plain(meant))


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
        return unusable("F01", Severity.HARD, cell, indicator, numerals.fraction(cell.text))
    value = (number.to_integral_value() or Decimal(0)) if whole else number  # which is never -0
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _MOST_DECIMALS:
        return Reading(value, (finding_on("F06", Severity.SOFT, cell, indicator),))
    return Reading(value)


def _read_typed(cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading:
    """A number cell that holds text: the many ways in which people type numbers."""
    text = numerals.typed(cell.text)
    if indicator.row.signed:
        text = numerals.unsigned(text)
    pointed = indicator.row.type is ValueType.COUNT and numerals.fraction(text) == "point"
    if numerals.PLAIN.fullmatch(text) and not pointed:
        return _from_text(text, cell, indicator, policy)
    if numerals.GROUPED.fullmatch(text):
        return _from_text(numerals.ungrouped(text), cell, indicator, policy, "thousands")
    if is_dash(text):
        return _blank(policy, indicator, cell, "dash")
    if numerals.is_none_word(text):
        return _blank(policy, indicator, cell, "none_word")
    if (negative := numerals.parenthesised(text)) is not None and (indicator.row.signed or not Decimal(negative)):
        return _from_text(f"-{negative}", cell, indicator, policy, "parentheses")
    priced = _read_priced(text, cell, indicator, policy)
    return priced or _read_suffixed(text, cell, indicator, policy) or _refuse_words(text, cell, indicator)


def _read_priced(text: str, cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading | None:
    """An amount typed with a sign of currency, as `￥ 948.12`: in a larger unit of money than 元 it is asked about."""
    bare, unit = numerals.without_currency(text), fold(indicator.row.unit_of_measure)
    if bare == text or not numerals.is_money_unit(unit) or not numerals.is_bare(bare):
        return None
    reading = _from_text(numerals.ungrouped(bare), cell, indicator, policy)
    if not reading.value or numerals.in_units(Decimal(1), unit) == 1:
        return reading
    told = finding_on(
        "U01", Severity.SOFT, cell, indicator, "currency", found=cell.text, value=plain(Decimal(str(reading.value)))
    )
    return Reading(reading.value, (told, *reading.findings))


def _from_text(text: str, cell: Cell, indicator: Indicator, policy: BlankPolicy, case: str = "") -> Reading:
    number = Decimal(text)
    reading = _judge_number(number, cell, indicator, policy)
    if reading.value is None:
        return reading
    case = case or _representation(text, cell.text)
    if not case:
        return reading
    told = finding_on("F07", Severity.NOTE, cell, indicator, case, value=plain(number))
    return Reading(reading.value, (told, *reading.findings))


def _representation(text: str, typed: str) -> str:
    """How the typed text differs from plain digits; empty where only outer spaces do."""
    bare = fold(typed)
    if any("\uff01" <= char <= "\uff5e" or char == "。" for char in typed):
        return "full_width"
    return "" if bare == text and str(plain(Decimal(text))) == text else "text_number"


def _read_suffixed(text: str, cell: Cell, indicator: Indicator, policy: BlankPolicy) -> Reading | None:
    """Numbers with a unit of measure or a magnitude after them."""
    parts = numerals.suffixed(text)
    if parts is None:
        return None
    digits, word = parts
    unit = fold(indicator.row.unit_of_measure)
    if same_unit(word, unit):
        reading = _judge_number(Decimal(digits), cell, indicator, policy)
        told = finding_on("U01", Severity.NOTE, cell, indicator, "same_in_cell", value=plain(Decimal(digits)))
        return reading if reading.value is None else Reading(reading.value, (told, *reading.findings))
    if numerals.is_counter(word):
        return unusable("U01", Severity.SOFT, cell, indicator, "other_in_cell")
    meant = numerals.magnitude(digits, word)
    if meant:
        amount, kind = meant
        proposal = numerals.in_units(amount, unit) if kind or numerals.is_money_unit(unit) else amount
        shown = plain(proposal) if proposal is not None else plain(amount)
        return unusable("F03", Severity.HARD, cell, indicator, proposal=shown)
    return unusable("U01", Severity.SOFT, cell, indicator, "other_in_cell") if same_size(word, unit) is False else None


def _refuse_words(text: str, cell: Cell, indicator: Indicator, **more: str) -> Reading:
    """The reason why a text is no number."""
    jumble = numerals.jumble(text)
    if jumble:
        return unusable("F01", Severity.HARD, cell, indicator, jumble, **more)
    if numerals.is_zero_like(text):
        return unusable("V12", Severity.SOFT, cell, indicator, **more)
    if numerals.is_elsewhere(text):
        return unusable("N01", Severity.HARD, cell, indicator, "elsewhere", **more)
    numeral = chinese_numeral(text)
    if numeral is not None:
        return unusable("F04", Severity.HARD, cell, indicator, proposal=str(numeral), **more)
    if text.endswith("‰") or (text.endswith("%") and fold(indicator.row.unit_of_measure) != numerals.PERCENT):
        return unusable("V14", Severity.HARD, cell, indicator, **more)
    if numerals.is_scientific(text):
        return unusable("V26", Severity.HARD, cell, indicator, **more)
    if numerals.parenthesised(text) is not None:
        return unusable("F01", Severity.HARD, cell, indicator, "negative", **more)
    if numerals.is_approximate(text):
        return unusable("F02", Severity.HARD, cell, indicator, **more)
    if numerals.is_lookalike(text):
        return unusable("F01", Severity.HARD, cell, indicator, "letter", **more)
    return unusable("F01", Severity.HARD, cell, indicator, "remark" if numerals.has_remark(text) else "text", **more)


def _blank(policy: BlankPolicy, indicator: Indicator, cell: Cell | None = None, written: str = "") -> Reading:
    """A cell with nothing in it, or with a dash or a word for nothing."""
    found = cell.text if cell is not None else ""
    notes: tuple[Finding, ...] = ()
    if policy is BlankPolicy.ZERO:
        case = f"{written}_zero" if written else "zero"
        return Reading(Decimal(0), (note("N01", case, indicator, found),))
    if written:
        notes = (note("N01", written, indicator, found),)
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


_READERS = {
    CellKind.TEXT: _read_typed,
    CellKind.NUMBER: _read_number,
    CellKind.DATE: _read_date,
    CellKind.BOOLEAN: _read_boolean,
    CellKind.ERROR: read_error,
    CellKind.UNCALCULATED: read_uncalculated,
}
