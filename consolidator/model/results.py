"""What one run amounts to: the county tables, the fate of every file, the tallies, the run record."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from consolidator.findings import Finding
    from consolidator.form.definition import Form
    from consolidator.model.periods import Period
    from consolidator.model.previous import Comparison
    from consolidator.model.submissions import Observation, ReportingUnit, Status


class UnitRow(Struct, frozen=True):
    """One unit in the county table: what became of its filing, and the values read from it by indicator code.

    `file` and `sheet` are empty when nothing was received. The counts are of findings by severity.
    """

    unit: ReportingUnit
    status: Status
    included: bool
    file: str = ""
    sheet: str = ""
    values: Mapping[str, Observation] = field(default_factory=dict)
    hard: int = 0
    soft: int = 0
    info: int = 0
    notes: int = 0


class Adjustment(Struct, frozen=True):
    """One entry of the county's difference table (差额表、调整表): what it adds to one county total, and why.

    It never touches a unit's figure. `by` is who answers for it, or empty. `form` is a form's id.
    """

    indicator: str
    amount: Decimal
    reason: str
    by: str = ""
    form: str = ""


class Total(Struct, frozen=True):
    """The county total of one indicator: the included units' values and the county's own `adjustments`.

    `value` is None when there is neither. `contributors` counts units; `lacking` names the included units without a
    value, which the total therefore leaves out.
    """

    indicator: str
    value: Decimal | None
    contributors: int
    lacking: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def adjusted(self) -> Decimal:
        """What the adjustments add to the units' values."""
        return sum((entry.amount for entry in self.adjustments), Decimal(0))


class Coverage(Struct, frozen=True):
    """Who is in a total (应报、已报、已汇总). `required` is None without a roster: then nobody can be missing.

    `missing` names units that sent nothing; `left_out` pairs each unit that sent something but is not in the total
    with its status.
    """

    required: int | None
    received: int
    consolidated: int
    missing: tuple[str, ...] = ()
    left_out: tuple[tuple[str, Status], ...] = ()


class CategoryTotals(Struct, frozen=True):
    """The totals of one category of unit (类别), without adjustments. `name` is empty for the units that have none."""

    name: str
    totals: Mapping[str, Total]
    coverage: Coverage


class CountyTable(Struct, frozen=True):
    """One form of one period over all units: a row a unit (included ones first), and the totals by indicator code.

    `categories` holds the totals by category of unit in the roster's order, units without a category last; it is empty
    unless the roster names at least two. `adjustments` are the county's own entries, in the campaign's order.
    """

    form: Form
    period: Period
    county: str
    rows: tuple[UnitRow, ...]
    totals: Mapping[str, Total]
    coverage: Coverage
    categories: tuple[CategoryTotals, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


class SubmissionRecord(Struct, frozen=True):
    """One row of `submissions.csv`: a file of the inbox, or a unit that is missing (then `file` is empty).

    `reason` is a finding code and case (`B02`, `S04.missing`) or empty; the sentence comes from the catalogue.
    """

    file: str
    sha256: str
    unit_code: str
    unit_name: str
    form: str
    period: str
    status: Status
    included: bool
    hard: int
    soft: int
    reason: str


class ObservedFile(Struct, frozen=True):
    """Everything read from one file, whatever became of it (`values.csv`). The unit's code and name may be empty."""

    file: str
    unit_code: str
    unit_name: str
    form: str
    period: str
    values: Mapping[str, Observation]


class RuleTally(Struct, frozen=True):
    """How one rule came out over the units: counts by outcome, the county's own total row not counted.

    `lacked` are the ids of the other forms for want of which it was not judged at all.
    """

    rule: str
    satisfied: int
    violated: int
    undecided: int
    lacked: tuple[str, ...] = ()


class RunRecord(Struct, frozen=True):
    """What makes a run traceable (运行记录): versions, form hashes, counts, timings in seconds."""

    created: datetime
    versions: Mapping[str, str]
    forms: Mapping[str, str]
    counts: Mapping[str, int]
    timings: Mapping[str, float]
    settings: Mapping[str, str]


class Consolidation(Struct, frozen=True):
    """All that a run found, ready to be written: nothing in it depends on the language or on the output folder.

    `inbox` is the absolute path of the inbox, for links. `tables` has one entry a form, `tallies` by form id.
    `findings` and `submissions` are in their final order. `observations` has one entry a file that could be read, also
    for copies, conflicting versions and unknown units, which the tables leave out. `comparisons` with the period before
    are by form id, empty where no earlier figures were given.
    """

    inbox: Path
    tables: tuple[CountyTable, ...]
    submissions: tuple[SubmissionRecord, ...]
    findings: tuple[Finding, ...]
    tallies: Mapping[str, tuple[RuleTally, ...]]
    record: RunRecord
    observations: tuple[ObservedFile, ...] = ()
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
