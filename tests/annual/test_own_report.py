"""The county's own report beside the sum of its filers (X18, code K06)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from consolidator.consolidate import compare_own, tabulate
from consolidator.errors import UsageError
from consolidator.findings import Outcome, Severity
from consolidator.form import load_by_id
from consolidator.inbox import Campaign
from consolidator.model import CellAddress, CountyTable, Observation, Period, ReportingUnit, Status, UnitRow
from consolidator.pipeline import Request, run
from consolidator.terms import catalogue
from tests.annual.county import file_report, small_county, township_matrix
from tests.annual.pages import lay_out

if TYPE_CHECKING:
    from pathlib import Path

FORM = load_by_id("annual-report-2021")
FEES = ("96171.6", "86489.3629")
"""Fees of a city and of its counties together, as published: one decimal above, four below."""


def seen(**figures: str | None) -> dict[str, Observation]:
    """Observations by code, `_` for the dot."""
    return {
        (code := name.replace("_", ".")): Observation(
            code, None if figure is None else Decimal(figure), figure or "", CellAddress("年报", row, 2)
        )
        for row, (name, figure) in enumerate(figures.items(), start=1)
    }


def table(*units: dict[str, Observation], missing: int = 0) -> CountyTable:
    names = [f"{number}镇" for number in range(len(units) + missing)]
    everyone = [ReportingUnit("", name) for name in names]
    rows = [
        UnitRow(unit, Status.ACCEPTED, included=True, file=f"{unit.name}.xlsx", sheet="表", values=values)
        for unit, values in zip(everyone, units, strict=False)
    ]
    return tabulate(FORM, Period(2025), "淮安市", everyone, rows, roster=True)


def test_two_levels_are_compared_in_decimals_without_noise() -> None:
    whole, part = seen(P81_amount="43244.68145"), seen(P81_amount="43244.68145")

    assert compare_own(table(whole, part), seen(P81_amount=FEES[1])) == ()
    (finding,) = compare_own(table(whole, part), seen(P81_amount=FEES[0]))
    assert (finding.code, finding.severity, finding.cells) == ("K06", Severity.HARD, ("B1",))
    assert (finding.observed, finding.expected, finding.difference) == (*FEES, "9682.2371")
    sentence = catalogue("zh").message(finding, {FORM.id: FORM})
    assert all(text in sentence for text in ("行政事业性收费", "P81.amount", *FEES))


def test_all_figures_that_differ_are_one_finding() -> None:
    own = seen(**{f"Q1_{key}": "9" for key in ("np", "ent", "res", "ngo", "law", "oth", "tot")}, Q2_np="9", Q2_ent="9")
    units = seen(**{name.replace(".", "_"): "1" for name in own})

    (finding,) = compare_own(table(units), own)

    assert len(finding.indicators) == len(finding.cells) == 9
    assert "…（9）" in catalogue("en").message(finding, {FORM.id: FORM})


def test_while_a_unit_is_lacking_nothing_is_said_of_the_figures() -> None:
    (finding,) = compare_own(table(seen(Q1_tot="3"), missing=2), seen(Q1_tot="9"))

    assert (finding.severity, finding.outcome, finding.case) == (Severity.INFO, Outcome.UNDECIDED, "incomplete")
    assert finding.details == {"absent": "2"}


@pytest.mark.parametrize(("own", "unit"), [("3", None), (None, "3")])
def test_a_figure_that_one_side_lacks_is_not_compared(own: str | None, unit: str | None) -> None:
    assert compare_own(table(seen(Q1_tot=unit)), seen(Q1_tot=own)) == ()


def test_the_countys_own_report_is_kept_out_of_the_totals_and_compared(tmp_path: Path) -> None:
    small_county(tmp_path, 2023)
    laid = lay_out("2021m_测试市_杭州样式_2025", unit="平罗县人民政府", year=2023, matrix=township_matrix(1))
    file_report(tmp_path, "平罗县年报", laid)

    result = run(Request(tmp_path, Campaign(county="平罗县", county_report="平罗县年报.xlsx"), jobs=1))

    (record,) = [record for record in result.submissions if record.file == "平罗县年报.xlsx"]
    assert (record.status, record.included, record.reason, record.hard) == ("ignored", False, "B05.county", 1)
    assert result.tables[0].coverage.consolidated == result.tables[0].coverage.received == 3
    (finding,) = [finding for finding in result.findings if finding.code == "K06"]
    assert finding.file == "平罗县年报.xlsx"
    assert "Q1.tot" in finding.indicators


def test_a_report_that_is_not_in_the_inbox_is_a_mistake_of_the_campaign(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="E19"):
        run(Request(tmp_path, Campaign(county="平罗县", county_report="无.xlsx"), jobs=1))
