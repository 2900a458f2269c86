"""A filed form as it presents itself, and what the inbox makes of it.

In: what `locate` read in the heading. Out: values passed between the inbox's own steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Severity
    from consolidator.model import CellAddress, Observation, Period, ReportingUnit, Status


class Filing(Struct, frozen=True):
    """One filled form in one file, as it presents itself. `filer` is empty and `period` None where not stated.

    Where only a part of some year is stated, `part` is that, in a year that means nothing, and the period's cell states it.
    `titled` is what stands before the form's title, with its cell; `named` are further texts around the tables that may be
    names, with their cells as they stand there. `number` counts the forms of one file, which is `size` bytes long, from 1.
    """

    file: str
    sha256: str
    form: str
    sheet: str
    filer: str
    filer_cell: CellAddress | None
    filer_raw: str
    period: Period | None
    period_cell: CellAddress | None
    period_raw: str
    values: Mapping[str, Observation]
    number: int = 1
    size: int = 0
    titled: str = ""
    titled_cell: CellAddress | None = None
    titled_raw: str = ""
    part: Period | None = None
    named: tuple[tuple[str, CellAddress, str], ...] = ()


class Attribution(Struct, frozen=True):
    """A filing with its unit. `status` None: it counts, and the rules decide between accepted and rejected.

    `period` is None only where nothing says which one it is.
    """

    filing: Filing
    unit: ReportingUnit | None
    period: Period | None
    status: Status | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def header_finding(filing: Filing, code: str, severity: Severity, case: str, **details: str) -> Finding:
    """What is to be said of a filing at the cell that names its unit, or of its sheet where none does."""
    cells = (filing.filer_cell.a1,) if filing.filer_cell else ()
    return Finding(
        code,
        severity,
        case,
        sheet=filing.filer_cell.sheet if filing.filer_cell else filing.sheet,
        cells=cells,
        observed=filing.filer_raw if cells else "",
        details=details,
    )
