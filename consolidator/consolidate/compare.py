"""上期: the totals of the period before, beside this one's, with whose figures are in which.

In: a county table and the earlier figures of its form. Out: a `Comparison`.
Never: an earlier total without the names of those that make it unlike this one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.consolidate.totals import summable, total
from consolidator.model import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consolidator.model import CountyTable, Previous


def compare(table: CountyTable, previous: Previous) -> Comparison:
    """The earlier totals of every code that can be compared, over the units that were in them."""
    now = {row.unit.key: row.unit.name for row in table.rows if row.included}
    before = {unit.key for unit in previous.units}
    names = {row.unit.key: row.unit.name for row in table.rows}
    return Comparison(
        period=previous.period,
        file=previous.file,
        totals={code: total(code, _numbers(previous, code)) for code in summable(table.form) if code in previous.codes},
        counted=len(previous.units),
        only_now=tuple(name for key, name in now.items() if key not in before),
        only_before=tuple(names.get(unit.key, unit.name) for unit in previous.units if unit.key not in now),
        settled=previous.settled,
        own_form=previous.form == table.form.id,
    )


def _numbers(previous: Previous, code: str) -> Iterator[tuple[str, Decimal | None]]:
    for unit in previous.units:
        value = unit.values.get(code)
        yield unit.name, value if isinstance(value, Decimal) else None
