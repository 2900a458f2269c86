"""分类汇总表: the totals by category of unit, live and proven, only where the roster has categories."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from consolidator.terms import catalogue
from consolidator.write import publish
from consolidator.write.plans.category_plan import MOST
from consolidator.write.plans.claims import UnprovenTotalError
from consolidator.write.plans.facts import Facts
from consolidator.write.proof import prove
from consolidator.write.review import write_review
from tests.write.fabricate import county, matrix_form
from tests.write.parted import BUREAUS, TOWNS, parted_county
from tests.write.reopen import OFFICE, SUPERIORS, Reopened, find, reopen

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Consolidation

BOOKS = [OFFICE, SUPERIORS]
SHEET = "分类汇总表"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reopened]:
    out = tmp_path_factory.mktemp("parted")
    publish(parted_county(), out)
    return {book: reopen(out / book) for book in BOOKS}


def line(sheet: Any, label: str) -> list[Any]:
    return [cell.value for cell in sheet[find(sheet, label).row]]


@pytest.mark.parametrize("book", BOOKS)
def test_the_columns_are_the_whole_the_categories_those_without_and_the_adjustments(
    written: dict[str, Reopened], book: str
) -> None:
    sheet = written[book].values[SHEET]

    assert line(sheet, "序号") == [
        "序号", "统计指标", "计量单位", "全县合计", BUREAUS, TOWNS, "未注明类别", "差额（调整）"
    ]  # fmt: skip
    assert line(sheet, "应报单位数")[3:7] == [13, 7, 5, 1]
    assert line(sheet, "已汇总单位数")[3:7] == [9, 5, 4, 0]


@pytest.mark.parametrize("book", BOOKS)
def test_categories_and_adjustments_come_to_the_total(written: dict[str, Reopened], book: str) -> None:
    run, sheet = parted_county(), written[book].values[SHEET]
    for code, total in run.tables[0].totals.items():
        whole, *parts = line(sheet, run.tables[0].form.indicators[code].label)[3:8]
        numbers = [Decimal(str(part)) for part in parts if isinstance(part, int | float)]
        assert sum(numbers, Decimal(0)) == Decimal(str(whole)) == total.value


@pytest.mark.parametrize("book", BOOKS)
def test_the_sums_are_live_formulas_over_the_units(written: dict[str, Reopened], book: str) -> None:
    sheet = written[book].formulas[SHEET]
    detail = written[book].formulas["分乡镇明细表"]
    categories = find(detail, "类别").column_letter
    row = find(sheet, "（一）收到申请数").row
    values = next(
        cell.column_letter for line in detail.iter_rows() for cell in line if cell.value == "（一）收到申请数"
    )

    assert sheet.cell(row, 4).value == f"=SUM(E{row}:H{row})"
    assert sheet.cell(row, 5).value.startswith(f"=SUMIF(分乡镇明细表!${categories}$")
    assert f'"={BUREAUS}",分乡镇明细表!${values}$' in sheet.cell(row, 5).value


def test_every_unit_shows_its_category(written: dict[str, Reopened]) -> None:
    detail = written[OFFICE].values["分乡镇明细表"]

    assert line(detail, "城关镇")[3] == BUREAUS
    assert line(detail, "渠口乡")[3] == "未注明类别"
    assert line(written[SUPERIORS].values["分乡镇明细表"], "红崖子乡")[1:4] == ["红崖子乡", BUREAUS, "未报"]


def test_the_front_sheet_tells_each_categorys_coverage(written: dict[str, Reopened]) -> None:
    overview = written[OFFICE].values["审核概况"]

    assert find(overview, "按单位类别——").value.startswith("按单位类别——区直单位应报 7、已汇总 5；乡镇街道应报 5")


def test_the_printed_form_stays_as_it_is(written: dict[str, Reopened], published: Path) -> None:
    plain = reopen(published / SUPERIORS).values["汇总表"]
    shown = written[SUPERIORS].values["汇总表"]

    labels = [[cell.value for cell in row[:2]] for row in plain.iter_rows(min_row=5, max_row=14)]
    assert labels == [[cell.value for cell in row[:2]] for row in shown.iter_rows(min_row=5, max_row=14)]
    assert shown.max_column == plain.max_column


@pytest.mark.parametrize("names", [[TOWNS] * 13, [TOWNS] * 6 + [""] * 7, [""] * 13])
def test_one_category_alone_is_none(tmp_path: Path, names: list[str]) -> None:
    publish(parted_county(names=names, adjustments=()), tmp_path / "one")
    publish(county(), tmp_path / "none")

    assert reopen(tmp_path / "one" / OFFICE).dump() == reopen(tmp_path / "none" / OFFICE).dump()


def test_too_many_categories_are_told_and_not_listed(tmp_path: Path) -> None:
    units = MOST + 2
    publish(parted_county(names=[f"类{n}" for n in range(units)], units=units), tmp_path)
    opened = reopen(tmp_path / OFFICE).values

    assert SHEET not in opened.sheetnames
    assert find(opened["审核概况"], f"名录里有 {units} 种单位类别").value


@pytest.mark.parametrize("name", ["*镇", "区?", "~甲", '甲"乙"', "=1+1", ">5", "<>", "甲\u202e乙", "长" * 300])
def test_a_category_means_nothing_but_itself(tmp_path: Path, name: str) -> None:
    publish(parted_county(names=[(name, TOWNS, "第三类")[n % 3] for n in range(13)]), tmp_path)
    sheet = reopen(tmp_path / SUPERIORS).values[SHEET]
    whole, *parts = line(sheet, "（一）收到申请数")[3:8]

    assert sum(exact(part) for part in parts) == exact(whole)


def exact(cell: object) -> Decimal:
    return Decimal(str(cell).rstrip("△*"))


def test_a_matrix_has_a_line_for_each_of_its_numbers(tmp_path: Path) -> None:
    publish(parted_county(matrix_form(), adjustments=()), tmp_path)
    sheet = reopen(tmp_path / SUPERIORS).formulas[SHEET]
    labels = [cell.value for (cell,) in sheet.iter_rows(min_row=7, min_col=2, max_col=2)]

    assert labels[:4] == ["收到和处理申请情况", "一、本年新收申请数量", "自然人", "法人或其他组织／商业企业"]
    assert sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row) == 9 * 3


def test_sums_that_excel_would_round_are_written_digit_by_digit(tmp_path: Path) -> None:
    run = parted_county(adjustments=(replace(parted_county().tables[0].adjustments[0], amount=Decimal(10**15 + 1)),))
    publish(run, tmp_path)
    sheet = reopen(tmp_path / SUPERIORS).formulas[SHEET]
    total = run.tables[0].totals["C1"].value

    assert line(sheet, "（一）收到申请数")[3] == f"{total}△"


def test_a_category_whose_sum_is_wrong_is_never_published(tmp_path: Path) -> None:
    run = parted_county()
    table = run.tables[0]
    first, *rest = table.categories
    wrong = replace(first, totals={**first.totals, "A1": replace(first.totals["A1"], value=Decimal(1))})

    with pytest.raises(UnprovenTotalError, match="A1"):
        publish(replace(run, tables=(replace(table, categories=(wrong, *rest)),)), tmp_path)


def altered(run: Consolidation) -> Consolidation:
    """The same county, two units' categories exchanged: every total stays, the categories' sums do not."""
    names = [BUREAUS, TOWNS] * 7
    names[0], names[1] = names[1], names[0]
    return parted_county(names=names[:13])


def test_a_unit_written_under_another_category_is_found_by_reopening(tmp_path: Path) -> None:
    target, other = BytesIO(), BytesIO()
    run = parted_county(names=[BUREAUS, TOWNS] * 6 + [BUREAUS])
    claims = write_review(target, Facts(run, catalogue("zh")), tmp_path)
    write_review(other, Facts(altered(run), catalogue("zh")), tmp_path)
    (tmp_path / "x.xlsx").write_bytes(target.getvalue())
    (tmp_path / "y.xlsx").write_bytes(other.getvalue())

    prove(tmp_path / "x.xlsx", claims)
    with pytest.raises(UnprovenTotalError, match=BUREAUS):
        prove(tmp_path / "y.xlsx", claims)
