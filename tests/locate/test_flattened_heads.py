"""Heads of two lines that were flattened to one: 人员合计 for 合计 under 人员."""

from __future__ import annotations

import pytest

from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.test_groups import FORM, form, laid, read

AS_PRINTED = {"a": 0, "b": 1, "c": 2, "d": 3}
YEARS = FORM.replace("label: 合计, group: 期初人口", "label: 本年, group: 播种面积")
YEARS = YEARS.replace("label: '其中：女', group: 期初人口", "label: 上年, group: 播种面积")
YEARS = YEARS.replace("label: 合计, group: 期末人口", "label: 本年, group: 产量")
YEARS = YEARS.replace("label: '其中：女', group: 期末人口", "label: 上年, group: 产量")


@pytest.mark.parametrize(
    "written", ["{}{}", "{}\n{}", "{}：{}", "{}-{}", "{}（{}）", "{}（人）{}", "{}{}（人）", "{}　{}/人"]
)
def test_the_words_of_a_group_and_of_its_column_are_that_column(written: str) -> None:
    heads = [written.format(group, own) for group in ("期末人口", "期初人口") for own in ("其中：女", "合计")]

    assert read(laid((), tuple(heads))) == ({"d": 0, "c": 1, "b": 2, "a": 3}, [])


@pytest.mark.parametrize("written", ["{0}{1}年", "{1}年{0}", "{0}（{1}年）"])
def test_the_words_of_the_column_may_be_its_year(written: str) -> None:
    heads = [written.format(group, year) for group in ("播种面积", "产量") for year in (2025, 2026)]

    assert read(laid((), tuple(heads)), YEARS) == ({"b": 0, "a": 1, "d": 2, "c": 3}, [])
    assert read(laid((), tuple(head.replace("2026", "2023") for head in heads)), YEARS)[1]


def test_words_that_the_group_does_not_have_are_not_read_and_the_group_is_named() -> None:
    columns, told = read(laid((), ("期初人口合计", "期初人口男", "期末人口合计", "期末人口其中：女")))

    assert columns == {"a": 0, "c": 2, "d": 3}
    assert told == [("hard", "L04", "unknown_head")]


@pytest.mark.parametrize(("year", "told"), [(2026, []), (2025, [("hard", "L04", "other_head")])])
def test_a_year_before_them_is_heard(year: int, told: list[tuple[str, str, str]]) -> None:
    columns, said = read(laid((), (f"{year}年期初人口合计", "期初人口其中：女", "期末人口合计", "期末人口其中：女")))

    assert ("a" in columns, said) == (not told, told)


def test_an_unknown_head_in_front_is_named() -> None:
    on = laid((), ("期初人口总计", "期初人口其中：女", "期末人口合计", "期末人口其中：女"))
    found = observe(Workbook(FileFormat.XLSX, (on,)), (form(),))
    assert isinstance(found, tuple)
    (said,) = (finding for finding in found[0].findings if finding.code == "L04" and finding.severity.value == "hard")

    assert (said.case, said.details["found"], said.details["header"]) == (
        "unknown_head",
        "期初人口总计",
        "期初人口／合计",
    )
    assert said.cells == tuple(cell.a1 for cell in on.cells.values() if cell.text == "期初人口总计")


def test_words_of_one_group_alone_leave_the_others_to_be_told() -> None:
    columns, told = read(laid((), ("期初人口合计", "期初人口其中：女", "合计", "期末人口其中：女")))

    assert columns == {"b": 1, "d": 3}
    assert told == [("hard", "L04", "groups")]


def test_what_two_groups_may_mean_is_not_chosen() -> None:
    two = FORM.replace("group: 期末人口", "group: 期初").replace(
        "label: 合计, group: 期初}", "label: 人口合计, group: 期初}"
    )

    assert "a" not in read(laid((), ("期初人口合计", "期初人口其中：女", "期初其中：女", "其他")), two)[0]
