"""Workbooks that keep another filled copy of the form on a hidden sheet, or on one that calls itself something else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Period, Sheet, Visibility, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet


def page(name: str, first: int, *, year: int = 2016, filer: str = "甲镇", hidden: bool = False) -> Sheet:
    top: list[list[object]] = [
        [f"{TITLE}（{year}年度）" if year else TITLE],
        [f"填报单位：{filer}" if filer else None],
        ["指标", "单位", "数量"],
    ]
    made = sheet([*top, *([label, "只", first + number] for number, label in enumerate(ROWS))], name=name)
    return replace(made, visibility=Visibility.HIDDEN) if hidden else made


def seen(*sheets: Sheet, period: Period | None) -> tuple[Located, ...]:
    found = observe(Workbook(FileFormat.XLSX, sheets), (form(("数量",)),), period=period)
    assert isinstance(found, tuple)
    return found


def read(result: Located) -> list[int | None]:
    return [None if each.number is None else int(each.number) for each in result.observations.values()]


@pytest.mark.parametrize("period", [Period(2016), None], ids=str)
@pytest.mark.parametrize("other", [{"year": 2015}, {"year": 2016}, {"filer": ""}, {"filer": "乙镇"}], ids=str)
def test_of_a_visible_and_a_hidden_form_the_visible_one_is_read_and_the_other_told(
    other: dict[str, object], period: Period | None
) -> None:
    now, old = page("本期", 1), page("底稿", 9, hidden=True, **other)  # type: ignore[arg-type]
    for sheets in ((now, old), (old, now)):
        (result,) = seen(*sheets, period=period)

        assert (result.sheet, read(result)) == ("本期", [1, 2, 3, 4, 5])
        assert grave(result) == [("soft", "B12", "other_sheet")]


def test_two_visible_forms_stay_undecided_whatever_is_hidden_beside_them() -> None:
    (result,) = seen(page("一", 1), page("二", 5), page("三", 9, hidden=True), period=Period(2016))

    assert read(result) == [None] * 5
    assert set(grave(result)) == {("hard", "L03", "several"), ("soft", "B12", "other_sheet")}


def test_a_form_on_a_hidden_sheet_alone_is_read_and_asked_about() -> None:
    (result,) = seen(page("底稿", 9, hidden=True), period=Period(2016))

    assert read(result) == [9, 10, 11, 12, 13]
    assert grave(result) == [("soft", "B12", "sheet")]


@pytest.mark.parametrize("name", ["样表", "模板", "计划", "上年同期", "作废"])
@pytest.mark.parametrize("filer", ["甲镇", "某某镇", ""], ids=["same", "another", "none"])
def test_a_sheet_that_is_a_sample_or_of_another_period_by_its_name_is_passed_over_and_told(
    name: str, filer: str
) -> None:
    for period in (Period(2016), None):
        (result,) = seen(page(name, 9, filer=filer), page("报表", 1), period=period)

        assert (result.sheet, read(result)) == ("报表", [1, 2, 3, 4, 5])
        assert grave(result) == [("soft", "L03", "passed_over")]


def test_a_sheet_of_the_year_before_is_not_told_where_the_period_is_known() -> None:
    (result,) = seen(page("上年同期", 9, year=2015), page("报表", 1), period=Period(2016))

    assert (read(result), grave(result)) == ([1, 2, 3, 4, 5], [])


def test_a_form_on_a_sheet_named_as_a_sample_alone_is_read_and_asked_about() -> None:
    (result,) = seen(page("样表", 9), period=Period(2016))

    assert read(result) == [9, 10, 11, 12, 13]
    assert grave(result) == [("soft", "S14", "sheet")]


@pytest.mark.parametrize("name", ["本期", "样表"])
def test_a_form_that_is_shown_and_states_no_period_is_read_before_a_hidden_one(name: str) -> None:
    (result,) = seen(page("底稿", 9, hidden=True), page(name, 1, year=0), period=Period(2016))

    assert (result.sheet, read(result)) == (name, [1, 2, 3, 4, 5])
    assert ("soft", "B12", "other_sheet") in grave(result)


def test_a_hidden_form_is_read_where_the_one_that_is_shown_is_of_another_period() -> None:
    (result,) = seen(page("上年", 1, year=2015), page("底稿", 9, hidden=True), period=Period(2016))

    assert (result.sheet, read(result)) == ("底稿", [9, 10, 11, 12, 13])
    assert ("soft", "B12", "sheet") in grave(result)
