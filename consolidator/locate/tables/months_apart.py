"""A table whose heads name months that contradict each other (`6月 | 1-7月`): which of them is wrong, nobody knows.

In: a table that is ready to be read. Out: what is read of it, without values and with that said in place of what was
said of unknown heads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.locate.period.leaves import without_values
from consolidator.locate.period.months_in_heads import heads_apart

if TYPE_CHECKING:
    from consolidator.locate.tables.table import TableReader, TableReading
    from consolidator.model import Period

_UNKNOWN = frozenset({"headless", "unknown_head", "none"})


def unless_months_differ(reader: TableReader, period: Period | None) -> TableReading:
    """What is read of a table, unless heads were unknown and contradict each other by their months.

    Where the form's heading states the month, which is the `period`, what is headed by it keeps its values.
    """
    reading = reader.read()
    if not any(said.code == "L04" and said.case in _UNKNOWN for said in reading.findings):
        return reading
    sheet, table = reader.sheet, reader.table
    heads = heads_apart(sheet, reader.form, reader.items) if reader.form.keyed and reader.items else ()
    if not heads:
        return reading
    details = {"table": table.title, "found": "”、“".join(head.text.strip() for head in heads)}
    finding = Finding(
        "L04", Severity.HARD, "months", sheet=sheet.name, cells=tuple(head.a1 for head in heads),
        observed=";".join(head.text for head in heads), details=details,
    )  # fmt: skip
    kept = [said for said in reading.findings if said.code not in {"L04", "N01"}]
    decided = period is not None and not period.is_year and not period.span
    values = reading.observations if decided else without_values(reading.observations)
    return replace(reading, observations=values, findings=(finding, *kept))
