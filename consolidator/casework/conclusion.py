"""What a run amounts to, once every case is decided: findings, records, tables and the run record in one value.

In: the docket, the tables and tallies. Out: a `Consolidation`. Never: a judgement.
"""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator import __version__
from consolidator.findings import Outcome
from consolidator.model import Consolidation, RunRecord

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from consolidator.casework.docket import Docket
    from consolidator.clock import Clock
    from consolidator.inbox import Campaign
    from consolidator.model import Comparison, CountyTable, Period, RuleTally

_LIBRARIES = ("numpy", "openpyxl", "pandas", "pandera", "python-calamine", "xlrd", "xlsxwriter")
_SEVERITIES = ("hard", "soft", "info", "note")


def conclude(
    inbox: Path,
    docket: Docket,
    tables: tuple[CountyTable, ...],
    tallies: Mapping[str, tuple[RuleTally, ...]],
    comparisons: Mapping[str, Comparison],
    record: RunRecord,
) -> Consolidation:
    """All that a run found, ready to be written; the counts of findings are added to those of the `record`.

    What could not be judged is counted by its severity and, once more, as undecided.
    """
    findings = docket.findings()
    counted = {severity: sum(finding.severity == severity for finding in findings) for severity in _SEVERITIES}
    waiting = sum(finding.outcome is Outcome.UNDECIDED for finding in findings)
    record = replace(record, counts={**record.counts, **counted, "undecided": waiting})
    return Consolidation(
        inbox=inbox.resolve(),
        tables=tables,
        submissions=docket.records(tables),
        findings=findings,
        tallies=tallies,
        record=record,
        observations=docket.observed(),
        comparisons=comparisons,
    )


def run_record(
    campaign: Campaign, tables: tuple[CountyTable, ...], clock: Clock, files: int, earlier: Mapping[str, str]
) -> RunRecord:
    """What makes the run traceable; `earlier` is said of the results of the period before, if there are any."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return RunRecord(
        created=clock.now,
        versions={"consolidator": __version__, "python": platform.python_version(), **libraries},
        forms={table.form.id: table.form.sha256 for table in tables},
        counts={"files": files},
        timings=clock.timings,
        settings={**_settings(campaign, tables[0].period), **earlier},
    )


def _settings(campaign: Campaign, period: Period) -> Mapping[str, str]:
    """What the run was asked for."""
    return {
        "county": campaign.county,
        "period": str(period),
        "period_from": "campaign" if campaign.period else "files",
        "totals": campaign.totals,
        "blank_policy": campaign.blank_policy or "",
        "deadline": campaign.deadline.isoformat() if campaign.deadline else "",
        "roster": campaign.roster.name if campaign.roster else "",
    }
