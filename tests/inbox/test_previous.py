"""Last year's figures: what the files of an earlier run say, whose they are, which period is taken."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from consolidator import frames
from consolidator.errors import UsageError
from consolidator.form import load_text
from consolidator.form.loading.lineage import continued
from consolidator.inbox import (
    Line,
    PastRun,
    Register,
    filings_from_csv,
    filings_from_workbook,
    refuse_later,
    settle,
)
from consolidator.model import Cell, CellKind, FileFormat, Period, ReportingUnit, Sheet, Workbook
from tests.form.definitions import SMALL, spoiled

FORM = load_text(SMALL, "dogs-2020.yaml")
OLD = load_text(
    spoiled(("id: dogs-2020", "id: dogs-2010"), ("unit_of_measure: 元", "unit_of_measure: 万元")), "dogs-2010.yaml"
)
HEIR = load_text(
    spoiled(("id: dogs-2020", "id: dogs-2025\npredecessors: [{form: dogs-2010, codes: {B1: A1}}]")), "dogs-2025.yaml"
)
UNITS = (ReportingUnit("01", "甲镇"), ReportingUnit("02", "乙乡", ("乙坪乡",)), ReportingUnit("03", "丙镇"))
REGISTER = Register(UNITS, "某县")
THIS = Period(2024)


def line(form=FORM, earlier=None):
    return Line(form, earlier or form, continued(form, earlier or form))


def rows(unit="甲镇", code="01", period="2023", form="dogs-2020", file="甲镇.xlsx", **values):
    return [
        dict.fromkeys(frames.OBSERVATIONS, "")
        | {"unit_code": code, "unit_name": unit, "form": form, "period": period, "file": file}
        | {"indicator": each, "value": value, "raw": value}
        for each, value in values.items()
    ]


def table(columns, lines, encoding="utf-8-sig"):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode(encoding)


def fates(*entries):
    """`submissions.csv` of (file, included, unit code, unit name)."""
    lines = [
        {"file": file, "form": "dogs-2020", "unit_code": code, "unit_name": name, "included": str(included).lower()}
        for file, included, code, name in entries
    ]
    return table(("file", "form", "unit_code", "unit_name", "included"), lines)


def taken(*lines, submissions=None, lines_of=None, register=REGISTER, period=THIS):
    content = table(frames.OBSERVATIONS, [entry for each in lines for entry in each])
    past = PastRun("values.csv", "ab", filings_from_csv(content, "values.csv", submissions))
    return settle(past, lines_of or [line()], register, period)


def numbers(settled, unit="01", form="dogs-2020"):
    return {code: int(value) for code, value in settled.previous[form].of(unit).items()}


def cases(settled):
    return [(finding.code, finding.case, finding.details["units"]) for finding in settled.findings]


def test_numbers_are_found_by_unit_and_indicator_and_blanks_are_no_numbers() -> None:
    settled = taken(rows(A="3", A1="", B="约5", N="办证"))

    assert numbers(settled) == {"A": 3}
    assert settled.previous["dogs-2020"].units[0].values["N"] == "办证"
    assert settled.findings == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_file_that_excel_saved_again_is_read_as_well(encoding: str) -> None:
    content = table(frames.OBSERVATIONS, rows(A="3", N="'=办证"), encoding)

    (filing,) = filings_from_csv(content, "values.csv")

    assert (filing.name, filing.values) == ("甲镇", {"A": "3", "N": "=办证"})


@pytest.mark.parametrize(
    ("code", "name", "heir"),
    [
        ("01", "甲镇", "01"),
        ("01", "甲乡", "01"),  # renamed under its code
        ("", "某县甲镇人民政府", "01"),
        ("9", "乙坪乡", "02"),
        ("", "甲镇镇", ""),  # alike is not the same
        ("03", "甲镇", ""),  # the code of one, the name of another
        ("9", "丁镇", ""),
    ],
)
def test_units_are_matched_by_code_then_by_name_never_by_likeness(code: str, name: str, heir: str) -> None:
    settled = taken(rows(name, code, A="3"))

    assert [unit.key for unit in settled.previous["dogs-2020"].units] == [heir]
    assert len(settled.findings) == (not heir)


def test_units_that_cannot_be_matched_are_told_each_with_the_reason() -> None:
    settled = taken(
        rows("丁镇", "09", A="3"), rows("甲镇", "03", A="3"), rows("乙乡", "02", A="1"), rows("乙坪乡", "", A="2")
    )

    assert cases(settled) == [
        ("Y10", "unknown", "丁镇"),
        ("Y10", "contradicting", "甲镇"),
        ("Y10", "merged", "乙乡、乙坪乡"),
    ]
    assert all(not unit.key for unit in settled.previous["dogs-2020"].units)


def test_what_is_said_of_units_does_not_depend_on_their_order_in_the_file() -> None:
    lines = [rows("丁镇", "09", A="3"), rows("戊镇", "08", A="3"), rows("乙乡", "02", A="1"), rows("乙坪乡", "", A="2")]

    assert cases(taken(*lines)) == cases(taken(*reversed(lines)))


def test_of_several_files_of_a_unit_the_one_that_counted_is_taken() -> None:
    files = (rows(file="旧.xlsx", A="3", B="1"), rows(file="新.xlsx", A="4", B="1"))
    decided = fates(("旧.xlsx", False, "01", "甲镇"), ("新.xlsx", True, "01", "甲镇"))

    assert numbers(taken(*files, submissions=decided)) == {"A": 4, "B": 1}


def test_without_that_knowledge_only_values_on_which_all_files_agree_are_taken() -> None:
    settled = taken(rows(file="旧.xlsx", A="3", B="1", A1="2"), rows(file="新.xlsx", A="4", B="1"))

    assert numbers(settled) == {"B": 1}
    assert not settled.previous["dogs-2020"].settled


def test_a_unit_that_was_not_in_the_earlier_totals_has_no_earlier_values() -> None:
    decided = fates(("甲镇.xlsx", False, "01", "甲镇"), ("乙乡.xlsx", True, "02", "乙乡"))
    settled = taken(rows(A="3"), rows("乙乡", "02", file="乙乡.xlsx", A="5"), submissions=decided)

    assert (numbers(settled, "01"), numbers(settled, "02")) == ({}, {"A": 5})
    assert settled.previous["dogs-2020"].settled


def test_one_cell_told_twice_with_different_values_is_no_value() -> None:
    assert numbers(taken([*rows(A="3", B="2"), *rows(A="4")])) == {"B": 2}


@pytest.mark.parametrize(
    ("held", "now", "chosen"),
    [
        (("2021", "2023", "2022"), Period(2024), Period(2023)),
        (("2021", "2024", "2025"), Period(2024), Period(2021)),
        (("2023", "2024-Q1", "2024-Q3"), Period(2024, 3), Period(2024, 1)),
        (("2024-05", "2023-12", "2024"), Period(2024, None, 5), Period(2023, None, 12)),
    ],
)
def test_the_latest_earlier_period_of_the_same_kind_is_taken(
    held: tuple[str, ...], now: Period, chosen: Period
) -> None:
    settled = taken(*(rows(period=each, A=str(number)) for number, each in enumerate(held)), period=now)

    assert settled.previous["dogs-2020"].period == chosen
    assert numbers(settled) == {"A": held.index(str(chosen))}


@pytest.mark.parametrize(("held", "now"), [("2024", Period(2024)), ("2025", Period(2024)), ("2023", Period(2024, 1))])
def test_a_period_that_is_not_earlier_is_refused(held: str, now: Period) -> None:
    past = PastRun("values.csv", "", filings_from_csv(table(frames.OBSERVATIONS, rows(period=held, A="1")), "v"))

    with pytest.raises(UsageError) as refused:
        refuse_later(past, now)
    assert (refused.value.code, refused.value.details["found"]) == ("E62", held)


def test_results_of_other_forms_only_are_refused() -> None:
    with pytest.raises(UsageError) as refused:
        taken(rows(form="cats-2020", A="1"))
    assert refused.value.code == "E63"


def test_a_form_that_replaced_another_goes_on_with_the_codes_that_mean_the_same() -> None:
    lines = [line(HEIR), line(HEIR, OLD)]
    settled = taken(rows(form="dogs-2010", A="9", A1="4", A2="5", B1="7", M="2"), lines_of=lines)

    assert numbers(settled, form="dogs-2025") == {"A": 9, "A1": 4, "A2": 5, "B1": 4}  # 元 and 万元 are not the same
    assert "M" not in settled.previous["dogs-2025"].codes
    assert settled.previous["dogs-2025"].form == "dogs-2010"


def test_the_later_of_two_periods_is_taken_even_where_it_is_on_the_earlier_form() -> None:
    lines = [line(HEIR), line(HEIR, OLD)]
    settled = taken(rows(form="dogs-2010", A="9"), rows(form="dogs-2025", period="2022", A="1"), lines_of=lines)

    assert numbers(settled, form="dogs-2025") == {"A": 9}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E61"),
        (b"name,amount\r\nx,1\r\n", "E61"),
        ("单位代码,单位名称\r\n01,甲镇\r\n".encode(), "E61"),
        (table(frames.OBSERVATIONS, []), "E61"),
        (b"unit_code,unit_name,form,period,indicator\r\n", "E66"),
        (b'unit_code,unit_name,form,period,indicator,value\r\n"\x00', "E61"),
    ],
)
def test_a_file_that_is_no_table_of_values_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        filings_from_csv(content, "values.csv")
    assert refused.value.code == code


def sheet(grid, name="分乡镇明细表"):
    cells = {
        (row, column): Cell(
            row,
            column,
            CellKind.NUMBER if isinstance(value, Decimal) else CellKind.TEXT,
            str(value),
            value if isinstance(value, Decimal) else None,
        )
        for row, line in enumerate(grid, start=1)
        for column, value in enumerate(line, start=1)
        if value is not None
    }
    return Sheet(name, cells)


def book(*sheets):
    return Workbook(FileFormat.XLSX, sheets)


def detail(*units, title="犬只登记统计表　分乡镇明细表", total="合计", marks=("甲", "乙", "丙", "丁")):
    heads = ("序号", "单位名称", "单位代码", "状态") if total == "合计" else ("No.", "Unit", "Unit code", "Status")
    return sheet(
        [
            ["某县\n2023年度", None, title],
            [*heads, "一、登记"],
            [None] * 4,
            [None] * 4,
            [*marks, "A", "A1", "M", "N"],
            *units,
        ]
    )


def one(number, name, code, *values, status="已通过"):
    return [Decimal(number), name, code, status, *values]


def test_the_detail_sheet_tells_who_was_in_the_total_and_what_is_no_value() -> None:
    found = filings_from_workbook(
        book(
            sheet([["审核概况"]]),
            detail(
                one(1, "甲镇", "01", Decimal("12.0"), "〔约5〕", Decimal("0.30000000000000004"), "办证"),
                ["合计", None, None, None, Decimal(12)],
                ["以下单位未计入合计"],
                one(2, "乙乡", "02", Decimal(5), "—", "—", "—", status="退回（有强制性错误）"),
            ),
        ),
        "x.xlsx",
    )

    assert [(each.code, each.name, each.counted) for each in found] == [("01", "甲镇", True), ("02", "乙乡", False)]
    assert found[0].period == Period(2023)
    assert found[0].values == {"A": "12", "A1": "〔约5〕", "M": "0.30000000000000004", "N": "办证"}
    assert found[1].values == {"A": "5", "A1": "", "M": "", "N": ""}


def test_a_sheet_in_english_has_letters_over_its_first_columns_which_are_no_codes() -> None:
    english = detail(
        one(1, "甲镇", "01", Decimal(7)), ["Total"], one(2, "乙乡", "02", Decimal(5)), total="Total", marks="ABCD"
    )

    found = filings_from_workbook(book(english), "x.xlsx")

    assert [(each.name, each.counted, each.values["A"]) for each in found] == [
        ("甲镇", True, "7"),
        ("乙乡", False, "5"),
    ]
    assert set(found[0].values) == {"A", "A1", "M", "N"}


def test_a_sheet_is_known_by_its_title_and_its_numbers_are_as_if_from_the_csv_file() -> None:
    past = PastRun("x.xlsx", "", filings_from_workbook(book(detail(one(1, "甲镇", "01", Decimal(12)))), "x.xlsx"))

    settled = settle(past, [line()], REGISTER, THIS)

    assert numbers(settled) == {"A": 12}
    assert settled.previous["dogs-2020"].settled


def test_a_sheet_of_a_form_with_a_longer_title_is_not_taken() -> None:
    longer = detail(one(1, "甲镇", "01", Decimal(12)), title="犬只登记统计表（补充）　分乡镇明细表")
    past = PastRun("x.xlsx", "", filings_from_workbook(book(longer), "x.xlsx"))

    with pytest.raises(UsageError, match="E63"):
        settle(past, [line()], REGISTER, THIS)


def test_a_workbook_without_a_detail_sheet_is_refused() -> None:
    with pytest.raises(UsageError, match="E61"):
        filings_from_workbook(book(sheet([["甲", "乙"], [1, 2]])), "x.xlsx")
