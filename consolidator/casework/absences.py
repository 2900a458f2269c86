"""What did not arrive: units that sent nothing, files that were chosen to count and are not there.

In: the county's tables; the pins of a campaign, the files of its inbox. Out: findings about a unit, without a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.model import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from consolidator.inbox import Register
    from consolidator.model import CountyTable, Period

ABSENCES = frozenset({"K01", "S12"})
"""The codes of these findings: they stand with their unit's, though they have no file."""


def missing_units(tables: Sequence[CountyTable]) -> Iterator[Finding]:
    """A finding for each unit that sent nothing."""
    for table in tables:
        for row in table.rows:
            if row.status is Status.MISSING:
                finding = Finding("K01", Severity.HARD, details={"unit": row.unit.name, "title": table.form.title})
                owner = {"unit_code": row.unit.code, "unit_name": row.unit.name}
                yield finding.owned(file="", form=table.form.id, period=str(table.period), **owner)


def missing_files(
    pins: Iterable[tuple[str, str]], files: Collection[str], register: Register, period: Period
) -> Iterator[Finding]:
    """A finding for each unit of which a file was chosen that is not among `files`: another one may count unnoticed."""
    there = {*files, *(path.rpartition("/")[2] for path in files)}
    for named, file in pins:
        if file not in there:
            unit = register.find(named).unit or register.coded(named)
            name, code = (unit.name, unit.code) if unit is not None else (named, "")
            finding = Finding("S12", Severity.SOFT, details={"unit": name, "kept": file})
            yield finding.owned(file="", unit_code=code, unit_name=name, form="", period=str(period))
