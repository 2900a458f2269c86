"""差额（调整）in words: that a total holds the county's own entries, which they are, why, and who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from consolidator.form.definition import Row
    from consolidator.model import Adjustment, CountyTable
    from consolidator.write.plans.facts import Facts


def face_lines(facts: Facts, table: CountyTable) -> list[str]:
    """One line that says how many entries the totals hold; none without any."""
    count = len(table.adjustments)
    return [facts.word("adjustment", "face", count=str(count))] if count else []


def entry_lines(facts: Facts, table: CountyTable) -> list[str]:
    """A heading and a line for each entry, in the campaign's order; none without any."""
    if not table.adjustments:
        return []
    lines = [facts.word("adjustment", "heading", count=str(len(table.adjustments)))]
    for number, entry in enumerate(table.adjustments, start=1):
        lines.append(facts.word("adjustment", "line", number=str(number), entry=entry_words(facts, table, entry)))
    return lines


def entry_words(facts: Facts, table: CountyTable, entry: Adjustment) -> str:
    """One entry: the indicator, the amount with its sign and unit, the reason, who entered it."""
    indicator = table.form.indicators[entry.indicator]
    amount = plain(entry.amount) if entry.amount < 0 else f"+{plain(entry.amount)}"
    details = {
        "label": indicator.label,
        "coded": facts.word("mark", "coded", code=entry.indicator) if table.form.codes_printed else "",
        "amount": amount,
        "unit": indicator.row.unit_of_measure,
        "reason": entry.reason,
        "by": entry.by,
    }
    return facts.word("adjustment", "entry_by" if entry.by else "entry", **details)


def signed_shape(row: Row, amount: Decimal) -> str:
    """Number format that shows an adjustment with its sign."""
    digits = shape(row, amount)
    return f"+{digits};-{digits};{digits}"
