"""A small county files annual reports: from the inbox to the totals, with no form named."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from consolidator.casework.candidates import Forms
from consolidator.form import load_by_id
from consolidator.inbox import Campaign
from consolidator.model import Consolidation, Period
from consolidator.pipeline import Request, check, publish, run
from consolidator.terms import catalogue
from consolidator.write.plans.form_plan import FormPlan
from tests.annual.county import old_tables, small_county
from tests.builders import Book, lay_out
from tests.formats import save
from tests.locate.grids import filing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.annual.pages import Laid

NEW, OLD = load_by_id("annual-report-2021"), load_by_id("annual-report-2019")
FORMS = {NEW.id: NEW, OLD.id: OLD}


def consolidate(inbox: Path, **settings: Any) -> Consolidation:
    return run(Request(inbox, Campaign(county="平罗县", **settings), jobs=1))


def sums(filed: dict[str, Laid]) -> dict[str, Decimal]:
    totals: Counter[str] = Counter()
    for laid in filed.values():
        totals.update({code: int(raw) for code, raw in laid.raw.items()})
    return {code: Decimal(total) for code, total in totals.items()}


def sentences(result: Consolidation, code: str) -> list[str]:
    return [catalogue("zh").message(each, FORMS) for each in result.findings if each.code == code]


@pytest.mark.parametrize(
    "settings", [{}, {"forms": (NEW.id,)}, {"period": Period(2023)}], ids=["nothing", "form", "period"]
)
def test_the_totals_are_the_sums_of_what_was_filed(tmp_path: Path, settings: dict[str, Any]) -> None:
    filed = small_county(tmp_path / "in")

    result = consolidate(tmp_path / "in", **settings)

    assert [table.form.id for table in result.tables] == [NEW.id]
    table = result.tables[0]
    assert table.coverage.consolidated == 3
    assert {code: total.value for code, total in table.totals.items()} == sums(filed)
    assert [finding for finding in result.findings if finding.severity in {"hard", "soft"}] == []
    assert str(table.period) == "2023"


def test_the_totals_stand_in_the_workbook_as_formulas_with_their_results(tmp_path: Path) -> None:
    filed = small_county(tmp_path / "in")
    (tmp_path / "out").mkdir()

    publish(consolidate(tmp_path / "in"), tmp_path / "out", "zh")

    shown = openpyxl.load_workbook(tmp_path / "out" / "汇总审核表.xlsx", data_only=True)["汇总表"]
    formulas = openpyxl.load_workbook(tmp_path / "out" / "汇总审核表.xlsx")["汇总表"]
    plan = FormPlan("汇总表", NEW)
    for code, total in sums(filed).items():
        assert shown[plan.cell(code)].value == total, code
        assert str(formulas[plan.cell(code)].value).startswith("=SUM("), code


@pytest.mark.parametrize("settings", [{}, {"forms": (NEW.id,)}], ids=["no form named", "form named"])
def test_a_report_on_the_tables_of_2019_is_told_in_one_sentence(tmp_path: Path, settings: dict[str, Any]) -> None:
    small_county(tmp_path / "in")
    old_tables(tmp_path / "in", "丁镇", 2023)

    result = consolidate(tmp_path / "in", **settings)

    assert [table.form.id for table in result.tables] == [NEW.id]
    record = next(record for record in result.submissions if record.file == "丁镇.xlsx")
    assert (record.status, record.unit_name, record.included) == ("wrong_version", "平罗县丁镇", False)
    mine = [finding for finding in result.findings if finding.file == "丁镇.xlsx"]
    assert [finding.code for finding in mine] == ["L10"]
    assert sentences(result, "L10") == [f"这是《{OLD.title}》，本期应报《{NEW.title}》。请用本期表式重新填报。"]


def test_the_form_of_2014_in_a_campaign_of_2023_is_told_in_one_sentence(tmp_path: Path) -> None:
    small_county(tmp_path / "in")
    book: Book = lay_out(filing(filer="平罗县戊镇", period="（2023年度）"))
    (tmp_path / "in" / "戊镇.xlsx").write_bytes(save(book, "xlsx"))

    result = consolidate(tmp_path / "in")

    assert [table.form.id for table in result.tables] == [NEW.id]
    assert [finding.code for finding in result.findings if finding.file == "戊镇.xlsx"] == ["L10"]


def test_the_tables_of_2021_in_a_campaign_of_2020_are_told_in_one_sentence(tmp_path: Path) -> None:
    small_county(tmp_path / "in", 2020)

    result = consolidate(tmp_path / "in", period=Period(2020))

    assert [finding.code for finding in result.findings] == ["L10"] * 3
    assert [table.form.id for table in result.tables] == [OLD.id]
    assert {record.status for record in result.submissions} == {"wrong_version"}


def test_a_townships_own_check_knows_the_form_by_its_labels_and_the_year_it_states(tmp_path: Path) -> None:
    small_county(tmp_path)
    old_tables(tmp_path, "丁镇", 2020)
    old_tables(tmp_path, "戊镇", 2022)
    files = tuple(sorted(tmp_path.iterdir()))

    cases = {case.file.rpartition("/")[2].partition(".")[0]: case for case in check(files, Forms.of((), "zh"))}

    assert {name: case.form for name, case in cases.items() if case.form} == {
        "甲镇": NEW.id, "乙镇": NEW.id, "丙乡": NEW.id, "丁镇": OLD.id,
    }  # fmt: skip
    assert [finding.code for finding in cases["戊镇"].findings] == ["L10"]
