"""The nouns: units, periods, cells, workbooks, observations, results.

In: nothing; these are values. Out: frozen structs that every room passes on.
Never: behaviour that belongs to a room, or an import of one.
"""

from consolidator.model.cells import (
    Area,
    Cell,
    CellAddress,
    CellKind,
    FileFormat,
    Sheet,
    Visibility,
    Workbook,
    a1,
    column_letters,
)
from consolidator.model.identity import (
    COLUMNS,
    MARK,
    NAME_PREFIX,
    PROPERTY_NAMES,
    REVIEW,
    SUMMARY,
    Identity,
    column_code,
    column_name,
    identity_of,
)
from consolidator.model.periods import Period
from consolidator.model.previous import Comparison, EarlierUnit, Previous
from consolidator.model.remarks import Remark, remarks
from consolidator.model.results import (
    Adjustment,
    CategoryTotals,
    Consolidation,
    CountyTable,
    Coverage,
    ObservedFile,
    RuleTally,
    RunRecord,
    SubmissionRecord,
    Total,
    UnitRow,
)
from consolidator.model.submissions import Observation, Refusal, ReportingUnit, Shelf, Status, Submission

__all__ = [
    "COLUMNS",
    "MARK",
    "NAME_PREFIX",
    "PROPERTY_NAMES",
    "REVIEW",
    "SUMMARY",
    "Adjustment",
    "Area",
    "CategoryTotals",
    "Cell",
    "CellAddress",
    "CellKind",
    "Comparison",
    "Consolidation",
    "CountyTable",
    "Coverage",
    "EarlierUnit",
    "FileFormat",
    "Identity",
    "Observation",
    "ObservedFile",
    "Period",
    "Previous",
    "Refusal",
    "Remark",
    "ReportingUnit",
    "RuleTally",
    "RunRecord",
    "Sheet",
    "Shelf",
    "Status",
    "Submission",
    "SubmissionRecord",
    "Total",
    "UnitRow",
    "Visibility",
    "Workbook",
    "a1",
    "column_code",
    "column_letters",
    "column_name",
    "identity_of",
    "remarks",
]
