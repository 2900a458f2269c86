"""Three townships, two forms: totals of each, who lacks which, and what goes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from consolidator.form import load_by_id
from consolidator.pipeline import publish
from consolidator.terms import catalogue
from tests.platform.county import three_townships
from tests.platform.tables import PLATFORM, STATISTICS

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Consolidation, CountyTable

OFFICE, SUPERIORS = "汇总审核表.xlsx", "上报汇总表.xlsx"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("county")


@pytest.fixture(scope="module")
def county(root: Path) -> Consolidation:
    result = three_townships(root)
    publish(result, root / "out", "zh")
    return result


def table_of(result: Consolidation, form: str) -> CountyTable:
    return next(each for each in result.tables if each.form.id == form)


def shown(path: Path) -> dict[str, list[str]]:
    """Every text of a workbook by sheet."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        for sheet in book
    }


def test_every_form_has_its_own_totals_and_its_own_coverage(county: Consolidation) -> None:
    statistics, platform = table_of(county, STATISTICS), table_of(county, PLATFORM)

    assert (statistics.totals["A1"].value, statistics.coverage.consolidated) == (623 + 600 + 623, 3)
    assert (platform.coverage.required, platform.coverage.consolidated) == (3, 2)
    assert platform.coverage.missing == ("陶乐镇",)
    assert platform.totals == {}


def test_the_unit_that_filed_one_form_is_asked_for_the_other_by_its_name(county: Consolidation) -> None:
    hard = [each for each in county.findings if each.severity == "hard"]

    assert [(each.code, each.form, each.unit_name) for each in hard] == [("K01", PLATFORM, "陶乐镇")]
    assert "《政务公开平台建设情况表》" in catalogue("zh").message(hard[0], {PLATFORM: load_by_id(PLATFORM)})


def test_texts_are_shown_to_the_office_as_they_were_read(county: Consolidation, root: Path) -> None:
    texts = shown(root / "out" / OFFICE)["分乡镇明细表（2）"]

    assert texts.count("0952-6123456 0952-6123457") == 2
    assert "咨询13912345678" in texts
    assert "30-40条每月" in texts


def test_no_telephone_number_goes_up_and_every_other_text_does(county: Consolidation, root: Path) -> None:
    texts = shown(root / "out" / SUPERIORS)

    assert not [text for found in texts.values() for text in found if "6123456" in text or "13912345678" in text]
    assert texts["分乡镇明细表（2）"].count("（略）") == 2
    assert "咨询（略）" in texts["分乡镇明细表（2）"]
    assert "30-40条每月" in texts["分乡镇明细表（2）"]


def test_the_columns_of_a_kind_print_on_one_page(county: Consolidation, root: Path) -> None:
    sheet = openpyxl.load_workbook(root / "out" / SUPERIORS)["分乡镇明细表（2）"]
    heads = {cell.column: cell.value for row in sheet.iter_rows(min_row=4, max_row=4) for cell in row if cell.value}
    broken = [heads[brk.id + 1] for brk in sheet.col_breaks.brk]

    assert broken == ["政务微信", "政务微博", "移动客户端（APP）", "热线电话", "其他"]
