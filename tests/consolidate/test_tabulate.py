"""County totals by category of unit and with the county's own entries."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from consolidator.consolidate import tabulate
from consolidator.inbox import roster_from_csv
from consolidator.model import Adjustment, CellAddress, CountyTable, Observation, Status, UnitRow
from consolidator.rules import parse
from consolidator.validate import review_total
from tests.write.fabricate import PERIOD, small_form

FORM = small_form()
ROSTER = roster_from_csv(
    "单位名称,类别\n甲局,区直单位\n乙镇,乡镇街道\n丙会,\n丁镇, 乡镇 街道\n戊镇,乡镇街道\n".encode(), "名录.csv"
)


def table(*adjustments: Adjustment, filed: int = 4) -> CountyTable:
    """`filed` units of the roster filed 10, 20, 30, 40 for C1; one has no figure for C11."""
    rows = [
        UnitRow(
            unit,
            Status.ACCEPTED,
            included=True,
            file=f"{unit.name}.xlsx",
            values={
                code: Observation(
                    code, None if (code, number) == ("C11", 1) else Decimal(number * 10), "", CellAddress("", 1, 1)
                )
                for code in FORM.numeric
            },
        )
        for number, unit in enumerate(ROSTER[:filed], start=1)
    ]
    return tabulate(FORM, PERIOD, "平罗县", ROSTER, rows, adjustments, roster=True)


def entry(indicator: str, amount: int, form: str = FORM.id) -> Adjustment:
    return Adjustment(indicator, Decimal(amount), "联合受理重复计数", form=form)


def test_categories_are_those_of_the_roster_in_its_order_and_units_without_one_come_last() -> None:
    parts = table().categories

    assert [part.name for part in parts] == ["区直单位", "乡镇街道", ""]
    assert [part.totals["C1"].value for part in parts] == [10, 60, 30]
    assert [(part.coverage.required, part.coverage.consolidated) for part in parts] == [(1, 1), (3, 2), (1, 1)]
    assert parts[1].coverage.missing == ("戊镇",)
    assert parts[0].totals["C11"].lacking == ("甲局",)


def test_categories_add_up_to_the_county_before_its_own_entries() -> None:
    whole = table(entry("C1", -7))

    for code, total in whole.totals.items():
        parts = [part.totals[code].value or Decimal(0) for part in whole.categories]
        assert sum(parts, total.adjusted) == total.value


def test_entries_of_one_indicator_add_up_and_leave_the_contributors_alone() -> None:
    total = table(entry("C1", -7), entry("C1", 2), entry("C11", 5)).totals["C1"]

    assert (total.value, total.adjusted, total.contributors) == (95, -5, 4)
    assert len(total.adjustments) == 2


def test_another_forms_entries_are_not_ours() -> None:
    assert table(entry("C1", -7, "other")).adjustments == ()


def test_the_county_total_is_reviewed_with_its_entries() -> None:
    rule = replace(FORM.rules[1], expression=parse("C1 = C11 + C12"))
    form, whole = replace(FORM, rules=(rule,)), table(entry("C1", -101))
    findings = review_total(form, whole.totals, "平罗县", PERIOD)

    assert [(found.code, found.case, found.observed) for found in findings] == [
        ("R08", "total_undecided", "-1"),
        ("K03", "", "-1"),
    ]


def test_without_a_roster_a_unit_that_filed_another_form_only_is_not_missing() -> None:
    without = tabulate(FORM, PERIOD, "", ROSTER, table(filed=2).rows[:2], roster=False)
    assert [row.unit for row in without.rows] == [row.unit for row in table(filed=2).rows[:2]]
    assert (without.coverage.required, without.coverage.received, without.coverage.missing) == (None, 2, ())


def test_a_county_without_categories_has_none() -> None:
    assert tabulate(FORM, PERIOD, "", ROSTER[1:2], [], roster=True).categories == ()
