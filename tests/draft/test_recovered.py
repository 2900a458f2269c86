"""Drafts from the printed forms of the installed definitions, compared with the definitions themselves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from consolidator.form import available, load_by_id
from tests.annual.county import WHOLE
from tests.annual.pages import Layout as Tables
from tests.annual.pages import lay_out as lay_tables
from tests.builders import lay_out as lay_list
from tests.draft.printing import printed
from tests.draft.recovered import drafted, recovered
from tests.filings import Layout
from tests.locate.grids import filing

if TYPE_CHECKING:
    from consolidator.form import Form

SLOW = pytest.mark.slow


def some(layouts: dict[str, Any], *quick: str) -> list[Any]:
    """Every layout; those that are not named take part in the slow suite only."""
    return [pytest.param(each, id=name, marks=() if name in quick else SLOW) for name, each in layouts.items()]


LISTS = {
    "moved, with serial numbers and remarks": Layout(top=3, left=2, serial=True, remarks=True),
    "indented with spaces": Layout(indent="spaces"),
    "two columns of labels, two panels": Layout(indent="columns", panels=2),
    "page breaks with repeated heads": Layout(breaks=(20, 40), repeat_header=True),
    "narrow columns between": Layout(spacers=True),
    "a sheet of notes before it": Layout(notes=("填表说明：", "1. 按季度填报。")),
    "sign-off in one line": Layout(sign_off_in_one_line=True, merged_title=False),
}
MATRICES = {
    "as printed": Tables(),
    "one column of labels, nothing merged": Tables(depth=1, merged=False),
    "moved": Tables(top=4, left=3),
    "a sheet a chapter": Tables(sheets=True),
    "heads with line breaks": Tables(head=lambda text: f"{text[:2]}\n{text[2:]}"),
    "column numbers under the heads": Tables(index_row=True),
    "numbers as text": Tables(numbers=False),
}


@cache
def real(form_id: str) -> Form:
    return load_by_id(form_id)


def blank(matrix: dict[str, Any]) -> dict[str, Any]:
    small = {
        article: {"cols": block["cols"], "rows": [[label, *[""] * len(values)] for label, *values in block["rows"]]}
        for article, block in matrix["二"].items()
    }
    large = {label: [""] * len(values) for label, values in matrix["三"]["rows"].items()}
    return {
        "二": small,
        "三": {"cols": matrix["三"]["cols"], "rows": large},
        "四": {label: [""] * len(values) for label, values in matrix["四"].items()},
    }


@pytest.mark.parametrize("layout", some(LISTS, "two columns of labels, two panels", "page breaks with repeated heads"))
def test_a_blank_list_form_is_recovered_whole(layout: Layout) -> None:
    found, _ = drafted(lay_list(filing({}), layout).pages)

    assert recovered(real("gov-info-disclosure-2014"), found).lacking == {}
    assert found.title == "政府信息公开情况统计表"
    assert [(field.key, field.private) for field in found.sign_off] == [
        ("head", False),
        ("reviewer", False),
        ("preparer", False),
        ("phone", True),
        ("date", False),
    ]
    assert found.filer_labels == ("填报单位（盖章）",)


def test_a_list_form_without_units_of_measure_keeps_its_tree_and_says_what_it_guessed() -> None:
    found, text = drafted(lay_list(filing({}), Layout(unit_column=False)).pages)

    lacking = recovered(real("gov-info-disclosure-2014"), found)
    assert lacking.share > 0.97, lacking.lacking
    assert text.count("表上没有印计量单位") > 40


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "blank"])
@pytest.mark.parametrize("layout", some(MATRICES, "as printed"))
def test_the_matrix_report_is_recovered_whole(layout: Tables, filled: bool) -> None:
    name = "2021m_测试市_杭州样式_2025"
    pages = lay_tables(name, layout, **({} if filled else {"matrix": blank(WHOLE)})).pages
    found, text = drafted(pages)

    lacking = recovered(real("annual-report-2021"), found, groups=layout.merged)
    assert lacking.share > 0.97, lacking.lacking
    assert found.title == "政府信息公开工作年度报告"
    assert "第一项加第二项之和，等于第三项加第四项之和" in text.partition("\nid:")[0] or not layout.merged


@pytest.mark.parametrize("form_id", available())
def test_every_installed_form_is_recovered_from_its_blank_print(form_id: str) -> None:
    found, _ = drafted(printed(real(form_id)))

    lacking = recovered(real(form_id), found)
    remarks = sum(column == "备注" for _, column, _ in lacking.lacking.get("column", ()))  # never drafted: rarely data
    assert lacking.share + remarks / lacking.total > 0.95, lacking.lacking


def test_figures_that_deny_a_sum_take_it_out_and_say_so() -> None:
    figures = {"D": 5, "D1": 1, "D2": 1, "D3": 1, "E": 3, "E1": 1, "E2": 1, "E3": 1}
    found, text = drafted(lay_list(filing(figures)).pages)

    assert "SUM-E" in {f"SUM-{rule.indicators[0]}" for rule in found.rules if rule.derived}
    assert not any(rule.indicators[0] == "D" for rule in found.rules)
    assert "D1、D2、D3 之和不等于它" in next(line for line in text.splitlines() if "{code: D," in line)
    assert "待确认" not in next(line for line in text.splitlines() if "{code: E1," in line)
