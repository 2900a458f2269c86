"""One `Case`: one filed form, or one file that holds none, from the inbox to its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.consolidate import count_by_severity
from consolidator.findings import Finding, Severity
from consolidator.inbox import Filing
from consolidator.model import ObservedFile, Status, SubmissionRecord, UnitRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.locate import Located
    from consolidator.model import Observation, ReportingUnit


class Case(Struct):
    """One filed form, or one file that holds none. `status` None: it counts, and is not yet decided.

    `number` counts the forms of one file, which is `size` bytes long, from 1.
    """

    file: str
    sha256: str
    status: Status | None = None
    unit: ReportingUnit | None = None
    unit_name: str = ""
    form: str = ""
    period: str = ""
    sheet: str = ""
    reason: str = ""
    included: bool = False
    values: Mapping[str, Observation] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    located: Located | None = None
    number: int = 1
    size: int = 0

    def owned(self) -> list[Finding]:
        """The findings with their owner filled in."""
        code = self.unit.code if self.unit else ""
        name = self.unit.name if self.unit else self.unit_name
        return [
            finding.owned(file=self.file, unit_code=code, unit_name=name, form=self.form, period=self.period)
            for finding in self.findings
        ]

    def row(self) -> UnitRow:
        """The case as a row of the county table. Only for cases with a unit and a status."""
        assert self.unit is not None  # noqa: S101 - asked for only where there is one
        counts = count_by_severity(self.findings)
        return UnitRow(
            unit=self.unit,
            status=self.status or Status.ACCEPTED,
            included=self.included,
            file=self.file,
            sheet=self.sheet,
            values=self.values,
            hard=counts[Severity.HARD],
            soft=counts[Severity.SOFT],
            info=counts[Severity.INFO],
            notes=counts[Severity.NOTE],
        )

    def filing(self) -> Filing:
        """The form as it presents itself. Only for cases that hold one."""
        located = self.located
        assert located is not None  # noqa: S101 - asked for only where there is one
        stated = located.period or located.part
        return Filing(
            file=self.file,
            sha256=self.sha256,
            form=self.form,
            sheet=self.sheet,
            filer=located.filer.text if located.filer else "",
            filer_cell=located.filer.address if located.filer else None,
            filer_raw=located.filer.raw if located.filer else "",
            period=located.period.period if located.period else None,
            period_cell=stated.address if stated else None,
            period_raw=stated.raw if stated else "",
            values=self.values,
            number=self.number,
            size=self.size,
            titled=located.titled.text if located.titled else "",
            titled_cell=located.titled.address if located.titled else None,
            titled_raw=located.titled.raw if located.titled else "",
            part=located.part.period if located.part else None,
            named=tuple((each.text, each.address, each.raw) for each in located.named),
        )

    def record(self) -> SubmissionRecord:
        """The case as a row of `submissions.csv`."""
        counts = count_by_severity(self.findings)
        return SubmissionRecord(
            file=self.file,
            sha256=self.sha256,
            unit_code=self.unit.code if self.unit else "",
            unit_name=self.unit.name if self.unit else self.unit_name,
            form=self.form,
            period=self.period,
            status=self.status or Status.ACCEPTED,
            included=self.included,
            hard=counts[Severity.HARD],
            soft=counts[Severity.SOFT],
            reason=self.reason,
        )

    def observed(self) -> ObservedFile:
        """Everything that was read from the file."""
        return ObservedFile(
            file=self.file,
            unit_code=self.unit.code if self.unit else "",
            unit_name=self.unit.name if self.unit else self.unit_name,
            form=self.form,
            period=self.period,
            values=self.values,
        )
