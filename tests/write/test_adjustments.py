"""差额（调整）: a line of its own, part of every total's formula, told wherever the total is; no unit's figure changes."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.terms import catalogue
from consolidator.write import publish
from consolidator.write.plans.claims import UnprovenTotalError
from consolidator.write.plans.facts import Facts
from consolidator.write.proof import prove
from consolidator.write.review import write_review
from tests.write.fabricate import Plan, county
from tests.write.parted import ENTRIES, parted_county
from tests.write.reopen import OFFICE, SUPERIORS, Reopened, find, reopen, rows

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = [OFFICE, SUPERIORS]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("adjusted")
    publish(parted_county(names=[""] * 13), folder)
    return folder


@pytest.fixture(scope="module")
def written(out: Path) -> dict[str, Reopened]:
    return {book: reopen(out / book) for book in BOOKS}


@pytest.mark.parametrize("book", BOOKS)
def test_the_line_stands_between_the_units_and_their_sum(written: dict[str, Reopened], book: str) -> None:
    detail = written[book].formulas["分乡镇明细表"]
    row = find(detail, "差额表（调整）").row
    column = next(cell.column for line in detail.iter_rows() for cell in line if cell.value == "（一）收到申请数")
    letters = detail.cell(row, column).column_letter

    assert detail.cell(row, column).value == -2
    assert detail.cell(row, column).number_format == "+0;-0;0"
    assert detail.cell(row - 1, 2).value == "高仁乡"
    assert detail.cell(row + 1, 1).value == "合计"
    assert detail.cell(row + 1, column).value.endswith(f":{letters}{row})")


@pytest.mark.parametrize("book", BOOKS)
def test_the_printed_total_holds_it_and_says_so(written: dict[str, Reopened], book: str) -> None:
    sheet = written[book].formulas["汇总表"]
    total = sheet.cell(find(sheet, "（一）收到申请数").row, 3)
    plain = county().tables[0].totals["C1"].value

    assert written[book].values["汇总表"][total.coordinate].value == plain - 2
    assert total.number_format == '0"△"'
    assert "合计含差额（调整）3 项，带“△”；各单位所报的数没有改动。" in find(sheet, "应报 13").value
    assert any(
        "“（一）收到申请数” -2 件，理由：两家单位联合受理，重复计了 2 件（经办：办公室王某）" in str(row[0].value)
        for row in sheet.iter_rows()
    )


@pytest.mark.parametrize(
    ("book", "sheet"), [(OFFICE, "审核概况"), (OFFICE, "分乡镇明细表"), (SUPERIORS, "分乡镇明细表")]
)
def test_every_entry_is_told_with_its_reason(written: dict[str, Reopened], book: str, sheet: str) -> None:
    at = find(written[book].values[sheet], "差额（调整）3 项").row
    told = [written[book].values[sheet].cell(at + down, 1).value for down in (1, 2, 3)]

    assert [line[0] for line in told] == ["1", "2", "3"]
    assert all(entry.reason in line for entry, line in zip(ENTRIES, told, strict=True))
    assert "+0.25 万元" in told[2]


def test_no_units_figure_is_changed(out: Path, tmp_path: Path) -> None:
    publish(county(), tmp_path)

    assert (out / "data" / "values.csv").read_bytes() == (tmp_path / "data" / "values.csv").read_bytes()
    assert rows(out / "data" / "submissions.csv") == rows(tmp_path / "data" / "submissions.csv")


def test_the_run_record_keeps_every_entry(out: Path) -> None:
    (form,) = json.loads((out / "data" / "run.json").read_text(encoding="utf-8"))["coverage"]

    assert form["adjustments"][0] == {
        "indicator": "C1",
        "amount": "-2",
        "reason": "两家单位联合受理，重复计了 2 件",
        "by": "办公室王某",
    }
    assert "categories" not in form


def test_many_entries_are_all_told_in_the_detail_sheet(tmp_path: Path) -> None:
    entries = tuple(replace(ENTRIES[0], amount=Decimal(n), reason=f"第 {n} 次核对后的更正") for n in range(1, 31))
    publish(parted_county(names=[""] * 13, adjustments=entries), tmp_path)
    opened = reopen(tmp_path / SUPERIORS).values

    assert find(opened["分乡镇明细表"], "30．").value.endswith("理由：第 30 次核对后的更正（经办：办公室王某）")
    assert "其余见“分乡镇明细表”" in find(opened["汇总表"], "　　3．").value


def test_a_total_of_no_unit_is_the_entry_alone(tmp_path: Path) -> None:
    nobody = Plan(rejected=tuple(range(12)), conflict=(), blank=())
    publish(parted_county(names=[""] * 13, adjustments=(ENTRIES[2],), plan=nobody), tmp_path)
    sheet = reopen(tmp_path / OFFICE).values["汇总表"]

    assert sheet.cell(find(sheet, "三、依申请公开信息收取的费用").row, 3).value == 0.25
    assert "已汇总 0" in find(sheet, "应报").value


def test_an_entry_that_was_altered_is_found_by_reopening(tmp_path: Path) -> None:
    target = BytesIO()
    claims = write_review(BytesIO(), Facts(parted_county(), catalogue("zh")), tmp_path)
    moved = (replace(ENTRIES[0], amount=Decimal(-3)), *ENTRIES[1:])
    write_review(target, Facts(parted_county(adjustments=moved), catalogue("zh")), tmp_path)
    (tmp_path / "x.xlsx").write_bytes(target.getvalue())

    with pytest.raises(UnprovenTotalError, match="C1"):
        prove(tmp_path / "x.xlsx", claims)


def test_an_entry_that_the_total_does_not_hold_is_never_published(tmp_path: Path) -> None:
    run = parted_county()
    table = run.tables[0]
    wrong = {**table.totals, "C1": replace(table.totals["C1"], adjustments=())}

    with pytest.raises(UnprovenTotalError, match="C1"):
        publish(replace(run, tables=(replace(table, totals=wrong),)), tmp_path)
