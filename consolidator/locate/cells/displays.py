"""What a person at the screen reads where a cell's format shows something else than the number that is in it.

In: a cell with a number. Out: a finding that says so, or none. Never: a display taken for the value.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.findings import Severity
from consolidator.form.texts.figures import chinese_numeral
from consolidator.locate.cells import numerals
from consolidator.locate.cells.readings import Reading, finding_on, plain, unusable
from consolidator.patterns import regex
from consolidator.spelling import is_dash

if TYPE_CHECKING:
    from consolidator.findings import Finding
    from consolidator.form.definition import Indicator
    from consolidator.model import Cell

_HALF = Decimal("0.5")
_NUMBER = regex(r"\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)


def disguised(cell: Cell, indicator: Indicator) -> Reading | None:
    """No value for a number that is shown as nothing, as a word, or as another number; None where it is shown as it is.

    A fraction that is rounded to whole numbers, or less, is shown as it is; so is a zero, whatever stands for it.
    """
    if not cell.number:
        return None
    if cell.unseen:
        return unusable("F08", Severity.HARD, cell, indicator, "unseen")
    if not cell.shown or _says(cell.shown, abs(cell.number)):
        return None
    return unusable("F08", Severity.HARD, cell, indicator, "disguised", shown=cell.shown)


def hidden_zero(cell: Cell, indicator: Indicator) -> tuple[Finding, ...]:
    """A note on a zero that is not shown, or as a word; a dash says what it is."""
    if cell.number != 0:
        return ()
    bare = numerals.without_currency(numerals.typed(cell.shown))
    if _NUMBER.search(bare) or (bare and is_dash(bare)) or chinese_numeral(bare) == 0:
        return ()
    if not cell.unseen and not cell.shown:
        return ()
    case = "shown_zero" if cell.shown else "unseen_zero"
    return (finding_on("F08", Severity.NOTE, cell, indicator, case, value=plain(cell.number), shown=cell.shown),)


def _says(shown: str, magnitude: Decimal) -> bool:
    """Whether a display is the number, give or take what is lost by rounding it to a whole one."""
    if "%" in shown or "/" in shown:
        return True
    found = _NUMBER.search(shown)
    if found is None:
        return chinese_numeral(numerals.typed(shown)) == magnitude
    return abs(Decimal(found[0].replace(",", "")) - magnitude) <= _HALF
